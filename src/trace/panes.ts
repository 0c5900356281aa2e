/** What each side knows at a moment: the heads of the lanes. Read from the logs up to that moment. Pure. */
import { Membership } from './membership.ts';
import { eventLabel, readEventData, readPacketText } from './packet-text.ts';
import type { ClientRecord, Logs, ServerRecord } from './records.ts';
import { isAttachment } from './sessions.ts';
import { timelineOf } from './timeline.ts';
import type { LaneId, Ms } from './trace.ts';

export type ClientState = 'idle' | 'connected' | 'reconnecting' | 'disconnected';

export type ClientPane = {
  readonly lane: LaneId;
  /** What the client's own program believes. `idle`: it has not connected yet. */
  readonly state: ClientState;
  readonly transport: string | undefined;
  /** Why it was disconnected last. */
  readonly why: string | undefined;
  /** The next attempt to come back, and when it starts. */
  readonly retry: { readonly attempt: number; readonly at: Ms } | undefined;
  /** Labels of what waits in its send buffer. */
  readonly buffer: readonly string[];
  /** Labels of the events that it said and got since the run began. */
  readonly said: readonly string[];
  readonly got: readonly string[];
  readonly shown: readonly string[];
  readonly link: 'up' | 'black-hole' | 'cut';
  readonly socketId: string | undefined;
  readonly recovered: boolean;
};

export type RoomView = { readonly name: string; readonly members: readonly LaneId[]; readonly gone: readonly LaneId[] };

export type ServerPane = {
  readonly running: boolean;
  /** Whom the server believes to be connected. */
  readonly connected: readonly LaneId[];
  readonly rooms: readonly RoomView[];
  /** The handler that ran last in this run, how often so far, and when. */
  readonly ran: { readonly handler: string; readonly times: number; readonly at: Ms } | undefined;
};

export type Panes = { readonly clients: readonly ClientPane[]; readonly server: ServerPane };

/** An emit in the send buffer of its namespace's socket. */
type Waiting = { readonly emitId: number; readonly namespace: string; readonly label: string };
type Draft = {
  -readonly [Key in Exclude<keyof ClientPane, 'buffer'>]: ClientPane[Key] extends readonly string[] ? string[] : ClientPane[Key];
} & { waiting: readonly Waiting[] };

const emptyPane = (lane: LaneId): Draft => ({
  lane,
  state: 'idle',
  transport: undefined,
  why: undefined,
  retry: undefined,
  waiting: [],
  said: [],
  got: [],
  shown: [],
  link: 'up',
  socketId: undefined,
  recovered: false,
});

function labelOf(data: string): string {
  const event = readEventData(data);
  return event ? eventLabel(event.name, event.args) : data;
}

/** What a person reads in a pane: the argument of a one-word event, else its label. */
function shortLabel(text: string): string | undefined {
  const { what, event, label } = readPacketText(text);
  if (what !== 'event' || isAttachment(text)) return undefined;
  const [first] = event?.args ?? [];
  return typeof first === 'string' ? first : label;
}

/** Applies one record to a pane. `at`: its time in the run; what came before the run sets states, and is not listed. */
function applyClient(pane: Draft, record: ClientRecord, at: Ms): void {
  switch (record[0]) {
    case 'opened':
      pane.transport = record[3];
      return;
    case 'connected':
      Object.assign(pane, {
        state: 'connected',
        socketId: record[3],
        recovered: record[5],
        retry: undefined,
        why: undefined,
        waiting: pane.waiting.filter(({ namespace }) => namespace !== record[4]),
      } satisfies Partial<Draft>);
      return;
    case 'disconnected':
      Object.assign(pane, { state: 'disconnected', why: record[3], socketId: undefined, transport: undefined } satisfies Partial<Draft>);
      return;
    case 'retrying':
      pane.state = 'reconnecting';
      pane.retry = { attempt: record[2], at: at + record[3] };
      return;
    case 'emitted':
      if (record[3] === 'buffered')
        pane.waiting = [...pane.waiting, { emitId: record[2], namespace: record[4], label: labelOf(record[5]) }];
      if (at >= 0 && record[3] !== 'dropped') pane.said.push(shortSaid(record[5]));
      return;
    case 'expired':
      pane.waiting = pane.waiting.filter(({ emitId }) => emitId !== record[2]);
      return;
    case 'arrived': {
      const label = at >= 0 ? shortLabel(record[3]) : undefined;
      if (label !== undefined) pane.got.push(label);
      return;
    }
    case 'shown':
      if (at >= 0) pane.shown.push(record[2]);
      return;
    case 'act':
      if (record[2] === 'cut' || record[2] === 'black-hole') pane.link = record[2];
      if (record[2] === 'plug') pane.link = 'up';
      return;
    default:
  }
}

function shortSaid(data: string): string {
  const event = readEventData(data);
  const [first] = event?.args ?? [];
  return typeof first === 'string' ? first : labelOf(data);
}

function readRooms(members: Membership, order: readonly LaneId[]): readonly RoomView[] {
  const rooms = new Map<string, { members: Set<LaneId>; gone: Set<LaneId> }>();
  const put = (side: 'members' | 'gone', lane: LaneId | undefined, names: Iterable<string>, socketId: string) => {
    if (lane === undefined) return;
    for (const name of names) {
      if (name === socketId) continue;
      const room = rooms.get(name) ?? { members: new Set(), gone: new Set() };
      rooms.set(name, room);
      room[side].add(lane);
    }
  };
  for (const member of members.connected()) put('members', member.lane, member.rooms, member.socketId);
  for (const member of members.away('/')) put('gone', member.lane, member.rooms, member.socketId);
  const inOrder = (lanes: Set<LaneId>): LaneId[] => order.filter((lane) => lanes.has(lane));
  return [...rooms].map(([name, { members: here, gone }]) => ({
    name,
    members: inOrder(here),
    gone: inOrder(gone).filter((lane) => !here.has(lane)),
  }));
}

function readServer(
  records: readonly ServerRecord[],
  members: Membership,
  { order, time }: { order: readonly LaneId[]; time: (t: number) => Ms },
): ServerPane {
  let running = true;
  const times = new Map<string, number>();
  let ran: ServerPane['ran'];
  for (const record of records) {
    members.read(record);
    if (record[0] === 'started') running = true;
    if (record[0] === 'crashed' || record[0] === 'ended') running = false;
    if (record[0] !== 'ran' || time(record[1]) < 0) continue;
    const handler = record[3];
    times.set(handler, (times.get(handler) ?? 0) + 1);
    ran = { handler, times: times.get(handler) ?? 1, at: time(record[1]) };
  }
  const connected = new Set(members.connected().flatMap(({ lane }) => lane ?? []));
  return { running, connected: order.filter((lane) => connected.has(lane)), rooms: readRooms(members, order), ran };
}

/** A client's pane after all its records up to `t`. */
function readClient(records: readonly ClientRecord[], lane: LaneId, { t, time }: { t: Ms; time: (t: number) => Ms }): ClientPane {
  const draft = emptyPane(lane);
  for (const record of records) {
    const at = time(record[1]);
    if (at > t) break;
    applyClient(draft, record, at);
  }
  const { waiting, ...pane } = draft;
  return { ...pane, buffer: waiting.map(({ label }) => label) };
}

/** The panes at time `t` of the run, ms; a `t` below 0 is before it began. */
export function panesAt(logs: Logs, t: Ms): Panes {
  const { sessions, fromPage, fromServer } = timelineOf(logs);
  const order = logs.lanes.map(({ id }) => id);
  const clients = order
    .filter((lane) => lane !== 'server')
    .map((lane) => readClient(logs.clients[lane] ?? [], lane, { t, time: fromPage }));
  const members = new Membership((sid) => sessions.get(sid)?.lane);
  const seen = logs.server.filter((record) => fromServer(record[1]) <= t);
  return { clients, server: readServer(seen, members, { order, time: fromServer }) };
}
