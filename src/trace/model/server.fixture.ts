/** The server of the model: its sockets, their rooms, whom it remembers, and what recovery keeps. */
import type { LaneId } from '../trace.ts';
import { type Connection, textsOf } from './connection.fixture.ts';
import type { Lab } from './lab.fixture.ts';
import type { Meant, Said } from './truth.fixture.ts';

export type Broadcast = { readonly room?: string; readonly except?: LaneId; readonly isVolatile?: boolean };

/** What recovery keeps of a broadcast, and for whom it was meant. */
type Kept = {
  readonly offset: string;
  readonly said: Said;
  readonly isFor: (rooms: ReadonlySet<string>) => boolean;
  readonly meant: ReadonlyMap<LaneId, Meant>;
};
type Place = { readonly rooms: ReadonlySet<string>; readonly socketId: string };

/** A server hands over buffers: JSON shows them in a way of its own, and not as on the wire. */
const dataOf = ({ event, args, bytes = [] }: Said): string =>
  JSON.stringify([event, ...args, ...bytes.map((data) => ({ type: 'Buffer', data }))]);

export class Server {
  isUp = true;
  readonly #lab: Lab;
  /** Of each lane, the rooms that its newest socket had when it went. */
  readonly #memory = new Map<LaneId, Place>();
  readonly #saved = new Map<string, Place>();
  #kept: Kept[] = [];
  #names = 0;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Sockets that the server holds. */
  sockets(): readonly Connection[] {
    return this.#lab.connections.filter(({ isServerOpen, socketId }) => isServerOpen && socketId !== '');
  }
  newestOf(lane: LaneId): Connection | undefined {
    return this.#lab.connections.findLast((one) => one.lane === lane && one.socketId !== '');
  }

  broadcast(said: Said, { room, except, isVolatile = false }: Broadcast): void {
    const exceptId = except && this.newestOf(except)?.socketId;
    const isFor = (rooms: ReadonlySet<string>) =>
      (room === undefined || rooms.has(room)) && (exceptId === undefined || !rooms.has(exceptId));
    const targets = this.sockets().filter(({ rooms }) => isFor(rooms));
    const meant = this.#meantBy(said, targets, isFor);
    const [rooms, excepted] = [room === undefined ? [] : [room], exceptId === undefined ? [] : [exceptId]];
    const ids = targets.map(({ socketId }) => socketId);
    this.#lab.noteAtServer(['addressed', this.#lab.serverNow, '/', rooms, excepted, ids, dataOf(said)]);
    const offset = this.#lab.settings.recovery && !isVolatile ? `off-${++this.#names}` : undefined;
    if (offset) this.#kept.push({ offset, said, isFor, meant });
    for (const connection of targets) {
      const one = meant.get(connection.lane);
      if (!isVolatile || !connection.ways.s2c.isJammed) connection.send('s2c', textsOf(said, { offset }), { meant: one });
      else {
        this.#lab.noteAtServer(['dropped', this.#lab.serverNow, connection.sid, dataOf(said)]);
        if (one) one.unmade = 'volatile';
      }
    }
  }

  /** A socket connects, and finds what recovery kept for it. */
  welcome(connection: Connection, text: string): void {
    const [, pid = '', offset = ''] = /"pid":"(.*?)","offset":"(.*?)"/.exec(text) ?? [];
    const saved = this.#saved.get(pid);
    const from = this.#kept.findIndex((one) => one.offset === offset);
    const isRecovered = saved !== undefined && from >= 0;
    // Socket.IO itself keeps it, so that a ghost and its successor can share one id: a fault of its own, and not of this model.
    this.#saved.delete(pid);
    const { sid } = connection;
    connection.socketId = isRecovered ? saved.socketId : `socket${++this.#names}`;
    connection.pid = isRecovered ? pid : `pid${this.#names}`;
    connection.rooms = new Set(isRecovered ? saved.rooms : [connection.socketId]);
    connection.isRecovered = isRecovered;
    for (const room of connection.rooms) this.#lab.noteAtServer(['joined', this.#lab.serverNow, '/', connection.socketId, room]);
    if (isRecovered) this.#replay(connection, this.#kept.slice(from + 1));
    connection.send('s2c', [`40${JSON.stringify({ sid: connection.socketId, pid: connection.pid })}`]);
    this.#lab.noteAtServer(['connected', this.#lab.serverNow, sid, connection.socketId, '/', isRecovered]);
    this.#lab.noteAtServer(['ran', this.#lab.serverNow, sid, 'connection']);
    if (isRecovered) return;
    connection.rooms.add('lobby');
    this.#lab.noteAtServer(['joined', this.#lab.serverNow, '/', connection.socketId, 'lobby']);
  }

  closes(connection: Connection, reason: string): void {
    if (!connection.isServerOpen || !this.isUp) return;
    const { sid, socketId, rooms } = connection;
    this.#remember(connection);
    connection.isServerOpen = false;
    this.#lab.noteAtServer(['closed', this.#lab.serverNow, sid, reason, connection.ways.s2c.waiting.length]);
    if (socketId === '') return;
    if (!reason.includes('disconnect')) this.#saved.set(connection.pid, { rooms: new Set(rooms), socketId });
    for (const room of rooms) this.#lab.noteAtServer(['left', this.#lab.serverNow, '/', socketId, room]);
    this.#lab.noteAtServer(['disconnected', this.#lab.serverNow, sid, socketId, '/', reason]);
    this.#lab.noteAtServer(['ran', this.#lab.serverNow, sid, 'disconnect']);
  }

  crash(): void {
    this.#lab.noteAtServer(['crashed', this.#lab.serverNow]);
    for (const connection of this.sockets()) this.#remember(connection);
    this.isUp = false;
    this.#kept = [];
    this.#saved.clear();
    for (const connection of this.#lab.connections) connection.die();
  }

  /** For whom something is meant: those who are there, and those who were when they went. */
  #meantBy(said: Said, targets: readonly Connection[], isFor: Kept['isFor']): ReadonlyMap<LaneId, Meant> {
    const meant = new Map<LaneId, Meant>();
    const mean = (lane: LaneId): Meant => {
      const one = meant.get(lane) ?? this.#lab.mean(said, 'server', lane);
      meant.set(lane, one);
      return one;
    };
    for (const { lane } of targets) mean(lane);
    const present = new Set(this.sockets().map(({ lane }) => lane));
    for (const [lane, { rooms }] of this.#memory) if (!present.has(lane) && isFor(rooms)) mean(lane).unmade = 'away';
    return meant;
  }

  #replay(connection: Connection, missed: readonly Kept[]): void {
    for (const { said, isFor, meant, offset } of missed) {
      if (!isFor(connection.rooms)) continue;
      const known = meant.get(connection.lane);
      const about = { meant: known ?? this.#lab.mean(said, 'server', connection.lane), isReplay: known !== undefined };
      connection.send('s2c', textsOf(said, { offset }), about);
    }
  }

  #remember({ lane, socketId, rooms }: Connection): void {
    if (socketId !== '' && this.newestOf(lane)?.socketId === socketId) this.#memory.set(lane, { socketId, rooms: new Set(rooms) });
  }
}
