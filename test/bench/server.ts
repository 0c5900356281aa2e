/**
 * A measured server, in a process of its own: `node server.ts KIND LABS`. It tells its parent where it is, answers
 * each question with one number, and ends when the parent lets go of it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Server } from 'socket.io';
import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { LabRegistry } from '../../server/labs/registry.ts';
import { createLog } from '../../server/log.ts';
import { program } from './program.ts';

/** `labs`: ids of the labs that are open already. */
export type Started = { readonly port: number; readonly labs: readonly string[] };
/** Microseconds of CPU that this process has used; bytes of its heap after a collection. */
export type Question = 'cpu' | 'heap';

const HOST = '127.0.0.1';
const HOUR_MS = 3_600_000;

async function listen(http: ReturnType<typeof createServer>): Promise<number> {
  const listening = once(http, 'listening');
  http.listen(0, HOST);
  await listening;
  return (http.address() as AddressInfo).port;
}

const noTools = { every: () => undefined, after: () => undefined };

/** Socket.IO as anybody would start it. */
async function startBare(): Promise<Started> {
  const http = createServer();
  program.server(new Server(http, { serveClient: false }), noTools);
  return { port: await listen(http), labs: [] };
}

/** Labs with instrument, guards and log; but nobody is sent what they write down, and nothing counts it. */
async function startLabsAlone(count: number): Promise<Started> {
  const labs = new LabRegistry({
    scenarios: [program],
    maxLabs: count,
    maxLabsPerAddress: count,
    maxLabsPerWatcher: count,
    unwatchedMs: HOUR_MS,
    lifeMs: HOUR_MS,
    now: () => performance.timeOrigin + performance.now(),
    records: () => undefined,
    counted: () => undefined,
    opened: () => undefined,
    ending: () => undefined,
  });
  const ids = Array.from({ length: count }, () => {
    const opened = labs.open({ watcher: 'bench', address: HOST }, program.id, []);
    if (!opened.ok) throw new Error(`No lab: ${opened.why}`);
    return opened.value.lab;
  });
  const http = createServer().on('upgrade', (request, socket, head) => {
    const lab = labs.route(request.url ?? '');
    if (lab === undefined || lab === 'none') socket.destroy();
    else lab.handleUpgrade(request, socket, head);
  });
  return { port: await listen(http), labs: ids };
}

/** The whole server as `npm start` runs it. Labs are opened from outside, by pages, which also watch them. */
async function startApp(count: number): Promise<Started> {
  const env = { HOST, PORT: '0', LOG_LEVEL: 'silent', TRUST_PROXY: '1', MAX_LABS: String(count) };
  const parsed = readConfig(env, []);
  if (!parsed.ok) throw new Error(parsed.message);
  const app = createApp({ config: parsed.config, scenarios: [program], log: createLog('silent') });
  const { port } = await app.start();
  return { port, labs: [] };
}

const STARTERS = { bare: startBare, 'labs-alone': startLabsAlone, app: startApp };
export type Kind = keyof typeof STARTERS;

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Several collections, with a turn of the loop between them: what is freed in one lets go of more for the next. */
async function heapBytes(): Promise<number> {
  for (let i = 0; i < 5; i++) {
    await setImmediate();
    globalThis.gc?.();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const [, , kind, count] = process.argv;
const tell = (answer: Started | number) => process.send?.(answer);
process.on('disconnect', () => process.exit(0));
process.on('message', async (question: Question) => tell(question === 'cpu' ? cpuMicroseconds() : await heapBytes()));
tell(await STARTERS[kind as Kind](Number(count)));
