/**
 * A small lab that knows the truth. It keeps the logs that a real one would, on two clocks, and keeps apart from them what
 * became of each message: tests compare what is read from the logs with what happened.
 */
import type { ClientRecord, Logs, ServerRecord } from '../records.ts';
import type { Lane, LaneId } from '../trace.ts';
import { Client, type EmitHow } from './client.fixture.ts';
import { Connection, textsOf } from './connection.fixture.ts';
import { type Broadcast, Server } from './server.fixture.ts';
import { Meant, type Said } from './truth.fixture.ts';

export type Settings = {
  /** Server clock minus page clock, ms. */
  readonly skewMs: number;
  /** How wrong the control plane's estimate of it is, ms. */
  readonly estimateErrorMs: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly recovery: boolean;
};
export type Loss = 'cut' | 'black-hole' | 'change-network' | 'disconnect' | 'throw-out';
type Stamped<Kind> = { readonly at: number; readonly record: Kind };

export const CLIENTS = ['ada', 'bo', 'cy'] as const;
export const LANES: readonly Lane[] = [
  { id: 'ada', name: 'Ada', role: 'client' },
  { id: 'server', name: 'Server', role: 'server' },
  { id: 'bo', name: 'Bo', role: 'client' },
  { id: 'cy', name: 'Cy', role: 'client' },
];

export class Lab {
  readonly settings: Settings;
  readonly meant: Meant[] = [];
  readonly connections: Connection[] = [];
  readonly #server = new Server(this);
  readonly #clients = new Map<LaneId, Client>(CLIENTS.map((lane) => [lane, new Client(this, lane)]));
  readonly #serverLog: Stamped<ServerRecord>[] = [];
  readonly #clientLogs = new Map<LaneId, Stamped<ClientRecord>[]>(CLIENTS.map((lane) => [lane, []]));
  #timers: { readonly at: number; readonly run: () => void }[] = [];
  /** The true time, which is the page's. */
  now = 50_000;
  #since = this.now;

  /** Records carry the time of whoever writes them: `now`, or this. */
  get serverNow(): number {
    return this.now + this.settings.skewMs;
  }

  constructor(settings: Partial<Settings> = {}) {
    this.settings = { skewMs: 0, estimateErrorMs: 0, upMs: 20, downMs: 30, recovery: false, ...settings };
    this.noteAtServer(['started', this.serverNow]);
  }

  /** A lab in which everybody is connected, and a run has just begun. */
  static begun(settings: Partial<Settings> = {}): Lab {
    const lab = new Lab(settings);
    for (const lane of CLIENTS) lab.connect(lane);
    return lab.wait(2_000).begin();
  }
  begin(): this {
    this.#since = this.now;
    return this;
  }

  /** The logs as a page holds them at a time: its own to the last record, the server's as far as they have come. */
  logs(until = this.now, serverUntil = until): Logs {
    const upTo = <Kind>(log: readonly Stamped<Kind>[], end: number) => log.filter(({ at }) => at <= end).map(({ record }) => record);
    return {
      lanes: LANES,
      since: this.#since,
      until,
      clockOffsetMs: this.settings.skewMs + this.settings.estimateErrorMs,
      server: upTo(this.#serverLog, serverUntil),
      clients: Object.fromEntries([...this.#clientLogs].map(([lane, log]) => [lane, upTo(log, until)])),
    };
  }

  /** Time passes, and what is under way arrives. */
  wait(ms: number): this {
    const until = this.now + ms;
    for (let next = this.#nextTimer(until); next; next = this.#nextTimer(until)) {
      this.#timers = this.#timers.filter((one) => one !== next);
      this.now = next.at;
      next.run();
    }
    this.now = until;
    return this;
  }
  schedule(at: number, run: () => void): void {
    this.#timers.push({ at, run });
  }

  connect(lane: LaneId): this {
    const client = this.#of(lane);
    if (client.connection || !this.#server.isUp || this.#heldOf(lane).length > 0) return this;
    const connection = new Connection(this, lane, `sid${this.connections.length}`);
    client.connection = connection;
    this.connections.push(connection);
    this.noteAtServer(['opened', this.serverNow, connection.sid, 'websocket']);
    connection.carry('s2c', () => client.opened(connection));
    return this;
  }
  emit(lane: LaneId, said: Said, how: EmitHow = {}): this {
    this.#of(lane).emit(said, how);
    return this;
  }
  /** The oldest emit that waits gives up. */
  expire(lane: LaneId): this {
    this.#of(lane).expire();
    return this;
  }
  /** The page writes a line. */
  show(lane: LaneId, text: string): this {
    this.note(lane, ['shown', this.now, text]);
    return this;
  }

  /** `io.emit`, `io.to(room).emit`, `socket.broadcast.emit`, `volatile` or not. */
  broadcast(said: Said, how: Broadcast = {}): this {
    if (this.#server.isUp) this.#server.broadcast(said, how);
    return this;
  }
  /** `socket.emit`. With recovery on it is a broadcast to the room of one socket. */
  emitTo(lane: LaneId, said: Said): this {
    const connection = this.#server.newestOf(lane);
    if (!connection?.isServerOpen) return this;
    if (this.settings.recovery) return this.broadcast(said, { room: connection.socketId });
    connection.send('s2c', textsOf(said), { meant: this.mean(said, 'server', lane) });
    return this;
  }
  ping(): this {
    if (this.#server.isUp) for (const connection of this.#server.sockets()) connection.send('s2c', ['2']);
    return this;
  }
  /** The program takes a socket out of a room. */
  leave(lane: LaneId, room: string): this {
    const connection = this.#server.newestOf(lane);
    if (connection?.isServerOpen && connection.rooms.delete(room))
      this.noteAtServer(['left', this.serverNow, '/', connection.socketId, room]);
    return this;
  }
  /** The transports of a client take no more for now, or take it all again. */
  jam(lane: LaneId, isJammed: boolean): this {
    for (const direction of ['c2s', 's2c'] as const) this.#of(lane).connection?.jam(direction, isJammed);
    return this;
  }

  /** As the learner does it: to somebody who is connected, on a cable that is whole. */
  lose(lane: LaneId, way: Loss): this {
    const { connection, isConnected } = this.#of(lane);
    if (!connection || !isConnected || connection.held || !connection.isServerOpen) return this;
    this.note(lane, ['act', this.now, way]);
    if (way === 'black-hole') connection.hold();
    else if (way === 'cut') connection.cut();
    else if (way === 'change-network') connection.ghost();
    else if (way === 'disconnect') {
      connection.send('c2s', ['41']);
      connection.carry('c2s', () => this.serverCloses(connection, 'client namespace disconnect'));
      this.clientCloses(connection, 'io client disconnect');
    } else {
      connection.send('s2c', ['41']);
      connection.carry('s2c', () => this.clientCloses(connection, 'io server disconnect'));
      this.serverCloses(connection, 'server namespace disconnect');
    }
    return this;
  }
  /** The cable is plugged in again, if it was out. */
  plug(lane: LaneId): this {
    const held = this.#heldOf(lane);
    if (held.length > 0) this.note(lane, ['act', this.now, 'plug']);
    for (const connection of held) connection.release();
    return this;
  }
  /** What a learner does to bring somebody back, or everybody: the cable, and a new connection. */
  comeBack(only?: LaneId): this {
    for (const lane of only ? [only] : CLIENTS) this.plug(lane).connect(lane);
    return this;
  }
  /** A side that has heard nothing for too long gives up. */
  clientNotices(lane: LaneId): this {
    const { connection } = this.#of(lane);
    if (connection?.held) this.clientCloses(connection, 'ping timeout');
    return this;
  }
  serverNotices(lane: LaneId): this {
    const isSilent = ({ held, isClientOpen, socketId }: Connection) => held !== undefined || (!isClientOpen && socketId !== '');
    const silent = this.connections.find((one) => one.lane === lane && one.isServerOpen && isSilent(one));
    if (silent) this.serverCloses(silent, 'ping timeout');
    return this;
  }
  crash(): this {
    if (this.#server.isUp) this.#server.crash();
    return this;
  }
  restart(): this {
    if (this.#server.isUp) return this;
    this.#server.isUp = true;
    this.noteAtServer(['started', this.serverNow]);
    return this;
  }

  note(lane: LaneId, record: ClientRecord): void {
    this.#clientLogs.get(lane)?.push({ at: this.now, record });
  }
  noteAtServer(record: ServerRecord): void {
    if (this.#server.isUp) this.#serverLog.push({ at: this.now, record });
  }
  mean(said: Said, from: LaneId, to: LaneId): Meant {
    const meant = new Meant({ said, from, to, at: this.now });
    this.meant.push(meant);
    return meant;
  }
  reachedServer(connection: Connection, text: string): void {
    this.noteAtServer(['arrived', this.serverNow, connection.sid, text]);
    if (text.startsWith('40')) this.#server.welcome(connection, text);
    const ackId = /^42(\d+)\[/.exec(text)?.[1];
    if (ackId) connection.send('s2c', [`43${ackId}[]`]);
  }
  reachedClient(connection: Connection, text: string): void {
    this.#of(connection.lane).reached(connection, text);
  }
  clientCloses(connection: Connection, reason: string): void {
    this.#of(connection.lane).closes(connection, reason);
  }
  serverCloses(connection: Connection, reason: string): void {
    this.#server.closes(connection, reason);
  }

  #nextTimer(until: number) {
    const [next] = this.#timers.toSorted((a, b) => a.at - b.at);
    return next && next.at <= until ? next : undefined;
  }
  #heldOf(lane: LaneId): readonly Connection[] {
    return this.connections.filter((one) => one.lane === lane && one.held);
  }
  #of(lane: LaneId): Client {
    const client = this.#clients.get(lane);
    if (!client) throw new Error(`nobody is called ${lane}`);
    return client;
  }
}
