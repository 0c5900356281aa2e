/**
 * From a capture to a trace. A capture is taken at one place and sees each packet once, as it passes there: when it left its sender
 * and when it arrived, or whether, nobody wrote down. So an arrow says that the packet was seen at that moment, from one end to
 * the other, and is level. What was lost behind that place shows itself by what the hosts do about it, and the analysis notes it.
 */
import { TCP_MARKS } from '#wire/analysis/tcp-marks.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';
import { timesSlower } from './slow.ts';
import type { Lane, Message, Ms, Note, Trace, TraceEvent } from './trace.ts';

/** What of a packet the trace tells. */
export type SeenPacket = Pick<PacketSummary, 'number' | 'us' | 'hosts' | 'label' | 'marks'>;

const US_PER_MS = 1000;
/** Less than any clock of a capture tells apart, ms. */
const A_LITTLE_MS = 1e-7;
/** Two packets that follow on one another as usual are drawn so far apart, ms. */
const SHOWN_GAP_MS = 150;

/** In the order in which they first say something, or something is said to them. */
function lanesOf(packets: readonly SeenPacket[]): readonly Lane[] {
  const hosts = new Set(packets.flatMap(({ hosts: [from, to] }) => [from, to]));
  return [...hosts].map((host): Lane => ({ id: host, name: host, role: 'host' }));
}

function messageOf({ number, hosts: [from, to], label }: SeenPacket, at: Ms): Message {
  return {
    kind: 'message',
    id: `packet:${number}`,
    from,
    to,
    what: 'packet',
    sentAt: at,
    label,
    text: '',
    attachments: [],
    fate: { kind: 'delivered', at, replayed: false },
    duplicates: [],
  };
}

const notesOf = ({ number, hosts: [from], marks }: SeenPacket, at: Ms): readonly Note[] =>
  marks.map((mark) => ({ kind: 'note', id: `packet:${number}:${mark}`, lane: from, at, by: 'fact', text: TCP_MARKS[mark].title }));

/** How many times slower the capture is drawn than it happened, so that one packet can be told from the next. */
function slowedFor(times: readonly Ms[]): number {
  const gaps = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .filter((gap) => gap > 2 * A_LITTLE_MS);
  const usual = gaps.toSorted((a, b) => a - b)[gaps.length >> 1];
  return usual ? timesSlower(usual, SHOWN_GAP_MS) : 1;
}

/** Packets with the same time keep their order: each is a little later than the one before. */
function apart<Seen extends { readonly at: Ms }>(seen: readonly Seen[]): readonly Seen[] {
  let before = Number.NEGATIVE_INFINITY;
  return seen.map((one) => {
    before = Math.max(one.at, before + A_LITTLE_MS);
    return { ...one, at: before };
  });
}

/** The trace of packets of one capture, of one connection for example, in the order in which they were seen. The first is at 0. */
export function captureTrace(packets: readonly SeenPacket[]): Trace {
  const beginUs = packets.reduce((least, { us }) => Math.min(least, us), packets[0]?.us ?? 0);
  const seen = apart(packets.map((packet) => ({ packet, at: (packet.us - beginUs) / US_PER_MS })).sort((a, b) => a.at - b.at));
  const events = seen.flatMap(({ packet, at }): readonly TraceEvent[] => [messageOf(packet, at), ...notesOf(packet, at)]);
  const times = seen.map(({ at }) => at);
  return { version: 1, lanes: lanesOf(packets), events, endsAt: times.at(-1) ?? 0, slowed: slowedFor(times), spacing: 'even' };
}
