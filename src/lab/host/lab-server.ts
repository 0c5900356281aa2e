/**
 * The server half of one lab: a Socket.IO `Server` of its own on an Engine.IO of its own, running one scenario.
 * It knows no HTTP server: whoever owns the port hands it requests and upgrades through `engine`.
 */
import { Server as Engine, type ServerOptions as EngineOptions } from 'engine.io';
import { Server, Socket } from 'socket.io';
import { LIMITS } from '#lab/limits.ts';
import type { LabOptions, LabTools, Scenario } from '#lab/scenario.ts';
import type { ServerRecord } from '#trace/records.ts';
import { sayGoodbye } from './goodbye.ts';
import { guardedParser, type Report } from './guarded-parser.ts';
import { instrument, sidOf } from './instrument.ts';
import { joinOnce } from './join-once.ts';
import { labAdapter } from './lab-adapter.ts';
import { pingBound } from './ping-bound.ts';
import { attempt, type ShieldHooks, shield } from './shield.ts';
import { socketWitness, type Witness } from './socket-witness.ts';

export type LabServerSettings = {
  readonly scenario: Pick<Scenario, 'server' | 'serverActs'>;
  readonly options: LabOptions;
  /** Clock of the records: milliseconds. */
  now(): number;
  record(record: ServerRecord): void;
  /** Runs scenario code so that a fault in a timer of its own can be traced back to this lab. */
  runInside?(work: () => unknown): unknown;
  /** Checks a request before a connection is made of it (its Origin, say). */
  readonly allowRequest?: EngineOptions['allowRequest'];
};

/** How long a connection may stay without joining a namespace, milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/** The timers of a scenario: they end with the lab, or with its crash, and none is set after that. */
class Timers implements LabTools {
  readonly #handles = new Set<NodeJS.Timeout>();
  readonly #guard: (work: () => void) => void;
  #isOver = false;

  constructor(guard: (work: () => void) => void) {
    this.#guard = guard;
  }
  every(ms: number, run: () => void): void {
    if (!this.#isOver) this.#handles.add(setInterval(() => this.#guard(run), ms));
  }
  after(ms: number, run: () => void): void {
    if (this.#isOver) return;
    const handle = setTimeout(() => {
      this.#handles.delete(handle);
      this.#guard(run);
    }, ms);
    this.#handles.add(handle);
  }
  /** Ends them all; a handler that still waits for something sets no more. */
  clear(): void {
    this.#isOver = true;
    // clearInterval ends timeouts too.
    for (const handle of this.#handles) clearInterval(handle);
    this.#handles.clear();
  }
}

export class LabServer {
  readonly #settings: LabServerSettings;
  #engine: Engine;
  #io: Server;
  #timers: Timers;
  #running = false;

  constructor(settings: LabServerSettings) {
    this.#settings = settings;
    [this.#engine, this.#io, this.#timers] = this.#start();
  }

  get engine(): Engine {
    return this.#engine;
  }
  get io(): Server {
    return this.#io;
  }
  get running(): boolean {
    return this.#running;
  }
  /** Connections that are open now. */
  get connections(): number {
    return this.#engine.clientsCount;
  }

  /**
   * Ends as `kill -9` would: no handler runs, nobody is told, memory is gone. `destroyConnections` ends the lab's TCP
   * connections; it is called after the scenario's listeners are off and before the server's timers are cleared.
   */
  crash(destroyConnections: () => void): void {
    if (!this.#running) return;
    this.#record(['crashed', this.#settings.now()]);
    this.#running = false;
    this.#timers.clear();
    for (const namespace of this.#namespaces()) {
      for (const socket of namespace.sockets.values()) socket.removeAllListeners();
      namespace.removeAllListeners();
      namespace.adapter.removeAllListeners();
    }
    destroyConnections();
    void this.#io.close();
  }

  /** A new server with an empty memory, on the same path. */
  restart(): void {
    if (!this.#running) [this.#engine, this.#io, this.#timers] = this.#start();
  }

  /** Does what the scenario offers as an act of its server. False if it offers no such act, or the server is down. */
  act(id: string): boolean {
    const { scenario, now, runInside = (work) => work() } = this.#settings;
    const act = scenario.serverActs?.find((one) => one.id === id);
    if (!act || !this.#running) return false;
    this.#record(['acted', now(), act.label]);
    const report: Report = (what, detail) => this.#record(['trouble', now(), what, detail]);
    attempt({ report, runInside }, () => act.run(this.#io));
    return true;
  }

  /** Throws a client out, as `socket.disconnect(true)` in the server's program would. False if it is not there. */
  throwOut(socketId: string): boolean {
    const socket = this.#namespaces()
      .map(({ sockets }) => sockets.get(socketId))
      .find(Boolean);
    socket?.disconnect(true);
    return socket !== undefined;
  }

  /**
   * Ends politely: clients see `io server disconnect` and do not come back. Their TCP connections are left to the caller,
   * once this has resolved.
   */
  async close(why: string): Promise<void> {
    this.#record(['ended', this.#settings.now(), why]);
    this.#running = false;
    this.#timers.clear();
    await sayGoodbye(this.#namespaces());
    await this.#io.close();
  }

  #namespaces() {
    return [...this.#io._nsps.values()];
  }

  /** A server that has crashed or ended writes nothing down any more, whatever its engine still does. */
  #record(record: ServerRecord): void {
    if (this.#running) this.#settings.record(record);
  }

  #start(): [Engine, Server, Timers] {
    const { options, scenario, now, allowRequest, runInside = (work) => work() } = this.#settings;
    this.#running = true;
    const record = this.#recorderOfThisLife();
    const report: Report = (what, detail) => record(['trouble', now(), what, detail]);
    record(['started', now()]);
    const engine = new Engine({
      pingInterval: options.pingIntervalMs,
      pingTimeout: options.pingTimeoutMs,
      maxHttpBufferSize: LIMITS.maxHttpBufferSize,
      transports: ['websocket'],
      ...(allowRequest && { allowRequest }),
    });
    const io = new Server({
      serveClient: false,
      connectTimeout: CONNECT_TIMEOUT_MS,
      parser: guardedParser(report, now),
      adapter: labAdapter({ record, now }, options.recovery),
      ...(options.recovery && { connectionStateRecovery: {} }),
    });
    instrument(engine, { record, now, unread: (bytes) => report('did not read', `${bytes} bytes`) });
    engine.on(
      'connection',
      pingBound(now, () => report('too many pings', '')),
    );
    io.bind(engine);
    shield(io, shieldHooks({ record, report, now, runInside }));
    const guard = (run: () => unknown) => attempt({ report, runInside }, run);
    const timers = new Timers(guard);
    guard(() => scenario.server(io, timers));
    return [engine, io, timers];
  }

  /** Engines outlive their crash by a few events; each life has a recorder that falls silent with it. */
  #recorderOfThisLife(): (record: ServerRecord) => void {
    const life = {};
    this.#life = life;
    return (record) => {
      if (this.#life === life) this.#record(record);
    };
  }
  #life: object = {};
}

type ShieldNeeds = Witness & Pick<ShieldHooks, 'report' | 'runInside'>;

/** What the shield tells: which socket's handler runs, and which sockets there are. */
function shieldHooks({ record, report, now, runInside }: ShieldNeeds): ShieldHooks {
  const watch = socketWitness({ record, now });
  const once = joinOnce(() => report('joined twice', ''));
  /** A connection handler runs for its first argument, every other one for what it was registered on. */
  const sidOfSocket = (value: unknown) => (value instanceof Socket ? sidOf(value.conn) : undefined);
  return {
    report,
    runInside,
    ran: (handler, source, first) => record(['ran', now(), sidOfSocket(source) ?? sidOfSocket(first) ?? '', handler]),
    onSocket(socket) {
      watch(socket);
      once(socket);
    },
  };
}
