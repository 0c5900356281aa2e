/**
 * What a learner can do on a bench of plain sockets: a small language of steps over named sockets. No step carries an
 * address or a port, so that nothing outside the bench can be reached by any of them.
 */
import type { SocketName, Target } from '#trace/sockets/records.ts';
import { PEOPLE } from '../people.ts';

/** Who may hold a socket of a bench: the people of the labs, and a server. */
export const HOLDERS = ['server', ...PEOPLE.map(({ id }) => id)] as const;

/** Every name that a socket can have: a holder's own, and those that a holder gets by accepting a connection of another. */
export const SOCKET_NAMES: readonly SocketName[] = HOLDERS.flatMap((holder) => [
  holder,
  ...HOLDERS.filter((other) => other !== holder).map((peer) => acceptedName(holder, peer)),
]);

/** The name of the socket that `listener` gets when it accepts a connection of `peer`. */
export function acceptedName(listener: SocketName, peer: SocketName): SocketName {
  return `${listener}/${peer}`;
}

export type SocketStep =
  /** A stream socket that waits for connections: socket, bind and listen, on a port that the system chooses. */
  | { readonly do: 'listen'; readonly socket: SocketName }
  /** A datagram socket: socket and bind. */
  | { readonly do: 'bind'; readonly socket: SocketName }
  /** A new stream socket asks for a connection; a datagram socket that is there remembers its only partner. */
  | { readonly do: 'connect'; readonly socket: SocketName; readonly to: Target }
  /** `to`: the receiver of a datagram; a socket that is connected needs none. */
  | { readonly do: 'send'; readonly socket: SocketName; readonly text: string; readonly to?: Target }
  /** Stops and starts reading: what arrives meanwhile waits. */
  | { readonly do: 'pause'; readonly socket: SocketName }
  | { readonly do: 'resume'; readonly socket: SocketName }
  /** Says "no more from me", and goes on reading. */
  | { readonly do: 'end'; readonly socket: SocketName }
  /** Gives the socket back. */
  | { readonly do: 'close'; readonly socket: SocketName }
  /** Throws the connection away, with a reset instead of an end. */
  | { readonly do: 'reset'; readonly socket: SocketName };
