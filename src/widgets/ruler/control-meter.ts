/** Round trips over the page's connection to the server: one small question and its answer, on a connection that is open. */
import { ControlLink } from '#lab/control-link.ts';
import type { Meter } from './round-trip-state.ts';

/** `url`: where the server is; left out, where the page came from. */
export function controlMeter(url?: string): Meter {
  const link = new ControlLink(url);
  return {
    open: () => link.connect(),
    async roundTripMs() {
      // What is said while there is no connection would wait for one, and the wait would be taken for a round trip.
      if (!link.socket.connected) return undefined;
      const sentAt = performance.now();
      const answer = await link.ask<number>((socket, reply) => socket.emit('clock', null, reply));
      return answer.ok ? performance.now() - sentAt : undefined;
    },
    close: () => link.close(),
  };
}
