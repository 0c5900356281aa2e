import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dissect, errorsOf } from '../../dissect.ts';
import { type Field, flatFields } from '../../field.ts';
import { fromHex, toHex, utf8 } from '../../hex.fixture.ts';
import { closeCodeMeaning } from './close.ts';
import { encodeFrame } from './frame.ts';
import { OPCODES, type Opcode } from './frame-head.ts';
import { frameLayer } from './frame-layer.ts';
import { MessageReader } from './message.ts';
import { readMessage } from './message-reading.ts';

const fieldsIn = (hex: string): readonly Field[] => flatFields(dissect(fromHex(hex), 'websocket').layers.flatMap(({ fields }) => fields));
const named = (fields: readonly Field[]): readonly string[] =>
  fields.flatMap(({ wireshark, text }) => (wireshark ? [`${wireshark} ${text}`] : []));

describe('the fields of a frame', () => {
  it('have the names that Wireshark has for them (RFC 6455 §5.2)', () => {
    expect(named(fieldsIn('81026869'))).toEqual([
      'websocket.fin set',
      'websocket.rsv 0x0',
      'websocket.opcode 1',
      'websocket.mask not set',
      'websocket.payload_length 2',
      'websocket.payload.text hi',
    ]);
  });

  it('of a client show key and payload as they were sent', () => {
    expect(named(fieldsIn('818237fa213d5f93')).slice(3)).toEqual([
      'websocket.mask set',
      'websocket.payload_length 2',
      'websocket.masking_key 37fa213d',
      'websocket.masked_payload 5f93',
    ]);
  });

  it.each([
    [126, ['websocket.payload_length 126', 'websocket.payload_length_ext_16 126']],
    [65_536, ['websocket.payload_length 127', 'websocket.payload_length_ext_64 65536']],
  ])('show a length of %i bytes where it stands', (length, fields) => {
    const bytes = encodeFrame({ fin: true, opcode: 'binary', payload: new Uint8Array(length) });
    expect(named(fieldsIn(toHex(bytes))).slice(4, 6)).toEqual(fields);
  });

  it('of a close frame show code and reason, and what the code means', () => {
    const close = fieldsIn('880503e9627965');
    expect(named(close).slice(5)).toEqual([
      'websocket.payload.close 03e9627965',
      'websocket.payload.close.status_code 1001',
      'websocket.payload.close.reason bye',
    ]);
    expect(close.find(({ id }) => id === 'closeCode')?.meaning).toBe('going away');
  });

  it('say that a message is compressed, where that was agreed (RFC 7692 §6)', () => {
    const bytes = fromHex('c10548cdc9c900');
    const layer = frameLayer(bytes, { at: 0, end: 7 }, { from: 'server', maxPayloadBytes: 10, hasDeflate: true });
    expect(layer.errors).toEqual([]);
    expect(named(flatFields(layer.fields)).slice(2, 3)).toEqual(['websocket.pmc set']);
    expect(layer.fields.at(-1)).toMatchObject({ kind: 'bytes', meaning: 'compressed' });
  });

  it.each([
    ['81', 'truncated'],
    ['8102', 'truncated'],
    ['817e00', 'truncated'],
    ['818237fa', 'truncated'],
    ['810568', 'truncated'],
    ['f1026869', 'rsv-without-extension'],
    ['83026869', 'reserved-opcode'],
    ['0900', 'fragmented-control'],
    ['817e0002', 'non-minimal-length'],
  ])('of %s come with the error %s', (hex, code) => {
    expect(errorsOf(dissect(fromHex(hex), 'websocket'))).toMatchObject([{ code }]);
  });
});

describe('the payload of a frame', () => {
  it.each([
    ['8801ff', 'one-byte-close', 2],
    ['880203ed', 'bad-close-code', 2],
    ['880403e8c328', 'invalid-utf8', 5],
    ['8102c328', 'invalid-utf8', 3],
    ['8101c3', 'invalid-utf8', 3],
    ['818200000000c328', 'invalid-utf8', 7],
  ])('of %s has the error %s at byte %i', (hex, code, offset) => {
    expect(errorsOf(dissect(fromHex(hex), 'websocket'))).toEqual([{ code, offset }]);
  });
});

describe('a close code', () => {
  it.each([
    [1000, 'normal closure'],
    [1006, 'abnormal closure'],
    [2000, 'kept for the protocol'],
    [3000, 'of a library or framework, registered with IANA'],
    [4999, 'of the program itself'],
    [5000, undefined],
  ])('%i means %s (RFC 6455 §7.4)', (code, meaning) => {
    expect(closeCodeMeaning(code)).toBe(meaning);
  });
});

describe('a message', () => {
  const key = fromHex('37fa213d');
  const kinds = fc.constantFrom<Opcode>('text', 'binary', 'ping', 'pong');

  it('that was masked has its payload in bytes of its own, and layers that stand there', () => {
    fc.assert(
      fc.property(kinds, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (opcode, text) => {
        const payload = utf8(text).slice(0, 125);
        const bytes = encodeFrame({ fin: true, opcode: opcode === 'text' ? 'binary' : opcode, maskKey: key, payload });
        const reader = new MessageReader({ from: 'client' });
        reader.append(bytes);
        const event = reader.next();
        if (event.kind !== 'message') throw new Error(event.kind);
        const reading = readMessage(event.message, event.frames, { from: 'client' });
        expect(reading.bytes).toEqual(bytes);
        expect(reading.decoded).toEqual(payload);
        expect(reading.layers.map(({ source }) => source)).toEqual([undefined, 'decoded']);
      }),
    );
  });

  it('of a server stands in the bytes as they were sent', () => {
    const reader = new MessageReader({ from: 'server' });
    reader.append(fromHex('81026869'));
    const event = reader.next();
    if (event.kind !== 'message') throw new Error(event.kind);
    expect(readMessage(event.message, event.frames, { from: 'server' })).not.toHaveProperty('decoded');
  });
});

it('any bytes are read without an exception, and every field lies inside them', () => {
  const starts = fc.constantFrom(...Object.values(OPCODES).map((opcode) => 0x80 | opcode));
  const frames = fc.tuple(starts, fc.uint8Array({ maxLength: 40 })).map(([first, rest]) => Uint8Array.of(first, ...rest));
  fc.assert(
    fc.property(fc.oneof(frames, fc.uint8Array({ maxLength: 40 })), (bytes) => {
      for (const { at, bits } of flatFields(dissect(bytes, 'websocket').layers.flatMap(({ fields }) => fields))) {
        expect(at + bits).toBeLessThanOrEqual(bytes.length * 8);
      }
    }),
    { numRuns: 500 },
  );
});
