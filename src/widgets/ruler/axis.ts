/** The time axis of the ruler, and what of a bar is seen on it. In percent of its width, so that one drawing fits every screen. Pure. */
import { timeText } from './amounts.ts';
import { PARTS, type Packet, type Part } from './played.ts';

export type Span = { readonly fromUs: number; readonly toUs: number };

/** What is narrower than this, in percent, is not seen. */
const LEAST_SEEN = 0.5;
/** So much room is left on each side of a part that fills the view, as a part of its length. */
const ROOM = 0.4;
const ROOM_AT_END = 1.05;
const TICKS = 5;

/** In percent of the width, to a thousandth. */
export const percentAt = ({ fromUs, toUs }: Span, us: number): number => Math.round(((us - fromUs) / (toUs - fromUs)) * 100_000) / 1_000;
const within = (percent: number): number => Math.min(100, Math.max(0, percent));

/** From the moment of handing over to a little behind the longest delay. */
export const wholeSpan = (longestUs: number): Span => ({ fromUs: 0, toUs: longestUs > 0 ? longestUs * ROOM_AT_END : 1 });

/** From when to when a packet is in this part of its way. */
export function partSpan({ parts }: Packet, part: Part): Span | undefined {
  if (!parts || parts[part] === 0) return undefined;
  const fromUs = PARTS.slice(0, PARTS.indexOf(part)).reduce((before, one) => before + parts[one], 0);
  return { fromUs, toUs: fromUs + parts[part] };
}

/** The view in which this part is seen large. */
export function zoomedSpan({ fromUs, toUs }: Span): Span {
  const room = (toUs - fromUs) * ROOM;
  return { fromUs: Math.max(0, fromUs - room), toUs: toUs + room };
}

export type Tick = { readonly at: number; readonly text: string };

/** Round moments, at steps of 1, 2 or 5. */
export function ticksOf(span: Span): readonly Tick[] {
  const rough = (span.toUs - span.fromUs) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => power * times >= rough) ?? 10);
  const first = Math.ceil(span.fromUs / step);
  const count = Math.floor(span.toUs / step) - first + 1;
  return Array.from({ length: count }, (_, nth) => {
    const us = (first + nth) * step;
    return { at: percentAt(span, us), text: us === 0 ? '0' : timeText(us) };
  });
}

export type BarPart = { readonly part: Part; readonly at: number; readonly width: number };
export type Bar = {
  readonly parts: readonly BarPart[];
  /** Whether it begins before the view, or goes on behind it. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
};

/** What of a packet's bar is seen. */
export function barOf(packet: Packet, span: Span): Bar {
  const parts = PARTS.flatMap((part): readonly BarPart[] => {
    const whole = partSpan(packet, part);
    if (!whole) return [];
    const [at, to] = [within(percentAt(span, whole.fromUs)), within(percentAt(span, whole.toUs))];
    return to - at >= LEAST_SEEN ? [{ part, at, width: to - at }] : [];
  });
  return { parts, isCutBefore: span.fromUs > 0, isCutAfter: packet.totalUs > span.toUs };
}

export type Dimension = {
  readonly of: Part | 'whole';
  readonly us: number;
  readonly from: number;
  readonly to: number;
  /** `too-small`: there, but narrower than can be drawn. */
  readonly state: 'drawn' | 'too-small' | 'outside';
  /** Where its figure stands: at one of its ends, or in its middle. */
  readonly anchor: 'start' | 'middle' | 'end';
  readonly textAt: number;
};

/** A figure needs room: near an edge it begins or ends there. */
const NEAR_EDGE = 30;

function dimensionOf(of: Dimension['of'], whole: Span, span: Span): Dimension {
  const [from, to] = [within(percentAt(span, whole.fromUs)), within(percentAt(span, whole.toUs))];
  const isOutside = whole.toUs <= span.fromUs || whole.fromUs >= span.toUs;
  const middle = (from + to) / 2;
  const anchor = middle < NEAR_EDGE ? 'start' : middle > 100 - NEAR_EDGE ? 'end' : 'middle';
  return {
    of,
    us: whole.toUs - whole.fromUs,
    from,
    to,
    state: isOutside ? 'outside' : to - from < LEAST_SEEN ? 'too-small' : 'drawn',
    anchor,
    textAt: { start: from, middle, end: to }[anchor],
  };
}

/** The dimension lines of a packet: its parts, and the whole. None for one that was dropped. */
export function dimensionsOf(packet: Packet, span: Span): readonly Dimension[] {
  if (!packet.parts) return [];
  const parts = PARTS.flatMap((part) => {
    const whole = partSpan(packet, part);
    return whole ? [dimensionOf(part, whole, span)] : [];
  });
  return [...parts, dimensionOf('whole', { fromUs: 0, toUs: packet.totalUs }, span)];
}
