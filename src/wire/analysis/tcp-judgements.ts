/**
 * How a segment is judged by what was seen before it: small predicates, in the order in which Wireshark asks.
 * Source: Wireshark User’s Guide §7.5, and the behaviour of Wireshark 4.0.
 */
import type { TcpSegment } from '../transport/segment.ts';
import { seqAdd, seqAtMost, seqLess } from '../transport/sequence-number.ts';
import type { TcpMark } from './tcp-marks.ts';

/** A fast retransmission comes less than this long after the acknowledgment that asked for it. */
const FAST_RETRANSMISSION_US = 20_000;
/** RFC 5681 §3.2 waits for three. One fewer is enough here, because a capture may have missed one. */
const FAST_RETRANSMISSION_DUPLICATES = 2;

/** What is remembered of the segments of one direction. Numbers are 0 until one is known, as in Wireshark. */
export type Flow = {
  /** The number that comes next, behind the highest one seen; and when that was. */
  next: number;
  nextUs: number;
  /** The number that comes next, behind those seen without a gap: no acknowledgment ought to lie behind it. */
  gapless: number;
  acknowledged: number;
  acknowledgedUs: number;
  /** As it stands in the header. */
  window: number | undefined;
  /** No ACK has come since its SYN: the window in force is that of the SYN, which is never scaled. */
  isWindowOfSyn: boolean;
  /** How often its last acknowledgment was repeated, and the packet that had it first. */
  duplicates: number;
  firstAckPacket: number;
  /** That bytes of this direction were acknowledged without being captured has been told. */
  hasToldUnseen: boolean;
  lastMarks: ReadonlySet<TcpMark>;
};

export const newFlow = (): Flow => ({
  next: 0,
  nextUs: 0,
  gapless: 0,
  acknowledged: 0,
  acknowledgedUs: 0,
  window: undefined,
  isWindowOfSyn: false,
  duplicates: 0,
  firstAckPacket: 0,
  hasToldUnseen: false,
  lastMarks: new Set(),
});

/** One segment, and what was seen before it in its own direction and in the other one. */
export type Look = Pick<TcpSegment, 'header' | 'length' | 'us'> & {
  readonly isControl: boolean;
  readonly own: Flow;
  readonly other: Flow;
  /** What the windows of the other side are multiplied by; undefined if the capture does not tell. */
  readonly otherScale: number | undefined;
  /** A segment that comes sooner than this after the one that overtook it was overtaken; later, it was sent again. */
  readonly reorderingUs: number;
};

const isNext = ({ header, own }: Look): boolean => header.sequenceNumber === own.next;

/** A bare acknowledgment that repeats the one before. */
const isRepetition = (look: Look): boolean =>
  look.length === 0 && !look.isControl && isNext(look) && look.header.acknowledgmentNumber === look.own.acknowledged;

const isSameWindow = ({ header, own }: Look): boolean => header.window === own.window;

/** The first number behind what the other side has room for. */
function edgeOfWindow({ other, otherScale }: Look): number | undefined {
  if (otherScale === undefined || other.window === undefined) return undefined;
  return seqAdd(other.acknowledged, other.window * (other.isWindowOfSyn ? 1 : otherScale));
}

type Judgement = {
  readonly mark: TcpMark;
  readonly holds: (look: Look) => boolean;
  /** No further one is asked if it holds. */
  readonly settles?: true;
};

/** In the order in which they are asked. Several can hold of one segment. */
const JUDGEMENTS: readonly Judgement[] = [
  { mark: 'zero-window-probe', holds: (look) => look.length === 1 && isNext(look) && look.other.window === 0, settles: true },
  { mark: 'zero-window', holds: ({ header, isControl }) => header.window === 0 && !isControl },
  { mark: 'lost-segment', holds: ({ header, own }) => own.next !== 0 && seqLess(own.next, header.sequenceNumber) && !header.rst },
  {
    mark: 'keep-alive',
    holds: ({ header, length, isControl, own }) => length <= 1 && header.sequenceNumber === seqAdd(own.next, -1) && !isControl,
  },
  { mark: 'window-update', holds: (look) => isRepetition(look) && look.header.window !== 0 && !isSameWindow(look) },
  {
    mark: 'window-full',
    holds: (look) => look.length > 0 && !look.isControl && seqAdd(look.header.sequenceNumber, look.length) === edgeOfWindow(look),
  },
  {
    mark: 'keep-alive-ack',
    holds: (look) => isRepetition(look) && look.header.window !== 0 && isSameWindow(look) && look.other.lastMarks.has('keep-alive'),
    settles: true,
  },
  {
    mark: 'zero-window-probe-ack',
    holds: (look) => isRepetition(look) && look.header.window === 0 && isSameWindow(look) && look.other.lastMarks.has('zero-window-probe'),
    settles: true,
  },
  { mark: 'duplicate-ack', holds: (look) => isRepetition(look) && look.header.window !== 0 && isSameWindow(look) },
];

/** What the segment is by its own direction, its window, and the last segment of the other side. */
export function ownMarks(look: Look): readonly TcpMark[] {
  const marks: TcpMark[] = [];
  for (const { mark, holds, settles } of JUDGEMENTS) {
    if (!holds(look)) continue;
    marks.push(mark);
    if (settles) break;
  }
  return marks;
}

const isSoon = (us: number, sinceUs: number, limitUs: number): boolean => us >= sinceUs && us - sinceUs < limitUs;

/** Whether it begins before the highest byte seen. One that begins a single byte before it, and brings more, follows a probe. */
const isBehind = ({ header, length, own }: Look): boolean =>
  own.next !== 0 && seqLess(header.sequenceNumber, own.next) && !(length > 1 && seqAdd(own.next, -1) === header.sequenceNumber);

/** Whether acknowledgments asked for it just now. Where some were certainly not captured, Wireshark takes it that there were enough. */
const isFast = ({ header, us, other }: Look): boolean =>
  (other.duplicates >= FAST_RETRANSMISSION_DUPLICATES || other.hasToldUnseen) &&
  other.acknowledged === header.sequenceNumber &&
  isSoon(us, other.acknowledgedUs, FAST_RETRANSMISSION_US);

/** Whether it was overtaken on its way, and not sent again. One that ends where the highest one ended is that one again. */
const isOvertaken = ({ header, length, us, own, reorderingUs }: Look): boolean =>
  isSoon(us, own.nextUs, reorderingUs) && own.next !== seqAdd(header.sequenceNumber, length + Number(header.syn || header.fin));

/** Whether a segment that takes up sequence numbers was sent before, and as what it is sent again. */
export function sentAgain(look: Look): TcpMark | undefined {
  const { header, length, other } = look;
  if (length === 0 && !header.syn && !header.fin) return undefined;
  const isAcknowledged = other.acknowledged !== 0 && seqAtMost(seqAdd(header.sequenceNumber, length), other.acknowledged);
  if (length > 0 && isAcknowledged) return 'spurious-retransmission';
  if (!isBehind(look)) return undefined;
  if (isFast(look)) return 'fast-retransmission';
  return isOvertaken(look) ? 'out-of-order' : 'retransmission';
}
