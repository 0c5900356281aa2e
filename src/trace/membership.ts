/**
 * Who belongs where, by the server's own log: for each socket its lane, its namespace, its rooms, and whether it is there.
 * A lane that has gone is remembered with the rooms that it had, so that a broadcast that left it out can be seen. Pure.
 */
import type { ServerRecord } from './records.ts';
import type { LaneId } from './trace.ts';

export type Member = {
  readonly socketId: string;
  readonly sid: string;
  readonly lane: LaneId | undefined;
  readonly namespace: string;
  /** While connected, the rooms it is in; afterwards, those it had. */
  readonly rooms: Set<string>;
  connected: boolean;
};

type Broadcast = { readonly namespace: string; readonly rooms: readonly string[]; readonly except: readonly string[] };

const isMeant = ({ rooms }: Member, broadcast: Broadcast): boolean =>
  (broadcast.rooms.length === 0 || broadcast.rooms.some((room) => rooms.has(room))) && !broadcast.except.some((room) => rooms.has(room));

export class Membership {
  readonly #members = new Map<string, Member>();
  /** Rooms joined before the `connected` record (a socket joins the room of its own id first). */
  readonly #early = new Map<string, Set<string>>();
  /**
   * Rooms that a socket left in the records directly before: if it then disconnects, it left them by that. A farewell leaves
   * all rooms in the order in which they were joined; a room left out of turn was left for its own sake.
   */
  #leaving: { readonly socketId: string; readonly rooms: string[] } | undefined;
  readonly #laneOf: (sid: string) => LaneId | undefined;

  constructor(laneOf: (sid: string) => LaneId | undefined) {
    this.#laneOf = laneOf;
  }

  get(socketId: string): Member | undefined {
    return this.#members.get(socketId);
  }

  connected(): readonly Member[] {
    return [...this.#members.values()].filter(({ connected }) => connected);
  }

  /** The newest memory of each lane in a namespace that has no socket there now. */
  away(namespace: string): readonly Member[] {
    const newest = new Map<LaneId, Member>();
    for (const member of this.#members.values()) {
      if (member.namespace === namespace && member.lane !== undefined) newest.set(member.lane, member);
    }
    const present = new Set(this.connected().flatMap((member) => (member.namespace === namespace && member.lane ? [member.lane] : [])));
    return [...newest.values()].filter(({ lane }) => lane !== undefined && !present.has(lane));
  }

  /** Those who would have got this broadcast, had they been there. */
  missedBy(broadcast: Broadcast): readonly Member[] {
    return this.away(broadcast.namespace).filter((member) => isMeant(member, broadcast));
  }

  read(record: ServerRecord): void {
    const leaving = this.#leaving;
    if (record[0] !== 'left') this.#leaving = undefined;
    switch (record[0]) {
      case 'connected':
        this.#connect(record[2], record[3], record[4]);
        return;
      case 'joined':
        this.#join(record[3], record[4]);
        return;
      case 'left':
        this.#leave(record[3], record[4]);
        return;
      case 'disconnected':
        this.#disconnect(record[3], leaving?.socketId === record[3] ? leaving.rooms : []);
        return;
      case 'crashed':
      case 'ended':
        for (const member of this.#members.values()) member.connected = false;
        return;
      default:
    }
  }

  #connect(sid: string, socketId: string, namespace: string): void {
    const rooms = this.#early.get(socketId) ?? new Set<string>();
    this.#early.delete(socketId);
    // Deleted first, so that the newest memory of a lane comes last.
    this.#members.delete(socketId);
    this.#members.set(socketId, { socketId, sid, lane: this.#laneOf(sid), namespace, rooms, connected: true });
  }

  #join(socketId: string, room: string): void {
    const member = this.#members.get(socketId);
    if (member?.connected) {
      member.rooms.add(room);
      return;
    }
    const early = this.#early.get(socketId) ?? new Set<string>();
    early.add(room);
    this.#early.set(socketId, early);
  }

  #leave(socketId: string, room: string): void {
    const rooms = this.#members.get(socketId)?.rooms;
    const isInTurn = rooms?.values().next().value === room;
    rooms?.delete(room);
    if (!isInTurn) this.#leaving = undefined;
    else if (this.#leaving?.socketId === socketId) this.#leaving.rooms.push(room);
    else this.#leaving = { socketId, rooms: [room] };
  }

  #disconnect(socketId: string, left: readonly string[]): void {
    const member = this.#members.get(socketId);
    if (!member) return;
    member.connected = false;
    for (const room of left) member.rooms.add(room);
  }
}
