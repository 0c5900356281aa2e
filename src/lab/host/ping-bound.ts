/**
 * A bound on WebSocket's own pings. `ws` answers each at once, below Engine.IO: a client that sends them and does not read
 * fills our memory with pongs, and no bound on packets sees it. Browsers send none, a program's keep-alive few.
 */
import { LIMITS } from '#lab/limits.ts';
import { type Rate, TokenBucket } from './bucket.ts';

const PINGS: Rate = { burst: LIMITS.pingBurst, perSecond: LIMITS.pingsPerSecond };

type PingedSocket = {
  on(event: 'ping', listener: (this: PingedSocket) => void): unknown;
  off(event: 'ping', listener: (this: PingedSocket) => void): unknown;
  terminate(): void;
};
/** What is needed of an Engine.IO connection. Its own type hides the socket. */
type PingedConnection = { readonly transport: { readonly socket?: PingedSocket } };

/**
 * Returns what ends a connection that sends too many pings. `closed` hears of it once. The listener is shared by all
 * connections, and those that send no pings, as all browsers, cost nothing.
 */
export function pingBound(now: () => number, closed: () => void): (connection: PingedConnection) => void {
  const buckets = new WeakMap<PingedSocket, TokenBucket>();
  function onPing(this: PingedSocket): void {
    const bucket = buckets.get(this) ?? new TokenBucket(PINGS, now());
    buckets.set(this, bucket);
    if (bucket.take(1, PINGS, now())) return;
    // The rest of what has been read is still parsed.
    this.off('ping', onPing);
    closed();
    this.terminate();
  }
  return ({ transport: { socket } }) => {
    socket?.on('ping', onPing);
  };
}
