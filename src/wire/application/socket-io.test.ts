import fc from 'fast-check';
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import { decodeSocketPacket, encodeSocketPacket, type SocketPacket } from './socket-io.ts';

const packet = (type: SocketPacket['type'], more: Partial<SocketPacket> = {}): SocketPacket => ({
  type,
  namespace: '/',
  attachments: 0,
  ...more,
});
const placeholder = (num: number): object => ({ _placeholder: true, num });

/** The protocol's own examples, and what a chat says. */
const VECTORS: readonly (readonly [text: string, packet: SocketPacket])[] = [
  ['0', packet('CONNECT')],
  ['0/admin,{"token":"123"}', packet('CONNECT', { namespace: '/admin', data: { token: '123' } })],
  ['0{"sid":"oSO0OpakMV_3jnilAAAA"}', packet('CONNECT', { data: { sid: 'oSO0OpakMV_3jnilAAAA' } })],
  ['4{"message":"Not authorized"}', packet('CONNECT_ERROR', { data: { message: 'Not authorized' } })],
  ['2["chat message","hi"]', packet('EVENT', { data: ['chat message', 'hi'] })],
  ['2["hello",1,"2",{"a":3}]', packet('EVENT', { data: ['hello', 1, '2', { a: 3 }] })],
  ['2/admin,["bar"]', packet('EVENT', { namespace: '/admin', data: ['bar'] })],
  ['212["foo"]', packet('EVENT', { ackId: 12, data: ['foo'] })],
  ['2/admin,1["tellme"]', packet('EVENT', { namespace: '/admin', ackId: 1, data: ['tellme'] })],
  ['22["price",42]', packet('EVENT', { ackId: 2, data: ['price', 42] })],
  ['2["e","€"]', packet('EVENT', { data: ['e', '€'] })],
  ['312[]', packet('ACK', { ackId: 12, data: [] })],
  ['3/admin,13["bar"]', packet('ACK', { namespace: '/admin', ackId: 13, data: ['bar'] })],
  ['1', packet('DISCONNECT')],
  ['1/admin,', packet('DISCONNECT', { namespace: '/admin' })],
  ['51-["baz",{"_placeholder":true,"num":0}]', packet('BINARY_EVENT', { attachments: 1, data: ['baz', placeholder(0)] })],
  [
    '52-/admin,5["baz",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
    packet('BINARY_EVENT', { namespace: '/admin', ackId: 5, attachments: 2, data: ['baz', placeholder(0), placeholder(1)] }),
  ],
  ['61-15["bar",{"_placeholder":true,"num":0}]', packet('BINARY_ACK', { ackId: 15, attachments: 1, data: ['bar', placeholder(0)] })],
];

describe('a packet of Socket.IO', () => {
  it.each(VECTORS)('%s is read and written', (text, expected) => {
    expect(decodeSocketPacket(text)).toEqual({ ok: true, packet: expected });
    expect(encodeSocketPacket(expected)).toBe(text);
  });

  it('may end with its namespace, without the comma', () => {
    expect(decodeSocketPacket('0/admin')).toEqual({ ok: true, packet: packet('CONNECT', { namespace: '/admin' }) });
  });

  it.each([
    ['', 'empty', 0],
    ['7["x"]', 'unknown-type', 0],
    ['x', 'unknown-type', 0],
    ['5["x"]', 'bad-attachments', 1],
    ['50-["x"]', 'bad-attachments', 1],
    ['21-["x"]', 'bad-attachments', 1],
    ['2["x"', 'bad-json', 1],
    ['2/admin,7["x"', 'bad-json', 9],
    ['2', 'bad-payload', 1],
    ['2{}', 'bad-payload', 1],
    ['2[]', 'bad-payload', 1],
    ['2["disconnect"]', 'bad-payload', 1],
    ['3{}', 'bad-payload', 1],
    ['0[]', 'bad-payload', 1],
    ['1[]', 'bad-payload', 1],
    ['4[]', 'bad-payload', 1],
  ])('%j is refused', (text, code, offset) => {
    expect(decodeSocketPacket(text)).toEqual({ ok: false, error: { code, offset } });
  });
});

const json = fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
const namespaces = fc.constantFrom('/', '/admin', '/a/b');
const ackIds = fc.option(fc.nat(), { nil: undefined });
const events = fc
  .tuple(
    fc.string().map((name) => `e${name}`),
    fc.array(json, { maxLength: 3 }),
  )
  .map(([name, args]) => [name, ...args]);

const packets = fc
  .record({ namespace: namespaces, ackId: ackIds, event: events, type: fc.constantFrom('EVENT' as const, 'ACK' as const) })
  .filter(({ type, ackId }) => type === 'EVENT' || ackId !== undefined)
  .map(({ namespace, ackId, event, type }) => packet(type, { namespace, ...(ackId !== undefined && { ackId }), data: event }));

/** Our packet as the library calls it. */
const theirForm = ({ type, namespace, ackId, data }: SocketPacket): Packet => ({
  type: PacketType[type],
  nsp: namespace,
  data,
  ...(ackId !== undefined && { id: ackId }),
});

/** What the library makes of a text; undefined if it refuses it. */
function readWithLibrary(text: string): Packet | undefined {
  const decoder = new Decoder();
  let read: Packet | undefined;
  decoder.on('decoded', (one) => {
    read = one;
  });
  try {
    decoder.add(text);
  } catch {
    return undefined;
  }
  return read;
}

describe('the socket.io-parser library', () => {
  it('writes every event and every ack as we do', () => {
    fc.assert(
      fc.property(packets, (one) => {
        expect([encodeSocketPacket(one)]).toEqual(new Encoder().encode(theirForm(one)));
      }),
    );
  });

  it('reads what we write, and means the same', () => {
    fc.assert(
      fc.property(packets, (one) => {
        expect(readWithLibrary(encodeSocketPacket(one))).toEqual(theirForm(one));
      }),
    );
  });

  it.each(VECTORS.filter(([, { attachments }]) => attachments === 0))('reads %s and means the same', (text, expected) => {
    expect(readWithLibrary(text)).toEqual(theirForm(expected));
  });

  it('takes every text that we take', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '2',
      '3',
      '4',
      '7',
      '12',
      '/admin',
      '/',
      ',',
      '-',
      '[',
      ']',
      '"a"',
      '["a"]',
      '[1]',
      '{}',
      '"connect"',
      '["connect"]',
    );
    const texts = fc.oneof(
      fc.array(piece, { maxLength: 5 }).map((parts) => parts.join('')),
      fc.string(),
    );
    let taken = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const ours = decodeSocketPacket(text);
        if (!ours.ok) return;
        taken += 1;
        expect(readWithLibrary(text)).toEqual(theirForm(ours.packet));
      }),
      { numRuns: 5_000 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it('refuses every text that we refuse, but for an event, an ack and a refusal without JSON', () => {
    const texts = fc.tuple(
      fc.constantFrom('0', '1', '2', '3', '4', '8'),
      fc.constantFrom('[]', '["a"]', '{}', '"x"', '7', 'null', '[', ''),
    );
    fc.assert(
      fc.property(texts, ([type, data]) => {
        fc.pre(!(data === '' || data === '7') || type === '0' || type === '1');
        expect(decodeSocketPacket(type + data).ok).toBe(readWithLibrary(type + data) !== undefined);
      }),
    );
  });
});
