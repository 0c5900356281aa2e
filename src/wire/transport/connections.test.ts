import { describe, expect, it } from 'vitest';
import { Connections } from './connections.ts';
import { CLIENT, fromServer, SERVER, segment } from './segment.fixture.ts';
import type { TcpOption } from './tcp-options.ts';

const scale = (shift: number): readonly TcpOption[] => [
  { name: 'mss', bytes: 1460 },
  { name: 'window-scale', shift },
];
const opened = (clientOptions: readonly TcpOption[], serverOptions: readonly TcpOption[]): Connections => {
  const connections = new Connections();
  connections.push(segment({ sequenceNumber: 1000, syn: true, options: clientOptions }));
  connections.push(fromServer({ sequenceNumber: 9000, acknowledgmentNumber: 1001, syn: true, ack: true, options: serverOptions }));
  return connections;
};
const ackOfClient = segment({ sequenceNumber: 1001, acknowledgmentNumber: 9001, ack: true });

describe('a connection', () => {
  it('has the numbers and options of both SYNs', () => {
    const [connection] = opened(scale(7), scale(2)).all;
    expect(connection).toEqual({
      index: 0,
      client: { endpoint: CLIENT, isn: 1000, windowScale: 128, mss: 1460 },
      server: { endpoint: SERVER, isn: 9000, windowScale: 4, mss: 1460 },
    });
  });
  it('counts numbers from its SYNs, and windows in the scale of their sender', () => {
    const connections = opened(scale(7), scale(2));
    expect(connections.push(ackOfClient)).toMatchObject({
      relativeSequenceNumber: 1,
      relativeAcknowledgmentNumber: 1,
      windowBytes: 128_000,
    });
    expect(connections.push(fromServer({ sequenceNumber: 9001, ack: true })).windowBytes).toBe(4000);
  });
  it('counts across the wrap of sequence numbers', () => {
    const connections = new Connections();
    connections.push(segment({ sequenceNumber: 0xffff_fffe, syn: true }));
    expect(connections.push(segment({ sequenceNumber: 4 })).relativeSequenceNumber).toBe(6);
  });
  it('does not scale the window of a SYN (RFC 7323 §2.2)', () => {
    expect(opened(scale(7), scale(2)).push(segment({ sequenceNumber: 1000, syn: true })).windowBytes).toBe(1000);
  });
  it.each([
    ['the SYN', [], scale(2)],
    ['the SYN,ACK', scale(7), []],
  ])('scales no windows if %s lacks the option (RFC 7323 §2.2)', (_, clientOptions, serverOptions) => {
    const connections = opened(clientOptions, serverOptions);
    expect(connections.all[0]).toMatchObject({ client: { windowScale: 'unused' }, server: { windowScale: 'unused' } });
    expect(connections.push(ackOfClient).windowBytes).toBe(1000);
  });
});

it('an acknowledgment number tells nothing if ACK is not set', () => {
  const connections = new Connections();
  connections.push(segment({ sequenceNumber: 1000, acknowledgmentNumber: 500, syn: true }));
  const answer = connections.push(fromServer({ sequenceNumber: 9000, acknowledgmentNumber: 1001, syn: true, ack: true }));
  expect(answer).toMatchObject({ relativeSequenceNumber: 0, isReused: false });
});

describe('the client', () => {
  it('is who sent the SYN, whatever the ports are', () => {
    const connections = new Connections();
    connections.push(fromServer({ syn: true }));
    expect(connections.all[0]?.client.endpoint).toEqual(SERVER);
  });
  it('is who got the SYN,ACK, if the SYN is not captured', () => {
    const connections = new Connections();
    connections.push(segment({ syn: true, ack: true }));
    expect(connections.all[0]?.client.endpoint).toEqual(SERVER);
  });
  it('is the one with the higher port, if no handshake is captured', () => {
    const connections = new Connections();
    expect(connections.push(fromServer({ ack: true })).isFromClient).toBe(false);
    expect(connections.all[0]?.client.endpoint).toEqual(CLIENT);
  });
});

describe('without its handshake, a connection', () => {
  const connections = new Connections();
  const first = connections.push(segment({ sequenceNumber: 5000, acknowledgmentNumber: 700, ack: true }));
  it('begins at 1 in both directions', () => {
    expect(first).toMatchObject({ relativeSequenceNumber: 1, relativeAcknowledgmentNumber: 1 });
    expect(connections.push(fromServer({ sequenceNumber: 700 })).relativeSequenceNumber).toBe(1);
  });
  it('does not know how windows are scaled', () => {
    expect(first.connection.client.windowScale).toBe('unknown');
  });
});

describe('a SYN on known addresses and ports', () => {
  it('with the same number is the same connection, sent again', () => {
    const again = opened([], []).push(segment({ sequenceNumber: 1000, syn: true }));
    expect(again).toMatchObject({ connection: { index: 0 }, isReused: false });
  });
  it('with another number is a new connection, to which what follows belongs', () => {
    const connections = opened(scale(7), scale(2));
    expect(connections.push(segment({ sequenceNumber: 70_000, syn: true }))).toMatchObject({ connection: { index: 1 }, isReused: true });
    expect(connections.push(ackOfClient).connection.index).toBe(1);
    expect(connections.all[1]?.client).toMatchObject({ isn: 70_000, windowScale: 'unused' });
  });
  it('on another port is another connection', () => {
    const connections = opened([], []);
    const next = connections.push(segment({ syn: true, source: { ...CLIENT, port: 50_001 } }));
    expect(next).toMatchObject({ connection: { index: 1 }, isReused: false });
  });
});
