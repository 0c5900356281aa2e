/** Composes the server: the site, the control plane and the labs on one port. What `main.ts` and the tests start. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Socket } from 'socket.io';
import { LIMITS } from '#lab/limits.ts';
import type { Scenario } from '#lab/scenario.ts';
import type { Config } from './config.ts';
import { engineRequest } from './engine-request.ts';
import { createRates } from './guard/rates.ts';
import { createControlPlane } from './labs/control.ts';
import { LabRegistry } from './labs/registry.ts';
import { type Log, shortAddress, shortLab } from './log.ts';
import { createMetrics } from './metrics.ts';
import { serveSite, setSafeHeaders } from './static.ts';

export type AppOptions = { readonly config: Config; readonly scenarios: readonly Scenario[]; readonly log: Log };
export type App = Awaited<ReturnType<typeof createApp>>;

/** Above this the server answers too late to be called ready, milliseconds. */
const MAX_LOOP_DELAY_MS = 1_000;
/** How long connections may take to end by themselves when the server stops, milliseconds. */
const STOP_GRACE_MS = 2_000;

const now = (): number => performance.timeOrigin + performance.now();
const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/';

/** An app that is not started yet. `start` resolves with its port; `stop` ends everything within a few seconds. */
export function createApp({ config, scenarios, log }: AppOptions) {
  let state: 'starting' | 'ready' | 'stopping' = 'starting';
  const site = serveSite(config.DIST);
  const addressOf = (socket: Socket): string => {
    const forwarded = config.TRUST_PROXY === '1' ? socket.handshake.headers['x-forwarded-for'] : undefined;
    return String(forwarded ?? socket.handshake.address).split(',', 1)[0] ?? '';
  };
  const metrics = createMetrics({
    labs: () => labs.size,
    connections: () => labs.connections,
    watchers: () => control.engine.clientsCount,
  });
  const labs: LabRegistry = new LabRegistry({
    scenarios,
    now,
    maxLabs: config.MAX_LABS,
    maxLabsPerAddress: config.MAX_LABS_PER_ADDRESS,
    maxLabsPerWatcher: LIMITS.labsPerWatcher,
    unwatchedMs: config.LAB_UNWATCHED_SECONDS * 1000,
    lifeMs: config.LAB_LIFE_SECONDS * 1000,
    records: (lab, records) => control.io.to(lab).emit('lab:records', { lab, records }),
    counted: (record) => {
      if (record[0] === 'arrived') metrics.events.inc({ direction: 'in' });
      else if (record[0] === 'created') metrics.events.inc({ direction: 'out' });
      else if (record[0] === 'trouble') {
        metrics.troubles.inc({ what: record[2] });
        log.info({ what: record[2] }, 'a fault in a lab was caught');
      }
    },
    opened: (room) => {
      metrics.labsOpened.inc();
      log.info({ lab: shortLab(room.id), scenario: room.scenario.id, address: shortAddress(room.address) }, 'lab opened');
    },
    ending: (room, why) => {
      control.io.to(room.id).emit('lab:ended', { lab: room.id, why });
      log.info({ lab: shortLab(room.id), why }, 'lab ended');
    },
  });
  const control = createControlPlane({
    labs,
    addressOf,
    now,
    trouble: (what) => metrics.troubles.inc({ what }),
    context: {
      rates: createRates(addressOf),
      refused: (event, why) => {
        metrics.refusals.inc({ why });
        log.debug({ event, why }, 'refused');
      },
      fault: (event, error) => {
        metrics.troubles.inc({ what: 'handler' });
        log.error({ event, error }, 'a handler failed');
      },
    },
  });

  const unreadyBecause = (): string | undefined => {
    if (state !== 'ready') return state;
    if (!site) return 'no site has been built';
    return metrics.loopDelayMs() > MAX_LOOP_DELAY_MS ? 'overloaded' : undefined;
  };

  const health = (response: ServerResponse) => {
    const why = unreadyBecause();
    response.writeHead(why ? 503 : 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(why ? { ready: false, why } : { ready: true }));
  };

  const showMetrics = async (response: ServerResponse) => {
    const text = await metrics.registry.metrics();
    response.writeHead(200, { 'Content-Type': metrics.registry.contentType, 'Cache-Control': 'no-store' }).end(text);
  };

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    setSafeHeaders(response);
    const path = pathOf(request);
    const lab = labs.route(path);
    if (lab === undefined) response.writeHead(404).end();
    else if (lab !== 'none') lab.handleRequest(request, response);
    else if (path.startsWith('/socket.io/')) control.engine.handleRequest(engineRequest(request), response);
    else if (path === '/health') health(response);
    else if (path === '/metrics') void showMetrics(response);
    else if (site) site(request, response);
    else
      response
        .writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' })
        .end('No site has been built. Run `npm start`, which builds it.\n');
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = pathOf(request);
    const lab = labs.route(path);
    if (lab !== undefined && lab !== 'none') lab.handleUpgrade(request, socket, head);
    else if (path.startsWith('/socket.io/') && state !== 'stopping') control.engine.handleUpgrade(engineRequest(request), socket, head);
    else socket.destroy();
  };

  const http = createServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, onRequest).on('upgrade', onUpgrade);
  const open = new Set<Duplex>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });

  return {
    labs,
    control,
    metrics,
    /** Listens; resolves with the port. Rejects with the system's error, EADDRINUSE for one. */
    async start(): Promise<{ readonly port: number }> {
      const listening = once(http, 'listening');
      http.listen(config.PORT, config.HOST);
      await listening;
      state = 'ready';
      const address: AddressInfo | string | null = http.address();
      return { port: typeof address === 'object' && address ? address.port : config.PORT };
    },
    /** Tells the labs, closes every connection, and resolves when nothing is left. */
    async stop(): Promise<void> {
      if (state === 'stopping') return;
      state = 'stopping';
      labs.closeAll();
      control.io.disconnectSockets(true);
      await control.io.close();
      metrics.stop();
      if (!http.listening) return;
      const closed = once(http, 'close');
      http.close();
      http.closeIdleConnections();
      const impatient = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, STOP_GRACE_MS);
      await closed;
      clearTimeout(impatient);
    },
  };
}
