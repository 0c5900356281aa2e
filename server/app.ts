/** Composes the server: the site, the control plane and the labs on one port. What `main.ts` and the tests start. */
import { sayGoodbye } from '#lab/host/goodbye.ts';
import { LIMITS } from '#lab/limits.ts';
import type { Scenario } from '#lab/scenario.ts';
import type { Config } from './config.ts';
import { createRates } from './guard/rates.ts';
import { createControlPlane } from './labs/control.ts';
import { LabRegistry } from './labs/registry.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { observe } from './observe.ts';
import { createPort } from './port.ts';
import { createRoutes } from './routes.ts';
import { serveSockets } from './sockets/control.ts';
import { Benches } from './sockets/registry.ts';
import { serveSite } from './static.ts';
import { createAddressOf } from './visitor.ts';

export type AppOptions = { readonly config: Config; readonly scenarios: readonly Scenario[]; readonly log: Log };
export type App = Awaited<ReturnType<typeof createApp>>;

/** Above this the server answers too late to be called ready, milliseconds. */
const MAX_LOOP_DELAY_MS = 1_000;

/** Read once: the getter costs more than the clock. */
const { timeOrigin } = performance;
const now = (): number => timeOrigin + performance.now();

const capsOf = (config: Config) => ({
  maxLabs: config.MAX_LABS,
  maxLabsPerAddress: config.MAX_LABS_PER_ADDRESS,
  maxLabsPerWatcher: LIMITS.labsPerWatcher,
  unwatchedMs: config.LAB_UNWATCHED_SECONDS * 1000,
  lifeMs: config.LAB_LIFE_SECONDS * 1000,
});

/** An app that is not started yet. `start` resolves with its port; `stop` ends everything within a few seconds. */
export function createApp({ config, scenarios, log }: AppOptions) {
  let state: 'starting' | 'ready' | 'stopping' = 'starting';
  let stopped: Promise<void> | undefined;
  const site = serveSite(config.DIST);
  const addressOf = createAddressOf(config.TRUST_PROXY === '1');
  const metrics = createMetrics({
    labs: () => labs.size,
    connections: () => labs.connections,
    watchers: () => control.engine.clientsCount,
    benches: () => benches.size,
  });
  const observer = observe(metrics, log);
  const labs: LabRegistry = new LabRegistry({
    scenarios,
    now,
    ...capsOf(config),
    counted: observer.counted,
    opened: observer.opened,
    records: (lab, records) => control.io.to(lab).emit('lab:records', { lab, records }),
    ending: (room, why) => {
      observer.ending(room, why);
      control.io.to(room.id).emit('lab:ended', { lab: room.id, why });
      control.io.in(room.id).socketsLeave(room.id);
    },
  });
  const { trouble, refused, fault } = observer;
  const context = { rates: createRates(addressOf), refused, fault };
  const control = createControlPlane({ labs, addressOf, now, trouble, context });
  const benches = new Benches({
    ...LIMITS,
    now,
    record: ({ page, bench }, record) => control.io.to(page).emit('sockets:record', { bench, record }),
    ended: ({ page, bench }, why) => control.io.to(page).emit('sockets:ended', { bench, why }),
  });
  control.io.on('connection', (page) => serveSockets(page, { benches, context, addressOf }));
  const isStopping = () => state === 'stopping';
  const unreadyBecause = (): string | undefined => {
    if (state !== 'ready') return state;
    if (!site) return 'no site has been built';
    return metrics.loopDelayMs() > MAX_LOOP_DELAY_MS ? 'overloaded' : undefined;
  };
  const port = createPort(createRoutes({ labs, control, metrics, site, unreadyBecause, isStopping, fault }));

  const stop = async () => {
    state = 'stopping';
    labs.closeAll();
    benches.closeAll();
    await sayGoodbye([control.io.sockets]);
    await control.io.close();
    metrics.stop();
    await port.close();
  };

  return {
    labs,
    benches,
    control,
    metrics,
    /** Listens; resolves with the port. Rejects with the system's error, EADDRINUSE for one. */
    async start(): Promise<{ readonly port: number }> {
      const number = await port.listen(config.PORT, config.HOST);
      if (!isStopping()) state = 'ready';
      return { port: number };
    },
    /** Tells the labs, closes every connection, and resolves when nothing is left, however often it is called. */
    stop(): Promise<void> {
      stopped ??= stop();
      return stopped;
    },
  };
}
