/**
 * Correlation: on one engine session, the n-th packet made in a direction is the n-th written and the n-th that arrives,
 * so the two logs can be paired without an id in anybody's payload. Messages and heartbeats are counted apart. Pure.
 */
import type { ClientRecord, ServerRecord, SkippedRecord } from './records.ts';
import type { LaneId } from './trace.ts';

export type Direction = 'c2s' | 's2c';

/** One packet of a session. Times are those of the log that wrote them. */
export type Packet = {
  readonly sid: string;
  readonly lane: LaneId;
  readonly direction: Direction;
  readonly beat: boolean;
  /** Counted from 0 among the packets of its kind. */
  readonly n: number;
  readonly text: string;
  readonly createdAt: number;
  /** Where it stands in its maker's log, so that what was written down beside it can be found. */
  readonly index: number;
  written: boolean;
  arrivedAt: number | undefined;
  /** It arrived, but the log that told when has lost its beginning: there is no arrow, and nothing to wonder about. */
  isForgotten: boolean;
  /** Binary frames that follow, with their own packets. */
  readonly attachments: Packet[];
};

export type Session = {
  readonly sid: string;
  readonly lane: LaneId;
  readonly packets: Packet[];
  clientOpenedAt?: number;
  clientClosedAt?: number;
  serverClosedAt?: number;
  /** The server died with this session open: it closed nothing, and heard nothing any more. */
  serverDied?: { readonly at: number; readonly by: 'crashed' | 'ended' };
};

type Half = {
  created: Packet[];
  /** Of each kind, what the two logs have lost of their beginnings. */
  skippedMade: { message: number; beat: number };
  skippedArrived: { message: number; beat: number };
  counts: { message: number; beat: number };
  arrived: { message: string[]; beat: string[]; messageAt: number[]; beatAt: number[] };
  written: number;
};

export type Correlation = {
  readonly sessions: ReadonlyMap<string, Session>;
  /** What cannot be, had the logs been kept well: more arrived than was made, or another text. */
  readonly violations: readonly string[];
};

/** Whether a packet is a ping or a pong. */
export const isBeat = (text: string): boolean => text === '2' || text === '3';
/** Whether a packet is one of the binary frames that follow an event. */
export const isAttachment = (text: string): boolean => text.startsWith('b');

const newHalf = (): Half => ({
  created: [],
  skippedMade: { message: 0, beat: 0 },
  skippedArrived: { message: 0, beat: 0 },
  counts: { message: 0, beat: 0 },
  arrived: { message: [], beat: [], messageAt: [], beatAt: [] },
  written: 0,
});

type Draft = { readonly session: Session; readonly c2s: Half; readonly s2c: Half };

/** Which session a record belongs to and which half of it it tells about, for the records that concern packets. */
function note(
  draft: Draft,
  direction: Direction,
  kind: 'created' | 'written' | 'arrived',
  record: { at: number; index: number; value: string | number },
): void {
  const half = draft[direction];
  const { at, index, value } = record;
  if (kind === 'written') {
    half.written = Math.max(half.written, Number(value));
    return;
  }
  const text = String(value);
  const beat = isBeat(text);
  if (kind === 'arrived') {
    half.arrived[beat ? 'beat' : 'message'].push(text);
    half.arrived[beat ? 'beatAt' : 'messageAt'].push(at);
    return;
  }
  const n = half.counts[beat ? 'beat' : 'message']++;
  const { sid, lane } = draft.session;
  half.created.push({
    sid,
    lane,
    direction,
    beat,
    n,
    text,
    createdAt: at,
    index,
    written: false,
    arrivedAt: undefined,
    isForgotten: false,
    attachments: [],
  });
}

/** What a log lost of its beginning. `made`: the direction in which its own side sends. */
function skip(draft: Draft, made: Direction, [, , , madeMessages, madeBeats, arrivedMessages, arrivedBeats, written]: SkippedRecord): void {
  const [own, other] = made === 'c2s' ? [draft.c2s, draft.s2c] : [draft.s2c, draft.c2s];
  own.skippedMade.message += madeMessages;
  own.skippedMade.beat += madeBeats;
  own.counts.message += madeMessages;
  own.counts.beat += madeBeats;
  own.written = Math.max(own.written, written);
  other.skippedArrived.message += arrivedMessages;
  other.skippedArrived.beat += arrivedBeats;
}

/** Gives each packet what the other end wrote down of it, and each attachment to the packet that announced it. */
function pair({ created, arrived, written, counts, skippedMade, skippedArrived }: Half, key: string, violations: string[]): Packet[] {
  const paired: Packet[] = [];
  const gone = skippedMade.message + skippedMade.beat;
  for (const [position, packet] of created.entries()) {
    packet.written = gone + position < written;
    const kind = packet.beat ? 'beat' : 'message';
    const n = packet.n - skippedArrived[kind];
    packet.isForgotten = n < 0;
    const [texts, times] = packet.beat ? [arrived.beat, arrived.beatAt] : [arrived.message, arrived.messageAt];
    packet.arrivedAt = times[n];
    // Something that arrived was written, even if that part of the log has not come yet.
    if (packet.arrivedAt !== undefined || packet.isForgotten) packet.written = true;
    if (texts[n] !== undefined && texts[n] !== packet.text) violations.push(`${key} ${kind} ${packet.n}: texts differ`);
    const before = paired.at(-1);
    // An attachment whose event is gone goes with it.
    if (isAttachment(packet.text)) before?.attachments.push(packet);
    else paired.push(packet);
  }
  const isTooMuch = (kind: 'message' | 'beat') => skippedArrived[kind] + arrived[kind].length > counts[kind];
  if (isTooMuch('message') || isTooMuch('beat')) violations.push(`${key}: more arrived than was made`);
  return paired;
}

class Correlator {
  readonly drafts = new Map<string, Draft>();

  readClient(lane: LaneId, records: readonly ClientRecord[]): void {
    for (const [index, record] of records.entries()) {
      const [kind, at] = record;
      if (kind === 'created' || kind === 'written') note(this.#draft(record[2], lane), 'c2s', kind, { at, index, value: record[3] });
      else if (kind === 'arrived') note(this.#draft(record[2], lane), 's2c', kind, { at, index, value: record[3] });
      else if (kind === 'skipped') skip(this.#draft(record[2], lane), 'c2s', record);
      else if (kind === 'closed') this.#draft(record[2], lane).session.clientClosedAt = at;
      else if (kind === 'opened') this.#draft(record[2], lane).session.clientOpenedAt = at;
    }
  }

  /** Sessions that no client log knows have no lane; they are left out until a log names them. */
  readServer(records: readonly ServerRecord[]): void {
    const open = new Set<Session>();
    for (const [index, record] of records.entries()) {
      const [kind, at] = record;
      if (kind === 'crashed' || kind === 'ended') {
        for (const session of open) session.serverDied = { at, by: kind };
        open.clear();
        continue;
      }
      if (kind === 'skipped') {
        const known = this.drafts.get(record[2]);
        if (known) skip(known, 's2c', record);
        continue;
      }
      if (kind !== 'opened' && kind !== 'created' && kind !== 'written' && kind !== 'arrived' && kind !== 'closed') continue;
      const draft = this.drafts.get(record[2]);
      if (!draft) continue;
      open.add(draft.session);
      if (kind === 'closed') {
        draft.session.serverClosedAt = at;
        open.delete(draft.session);
      } else if (kind !== 'opened') note(draft, kind === 'arrived' ? 'c2s' : 's2c', kind, { at, index, value: record[3] });
    }
  }

  #draft(sid: string, lane: LaneId): Draft {
    const known = this.drafts.get(sid);
    if (known) return known;
    const draft: Draft = { session: { sid, lane, packets: [] }, c2s: newHalf(), s2c: newHalf() };
    this.drafts.set(sid, draft);
    return draft;
  }
}

/** Pairs the logs of all clients with the server's. */
export function correlate(server: readonly ServerRecord[], clients: Readonly<Record<LaneId, readonly ClientRecord[]>>): Correlation {
  const correlator = new Correlator();
  for (const [lane, records] of Object.entries(clients)) correlator.readClient(lane, records);
  correlator.readServer(server);
  const violations: string[] = [];
  const sessions = new Map<string, Session>();
  for (const [sid, { session, c2s, s2c }] of correlator.drafts) {
    session.packets.push(...pair(c2s, `${sid} c2s`, violations), ...pair(s2c, `${sid} s2c`, violations));
    sessions.set(sid, session);
  }
  return { sessions, violations };
}
