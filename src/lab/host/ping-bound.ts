/**
 * A bound on WebSocket's own pings. `ws` answers each at once, below Engine.IO: a client that sends them and does not read
 * fills our memory with pongs, and no bound on packets sees it. Browsers send none, a program's keep-alive few.
 */
import { LIMITS } from '#lab/limits.ts';
import { type Rate, tokenBucket } from './bucket.ts';

const PINGS: Rate = { burst: LIMITS.pingBurst, perSecond: LIMITS.pingsPerSecond };

type PingedSocket = {
  on(event: 'ping', listener: () => void): unknown;
  off(event: 'ping', listener: () => void): unknown;
  terminate(): void;
};
/** What is needed of an Engine.IO connection. Its own type hides the socket. */
type PingedConnection = { readonly transport: { readonly socket?: PingedSocket } };

/** Returns what ends a connection that sends too many pings. `closed` hears of it once. */
export function pingBound(now: () => number, closed: () => void): (connection: PingedConnection) => void {
  return ({ transport: { socket } }) => {
    const take = tokenBucket(PINGS, now);
    const onPing = () => {
      if (take(1)) return;
      // The rest of what has been read is still parsed.
      socket?.off('ping', onPing);
      closed();
      socket?.terminate();
    };
    socket?.on('ping', onPing);
  };
}
