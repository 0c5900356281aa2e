/** Records of a bench for tests, in few words: a millisecond apart, a step each. */
import type { Endpoint, SocketFact, SocketName, SocketRecord } from './records.ts';

export const end = (port: number): Endpoint => ({ address: '127.0.0.1', port });

export type Line = readonly [socket: SocketName, fact: SocketFact];

export const recordsOf = (...lines: readonly Line[]): readonly SocketRecord[] =>
  lines.map(([socket, fact], index) => ({ t: 1_000 + index, step: index + 1, socket, ...fact }));

export const SERVER_LISTENS: Line = ['server', { kind: 'listening', local: end(4600), fd: 20 }];

/** A client with a port of its own is connected to the server. */
export const connected = (who: SocketName, port: number): readonly Line[] => [
  [who, { kind: 'connecting', to: 'server', remote: end(4600), local: end(port), fd: port }],
  [`server/${who}`, { kind: 'accepted', by: 'server', peer: who, local: end(4600), remote: end(port), fd: port + 1 }],
  [who, { kind: 'connected', local: end(port), remote: end(4600), fd: port }],
];

export const wrote = (socket: SocketName, text: string, to?: SocketName): Line => [
  socket,
  { kind: 'wrote', bytes: text.length, text, remote: end(1), ...(to && { to }) },
];
export const read = (socket: SocketName, text: string, from?: SocketName): Line => [
  socket,
  { kind: 'read', bytes: text.length, text, ...(from && { from }) },
];
