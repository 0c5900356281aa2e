import { decodePacket, decodePayload, encodePacket } from 'engine.io-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../hex.fixture.ts';
import {
  decodeEnginePacket,
  decodePollingBody,
  ENGINE_PACKETS,
  type EnginePacket,
  encodeEnginePacket,
  encodePollingBody,
} from './engine-io.ts';

describe('a packet of Engine.IO', () => {
  it.each([
    ['0{"sid":"x"}', 'open', '{"sid":"x"}'],
    ['1', 'close', ''],
    ['2', 'ping', ''],
    ['2probe', 'ping', 'probe'],
    ['3probe', 'pong', 'probe'],
    ['42["hi"]', 'message', '2["hi"]'],
    ['5', 'upgrade', ''],
    ['6', 'noop', ''],
  ] as const)('%s is one of type %s', (text, type, data) => {
    expect(decodeEnginePacket(text)).toEqual({ ok: true, packet: { type, data } });
    expect(encodeEnginePacket({ type, data })).toBe(text);
  });

  it('of bytes is a message without a digit', () => {
    const data = fromHex('01020304');
    expect(decodeEnginePacket(data)).toEqual({ ok: true, packet: { type: 'message', data } });
    expect(encodeEnginePacket({ type: 'message', data })).toBe(data);
  });

  it.each([
    ['', 'empty', 0],
    ['7', 'unknown-type', 0],
    ['x', 'unknown-type', 0],
    ['b=AQI', 'bad-base64', 1],
    ['bAQI', 'bad-base64', 1],
  ])('%j is refused', (text, code, offset) => {
    expect(decodeEnginePacket(text)).toEqual({ ok: false, error: { code, offset } });
  });
});

describe('a body of long polling', () => {
  it('holds packets with a record separator between them, bytes as base64', () => {
    const body = '42["hello"]\u001ebAQIDBA==\u001e2';
    const packets: readonly EnginePacket[] = [
      { type: 'message', data: '2["hello"]' },
      { type: 'message', data: fromHex('01020304') },
      { type: 'ping', data: '' },
    ];
    expect(decodePollingBody(body)).toEqual(packets.map((packet) => ({ ok: true, packet })));
    expect(encodePollingBody(packets)).toBe(body);
  });

  it('may hold a large attachment', () => {
    const packets: readonly EnginePacket[] = [{ type: 'message', data: new Uint8Array(300_000) }];
    expect(decodePollingBody(encodePollingBody(packets))).toEqual([{ ok: true, packet: packets[0] }]);
  });
});

const texts = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u001e'));
const packets = fc.oneof(
  fc.record({ type: fc.constantFrom(...ENGINE_PACKETS), data: texts }),
  fc.record({ type: fc.constant('message' as const), data: fc.uint8Array() }),
);

describe('the engine.io-parser library', () => {
  it('writes every packet as we do', () => {
    fc.assert(
      fc.property(packets, (packet) => {
        encodePacket(packet as Parameters<typeof encodePacket>[0], true, (theirs) => expect(encodeEnginePacket(packet)).toEqual(theirs));
      }),
    );
  });

  it('reads every polling body that we write, and means the same', () => {
    fc.assert(
      fc.property(fc.array(packets, { minLength: 1 }), (list) => {
        const theirs = decodePayload(encodePollingBody(list)).map(({ type, data = '' }) => ({
          type,
          data: typeof data === 'string' ? data : new Uint8Array(data),
        }));
        expect(theirs).toEqual(list);
      }),
    );
  });

  it('refuses and accepts the texts that we do, but for base64, where it takes anything', () => {
    const loose = fc.tuple(fc.constantFrom('', '0', '2', '4', '6', '7', '9', 'x', ' '), fc.string()).map((parts) => parts.join(''));
    fc.assert(
      fc.property(loose, (text) => {
        fc.pre(!text.startsWith('b'));
        expect(decodeEnginePacket(text).ok).toBe(decodePacket(text).type !== 'error');
      }),
    );
  });
});
