/**
 * From paired packets and both logs to messages: what each program said, to whom it was meant, and what became of it.
 * Pure.
 */
import { causeOfLoss } from './link-history.ts';
import { Membership } from './membership.ts';
import { eventLabel, readEventData, readPacketText } from './packet-text.ts';
import type { Logs } from './records.ts';
import type { Packet, Session } from './sessions.ts';
import type { Fate, LaneId, Message, Ms } from './trace.ts';

/** Everything in page time, counted from the beginning of the run. */
export type Timeline = {
  readonly logs: Logs;
  readonly sessions: ReadonlyMap<string, Session>;
  /** Server clock and page clock to the time of the trace, ms. */
  fromServer(t: number): Ms;
  fromPage(t: number): Ms;
};

type Draft = { -readonly [Key in keyof Message]: Message[Key] };

const SERVER: LaneId = 'server';

/** Ends of the server's lives, on its clock: crashes, and the end of the lab. */
const deaths = ({ logs }: Timeline): readonly number[] =>
  logs.server.flatMap((record) => (record[0] === 'crashed' || record[0] === 'ended' ? [record[1]] : []));

/** When both sides were done with a session, in the time of the trace; undefined while either may still hear of it. */
export function sessionEnd(timeline: Timeline, { clientClosedAt, serverClosedAt, packets }: Session): Ms | undefined {
  if (clientClosedAt === undefined) return undefined;
  const client = timeline.fromPage(clientClosedAt);
  if (serverClosedAt !== undefined) return Math.max(client, timeline.fromServer(serverClosedAt));
  const began = Math.min(...packets.map((packet) => timeOf(timeline, packet)));
  const death = deaths(timeline)
    .map((at) => timeline.fromServer(at))
    .find((at) => at >= began);
  return death === undefined ? undefined : Math.max(client, death);
}

const timeOf = (timeline: Timeline, { direction, createdAt }: Packet): Ms =>
  direction === 'c2s' ? timeline.fromPage(createdAt) : timeline.fromServer(createdAt);

const arrivalOf = (timeline: Timeline, { direction }: Packet, arrivedAt: number): Ms =>
  direction === 'c2s' ? timeline.fromServer(arrivedAt) : timeline.fromPage(arrivedAt);

function lossOf(timeline: Timeline, session: Session, packet: Packet, knownAt: Ms): Fate {
  const { logs } = timeline;
  const crash = logs.server.find((record) => record[0] === 'crashed' && timeline.fromServer(record[1]) >= timeOf(timeline, packet));
  const crashedAt = session.serverClosedAt === undefined ? crash?.[1] : undefined;
  const cause = causeOfLoss(logs.clients[packet.lane] ?? [], session.clientClosedAt ?? Number.POSITIVE_INFINITY, crashedAt);
  return { kind: 'lost', place: packet.written ? 'wire' : 'unwritten', cause, knownAt };
}

function fateOf(timeline: Timeline, session: Session, packet: Packet): Fate {
  const last = packet.attachments.at(-1) ?? packet;
  if (last.arrivedAt !== undefined) {
    return { kind: 'delivered', at: Math.max(timeOf(timeline, packet), arrivalOf(timeline, packet, last.arrivedAt)), replayed: false };
  }
  const end = sessionEnd(timeline, session);
  return end === undefined ? { kind: 'in-flight' } : lossOf(timeline, session, packet, end);
}

/** The message that a packet is, before anything is known of who said it and why. */
function messageOf(timeline: Timeline, session: Session, packet: Packet): Draft {
  const { sid, lane, direction, beat, n, text, attachments } = packet;
  const { what, label, event } = readPacketText(text);
  return {
    kind: 'message',
    id: `${sid}:${direction}:${beat ? 'b' : 'm'}${n}`,
    from: direction === 'c2s' ? lane : SERVER,
    to: direction === 'c2s' ? SERVER : lane,
    what,
    sentAt: timeOf(timeline, packet),
    label,
    ...(event && { event }),
    text,
    attachments: attachments.map((attachment) => attachment.text),
    fate: fateOf(timeline, session, packet),
    duplicates: [],
  };
}

/** A message of which no packet was ever made. */
function unmade(id: string, from: LaneId, to: LaneId, said: { at: Ms; data: string; fate: Fate }): Draft {
  const event = readEventData(said.data);
  return {
    kind: 'message',
    id,
    from,
    to,
    what: 'event',
    sentAt: said.at,
    label: event ? eventLabel(event.name, event.args) : said.data,
    ...(event && { event }),
    text: '',
    attachments: [],
    fate: said.fate,
    duplicates: [],
  };
}

type Waiting = { readonly id: string; readonly at: Ms; readonly data: string };

/** Joins each client's `emit` calls to the packets that they became, and tells of those that became none. */
class ClientEmits {
  readonly #timeline: Timeline;
  readonly #byIndex: ReadonlyMap<string, Draft>;
  readonly extra: Draft[] = [];

  constructor(timeline: Timeline, byIndex: ReadonlyMap<string, Draft>) {
    this.#timeline = timeline;
    this.#byIndex = byIndex;
  }

  read(lane: LaneId): void {
    const records = this.#timeline.logs.clients[lane] ?? [];
    const waiting: Waiting[] = [];
    /** The emit that was called while connected: its packet is the very next record. */
    let direct: Waiting | undefined;
    for (const [index, record] of records.entries()) {
      if (direct && record[0] !== 'created') this.#drop(lane, direct);
      if (record[0] === 'emitted') {
        const said: Waiting = { id: `emit:${lane}:${record[2]}`, at: this.#timeline.fromPage(record[1]), data: record[5] };
        direct = record[3] === 'sent' ? said : undefined;
        if (record[3] === 'buffered') waiting.push(said);
        else if (record[3] === 'dropped') this.#drop(lane, said);
        continue;
      }
      if (record[0] === 'created') this.#claim(lane, index, direct, waiting);
      if (record[0] === 'expired') this.#expire(lane, `emit:${lane}:${record[2]}`, waiting);
      direct = undefined;
    }
    if (direct) this.#drop(lane, direct);
    for (const { id, at, data } of waiting) this.extra.push(unmade(id, lane, SERVER, { at, data, fate: { kind: 'buffered' } }));
  }

  #drop(lane: LaneId, { id, at, data }: Waiting): void {
    this.extra.push(unmade(id, lane, SERVER, { at, data, fate: { kind: 'never-sent', reason: 'volatile' } }));
  }

  #expire(lane: LaneId, id: string, waiting: Waiting[]): void {
    const position = waiting.findIndex((one) => one.id === id);
    const [gone] = position < 0 ? [] : waiting.splice(position, 1);
    if (gone) this.extra.push(unmade(id, lane, SERVER, { at: gone.at, data: gone.data, fate: { kind: 'never-sent', reason: 'expired' } }));
  }

  #claim(lane: LaneId, index: number, direct: Waiting | undefined, waiting: Waiting[]): void {
    const message = this.#byIndex.get(`${lane}:${index}`);
    if (message?.what !== 'event') return;
    if (direct) {
      message.id = direct.id;
      return;
    }
    const position = waiting.findIndex(({ data }) => message.text.endsWith(data));
    const [flushed] = position < 0 ? [] : waiting.splice(position, 1);
    if (!flushed) return;
    message.id = flushed.id;
    message.leftAt = message.sentAt;
    message.sentAt = flushed.at;
  }
}

type Emission = { readonly id: string; readonly data: string; readonly at: Ms; readonly open: Set<string> };

/** Follows the server's log: whom each broadcast was meant for, and what it made of that. */
class ServerEmits {
  readonly #timeline: Timeline;
  readonly #byIndex: ReadonlyMap<string, Draft>;
  readonly membership: Membership;
  readonly extra: Draft[] = [];
  /** Messages that were replaced: a recovered packet tells the end of a message that was missed. */
  readonly retold = new Set<Draft>();
  readonly #missed: { readonly lane: LaneId; readonly data: string; readonly message: Draft }[] = [];
  readonly #made: { readonly lane: LaneId; readonly data: string; readonly message: Draft }[] = [];
  readonly #introduced = new Set<string>();
  #emission: Emission | undefined;
  #count = 0;

  constructor(timeline: Timeline, byIndex: ReadonlyMap<string, Draft>) {
    this.#timeline = timeline;
    this.#byIndex = byIndex;
    this.membership = new Membership((sid) => timeline.sessions.get(sid)?.lane);
  }

  read(): void {
    for (const [index, record] of this.#timeline.logs.server.entries()) {
      this.membership.read(record);
      if (record[0] === 'addressed') this.#address(record);
      else if (record[0] === 'created') this.#claim(index, record[2]);
      else if (record[0] === 'dropped') this.#drop(record, index);
    }
  }

  #address([, t, namespace, rooms, except, to, data]: Extract<Logs['server'][number], readonly ['addressed', ...unknown[]]>): void {
    const at = this.#timeline.fromServer(t);
    const id = `emission:${this.#count++}`;
    const sids = to.flatMap((socketId) => this.membership.get(socketId)?.sid ?? []);
    this.#emission = { id, data, at, open: new Set(sids) };
    for (const { lane } of this.membership.missedBy({ namespace, rooms, except })) {
      if (lane === undefined) continue;
      const message = unmade(`${id}:${lane}`, SERVER, lane, { at, data, fate: { kind: 'never-sent', reason: 'away' } });
      message.emission = id;
      this.extra.push(message);
      this.#missed.push({ lane, data, message });
    }
  }

  #claim(index: number, sid: string): void {
    const message = this.#byIndex.get(`server:${index}`);
    if (!message) return;
    if (message.what === 'control' && message.label.startsWith('connect')) this.#introduced.add(sid);
    if (message.what !== 'event') return;
    const emission = this.#emission;
    if (emission?.open.delete(sid) && isSaying(message.text, emission.data)) {
      message.emission = emission.id;
      const event = readEventData(emission.data);
      // With recovery on, the packet carries its offset as one argument more; the program never said it.
      if (event) Object.assign(message, { event, label: eventLabel(event.name, event.args) });
      this.#made.push({ lane: message.to, data: emission.data, message });
    } else if (!this.#introduced.has(sid)) this.#replay(message);
  }

  /** A packet that goes out before the CONNECT of its session was missed before, and kept by recovery. */
  #replay(packet: Draft): void {
    const isIt = ({ lane, data, message }: { lane: LaneId; data: string; message: Draft }) =>
      lane === packet.to && message.fate.kind !== 'delivered' && message.leftAt === undefined && isSaying(packet.text, data);
    const { message } = this.#missed.find(isIt) ?? this.#made.find(isIt) ?? {};
    if (!message) return;
    this.retold.add(packet);
    message.leftAt = packet.sentAt;
    message.text = packet.text;
    message.fate = packet.fate.kind === 'delivered' ? { ...packet.fate, replayed: true } : packet.fate;
  }

  #drop([, t, sid, data]: Extract<Logs['server'][number], readonly ['dropped', ...unknown[]]>, index: number): void {
    const session = this.#timeline.sessions.get(sid);
    if (!session) return;
    const at = this.#timeline.fromServer(t);
    const gone = session.serverClosedAt !== undefined && this.#timeline.fromServer(session.serverClosedAt) <= at;
    const message = unmade(`dropped:${index}`, SERVER, session.lane, {
      at,
      data,
      fate: { kind: 'never-sent', reason: gone ? 'away' : 'volatile' },
    });
    if (this.#emission?.data === data) message.emission = this.#emission.id;
    this.extra.push(message);
  }
}

/** Whether a packet's text says `data`, perhaps with an ack id before it and a recovery offset after it. */
function isSaying(text: string, data: string): boolean {
  return data.length > 1 && text.includes(data.slice(0, -1));
}

/** Of the copies of one emission for one lane, the best counts; the others went to sessions that the lane had left. */
function markSurplus(messages: readonly Draft[]): void {
  const best = new Map<string, Draft>();
  const rank = ({ fate }: Draft): number => (fate.kind === 'delivered' ? 2 : fate.kind === 'in-flight' ? 1 : 0);
  for (const message of messages) {
    if (message.emission === undefined) continue;
    const key = `${message.emission} ${message.to}`;
    const rival = best.get(key);
    if (!rival || rank(message) > rank(rival)) {
      if (rival) rival.surplus = true;
      best.set(key, message);
    } else message.surplus = true;
  }
}

/** All messages of a lab's logs, in no order yet. */
export function readMessages(timeline: Timeline): readonly Message[] {
  const made: Draft[] = [];
  const byIndex = new Map<string, Draft>();
  for (const session of timeline.sessions.values()) {
    for (const packet of session.packets) {
      const message = messageOf(timeline, session, packet);
      made.push(message);
      byIndex.set(`${packet.direction === 'c2s' ? packet.lane : 'server'}:${packet.index}`, message);
    }
  }
  const clients = new ClientEmits(timeline, byIndex);
  for (const lane of Object.keys(timeline.logs.clients)) clients.read(lane);
  const server = new ServerEmits(timeline, byIndex);
  server.read();
  const all = [...made.filter((message) => !server.retold.has(message)), ...clients.extra, ...server.extra];
  markSurplus(all);
  return all;
}
