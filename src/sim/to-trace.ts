/** From what happened in a simulated network to a trace: an arrow for each frame on each link. */
import { timesSlower } from '#trace/slow.ts';
import type { Fate, Lane, Message, Ms, Note, Trace, TraceEvent } from '#trace/trace.ts';
import { frameHex } from './frame-hex.ts';
import { labelOf } from './label.ts';
import type { Hop } from './link/hop.ts';
import type { SimLog } from './log.ts';
import { packetIn } from './node/interface.ts';
import type { NetworkSpec } from './topology.ts';

const ms = (us: number): Ms => us / 1000;

function fateOf({ arrivedUs, end }: Hop): Fate {
  if (arrivedUs !== undefined) return { kind: 'delivered', at: ms(arrivedUs), replayed: false };
  return end ? { kind: 'lost', place: end.place, cause: end.cause, knownAt: ms(end.atUs) } : { kind: 'in-flight' };
}

/** Names the arrow of a hop in the trace, by its place among all hops. */
export const arrowIdOf = (nth: number): string => `hop:${nth}`;

/** What an arrow says of the packet that it carries; undefined leaves it to `labelOf`. `id`: the arrow's. */
export type Labeller = (packet: Uint8Array, id: string) => string | undefined;

/** Shared by all messages, since most have neither attachments nor copies. */
const NONE: readonly never[] = [];

function messageOf(hop: Hop, nth: number, labeller: Labeller | undefined): Message {
  const { from, to, bytes, offeredUs, startedUs, copiesUs } = hop;
  const packet = packetIn(bytes);
  const id = arrowIdOf(nth);
  const message: Message = {
    kind: 'message',
    id,
    from,
    to,
    what: 'packet',
    sentAt: ms(offeredUs),
    label: labeller?.(packet, id) ?? labelOf(packet),
    text: '',
    frame: frameHex(bytes),
    attachments: NONE,
    fate: fateOf(hop),
    duplicates: copiesUs.length === 0 ? NONE : copiesUs.map(ms),
  };
  return startedUs !== undefined && startedUs > offeredUs ? { ...message, leftAt: ms(startedUs) } : message;
}

/** From left to right: the first host, the routers, the other hosts. */
export function lanesOf({ hosts, routers = [] }: NetworkSpec): readonly Lane[] {
  const lanes = hosts.map(({ id, name = id, role = 'host' }): Lane => ({ id, name, role }));
  return [...lanes.slice(0, 1), ...routers.map(({ id, name = id }): Lane => ({ id, name, role: 'router' })), ...lanes.slice(1)];
}

/** So long it then takes to play, ms. */
const SHOWN_TRIP_MS = 250;
/** How many times slower something that took `us` is to be shown, so that it can be followed by eye. */
export const slowedToShow = (us: number): number => timesSlower(ms(us), SHOWN_TRIP_MS);

/** As slow as a usual hop asks for. */
function slowedFor(hops: readonly Hop[]): number {
  const trips = hops.flatMap(({ startedUs, arrivedUs }) =>
    startedUs === undefined || arrivedUs === undefined ? [] : [arrivedUs - startedUs],
  );
  const usual = Float64Array.from(trips).sort()[trips.length >> 1];
  return usual ? slowedToShow(usual) : 1;
}

/** When the last of them arrived, or would have arrived. */
const lastOf = ({ hops }: SimLog): number =>
  hops.reduce((last, { arrivedUs, copiesUs, end }) => Math.max(last, copiesUs.at(-1) ?? arrivedUs ?? end?.atUs ?? 0), 0);

/** Both are in order of time already: a note stands behind the messages of its moment. */
function merged(messages: readonly Message[], notes: readonly Note[]): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  let next = 0;
  for (const message of messages) {
    for (let note = notes[next]; note && note.at < message.sentAt; note = notes[next]) {
      events.push(note);
      next += 1;
    }
    events.push(message);
  }
  return [...events, ...notes.slice(next)];
}

export type TraceOptions = {
  /** Until when the run was watched; at least until the last arrival. */
  readonly endsAtUs: number;
  readonly slowed?: number | undefined;
  readonly labeller?: Labeller | undefined;
};

/** The trace of a run. */
export function toTrace(spec: NetworkSpec, log: SimLog, { endsAtUs, slowed, labeller }: TraceOptions): Trace {
  const messages = log.hops.map((hop, nth) => messageOf(hop, nth, labeller));
  const notes = log.notes.map(
    ({ lane, atUs, text }, nth): Note => ({ kind: 'note', id: `note:${nth}`, lane, at: ms(atUs), by: 'fact', text }),
  );
  return {
    version: 1,
    lanes: lanesOf(spec),
    events: merged(messages, notes),
    endsAt: ms(Math.max(endsAtUs, lastOf(log))),
    slowed: slowed ?? slowedFor(log.hops),
  };
}
