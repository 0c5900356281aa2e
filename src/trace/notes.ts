/** Notes and spans: the moments and stretches that deserve a sentence. Pure. */

import { Membership } from './membership.ts';
import type { ClientRecord, LinkAct, ServerRecord } from './records.ts';
import type { Session } from './sessions.ts';
import { SERVER, serverEnd, type Timeline } from './timeline.ts';
import type { LaneId, Note, Span } from './trace.ts';

const ACTS: Record<LinkAct, (name: string) => string> = {
  disconnect: (name) => `${name} says goodbye: socket.disconnect()`,
  connect: (name) => `${name} connects again: socket.connect()`,
  cut: (name) => `You cut ${name}’s cable`,
  'black-hole': (name) => `You black-hole ${name}’s cable`,
  plug: (name) => `You plug ${name}’s cable in again`,
  'change-network': (name) => `${name}’s device changes network`,
  'throw-out': (name) => `The server throws ${name} out`,
};

/** What a reason means, in words. Source: Socket.IO documentation, "Client socket instance" and "Server socket instance", disconnect. */
const REASONS: Record<string, string> = {
  'ping timeout': 'no sign of life for too long',
  'transport close': 'the connection has ended',
  'transport error': 'the connection broke',
  'io client disconnect': 'it said goodbye itself',
  'io server disconnect': 'the server ended it',
  'client namespace disconnect': 'it said goodbye',
  'server namespace disconnect': 'the server ended it',
  'server shutting down': 'the server is being stopped',
  'forced close': 'it was closed by force',
};
const inWords = (reason: string): string => (REASONS[reason] ? `${REASONS[reason]} (${reason})` : reason);

type Names = (lane: LaneId | undefined) => string;
type Found = { readonly notes: Note[]; readonly spans: Span[] };

class ClientReader {
  readonly #timeline: Timeline;
  readonly #lane: LaneId;
  readonly #name: string;
  readonly #found: Found;
  #wasConnected = false;
  #offline: { readonly from: number; readonly text: string } | undefined;

  constructor(timeline: Timeline, lane: LaneId, name: string, found: Found) {
    this.#timeline = timeline;
    this.#lane = lane;
    this.#name = name;
    this.#found = found;
  }

  read(records: readonly ClientRecord[]): void {
    for (const [index, record] of records.entries()) this.#one(record, index);
    if (this.#offline) this.#span(undefined);
  }

  #one(record: ClientRecord, index: number): void {
    const name = this.#name;
    switch (record[0]) {
      case 'act':
        this.#note(record[1], index, 'act', ACTS[record[2]](name));
        if (record[2] !== 'plug' && record[2] !== 'connect') this.#goOffline(record[1]);
        // A hole that is mended before anybody gave up was no loss of connection.
        if (record[2] === 'plug' && this.#wasConnected) this.#comeBack(record[1]);
        return;
      case 'disconnected':
        this.#wasConnected = false;
        this.#note(record[1], index, 'fact', `${name}’s page notices: ${inWords(record[3])}`);
        this.#goOffline(record[1]);
        return;
      case 'connected':
        if (this.#offline)
          this.#note(
            record[1],
            index,
            'fact',
            `${name} is connected again, ${record[5] ? 'recovered, with the same id' : 'with a new id'}`,
          );
        this.#wasConnected = true;
        this.#comeBack(record[1]);
        return;
      case 'failed':
        this.#note(record[1], index, 'fact', `${name} tries to come back: ${record[2]}`);
        return;
      case 'shown':
        this.#note(record[1], index, 'shown', record[2]);
        return;
      default:
    }
  }

  #note(t: number, index: number, by: Note['by'], text: string): void {
    this.#found.notes.push({ kind: 'note', id: `note:${this.#lane}:${index}`, lane: this.#lane, at: this.#timeline.fromPage(t), by, text });
  }

  #goOffline(t: number): void {
    this.#offline ??= { from: this.#timeline.fromPage(t), text: `${this.#name} is offline` };
  }

  #comeBack(t: number): void {
    if (this.#offline) this.#span(this.#timeline.fromPage(t));
    this.#offline = undefined;
  }

  #span(to: number | undefined): void {
    const { from, text } = this.#offline ?? { from: 0, text: '' };
    this.#found.spans.push({
      kind: 'span',
      id: `offline:${this.#lane}:${from.toFixed(1)}`,
      lane: this.#lane,
      from,
      ...(to !== undefined && { to }),
      what: 'offline',
      text,
    });
  }
}

function readServer(timeline: Timeline, names: Names, { notes, spans }: Found): void {
  const members = new Membership((sid) => timeline.sessions.get(sid)?.lane);
  let crash: { readonly at: number; readonly index: number } | undefined;
  const note = (index: number, at: number, by: Note['by'], text: string) =>
    notes.push({ kind: 'note', id: `note:server:${index}`, lane: SERVER, at, by, text });
  const down = (to: number | undefined) => {
    if (!crash) return;
    spans.push({
      kind: 'span',
      // By its record: its time on this axis is known better with each pair of records.
      id: `down:${crash.index}`,
      lane: SERVER,
      from: crash.at,
      ...(to !== undefined && { to }),
      what: 'down',
      text: 'The server is down',
    });
    crash = undefined;
  };
  for (const [index, record] of timeline.logs.server.entries()) {
    members.read(record);
    const at = timeline.fromServer(record[1]);
    if (record[0] === 'crashed') {
      crash = { at, index };
      note(index, at, 'act', 'You crash the server');
    } else if (record[0] === 'started' && crash) {
      note(index, at, 'act', 'You start the server again');
      down(at);
    } else if (record[0] === 'acted') note(index, at, 'act', `You let the server ${record[2]}`);
    else if (record[0] === 'addressed' && isForNobody(record, members))
      note(index, at, 'fact', 'Nobody is connected: there is nobody to send it to');
    else if (record[0] === 'disconnected') note(index, at, 'fact', goneText(record, members, names));
    else if (record[0] === 'trouble') note(index, at, 'fact', `The server refused or caught something: ${record[2]}`);
  }
  down(undefined);
}

/** Whether a broadcast to everybody found nobody, and left out nobody who had been there before. */
function isForNobody(
  [, , namespace, rooms, except, to]: Extract<ServerRecord, readonly ['addressed', ...unknown[]]>,
  members: Membership,
): boolean {
  return rooms.length === 0 && to.length === 0 && members.missedBy({ namespace, rooms, except }).length === 0;
}

function goneText(record: Extract<ServerRecord, readonly ['disconnected', ...unknown[]]>, members: Membership, names: Names): string {
  const [, , sid, socketId, namespace, reason] = record;
  const member = members.get(socketId);
  const rooms = [...(member?.rooms ?? [])].filter((room) => room !== socketId);
  const out = rooms.length > 0 ? `, and out of ${rooms.join(', ')}` : '';
  const where = namespace === '/' ? '' : ` from ${namespace}`;
  return `The server notices: ${names(member?.lane ?? sid)} is gone${where}${out} (${reason})`;
}

/** Beliefs shorter than this are not worth a line, ms. */
const BELIEF_MS = 100;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** The session that a client had at a time, if it had one. */
const sessionAt = ({ sessions, fromPage }: Timeline, lane: LaneId, at: number): Session | undefined =>
  [...sessions.values()].find(
    (one) =>
      one.lane === lane &&
      fromPage(one.clientOpenedAt ?? Number.NEGATIVE_INFINITY) <= at &&
      fromPage(one.clientClosedAt ?? Number.POSITIVE_INFINITY) >= at,
  );

/** The stretches in which a side believes something untrue: from a silent loss until that side notices. */
function readBeliefs(timeline: Timeline, lane: LaneId, name: string, spans: Span[]): void {
  const { logs, fromPage } = timeline;
  const now = fromPage(logs.until);
  for (const record of logs.clients[lane] ?? []) {
    if (record[0] !== 'act' || (record[2] !== 'black-hole' && record[2] !== 'change-network')) continue;
    const from = fromPage(record[1]);
    const session = sessionAt(timeline, lane, from);
    if (!session) continue;
    const isHole = record[2] === 'black-hole';
    // A plug mends a hole, but not a connection that the device has left behind.
    const mended = isHole ? mendedAt(timeline, lane, from) : undefined;
    const belief = (where: LaneId, to: number | undefined, text: (length: string) => string) => {
      const end = earliest(to, mended);
      if ((end ?? now) - from < BELIEF_MS) return;
      spans.push({
        kind: 'span',
        id: `belief:${where}:${lane}:${from.toFixed(1)}`,
        lane: where,
        from,
        ...(end !== undefined && { to: end }),
        what: 'belief',
        text: text(seconds((end ?? now) - from)),
      });
    };
    belief(SERVER, serverEnd(timeline, session), (length) => `For ${length} the server believes ${name} is connected`);
    const clientTo = session.clientClosedAt === undefined ? undefined : fromPage(session.clientClosedAt);
    if (isHole) belief(lane, clientTo, (length) => `For ${length} ${name} believes the connection is fine`);
  }
}

const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

const mendedAt = ({ logs, fromPage }: Timeline, lane: LaneId, from: number): number | undefined => {
  const plug = (logs.clients[lane] ?? []).find((record) => record[0] === 'act' && record[2] === 'plug' && fromPage(record[1]) > from);
  return plug && fromPage(plug[1]);
};

/** All notes and spans of a lab's logs, in no order yet. */
export function readNotes(timeline: Timeline): { readonly notes: readonly Note[]; readonly spans: readonly Span[] } {
  const found: Found = { notes: [], spans: [] };
  const { lanes, clients } = timeline.logs;
  const names: Names = (lane) => lanes.find(({ id }) => id === lane)?.name ?? 'a client';
  for (const [lane, records] of Object.entries(clients)) {
    new ClientReader(timeline, lane, names(lane), found).read(records);
    readBeliefs(timeline, lane, names(lane), found.spans);
  }
  readServer(timeline, names, found);
  return found;
}
