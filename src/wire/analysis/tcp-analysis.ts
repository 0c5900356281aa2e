/**
 * What went wrong on the TCP connections of a capture, or looks like it, segment after segment, as Wireshark tells it.
 * A capture shows packets, not reasons: each mark is a judgement from what was seen before, in both directions.
 * Source: Wireshark User’s Guide §7.5, and the behaviour of Wireshark 4.0.
 */
import { Connections, type PlacedSegment, type TcpConnection, type TcpSide } from '../transport/connections.ts';
import type { TcpSegment } from '../transport/segment.ts';
import { seqAdd, seqLess } from '../transport/sequence-number.ts';
import { type Flow, type Look, newFlow, ownMarks, sentAgain } from './tcp-judgements.ts';
import type { TcpMark } from './tcp-marks.ts';

/** A segment that comes this soon after the one that overtook it was overtaken, if no handshake told the round trip. */
const DEFAULT_REORDERING_US = 3000;

type Watch = {
  readonly client: Flow;
  readonly server: Flow;
  /** When the last SYN of the opener was seen. */
  synUs: number | undefined;
  /** How long the handshake took; 0 until it is known. */
  roundTripUs: number;
};

/** What a segment means in the light of what came before it. */
export type AnalysedSegment = PlacedSegment & {
  readonly marks: ReadonlySet<TcpMark>;
  /** The packet whose acknowledgment it repeats, and which repetition of it this is, from 1. Wireshark: `tcp.analysis.duplicate_ack_num`, `…_frame`. */
  readonly duplicateOf?: { readonly packet: number; readonly nth: number };
};

const scaleOf = ({ windowScale }: TcpSide): number | undefined => {
  if (windowScale === 'unknown') return undefined;
  return windowScale === 'unused' ? 1 : windowScale;
};

function lookAt(segment: TcpSegment, { connection, isFromClient }: PlacedSegment, watch: Watch): Look {
  const { header, length, us } = segment;
  const isControl = header.syn || header.fin || header.rst;
  const [own, other] = isFromClient ? [watch.client, watch.server] : [watch.server, watch.client];
  const otherScale = scaleOf(isFromClient ? connection.server : connection.client);
  const reorderingUs = watch.roundTripUs || DEFAULT_REORDERING_US;
  return { header, length, us, isControl, own, other, otherScale, reorderingUs };
}

/** Whether the acknowledgment covers bytes that were never seen. Those that nothing follows are told once, until the other side acknowledges something. */
function isUnseenAcknowledged({ header, other }: Look): boolean {
  if (!header.ack || other.gapless === 0 || !seqLess(other.gapless, header.acknowledgmentNumber)) return false;
  if (seqLess(other.gapless, other.next)) {
    other.gapless = other.next;
    return true;
  }
  const isNews = other.duplicates === 0 && !other.hasToldUnseen;
  other.duplicates = 0;
  other.hasToldUnseen = true;
  return isNews;
}

/** Counts a repeated acknowledgment, or begins to count anew. */
function countDuplicates({ header, own }: Look, packet: number, marks: ReadonlySet<TcpMark>): void {
  if (marks.has('duplicate-ack')) {
    own.duplicates += 1;
    own.hasToldUnseen = false;
  }
  if (header.acknowledgmentNumber === own.acknowledged) return;
  own.firstAckPacket = packet;
  own.duplicates = 0;
  own.hasToldUnseen = false;
}

/** What the segment leaves to be remembered of its direction. */
function remember({ header, length, us, own }: Look, marks: ReadonlySet<TcpMark>): void {
  const next = seqAdd(header.sequenceNumber, length + Number(header.syn || header.fin));
  // The byte of a probe does not count as sent: the receiver had no room for it.
  if (!marks.has('zero-window-probe')) {
    if (own.next === 0 || seqLess(own.next, next)) {
      own.next = next;
      own.nextUs = us;
    }
    if (own.gapless === 0 || own.gapless === header.sequenceNumber) own.gapless = own.next;
  }
  own.window = header.window;
  own.acknowledged = header.acknowledgmentNumber;
  own.acknowledgedUs = us;
  own.lastMarks = marks;
}

/** The handshake: which window is in force, and how long the round trip takes. */
function followHandshake({ header: { syn, ack }, us, own }: Look, watch: Watch): void {
  if (syn) own.isWindowOfSyn = true;
  else if (ack) own.isWindowOfSyn = false;
  if (syn && !ack) watch.synUs = us;
  if (!syn && ack && watch.synUs !== undefined) watch.roundTripUs ||= us - watch.synUs;
}

/** Judges the segments of a capture one after the other, in the order of the capture. Its memory grows with connections, not with packets. */
export class TcpAnalysis {
  readonly #connections = new Connections();
  readonly #watches: Watch[] = [];

  /** All connections so far. */
  get connections(): readonly TcpConnection[] {
    return this.#connections.all;
  }

  #watch({ index }: TcpConnection): Watch {
    const watch = this.#watches[index] ?? { client: newFlow(), server: newFlow(), synUs: undefined, roundTripUs: 0 };
    this.#watches[index] = watch;
    return watch;
  }

  push(segment: TcpSegment): AnalysedSegment {
    const place = this.#connections.push(segment);
    const watch = this.#watch(place.connection);
    const look = lookAt(segment, place, watch);
    // A RST may bear a number that nobody sent, which would count as the highest one: a repeated SYN takes that back.
    if (segment.header.syn && !segment.header.ack && !place.isReused) look.own.next = look.own.gapless;
    const marks = new Set<TcpMark>(place.isReused ? ['reused-ports'] : []);
    for (const mark of ownMarks(look)) marks.add(mark);
    countDuplicates(look, segment.packet, marks);
    if (isUnseenAcknowledged(look)) marks.add('ack-lost-segment');
    const again = marks.has('keep-alive') ? undefined : sentAgain(look);
    if (again) marks.add(again);
    const duplicateOf = { packet: look.own.firstAckPacket, nth: look.own.duplicates };
    remember(look, marks);
    followHandshake(look, watch);
    return { ...place, marks, ...(marks.has('duplicate-ack') && { duplicateOf }) };
  }
}
