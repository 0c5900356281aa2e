/**
 * What a bench of plain sockets writes down. All its sockets live in one program, so one clock and one list are enough:
 * the order of the list is the order of what happened.
 */

/**
 * Names a socket of a bench: `ada`, `server`, or `server/ada`, the socket that `server` got when it accepted Ada's
 * connection. What stands before the stroke is the lane.
 */
export type SocketName = string;

/** One end: an address and a port. */
export type Endpoint = { readonly address: string; readonly port: number };

/** `nobody`: a port at which no socket waits. */
export type Target = SocketName | 'nobody';

/** `fd`: the number under which the program holds the socket, where the system tells it. */
type Opened = { readonly local: Endpoint; readonly fd?: number };

export type SocketFact =
  /** A stream socket waits for connections at `local`. */
  | ({ readonly kind: 'listening' } & Opened)
  /** A datagram socket has its port. */
  | ({ readonly kind: 'bound' } & Opened)
  /** The program has asked for a connection: a stream socket has a port of its own from then on. */
  | ({ readonly kind: 'connecting'; readonly to: Target; readonly remote: Endpoint } & Partial<Opened>)
  | ({ readonly kind: 'connected'; readonly remote: Endpoint } & Opened)
  /** The answer to `connecting` was no: nobody waits there. */
  | { readonly kind: 'refused' }
  /** A new socket, made for a connection of `peer` that `by` has accepted. */
  | ({ readonly kind: 'accepted'; readonly by: SocketName; readonly peer: SocketName; readonly remote: Endpoint } & Opened)
  /** The program has handed over bytes. `to`: of a datagram. */
  | { readonly kind: 'wrote'; readonly bytes: number; readonly text: string; readonly to?: Target; readonly remote: Endpoint }
  /** The program got bytes. `from`: the sender of a datagram. */
  | { readonly kind: 'read'; readonly bytes: number; readonly text: string; readonly from?: SocketName }
  /** The program gives the socket back; `closed` follows. */
  | { readonly kind: 'closing' }
  /** The program has said that it will write no more. */
  | { readonly kind: 'ended' }
  /** The program was told that the other end will write no more. */
  | { readonly kind: 'told-end' }
  /** The program has thrown the connection away. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  /** The system reported an error: `ECONNRESET`, `ECONNREFUSED` for a datagram. */
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'closed' };

/** `t`: milliseconds, on the bench's clock. `step`: the number of the learner's step during which it happened, from 1. */
export type SocketRecord = { readonly t: number; readonly step: number; readonly socket: SocketName } & SocketFact;

export const laneOfSocket = (name: SocketName): string => name.split('/', 1)[0] ?? name;
