/** An app for a test: on a free port of this machine alone, with a small site of its own, and real clients for it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { io, type Socket } from 'socket.io-client';
import { labPath, type PageToServer, type Result, type ServerToPage } from '#lab/control-plane.ts';
import type { Scenario } from '#lab/scenario.ts';
import { type App, createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import type { Log } from './log.ts';

export type PageSocket = Socket<ServerToPage, PageToServer>;

export type RunningApp = {
  readonly app: App;
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly url: string;
  readonly port: number;
  readonly dist: string;
  /** A connected page: a client of the control plane. */
  page(): Promise<PageSocket>;
  /** A connected client of a lab. */
  client(lab: string): Promise<Socket>;
  /** Ends the clients and the app, and removes the site. */
  close(): Promise<void>;
};

export type AppFixture = { readonly scenarios?: readonly Scenario[]; readonly config?: Partial<Config>; readonly log?: Log };

/** A scenario that is its server part alone. */
export const scenario = (id: string, server: Scenario['server'], options: Scenario['options'] = {}): Scenario => ({
  id,
  title: id,
  task: '',
  clients: ['ada', 'bo'],
  options,
  server,
  client: () => undefined,
  actions: [],
  runs: [],
  code: [],
});

/** Answers `echo`, and tells everybody what `say` says. */
export const ECHO = scenario('echo', (server) => {
  server.on('connection', (socket) => {
    socket.on('echo', (text, reply) => reply(text));
    socket.on('say', (text) => server.emit('said', text));
  });
});

/** A folder with what the server needs to call it a site. */
export function makeSite(): string {
  const dist = mkdtempSync(join(tmpdir(), 'on-the-wire-site-'));
  writeFileSync(join(dist, 'index.html'), '<h1>On the Wire</h1>');
  writeFileSync(join(dist, '404.html'), '<h1>Not here</h1>');
  return dist;
}

/** The configuration of a test: defaults, but for a free port and what `changes` says. */
export function testConfig(changes: Partial<Config>): Config {
  const parsed = readConfig({ PORT: '0' }, []);
  if (!parsed.ok) throw new Error(parsed.message);
  return { ...parsed.config, ...changes };
}

/** Connects a client and resolves when it is connected. It does not come back by itself. */
export async function connect(url: string, path: string): Promise<Socket> {
  const socket = io(url, { path, transports: ['websocket'], forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('connect_error', reject);
  });
  return socket;
}

export async function startApp({ scenarios = [ECHO], config, log = pino({ level: 'silent' }) }: AppFixture = {}): Promise<RunningApp> {
  const dist = makeSite();
  const app = createApp({ config: testConfig({ DIST: dist, ...config }), scenarios, log });
  const { port } = await app.start();
  const url = `http://127.0.0.1:${port}`;
  const sockets: Socket[] = [];
  const connected = async (path: string) => {
    const socket = await connect(url, path);
    sockets.push(socket);
    return socket;
  };
  return {
    app,
    url,
    port,
    dist,
    page: () => connected('/socket.io/'),
    client: (lab) => connected(labPath(lab)),
    async close() {
      for (const socket of sockets) socket.disconnect();
      await app.stop();
      rmSync(dist, { recursive: true, force: true });
    },
  };
}

/** What the control plane answers to `event`; rejects when it does not answer. */
export function ask(page: PageSocket, event: keyof PageToServer, request: unknown): Promise<Result<Record<string, unknown>>> {
  const untyped: Socket = page;
  return untyped.timeout(5_000).emitWithAck(event, request);
}

/** Opens a lab, and resolves with its id. */
export async function openLab(page: PageSocket, id = 'echo'): Promise<string> {
  const opened = await ask(page, 'lab:open', { scenario: id, lanes: ['ada'] });
  if (!opened.ok) throw new Error(opened.why);
  return String(opened.value['lab']);
}

/** Resolves with what comes with the next `event` of a client. */
export const next = (socket: Socket, event: string): Promise<unknown[]> =>
  new Promise((resolve) => {
    socket.once(event, (...args: unknown[]) => resolve(args));
  });
