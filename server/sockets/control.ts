/** The events of the control plane by which a page uses a bench of sockets. */
import type { Socket } from 'socket.io';
import type { PageToServer, Result, ServerToPage } from '#lab/control-plane.ts';
import { type GuardContext, guard } from '../guard/guard.ts';
import type { Benches } from './registry.ts';
import * as schemas from './schemas.ts';

export type SocketsSettings = {
  readonly benches: Benches;
  readonly context: GuardContext;
  addressOf(socket: Socket): string;
};

const DONE: Result<null> = { ok: true, value: null };
const UNKNOWN: Result<never> = { ok: false, why: 'unknown-bench' };

/** Registers them on one page. Its benches end with its connection. */
export function serveSockets(page: Socket<PageToServer, ServerToPage>, { benches, context, addressOf }: SocketsSettings): void {
  guard(page, context, 'sockets:open', schemas.openBench, () => {
    // The page may have gone while the rate was looked up: nobody would close what it asked for.
    if (!page.connected) return { ok: false, why: 'unreachable' };
    return benches.open({ page: page.id, address: addressOf(page) });
  });
  guard(page, context, 'sockets:step', schemas.oneStep, ({ bench, step }) => benches.get(page.id, bench)?.step(step) ?? UNKNOWN);
  guard(page, context, 'sockets:close', schemas.oneBench, ({ bench }) => {
    if (!benches.get(page.id, bench)) return UNKNOWN;
    benches.close(bench, 'closed');
    return DONE;
  });
  page.on('disconnect', () => benches.leave(page.id));
}
