/** From a bench's records to a trace: what one socket did and another noticed becomes an arrow. Pure. */
import type { Fate, Lane, LaneId, Message, Ms, Note, Trace, TraceEvent } from '../trace.ts';
import { laneOfSocket, type SocketName, type SocketRecord, type Target } from './records.ts';

type Draft = { -readonly [Key in keyof Message]: Message[Key] };
type RecordOf<Kind extends SocketRecord['kind']> = Extract<SocketRecord, { kind: Kind }>;

export type SocketTraceOptions = {
  readonly lanes: readonly Lane[];
  /** Towards which lane an arrow goes that is meant for nobody. */
  readonly nobody: LaneId;
  /** Until when the bench has been watched, on its own clock; left out, a little beyond its last record. */
  readonly until?: number;
};

/** One write on its way. `ends`: where its last byte stands among all that were written in this direction, counted from 1. */
type Written = { readonly message: Draft; readonly bytes: number; readonly ends: number };
/** One direction of a connection, or datagrams from one socket to another. */
type Flow = { written: number; read: number; waiting: readonly Written[] };

/** Room above the first moment, and below the last, ms. */
const MARGIN_MS = 200;
/** Characters of what was written that stand on an arrow. */
const MOST_SHOWN = 24;

const quoted = (text: string): string => JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);
const bytesIn = (count: number): string => (count === 1 ? '1 byte' : `${count} bytes`);

class Reader {
  readonly events: TraceEvent[] = [];
  readonly #nobody: LaneId;
  readonly #since: number;
  /** The socket at the other end of each connection, whether that is still open or not. */
  readonly #peers = new Map<SocketName, SocketName>();
  readonly #kinds = new Map<SocketName, 'listening' | 'datagram'>();
  readonly #gone = new Set<SocketName>();
  /** Connections that were asked for, and not answered yet. */
  readonly #dials = new Map<SocketName, Draft>();
  /** By sender and receiver. */
  readonly #flows = new Map<string, Flow>();
  /** How each socket said that it would write no more. */
  readonly #farewells = new Map<SocketName, Draft>();

  constructor(nobody: LaneId, since: number) {
    this.#nobody = nobody;
    this.#since = since;
  }

  read(record: SocketRecord, index: number): void {
    switch (record.kind) {
      case 'listening':
        this.#kinds.set(record.socket, 'listening');
        this.#note(record, index, `waits at port ${record.local.port}`);
        return;
      case 'bound':
        this.#kinds.set(record.socket, 'datagram');
        this.#note(record, index, `has port ${record.local.port}`);
        return;
      case 'connecting':
        this.#connecting(record, index);
        return;
      case 'connected':
        if (this.#isDatagram(record)) this.#note(record, index, 'has one partner now; nothing was sent');
        return;
      case 'accepted':
        this.#accepted(record);
        return;
      case 'refused':
        this.#answered(record.socket, this.#turnedAway(record));
        return;
      case 'wrote':
        this.#wrote(record, index);
        return;
      case 'read':
        this.#got(record, index);
        return;
      case 'ended':
      case 'closing':
        this.#farewell(record, index, 'end');
        return;
      case 'reset':
        this.#farewell(record, index, 'reset');
        return;
      case 'told-end':
        this.#noticed(record);
        return;
      case 'failed':
        if (record.code === 'ECONNRESET') this.#noticed(record);
        this.#note(record, index, `is told ${record.code}`);
        return;
      case 'closed':
        this.#closed(record, index);
        return;
      default:
    }
  }

  #at({ t }: SocketRecord): Ms {
    return t - this.#since;
  }
  #isDatagram({ socket }: SocketRecord): boolean {
    return this.#kinds.get(socket) === 'datagram';
  }

  #note(record: SocketRecord, index: number, text: string): void {
    const note: Note = { kind: 'note', id: `note:${index}`, lane: laneOfSocket(record.socket), at: this.#at(record), by: 'fact', text };
    this.events.push(note);
  }

  #arrow(record: SocketRecord, index: number, what: { readonly to: Target; readonly label: string; readonly text?: string }): Draft {
    const { to, label, text = '' } = what;
    const message: Draft = {
      kind: 'message',
      id: `message:${index}`,
      from: laneOfSocket(record.socket),
      to: to === 'nobody' ? this.#nobody : laneOfSocket(to),
      what: 'socket',
      sentAt: this.#at(record),
      label,
      text,
      attachments: [],
      fate: { kind: 'in-flight' },
      duplicates: [],
    };
    this.events.push(message);
    return message;
  }

  #delivered(record: SocketRecord): Fate {
    return { kind: 'delivered', at: this.#at(record), replayed: false };
  }
  #turnedAway(record: SocketRecord): Fate {
    return { kind: 'lost', place: 'port', cause: 'refused', knownAt: this.#at(record) };
  }
  #tooLate(record: SocketRecord): Fate {
    return { kind: 'lost', place: 'wire', cause: 'closed', knownAt: this.#at(record) };
  }

  #connecting(record: RecordOf<'connecting'>, index: number): void {
    // A datagram socket only remembers its partner.
    if (this.#isDatagram(record)) return;
    this.#begin(record.socket);
    this.#dials.set(record.socket, this.#arrow(record, index, { to: record.to, label: 'connect' }));
  }

  /** A name is used for a new socket: what the old one was is forgotten. */
  #begin(socket: SocketName): void {
    this.#peers.delete(socket);
    this.#gone.delete(socket);
    this.#farewells.delete(socket);
  }

  #answered(socket: SocketName, fate: Fate): void {
    const dial = this.#dials.get(socket);
    if (dial) dial.fate = fate;
    this.#dials.delete(socket);
  }

  #accepted(record: RecordOf<'accepted'>): void {
    const { socket, peer } = record;
    this.#begin(socket);
    this.#peers.set(socket, peer).set(peer, socket);
    for (const direction of [`${socket} ${peer}`, `${peer} ${socket}`]) this.#flows.delete(direction);
    this.#answered(peer, this.#delivered(record));
  }

  #flow(from: SocketName, to: Target): Flow {
    const key = `${from} ${to}`;
    const flow = this.#flows.get(key) ?? { written: 0, read: 0, waiting: [] };
    this.#flows.set(key, flow);
    return flow;
  }

  #wrote(record: RecordOf<'wrote'>, index: number): void {
    const { socket, bytes, text } = record;
    const to = record.to ?? this.#peers.get(socket) ?? 'nobody';
    const message = this.#arrow(record, index, { to, label: quoted(text), text });
    // The sender of a datagram may never hear of it; that nobody waits there is so all the same.
    if (to === 'nobody') message.fate = this.#turnedAway(record);
    else if (this.#gone.has(to)) message.fate = this.#isDatagram(record) ? this.#turnedAway(record) : this.#tooLate(record);
    else {
      const flow = this.#flow(socket, to);
      flow.written += bytes;
      flow.waiting = [...flow.waiting, { message, bytes, ends: flow.written }];
    }
  }

  /** In a stream, a write has arrived when its last byte is read: one read may end several writes, or none. */
  #got(record: RecordOf<'read'>, index: number): void {
    const from = record.from ?? this.#peers.get(record.socket);
    if (from === undefined) return;
    const flow = this.#flow(from, record.socket);
    flow.read += record.bytes;
    const ended = flow.waiting.filter(({ ends }) => ends <= flow.read);
    flow.waiting = flow.waiting.slice(ended.length);
    for (const { message } of ended) message.fate = this.#delivered(record);
    const isOneWrite = ended.length === 1 && ended[0]?.bytes === record.bytes;
    if (!isOneWrite) this.#note(record, index, `reads ${bytesIn(record.bytes)} at once`);
  }

  /** It says that no more will come, once; a reset may follow. Who has gone hears nothing of it. */
  #farewell(record: SocketRecord, index: number, label: 'end' | 'reset'): void {
    const { socket } = record;
    const peer = this.#peers.get(socket);
    if (peer === undefined || this.#gone.has(peer) || (label === 'end' && this.#farewells.has(socket))) return;
    this.#farewells.set(socket, this.#arrow(record, index, { to: peer, label }));
  }

  #noticed(record: SocketRecord): void {
    const farewell = this.#farewells.get(this.#peers.get(record.socket) ?? '');
    if (farewell) farewell.fate = this.#delivered(record);
  }

  #closed(record: SocketRecord, index: number): void {
    const { socket } = record;
    this.#gone.add(socket);
    if (this.#kinds.get(socket) === 'listening') this.#note(record, index, 'waits no more');
    this.#kinds.delete(socket);
    const peer = this.#peers.get(socket);
    if (peer === undefined) return;
    // What it has not read dies with it.
    for (const { message } of this.#flow(peer, socket).waiting) message.fate = this.#tooLate(record);
    const unheard = this.#farewells.get(peer);
    if (unheard?.fate.kind === 'in-flight') unheard.fate = this.#tooLate(record);
  }
}

const beginning = (event: TraceEvent): Ms => (event.kind === 'message' ? event.sentAt : event.kind === 'note' ? event.at : event.from);

/** The trace of a bench. Times are real: on one computer, most arrows take less than a millisecond. */
export function assembleSockets(records: readonly SocketRecord[], { lanes, nobody, until }: SocketTraceOptions): Trace {
  const first = records[0]?.t ?? 0;
  const since = first - MARGIN_MS;
  const reader = new Reader(nobody, since);
  for (const [index, record] of records.entries()) reader.read(record, index);
  const last = (records.at(-1)?.t ?? first) + MARGIN_MS;
  return {
    version: 1,
    lanes,
    // A stable sort: what happened in the same moment keeps the order of the records.
    events: reader.events.toSorted((a, b) => beginning(a) - beginning(b)),
    endsAt: Math.max(last, until ?? last) - since,
  };
}
