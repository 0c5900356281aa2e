import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../hex.fixture.ts';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';
import { CLOSE_CODE_FOR, type FrameErrorCode } from './frame-error.ts';
import { encodeFrameHead, isControl, OPCODES, type Opcode } from './frame-head.ts';
import { writeWithWs } from './ws-oracle.fixture.ts';

const KEY = fromHex('37fa213d');
const MAX = { maxPayloadBytes: 1_000_000 };
const CLIENT = { from: 'client', ...MAX } as const;
const SERVER = { from: 'server', ...MAX } as const;

type Vector = readonly [what: string, from: 'client' | 'server', opcode: Opcode, payload: Uint8Array, bytes: string];

/** RFC 6455 §5.7, and what a chat says. The client's key is 37fa213d. */
const VECTORS: readonly Vector[] = [
  ['text "Hello", RFC 6455 §5.7', 'server', 'text', utf8('Hello'), '810548656c6c6f'],
  ['text "Hello" masked, RFC 6455 §5.7', 'client', 'text', utf8('Hello'), '818537fa213d7f9f4d5158'],
  ['ping "Hello", RFC 6455 §5.7', 'server', 'ping', utf8('Hello'), '890548656c6c6f'],
  ['pong "Hello" masked, RFC 6455 §5.7', 'client', 'pong', utf8('Hello'), '8a8537fa213d7f9f4d5158'],
  ['256 bytes, RFC 6455 §5.7', 'server', 'binary', new Uint8Array(256), `827e0100${'00'.repeat(256)}`],
  ['64 KiB, RFC 6455 §5.7', 'server', 'binary', new Uint8Array(65_536), `827f0000000000010000${'00'.repeat(65_536)}`],
  ['text "hi"', 'server', 'text', utf8('hi'), '81026869'],
  ['text "hi" masked', 'client', 'text', utf8('hi'), '818237fa213d5f93'],
  ['ping', 'server', 'ping', utf8(''), '8900'],
  ['pong masked', 'client', 'pong', utf8(''), '8a8037fa213d'],
  ['close 1000', 'server', 'close', fromHex('03e8'), '880203e8'],
  ['close 1000 masked', 'client', 'close', fromHex('03e8'), '888237fa213d3412'],
  ['close 1001 "bye"', 'server', 'close', fromHex('03e9627965'), '880503e9627965'],
  ['text é', 'server', 'text', utf8('é'), '8102c3a9'],
  ['text 😀', 'server', 'text', utf8('😀'), '8104f09f9880'],
  ['2probe', 'client', 'text', utf8('2probe'), '818637fa213d058a5352559f'],
  ['3probe', 'server', 'text', utf8('3probe'), '81063370726f6265'],
  ['5, the upgrade', 'client', 'text', utf8('5'), '818137fa213d02'],
  ['2, a ping of Engine.IO', 'server', 'text', utf8('2'), '810132'],
  ['3, a pong of Engine.IO', 'client', 'text', utf8('3'), '818137fa213d04'],
  ['40, CONNECT', 'client', 'text', utf8('40'), '818237fa213d03ca'],
  ['an event up', 'client', 'text', utf8('42["chat message","hi"]'), '819737fa213d03c87a1f549240491797444e449b465815d603555ed87c'],
  ['an event down', 'server', 'text', utf8('42["chat message","hi"]'), '811734325b2263686174206d657373616765222c226869225d'],
  ['an event with an ack id', 'client', 'text', utf8('420["hello","world"]'), '819437fa213d03c81166159244515b950311158d4e4f5b9e0360'],
  ['an ack', 'server', 'text', utf8('430["got it"]'), '810d3433305b22676f74206974225d'],
];

const frameOf = ([, from, opcode, payload]: Vector): Frame => ({ fin: true, opcode, ...(from === 'client' && { maskKey: KEY }), payload });

describe('a frame', () => {
  it.each(VECTORS)('%s from the %s is written as specified', (...vector) => {
    expect(toHex(encodeFrame(frameOf(vector)))).toBe(vector[4]);
  });

  it.each(VECTORS)('%s from the %s is read as specified', (...vector) => {
    const bytes = fromHex(vector[4]);
    expect(decodeFrame(bytes, 0, { from: vector[1], ...MAX })).toEqual({ ok: true, frame: frameOf(vector), end: bytes.length });
  });

  it('without fin carries the first fragment of RFC 6455 §5.7, and the rest is a continuation', () => {
    const bytes = fromHex('010348656c80026c6f');
    const first = decodeFrame(bytes, 0, SERVER);
    expect(first).toEqual({ ok: true, frame: { fin: false, opcode: 'text', payload: utf8('Hel') }, end: 5 });
    const rest = decodeFrame(bytes, 5, { ...SERVER, isInsideMessage: true });
    expect(rest).toEqual({ ok: true, frame: { fin: true, opcode: 'continuation', payload: utf8('lo') }, end: 9 });
  });

  it('with a key of zeros looks unmasked, and is masked', () => {
    const zeros = new Uint8Array(4);
    expect(toHex(encodeFrame({ fin: true, opcode: 'text', maskKey: zeros, payload: utf8('hi') }))).toBe('8182000000006869');
  });

  it('is not written with a key of another length than four', () => {
    const write = (): Uint8Array => encodeFrame({ fin: true, opcode: 'text', maskKey: KEY.subarray(1), payload: utf8('hi') });
    expect(write).toThrow('a masking key has 4 bytes, not 3');
  });
});

describe('the head of a frame', () => {
  it.each([
    [0, '00', 2],
    [1, '01', 2],
    [125, '7d', 2],
    [126, '7e007e', 4],
    [127, '7e007f', 4],
    [65_535, '7effff', 4],
    [65_536, '7f0000000000010000', 10],
  ])('gives a payload of %i bytes the length field %s', (length, field, bytes) => {
    const head = encodeFrameHead({ fin: true, opcode: 'text', masked: false, length });
    expect(toHex(head)).toBe(`81${field}`);
    expect(head).toHaveLength(bytes);
  });
});

type Broken = readonly [what: string, bytes: string, code: FrameErrorCode, offset: number];

const BROKEN_FROM_SERVER: readonly Broken[] = [
  ['a mask', '818237fa213d5f93', 'masked-server-frame', 1],
  ['RSV1 without an extension', 'c1026869', 'rsv-without-extension', 0],
  ['RSV2', 'a1026869', 'rsv-without-extension', 0],
  ['RSV3', '91026869', 'rsv-without-extension', 0],
  ['opcode 3', '83026869', 'reserved-opcode', 0],
  ['opcode 15', '8f00', 'reserved-opcode', 0],
  ['a ping without fin', '0900', 'fragmented-control', 0],
  ['a ping of 126 bytes', `897e007e${'00'.repeat(126)}`, 'control-too-long', 1],
  ['a length of 125 in two bytes', `817e007d${'61'.repeat(125)}`, 'non-minimal-length', 2],
  ['a length of 65,535 in eight bytes', '817f000000000000ffff', 'non-minimal-length', 2],
  ['a length with its first bit set', '817f8000000000000000', 'length-out-of-range', 2],
  ['a message over the limit', '827f00000000000f4241', 'message-too-big', 1],
  ['a length beyond 2^53', '827f7fffffffffffffff', 'message-too-big', 1],
  ['nothing', '', 'truncated', 0],
  ['one byte', '81', 'truncated', 1],
  ['half of its length', '817e01', 'truncated', 3],
  ['half of its payload', '81026a', 'truncated', 3],
];

describe('a broken frame', () => {
  it.each(BROKEN_FROM_SERVER)('of a server with %s is refused', (_what, hex, code, offset) => {
    expect(decodeFrame(fromHex(hex), 0, SERVER)).toEqual({ ok: false, error: { code, offset } });
  });

  it.each([
    ['a continuation of nothing', '80026869', false, 'continuation-without-start'],
    ['a text among the fragments of another', '81026869', true, 'data-inside-message'],
  ] as const)('is refused for its place: %s', (_what, hex, isInsideMessage, code) => {
    expect(decodeFrame(fromHex(hex), 0, { ...SERVER, isInsideMessage })).toEqual({ ok: false, error: { code, offset: 0 } });
  });

  it('of a client without a mask is refused', () => {
    expect(decodeFrame(fromHex('81026869'), 0, CLIENT)).toEqual({ ok: false, error: { code: 'unmasked-client-frame', offset: 1 } });
  });

  it.each([
    ['bad text', 'invalid-utf8', 1007],
    ['a message over the limit', 'message-too-big', 1009],
    ['a broken rule', 'rsv-without-extension', 1002],
  ] as const)('is answered with the close code of its kind: %s', (_what, error, code) => {
    expect(CLOSE_CODE_FOR[error]).toBe(code);
  });

  it('may be a ping among the fragments of a message: that is allowed', () => {
    expect(decodeFrame(fromHex('8900'), 0, { ...SERVER, isInsideMessage: true }).ok).toBe(true);
  });
});

const opcodes = fc.constantFrom(...(Object.keys(OPCODES) as Opcode[]));
const keys = fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined });
const payloads = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.integer({ min: 65_530, max: 65_540 }).map((size) => new Uint8Array(size).fill(7)),
);

/** Frames that keep the rules. */
const frames = fc.tuple(opcodes, fc.boolean(), keys, payloads).map(([opcode, fin, maskKey, payload]): Frame => {
  const isShort = isControl(opcode);
  return { opcode, fin: fin || isShort, ...(maskKey && { maskKey }), payload: isShort ? payload.slice(0, 125) : payload };
});
const rulesOf = ({ maskKey }: Frame) => (maskKey ? CLIENT : SERVER);

describe('any frame', () => {
  it('is read as it was written, wherever it stands', () => {
    fc.assert(
      fc.property(frames, fc.uint8Array({ maxLength: 9 }), (frame, before) => {
        const bytes = Uint8Array.of(...before, ...encodeFrame(frame));
        expect(decodeFrame(bytes, before.length, rulesOf(frame))).toEqual({ ok: true, frame, end: bytes.length });
      }),
    );
  });

  it('is written as the ws library writes it', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const theirs = writeWithWs(frame.payload, frame.fin, OPCODES[frame.opcode], frame.maskKey);
        expect(toHex(encodeFrame(frame))).toBe(toHex(theirs));
      }),
    );
  });

  it('cut anywhere is truncated at the cut', () => {
    fc.assert(
      fc.property(frames, fc.nat(), (frame, at) => {
        const bytes = encodeFrame(frame);
        const cut = at % bytes.length;
        expect(decodeFrame(bytes.subarray(0, cut), 0, rulesOf(frame))).toEqual({ ok: false, error: { code: 'truncated', offset: cut } });
      }),
    );
  });

  it('of random bytes is read or refused inside the input, and never throws', () => {
    const rules = fc.record({ from: fc.constantFrom('client' as const, 'server' as const), maxPayloadBytes: fc.nat(300) });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), rules, (bytes, rule) => {
        const read = decodeFrame(bytes, 0, rule);
        const at = read.ok ? read.end : read.error.offset;
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
