import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../../hex.fixture.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { CLOSE_CODE_FOR } from './frame-error.ts';
import type { Opcode } from './frame-head.ts';
import { MAX_FRAGMENTS, type Message, MessageReader, type MessagesRead } from './message.ts';
import { readWithWs } from './ws-oracle.fixture.ts';

const frame = (opcode: Opcode, text: string, fin = true): Uint8Array => encodeFrame({ opcode, fin, payload: utf8(text) });
const join = (...pieces: readonly Uint8Array[]): Uint8Array => Uint8Array.of(...pieces.flatMap((piece) => [...piece]));
const fromServer = (maxMessageBytes = 1_000_000): MessageReader => new MessageReader({ from: 'server', maxMessageBytes });
const read = (...pieces: readonly Uint8Array[]): MessagesRead => fromServer().push(join(...pieces));

/** The messages of all pieces, and the first error. */
function readPieces(reader: MessageReader, pieces: readonly Uint8Array[]): MessagesRead {
  const reads = pieces.map((piece) => reader.push(piece));
  const error = reads.find((one) => one.error)?.error;
  return { messages: reads.flatMap((one) => one.messages), ...(error && { error }) };
}

describe('a message', () => {
  it('of one frame is its payload', () => {
    expect(read(frame('text', 'hi'))).toEqual({ messages: [{ type: 'text', text: 'hi' }] });
    expect(read(frame('binary', 'hi'))).toEqual({ messages: [{ type: 'binary', data: utf8('hi') }] });
  });

  it('of three frames is joined, and control frames between them come first', () => {
    const pieces = [
      frame('text', 'Hel', false),
      frame('ping', 'p'),
      frame('continuation', 'l', false),
      frame('pong', ''),
      frame('continuation', 'o'),
    ];
    expect(read(...pieces).messages).toEqual([
      { type: 'ping', data: utf8('p') },
      { type: 'pong', data: utf8('') },
      { type: 'text', text: 'Hello' },
    ]);
  });

  it('may have many fragments, and not any number of them', () => {
    const empty = frame('continuation', '', false);
    const most = Array.from({ length: MAX_FRAGMENTS - 1 }, () => empty);
    expect(read(frame('text', '', false), ...most)).toEqual({ messages: [] });
    expect(read(frame('text', '', false), ...most, empty).error).toEqual({ code: 'message-too-big', offset: 2 * MAX_FRAGMENTS });
  });

  it('may cut a character between two frames', () => {
    const [first, second] = [fromHex('f09f'), fromHex('9880')];
    const pieces = [
      encodeFrame({ opcode: 'text', fin: false, payload: first }),
      encodeFrame({ opcode: 'continuation', fin: true, payload: second }),
    ];
    expect(read(...pieces).messages).toEqual([{ type: 'text', text: '😀' }]);
  });

  it('keeps a byte order mark: to WebSocket it is a character', () => {
    expect(read(encodeFrame({ opcode: 'text', fin: true, payload: fromHex('efbbbf61') })).messages).toEqual([
      { type: 'text', text: '\ufeffa' },
    ]);
  });

  it('after the close frame is not read', () => {
    expect(read(fromHex('880203e8'), frame('text', 'late'))).toEqual({ messages: [{ type: 'close', code: 1000, reason: '' }] });
  });
});

describe('a stream that breaks the rules', () => {
  it.each([
    ['bytes that are no UTF-8', [fromHex('8102c328')], 'invalid-utf8', 3],
    ['half a character at the end', [fromHex('8102f09f')], 'invalid-utf8', 4],
    ['half a character at the end of the last fragment', [fromHex('0101f0'), fromHex('80019f')], 'invalid-utf8', 6],
    ['a continuation of nothing', [frame('text', 'a'), frame('continuation', 'b')], 'continuation-without-start', 3],
    ['a message inside another', [frame('text', 'a', false), frame('binary', 'b')], 'data-inside-message', 3],
    ['a close payload of one byte', [fromHex('880103')], 'one-byte-close', 2],
    ['close code 1005', [fromHex('880203ed')], 'bad-close-code', 2],
    ['a close reason that is no UTF-8', [fromHex('880303e8ff')], 'invalid-utf8', 4],
  ] as const)('with %s ends there', (_what, pieces, code, offset) => {
    expect(read(...pieces).error).toEqual({ code, offset });
  });

  it('is refused at the first fragment that can no longer be text, and says so again and again', () => {
    const reader = fromServer();
    const error = { code: 'invalid-utf8', offset: 2 };
    expect(reader.push(encodeFrame({ opcode: 'text', fin: false, payload: fromHex('ff') })).error).toEqual(error);
    expect(reader.push(frame('text', 'more'))).toEqual({ messages: [], error });
    expect(reader.end()).toEqual(error);
  });

  it('is refused when its fragments together are over the limit, before the last of them has arrived', () => {
    const head = encodeFrame({ opcode: 'continuation', fin: true, payload: new Uint8Array(6) }).subarray(0, 2);
    const reader = fromServer(10);
    expect(readPieces(reader, [frame('text', 'hello', false), head]).error).toEqual({ code: 'message-too-big', offset: 8 });
  });

  it('may be exactly as large as the limit', () => {
    expect(fromServer(5).push(frame('text', 'hello')).messages).toHaveLength(1);
  });
});

describe('the end of a stream', () => {
  it.each([
    ['in the middle of a frame', [fromHex('810268')], { code: 'truncated', offset: 3 }],
    ['in the middle of a message', [frame('text', 'a', false)], { code: 'truncated', offset: 3 }],
    ['after a message', [frame('text', 'a')], undefined],
    ['after a close frame', [fromHex('8800'), fromHex('81')], undefined],
    ['before anything', [], undefined],
  ] as const)('%s', (_where, pieces, error) => {
    const reader = fromServer();
    readPieces(reader, pieces);
    expect(reader.end()).toEqual(error);
  });
});

const from = fc.constantFrom('client' as const, 'server' as const);
const texts = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }).map(utf8), fc.uint8Array({ maxLength: 6 }));
const opcodes = fc.constantFrom<Opcode>('text', 'text', 'binary', 'continuation', 'continuation', 'ping', 'pong', 'close');
const looseFrames = fc.record({ opcode: opcodes, fin: fc.boolean(), payload: texts, key: fc.uint8Array({ minLength: 4, maxLength: 4 }) });

/** Frames in any order, sensible or not. */
const bytesOf = (frames: readonly (Frame & { key: Uint8Array })[], who: 'client' | 'server'): Uint8Array =>
  join(...frames.map(({ opcode, fin, payload, key }) => encodeFrame({ opcode, fin, payload, ...(who === 'client' && { maskKey: key }) })));

/** Cuts bytes into pieces of the given sizes, round and round. */
function cut(bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}
const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });

/** A stream with one byte changed anywhere, often in a head. */
const streams = fc
  .tuple(from, fc.array(looseFrames, { maxLength: 8 }), fc.option(fc.tuple(fc.nat(30), fc.nat(255)), { nil: undefined }))
  .map(([who, frames, flip]) => {
    const bytes = bytesOf(frames, who);
    if (flip && flip[0] < bytes.length) bytes[flip[0]] = flip[1];
    return { who, bytes };
  });

/** The library knows no shortest length, and answers a first bit set with 1009. */
const OURS_ALONE = new Set(['non-minimal-length', 'length-out-of-range']);
const MAX = 60;

describe('any stream', () => {
  it('gives the same messages and the same error however it is cut', () => {
    fc.assert(
      fc.property(streams, sizes, ({ who, bytes }, pieceSizes) => {
        const whole = readPieces(new MessageReader({ from: who, maxMessageBytes: MAX }), [bytes]);
        const inPieces = readPieces(new MessageReader({ from: who, maxMessageBytes: MAX }), cut(bytes, pieceSizes));
        expect(inPieces).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the messages that the ws library reads, and the close code that it answers', () => {
    const seen = { messages: 0, codes: new Set<number>() };
    fc.assert(
      fc.property(streams, sizes, ({ who, bytes }, pieceSizes) => {
        const ours = new MessageReader({ from: who, maxMessageBytes: MAX }).push(bytes);
        const theirs = readWithWs(cut(bytes, pieceSizes), who, MAX);
        // The library waits for the second byte of a frame before it judges the first.
        const isLastByte = ours.error?.offset === bytes.length - 1;
        const isEarly = ours.error?.code === 'invalid-utf8' || isLastByte || (ours.error && OURS_ALONE.has(ours.error.code));
        seen.messages += ours.messages.length;
        if (isEarly) {
          expect(theirs.messages.slice(0, ours.messages.length)).toEqual(ours.messages);
          return;
        }
        expect(ours.messages).toEqual(theirs.messages);
        expect(ours.error && CLOSE_CODE_FOR[ours.error.code]).toBe(theirs.closeCode);
        if (theirs.closeCode) seen.codes.add(theirs.closeCode);
      }),
      { numRuns: 2_000 },
    );
    expect(seen.messages).toBeGreaterThan(500);
    expect([...seen.codes].sort()).toEqual([1002, 1009]);
  });

  it('of random bytes never throws, and its error lies inside it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), from, (bytes, who) => {
        const reader = new MessageReader({ from: who, maxMessageBytes: MAX });
        const { error } = reader.push(bytes);
        expect((error ?? reader.end() ?? { offset: 0 }).offset).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('written as messages is read as those messages', () => {
    const messages = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }).map((text): Message => ({ type: 'text', text })),
        fc.uint8Array().map((data): Message => ({ type: 'binary', data })),
      ),
    );
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 7 }), (list, fragmentBytes) => {
        expect(read(...list.flatMap((message) => fragmentsOf(message, fragmentBytes))).messages).toEqual(list);
      }),
    );
  });
});

/** A message in fragments of `size` bytes, at least one. */
function fragmentsOf(message: Message, size: number): readonly Uint8Array[] {
  if (message.type !== 'text' && message.type !== 'binary') return [];
  const bytes = message.type === 'text' ? utf8(message.text) : message.data;
  const count = Math.max(1, Math.ceil(bytes.length / size));
  return Array.from({ length: count }, (_, index) =>
    encodeFrame({
      opcode: index === 0 ? message.type : 'continuation',
      fin: index === count - 1,
      payload: bytes.slice(index * size, (index + 1) * size),
    }),
  );
}
