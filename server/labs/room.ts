/** One lab on this server: its Socket.IO server, its TCP connections, who watches it, and what it wrote down. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LabInfo } from '#lab/control-plane.ts';
import { GOODBYE_MS } from '#lab/host/goodbye.ts';
import { LabServer } from '#lab/host/lab-server.ts';
import { LIMITS } from '#lab/limits.ts';
import { PEOPLE } from '#lab/people.ts';
import { DEFAULT_OPTIONS, type LabOptions, type Scenario } from '#lab/scenario.ts';
import { folded } from '#trace/folded.ts';
import type { ClientRecord, ServerRecord } from '#trace/records.ts';
import type { LaneId } from '#trace/trace.ts';
import { engineRequest } from '../engine-request.ts';
import { isOwnOrigin } from '../guard/origin.ts';
import { History } from './history.ts';

export type RoomSettings = {
  readonly id: string;
  readonly address: string;
  readonly scenario: Scenario;
  readonly unwatchedMs: number;
  readonly lifeMs: number;
  now(): number;
  runInside(work: () => unknown): unknown;
  /** A batch of records is ready for whoever watches, as text. */
  send(records: string): void;
  counted(record: ServerRecord): void;
  /** The lab has outlived its time. */
  expired(): void;
};

export class LabRoom {
  readonly id: string;
  readonly address: string;
  readonly scenario: Scenario;
  readonly options: LabOptions;
  /** Who watches: ids of control-plane sockets, with the lanes that live in their page. */
  readonly watchers = new Map<string, readonly LaneId[]>();
  readonly #settings: RoomSettings;
  readonly #server: LabServer;
  readonly #tcp = new Set<Duplex>();
  readonly #history = new History(LIMITS.recordsKept);
  readonly #reports = new Map<LaneId, readonly ClientRecord[]>();
  readonly #life: NodeJS.Timeout;
  #pending: ServerRecord[] = [];
  #batch: NodeJS.Timeout | undefined;
  #unwatched: NodeJS.Timeout | undefined;

  constructor(settings: RoomSettings) {
    const { id, address, scenario, now, runInside } = settings;
    this.#settings = settings;
    this.id = id;
    this.address = address;
    this.scenario = scenario;
    this.options = { ...DEFAULT_OPTIONS, ...scenario.options };
    this.#server = new LabServer({
      scenario,
      options: this.options,
      now,
      runInside,
      record: (record) => this.#record(record),
      allowRequest: (request, decide) => decide(null, isOwnOrigin(request) && this.#server.connections < LIMITS.connectionsPerLab),
    });
    this.#life = setTimeout(settings.expired, settings.lifeMs);
    this.#waitForWatchers();
  }

  get info(): LabInfo {
    return { lab: this.id, scenario: this.scenario.id, options: this.options, running: this.#server.running };
  }
  get connections(): number {
    return this.#server.running ? this.#server.connections : 0;
  }
  /** Lanes in use, in the order in which they came. */
  get lanes(): readonly LaneId[] {
    return [...this.watchers.values()].flat();
  }
  /** What has been sent so far: what is still being gathered follows with the next batch. */
  get history(): { readonly server: readonly string[]; readonly clients: Record<LaneId, readonly ClientRecord[]> } {
    return {
      server: this.#history.batches(),
      clients: Object.fromEntries(this.#reports),
    };
  }

  watch(watcher: string, lanes: readonly LaneId[]): void {
    this.watchers.set(watcher, lanes);
    clearTimeout(this.#unwatched);
  }

  unwatch(watcher: string): void {
    this.watchers.delete(watcher);
    if (this.watchers.size === 0) this.#waitForWatchers();
  }

  /** A lane that nobody uses, for a second device; undefined when all are taken. */
  freeLane(): LaneId | undefined {
    const taken = new Set(this.lanes);
    return PEOPLE.find(({ id }) => !taken.has(id))?.id;
  }

  report(lane: LaneId, records: readonly ClientRecord[]): void {
    const log = [...(this.#reports.get(lane) ?? []), ...records];
    this.#reports.set(lane, log.length > LIMITS.recordsKept ? folded(log, LIMITS.recordsKept) : log);
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    if (!this.#server.running) {
      request.socket.destroy();
      return;
    }
    this.#tcp.add(request.socket);
    // Behind keep-alive the same connection later serves other requests: then it is not this lab's to destroy. A listener on
    // the connection itself would stay there, one for each request.
    response.once('close', () => this.#tcp.delete(request.socket));
    this.#server.engine.handleRequest(engineRequest(request), response);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!this.#server.running) {
      socket.destroy();
      return;
    }
    this.#keep(socket);
    this.#server.engine.handleUpgrade(engineRequest(request), socket, head);
  }

  crash(): void {
    this.#server.crash(() => this.#destroyConnections());
  }
  restart(): void {
    this.#server.restart();
  }
  act(id: string): boolean {
    return this.#server.act(id);
  }
  throwOut(socketId: string): boolean {
    return this.#server.running && this.#server.throwOut(socketId);
  }

  /** Ends the lab politely. Nothing of it remains: no timer, no connection. */
  close(why: string): void {
    clearTimeout(this.#life);
    clearTimeout(this.#unwatched);
    const closed = this.#server.close(why);
    this.#flush();
    // The last packets are on their way: a connection destroyed at once may lose them.
    void closed.then(() => setTimeout(() => this.#destroyConnections(), GOODBYE_MS));
  }

  #keep(socket: Duplex): void {
    this.#tcp.add(socket);
    socket.once('close', () => this.#tcp.delete(socket));
    // A connection that is destroyed from our side may still report an error; nobody waits for it.
    if (socket.listenerCount('error') === 0) socket.on('error', () => undefined);
  }

  #destroyConnections(): void {
    for (const socket of this.#tcp) socket.destroy();
    this.#tcp.clear();
  }

  #waitForWatchers(): void {
    clearTimeout(this.#unwatched);
    this.#unwatched = setTimeout(this.#settings.expired, this.#settings.unwatchedMs);
  }

  #record(record: ServerRecord): void {
    this.#settings.counted(record);
    this.#pending.push(record);
    this.#batch ??= setTimeout(() => this.#flush(), LIMITS.batchMs);
  }

  #flush(): void {
    clearTimeout(this.#batch);
    this.#batch = undefined;
    const records = this.#pending;
    this.#pending = [];
    if (records.length === 0) return;
    const text = JSON.stringify(records);
    this.#history.add(text, records);
    this.#settings.send(text);
  }
}
