/** How often one visitor may ask. Counted for the connection, and, for what costs memory, for the address. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Socket } from 'socket.io';
import type { PageToServer } from '#lab/control-plane.ts';
import { LIMITS } from '#lab/limits.ts';

export type Rates = { allow(socket: Socket, event: keyof PageToServer): Promise<boolean> };

/** Requests of one page: a report each batch, and clicks. */
const REQUESTS_PER_SECOND = 60;

/** `addressOf` tells a visitor's address, which a proxy may hide. */
export function createRates(addressOf: (socket: Socket) => string): Rates {
  const requests = new RateLimiterMemory({ points: REQUESTS_PER_SECOND, duration: 1 });
  const costly: Partial<Record<keyof PageToServer, RateLimiterMemory>> = {
    'lab:open': new RateLimiterMemory({ points: LIMITS.opensPerMinute, duration: 60 }),
    // The answer is the whole history of a lab: megabytes, for a few characters.
    'lab:join': new RateLimiterMemory({ points: LIMITS.opensPerMinute, duration: 60 }),
    'sockets:open': new RateLimiterMemory({ points: LIMITS.opensPerMinute, duration: 60 }),
  };
  const take = (limiter: RateLimiterMemory, key: string): Promise<boolean> =>
    limiter.consume(key).then(
      () => true,
      () => false,
    );
  return {
    async allow(socket, event) {
      if (!(await take(requests, socket.id))) return false;
      const limiter = costly[event];
      return !limiter || (await take(limiter, addressOf(socket)));
    },
  };
}
