import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dissect, errorsOf } from '#wire/dissect.ts';
import { editField, type Field, flatFields } from '#wire/field.ts';
import { fromHex, toHex } from '#wire/hex.fixture.ts';
import { MAX_MESSAGE_CHARS } from './ask-state.ts';
import { type Journey, journeyOf } from './journey.ts';
import { repair } from './repair.ts';
import { wrap } from './wrap.ts';

const frameOf = (message: string): Uint8Array => wrap(message).at(-1)?.bytes ?? new Uint8Array();
const fieldsOf = (frame: Uint8Array): readonly Field[] => flatFields(dissect(frame).layers.flatMap(({ fields }) => fields));

/** The frame with one field changed, and nothing else. */
function edited(frame: Uint8Array, name: string, text: string): Uint8Array {
  const field = fieldsOf(frame).find(({ wireshark, id }) => wireshark === name || id === name);
  const result = field && editField(frame, field, text);
  if (!result?.ok) throw new Error(`cannot write ${text} into ${name}`);
  return result.bytes;
}
const lastOf = ({ stops }: Journey) => stops.at(-1);

describe('wrapping', () => {
  it('puts each layer around the one inside it, and the frame has no error', () => {
    const stages = wrap('hi');
    expect(stages.map(({ id, bytes, added }) => [id, bytes.length, added])).toEqual([
      ['message', 2, 2],
      ['event', 15, 13],
      ['websocket', 21, 6],
      ['tcp', 41, 20],
      ['ipv4', 61, 20],
      ['ethernet', 75, 14],
    ]);
    expect(errorsOf(dissect(frameOf('hi')))).toEqual([]);
    expect(toHex(frameOf('hi'))).toBe(
      '02000000000102000000000a08004500003d1002400040063e67c000020ac6336414c3500bb8000003e900002329501801f6e9c60000818f37fa213d03c87a1f5492404915d603555ed87c',
    );
  });
  it('of the longest message fits one Ethernet frame', () => {
    expect(frameOf('😀'.repeat(MAX_MESSAGE_CHARS)).length).toBeLessThanOrEqual(1514);
  });
});

describe('the way of a frame', () => {
  it('that is whole ends in the program, with the message that was written', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: MAX_MESSAGE_CHARS, unit: 'grapheme' }), (message) => {
        const { heard, stops } = journeyOf(frameOf(message));
        expect(heard).toEqual({ event: 'chat', args: [message] });
        expect(stops.every(({ isPassed }) => isPassed)).toBe(true);
      }),
    );
  });
  it('goes on behind the router in a new frame: one hop less, another header checksum, the rest as it was', () => {
    const frame = frameOf('hi');
    const { forwarded = new Uint8Array() } = journeyOf(frame);
    const changed = [...frame.keys()].filter((index) => frame[index] !== forwarded[index]);
    expect(changed.filter((index) => index >= 14)).toEqual([22, 24]);
    expect(errorsOf(dissect(forwarded))).toEqual([]);
  });
  it('leaves the router with a good header, whatever its checksum was before', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.integer({ min: 2, max: 255 }), (identification, ttl) => {
        const frame = edited(edited(frameOf('hi'), 'ip.id', String(identification)), 'ip.ttl', String(ttl));
        const { forwarded = new Uint8Array() } = journeyOf(repair(frame).bytes);
        expect(errorsOf(dissect(forwarded))).toEqual([]);
      }),
    );
  });
  it.each([
    ['eth.dst', '02:00:00:00:00:99', 'the router’s network card', 'this card leaves it alone'],
    ['eth.dst', 'ff:ff:ff:ff:ff:ff', 'the router', 'must not pass on'],
    ['eth.type', '0x86dd', 'the router’s network card', 'does not say IPv4'],
    ['ip.version', '6', 'the router', 'The version is not 4'],
    ['ip.ttl', '63', 'the router', 'header checksum does not agree'],
    ['ip.len', '9999', 'the router', 'lengths do not fit'],
    ['tcp.dstport', '3001', 'the server’s TCP', 'The checksum does not agree'],
    ['tcp.window_size_value', '1', 'the server’s TCP', 'The checksum does not agree'],
  ])('with %s set to %s, unrepaired, ends at “%s”: %s', (name, text, who, words) => {
    const stopped = lastOf(journeyOf(edited(frameOf('hi'), name, text)));
    expect(stopped).toMatchObject({ who, isPassed: false });
    expect(stopped?.text).toContain(words);
  });
  it.each([
    ['ip.ttl', '1', 'the router', 'time exceeded'],
    ['ip.dst', '203.0.113.7', 'the router', 'knows no way'],
    ['ip.dst', '192.0.2.99', 'the router', 'the side that the packet came from'],
    ['ip.dst', '198.51.100.77', 'the router', 'host unreachable'],
    ['ip.dst', '198.51.100.255', 'the router', 'tells nobody'],
    ['ip.dst', '224.0.0.1', 'the router', 'tells nobody'],
    ['ihl', '6', 'the router', 'parameter problem'],
    ['ip.proto', '1', 'the server’s IP', 'The protocol says ICMP'],
    ['ip.proto', '17', 'the server’s IP', 'The protocol says UDP'],
    ['ip.proto', '200', 'the server’s IP', 'protocol unreachable'],
    ['ip.flags.mf', '1', 'the server’s IP', 'one piece of several'],
    ['ip.src', '192.0.2.11', 'the server’s TCP', 'no connection 192.0.2.11:50000'],
    ['tcp.dstport', '3001', 'the server’s TCP', 'reset (RST)'],
    ['tcp.seq_raw', '1010', 'the server’s TCP', '9 bytes are missing'],
    ['tcp.seq_raw', '1000', 'the server’s TCP', 'has part of it already'],
    ['tcp.seq_raw', '900000', 'the server’s TCP', 'outside the window'],
    ['tcp.seq_raw', '1', 'the server’s TCP', 'has all of this already'],
    ['dataOffset', '6', 'the server’s TCP', 'suggests to reset'],
    ['tcp.ack_raw', '9002', 'the server’s TCP', 'never sent'],
    ['tcp.flags.reset', '1', 'the server’s TCP', 'ends the connection'],
    ['tcp.flags.syn', '1', 'the server’s TCP', 'challenge ACK'],
    ['tcp.flags.ack', '0', 'the server’s TCP', 'dropped'],
  ])('with %s set to %s and repaired ends at “%s”: %s', (name, text, who, words) => {
    const stopped = lastOf(journeyOf(repair(edited(frameOf('hi'), name, text)).bytes));
    expect(stopped).toMatchObject({ who, isPassed: false });
    expect(stopped?.text).toContain(words);
  });
  it.each([
    [54, 0x01, 'the server’s WebSocket library', 'more frames of this message'],
    [54, 0xc1, 'the server’s WebSocket library', 'code 1002'],
    [55, 0x0f, 'the server’s WebSocket library', 'unmasked client frame'],
    [55, 0xa0, 'the server’s WebSocket library', 'waits for the rest'],
    [54, 0x80, 'the server’s WebSocket library', 'none was begun'],
    [54, 0x82, 'the server’s WebSocket library', 'No text has announced'],
    [54, 0x89, 'the server’s WebSocket library', 'answers with a pong'],
    [60, 0x37 ^ 0x32, 'Socket.IO', 'only the server may ping'],
    [60, 0x37 ^ 0x33, 'Socket.IO', 'Engine.IO reads “pong”'],
    [61, 0xfa ^ 0x39, 'Socket.IO', 'closes the connection'],
    [62, 0x21 ^ 0x2f, 'Socket.IO', 'closes the connection'],
    [64, 0x37 ^ 0x43, 'Socket.IO', 'nobody listens'],
  ])('with byte %i set to %i and repaired ends at “%s”: %s', (index, value, who, words) => {
    const frame = frameOf('hi');
    frame[index] = value;
    const stopped = lastOf(journeyOf(repair(frame).bytes));
    expect(stopped).toMatchObject({ who, isPassed: false });
    expect(stopped?.text).toContain(words);
  });
  it('that asks for a connection from another port is answered by the listening socket', () => {
    const asking = edited(edited(edited(frameOf('hi'), 'tcp.srcport', '50001'), 'tcp.flags.syn', '1'), 'tcp.flags.ack', '0');
    expect(lastOf(journeyOf(repair(asking).bytes))?.text).toContain('asks for a new connection');
  });
  it('tells a story of any bytes, and ends somewhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (noise, isAppended) => {
        const frame = isAppended ? Uint8Array.of(...frameOf('hi').subarray(0, 34), ...noise) : noise;
        const { stops } = journeyOf(frame);
        expect(stops.length).toBeGreaterThan(0);
        expect(stops.slice(0, -1).every(({ isPassed }) => isPassed)).toBe(true);
        expect(stops.every(({ text }) => text.length > 0)).toBe(true);
      }),
    );
  });
});

describe('a repair', () => {
  it('sets length and checksums, and says which', () => {
    const frame = frameOf('hi');
    const broken = edited(edited(frame, 'ip.ttl', '9'), 'ip.len', '70');
    expect(repair(broken).fields).toEqual(['Total Length', 'Header Checksum']);
    expect(errorsOf(dissect(repair(broken).bytes))).toEqual([]);
  });
  it('makes a length right that is too short as well', () => {
    expect(repair(edited(frameOf('hi'), 'ip.len', '60')).fields).toEqual(['Total Length']);
  });
  it('of a whole frame changes nothing', () => {
    const frame = frameOf('hello');
    expect([toHex(repair(frame).bytes), repair(frame).fields]).toEqual([toHex(frame), []]);
  });
  it('leaves no wrong checksum in any frame of which one byte has changed', () => {
    fc.assert(
      fc.property(fc.nat(74), fc.nat(255), (index, value) => {
        const frame = frameOf('hi');
        frame[index] = value;
        const { bytes } = repair(frame);
        expect(repair(bytes).fields).toEqual([]);
        expect(errorsOf(dissect(bytes)).map(({ code }) => code)).not.toContain('bad-checksum');
      }),
    );
  });
  it('does not touch bytes that are no packet', () => {
    expect(toHex(repair(fromHex('0102')).bytes)).toBe('0102');
  });
});
