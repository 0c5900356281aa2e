/** What the server said: for whom each broadcast was meant, and what became of that. Pure. */
import { type Draft, unmade } from './drafts.ts';
import { Membership } from './membership.ts';
import { eventLabel, readEventData, readPacketText } from './packet-text.ts';
import type { ServerRecord } from './records.ts';
import { isSameEvent, isSaying } from './saying.ts';
import { SERVER, serverEnd, type Timeline } from './timeline.ts';
import type { LaneId, Ms } from './trace.ts';

type RecordOf<Kind extends ServerRecord[0]> = Extract<ServerRecord, readonly [Kind, ...unknown[]]>;

/** One call of `emit`. */
type Emission = {
  readonly id: string;
  readonly data: string;
  readonly at: Ms;
  /** Sessions of which is not known yet whether they got a packet. */
  readonly open: Set<string>;
  /** The packet that was made for each recipient alike. */
  text?: string;
};
/** What was meant for a lane, in order: recovery may send it again. */
type Intent = { readonly emission: Emission; readonly message: Draft; sentAgainTo?: string };

const place = (sid: string, namespace: string): string => `${sid} ${namespace}`;

/** Sessions on which a socket came back recovered, each with its namespace. */
const recoveries = (records: readonly ServerRecord[]): Set<string> =>
  new Set(records.flatMap((record) => (record[0] === 'connected' && record[5] ? [place(record[2], record[4])] : [])));

export class ServerEmits {
  readonly #timeline: Timeline;
  readonly #byIndex: ReadonlyMap<string, Draft>;
  readonly #membership: Membership;
  readonly extra: Draft[] = [];
  /** Messages that were replaced: a packet that is sent again tells the end of what was missed. */
  readonly retold = new Set<Draft>();
  readonly #intents = new Map<LaneId, Intent[]>();
  /** Recovered sessions that have not connected yet: what goes out to them before was missed. */
  readonly #returning: Set<string>;
  #unsettled: Emission[] = [];
  #count = 0;

  /** `byIndex`: the message that was made by the n-th record of the server's log, under `server:n`. */
  constructor(timeline: Timeline, byIndex: ReadonlyMap<string, Draft>) {
    this.#timeline = timeline;
    this.#byIndex = byIndex;
    this.#membership = new Membership((sid) => timeline.sessions.get(sid)?.lane);
    this.#returning = recoveries(timeline.logs.server);
  }

  read(): void {
    for (const [index, record] of this.#timeline.logs.server.entries()) {
      this.#membership.read(record);
      if (record[0] === 'addressed') this.#address(record);
      else if (record[0] === 'created') this.#claim(index, record[2]);
      else if (record[0] === 'dropped') this.#drop(record, index);
      else if (record[0] === 'connected') this.#returning.delete(place(record[2], record[4]));
    }
  }

  #address([, t, namespace, rooms, except, to, data]: RecordOf<'addressed'>): void {
    const sids = to.flatMap((socketId) => this.#membership.get(socketId)?.sid ?? []);
    const emission: Emission = { id: `emission:${this.#count++}`, data, at: this.#timeline.fromServer(t), open: new Set(sids) };
    this.#unsettled = [...this.#unsettled.filter(({ open }) => open.size > 0), emission];
    for (const { lane } of this.#membership.missedBy({ namespace, rooms, except })) {
      if (lane === undefined) continue;
      const { id, at } = emission;
      const message = unmade({ id: `${id}:${lane}`, at, data }, { from: SERVER, to: lane }, { kind: 'never-sent', reason: 'away' });
      this.extra.push(message);
      this.#intend(message, emission);
    }
  }

  #intend(message: Draft, emission: Emission): void {
    message.emission = emission.id;
    const intents = this.#intents.get(message.to) ?? [];
    this.#intents.set(message.to, intents);
    intents.push({ emission, message });
  }

  #claim(index: number, sid: string): void {
    const message = this.#byIndex.get(`server:${index}`);
    if (message?.what !== 'event') return;
    const emission = this.#unsettled.at(-1);
    if (emission?.open.has(sid) && isSaying(message.text, emission.data)) {
      emission.open.delete(sid);
      emission.text = message.text;
      const event = readEventData(emission.data);
      // The packet may carry an offset as one argument more, and has lost its bytes; the program said neither.
      if (event) Object.assign(message, { event, label: eventLabel(event.name, event.args) });
      this.#intend(message, emission);
    } else this.#tellAgain(message, sid);
  }

  /** What goes out to a recovered session before it is connected was missed before, and kept by recovery. */
  #tellAgain(packet: Draft, sid: string): void {
    if (!this.#returning.has(place(sid, readPacketText(packet.text).socketPacket?.namespace ?? '/'))) return;
    const intent = missedIntent(this.#intents.get(packet.to) ?? [], packet, sid);
    if (!intent) return;
    const { message } = intent;
    intent.sentAgainTo = sid;
    this.retold.add(packet);
    message.leftAt = packet.sentAt;
    message.text = packet.text;
    message.attachments = packet.attachments;
    message.fate = packet.fate.kind === 'delivered' ? { ...packet.fate, replayed: true } : packet.fate;
  }

  #drop([, t, sid, data]: RecordOf<'dropped'>, index: number): void {
    const session = this.#timeline.sessions.get(sid);
    if (!session) return;
    const at = this.#timeline.fromServer(t);
    const end = serverEnd(this.#timeline, session);
    const reason = end !== undefined && end <= at ? 'away' : 'volatile';
    const emission = this.#unsettled.find(({ open, data: said }) => open.has(sid) && isSameEvent(data, said));
    emission?.open.delete(sid);
    const said = { id: `dropped:${index}`, at, data: emission?.data ?? data };
    const message = unmade(said, { from: SERVER, to: session.lane }, { kind: 'never-sent', reason });
    if (emission) message.emission = emission.id;
    this.extra.push(message);
  }
}

/** Whether an arrival moved the place in the stream from which its client asks for what it missed. */
const hasMovedOffset = ({ emission, message: { fate, text } }: Intent): boolean =>
  fate.kind === 'delivered' && !text.endsWith(emission.data);

/**
 * The oldest message that a packet may tell again. All packets of one `emit` are alike, down to the offset; where none is
 * known, it is one of those that came after the client's own offset.
 */
function missedIntent(intents: readonly Intent[], { text }: Draft, sid: string): Intent | undefined {
  const offset = intents.findLastIndex(hasMovedOffset);
  return intents.find(({ emission, message, sentAgainTo }, index) => {
    if (message.fate.kind === 'delivered' || sentAgainTo === sid) return false;
    return emission.text === undefined ? index > offset && isSaying(text, emission.data) : emission.text === text;
  });
}
