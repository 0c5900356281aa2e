/**
 * What 1,000 labs leave behind, in bytes of heap, printed as JSON. Run with `--expose-gc`. With the argument `stock` the labs use
 * Socket.IO's own recovery adapter instead of ours, to see that this measures anything.
 */
import pino from 'pino';
import { SessionAwareAdapter } from 'socket.io-adapter';
import { labPath } from '#lab/control-plane.ts';
import type { Scenario } from '#lab/scenario.ts';
import { ECHO, scenario, testConfig } from '../../server/app.fixture.ts';
import { createApp } from '../../server/app.ts';
import { RawClient } from './raw-client.ts';

const LABS = 1_000;
const BATCH = 100;
/** Every so many labs, somebody connects, and the lab crashes once while they are there. */
const CONNECTED_EACH = 5;

const isStock = process.argv[2] === 'stock';
const withStockAdapter: Scenario['server'] = (io, lab) => {
  for (const namespace of io._nsps.values()) namespace.adapter.close();
  io.adapter(SessionAwareAdapter);
  ECHO.server(io, lab);
};
const recovering = scenario('recovering', isStock ? withStockAdapter : ECHO.server, { recovery: true });
const app = createApp({
  config: testConfig({ DIST: '/nowhere' }),
  scenarios: [recovering],
  log: pino({ level: 'silent' }),
});
const { port } = await app.start();

/** Timers that still hold the process: those of labs end with them. */
const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

async function batch(): Promise<void> {
  const before = timers();
  const opened = Array.from({ length: BATCH }, (_, index) =>
    app.labs.open({ watcher: `page ${index}`, address: `address ${index}` }, 'recovering', ['ada']),
  );
  const ids = opened.map((each) => (each.ok ? each.value.lab : ''));
  const clients = await Promise.all(
    ids.filter((_id, index) => index % CONNECTED_EACH === 0).map((id) => RawClient.join(port, labPath(id))),
  );
  await Promise.all(clients.map((client) => client.echoed()));
  for (const id of ids.filter((_id, index) => index % (2 * CONNECTED_EACH) === 0)) {
    app.labs.get(id)?.crash();
    app.labs.get(id)?.restart();
  }
  for (const id of ids) app.labs.close(id, 'closed');
  await Promise.all(clients.map((client) => client.closed));
  while (timers() > before) await nextTurn();
}

function heapBytes(): number {
  for (let i = 0; i < 5; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

// The first labs warm everything up: compiled code is no leak.
await batch();
const before = heapBytes();
for (let done = 0; done < LABS; done += BATCH) await batch();
const leftBytes = heapBytes() - before;
console.log(JSON.stringify({ leftBytes, labs: app.labs.size, connections: app.labs.connections }));
await app.stop();
