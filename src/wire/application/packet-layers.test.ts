import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dissect } from '../dissect.ts';
import { flatFields } from '../field.ts';
import { utf8 } from '../hex.fixture.ts';
import { MAX_POLLING_PACKETS, type PacketLayer, PacketLayers } from './packet-layers.ts';
import { decodeSocketPacket, socketPieces } from './socket-io.ts';

/** `engine.io: type=4 …` of each layer. */
const told = (layers: readonly PacketLayer[]): readonly string[] =>
  layers.map(({ protocol, fields }) => [`${protocol}:`, ...fields.map(({ id, text }) => `${id}=${text}`)].join(' '));
const text = (packet: string): readonly PacketLayer[] => new PacketLayers().readText(utf8(packet), { at: 0, end: utf8(packet).length });
const polling = (body: string): readonly PacketLayer[] => new PacketLayers().readPolling(utf8(body), { at: 0, end: utf8(body).length });

describe('a packet', () => {
  it.each([
    ['2', ['engine.io: type=2']],
    ['3probe', ['engine.io: type=3 data=probe']],
    ['0{"sid":"x"}', ['engine.io: type=0 data={"sid":"x"}']],
    ['40', ['engine.io: type=4', 'socket.io: type=0']],
    ['42["chat","hi"]', ['engine.io: type=4', 'socket.io: type=2 data=["chat","hi"]']],
    ['422["price",42]', ['engine.io: type=4', 'socket.io: type=2 ackId=2 data=["price",42]']],
    ['41/admin,', ['engine.io: type=4', 'socket.io: type=1 namespace=/admin separator=,']],
    [
      '452-/admin,5["baz",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
      [
        'engine.io: type=4',
        'socket.io: type=5 attachments=2 separator=- namespace=/admin separator=, ackId=5 data=["baz",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
      ],
    ],
    ['bAQIDBA==', ['engine.io: type=b', 'data:']],
  ])('%s has these fields', (packet, layers) => {
    expect(told(text(packet))).toEqual(layers);
    expect(text(packet).flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('counts bytes, not characters', () => {
    const [, socket] = text('42/é,["€"]');
    expect(socket?.fields.map(({ at, bits }) => [at / 8, bits / 8])).toEqual([
      [1, 1],
      [2, 3],
      [5, 1],
      [6, 7],
    ]);
  });

  it.each([
    ['7', { code: 'unknown-type', offset: 0 }],
    ['', { code: 'empty', offset: 0 }],
    ['b=', { code: 'bad-base64', offset: 1 }],
    ['4', { code: 'empty', offset: 1 }],
    ['48', { code: 'unknown-type', offset: 1 }],
    ['42/é,["x"', { code: 'bad-json', offset: 6 }],
    ['42["connect"]', { code: 'bad-payload', offset: 2 }],
  ])('%j has an error at its byte', (packet, error) => {
    expect(text(packet).flatMap(({ errors }) => errors)).toEqual([error]);
  });

  it('that is not UTF-8 is not read', () => {
    const bytes = Uint8Array.of(0x34, 0x32, 0xff);
    expect(new PacketLayers().readText(bytes, { at: 0, end: 3 })).toMatchObject([{ errors: [{ code: 'invalid-utf8', offset: 2 }] }]);
  });
});

describe('attachments', () => {
  it('are counted off against the packet that has places for them', () => {
    const packets = new PacketLayers();
    const event = utf8('452-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
    packets.readText(event, { at: 0, end: event.length });
    const bytes = Uint8Array.of(1, 2);
    const meanings = [1, 2, 3].map(() => packets.readBinary(bytes, { at: 0, end: 2 }).at(-1)?.fields[0]?.meaning);
    expect(meanings).toEqual(['attachment 1 of 2 of the packet before', 'attachment 2 of 2 of the packet before', undefined]);
  });
});

describe('the body of a poll', () => {
  it('holds packets, each behind its separator', () => {
    expect(told(polling('42["hello"]\u001e2\u001e451-["x",{"_placeholder":true,"num":0}]\u001ebAQI='))).toEqual([
      'engine.io: type=4',
      'socket.io: type=2 data=["hello"]',
      'engine.io: separator=0x1e type=2',
      'engine.io: separator=0x1e type=4',
      'socket.io: type=5 attachments=1 separator=- data=["x",{"_placeholder":true,"num":0}]',
      'engine.io: separator=0x1e type=b',
      'socket.io: attachment=AQI=',
    ]);
  });

  it('of very many packets is read up to a limit', () => {
    const layers = polling('2\u001e'.repeat(MAX_POLLING_PACKETS + 5));
    expect(layers).toHaveLength(MAX_POLLING_PACKETS + 1);
    expect(layers.at(-1)).toMatchObject({ protocol: 'data', errors: [{ code: 'too-many-packets' }] });
  });
});

describe('any text', () => {
  const packets = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.tuple(fc.constantFrom('42', '451-', '40/a,', '43', '45'), fc.string({ unit: 'grapheme' })).map((parts) => parts.join('')),
  );

  it('is its pieces, one behind the other', () => {
    fc.assert(
      fc.property(packets, (packet) => {
        const pieces = socketPieces(packet);
        if (pieces) expect(pieces.map((piece) => piece.text).join('')).toBe(packet);
        if (decodeSocketPacket(packet).ok) expect(pieces).toBeDefined();
      }),
    );
  });

  it('is read without an exception, and every field lies inside it', () => {
    fc.assert(
      fc.property(fc.oneof(packets.map(utf8), fc.uint8Array()), (bytes) => {
        for (const { at, bits } of flatFields(dissect(bytes, 'engine.io').layers.flatMap(({ fields }) => fields))) {
          expect(at + bits).toBeLessThanOrEqual(bytes.length * 8);
        }
      }),
    );
  });
});
