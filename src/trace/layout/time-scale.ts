/** Time runs down the drawing; long quiet stretches are folded, and say so. Pure. */
import type { Ms } from '../trace.ts';

/** Vertical units a second. */
export const UNITS_PER_SECOND = 92;
/** A stretch in which nothing happens is drawn no longer than this, ms. */
export const QUIET_MS = 1_200;

export type Fold = { readonly from: Ms; readonly to: Ms; readonly y: number };

export type TimeScale = {
  readonly top: number;
  y(t: Ms): number;
  /** Whether a moment lies in the part of a quiet stretch that was left out. */
  isFolded(t: Ms): boolean;
  readonly folds: readonly Fold[];
};

/** A stretch between two moments at which something happens. `shift`: how much time was left out before it, ms. */
type Stretch = { readonly from: Ms; readonly to: Ms; readonly shift: Ms };

/** Moments in order, with how much is left out before each. What comes later never moves what came before. */
function stretchesOf(moments: readonly Ms[], quietMs: Ms): readonly Stretch[] {
  const sorted = [...new Set([0, ...moments.filter((t) => t >= 0)])].sort((a, b) => a - b);
  let shift = 0;
  return sorted.map((from, index) => {
    const to = sorted[index + 1] ?? Number.POSITIVE_INFINITY;
    const stretch = { from, to, shift };
    shift += Math.max(0, to - from - quietMs);
    return stretch;
  });
}

/** By halves: a drawing asks for every end of every arrow. */
function stretchAt(stretches: readonly Stretch[], t: Ms): Stretch {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.from ?? 0) <= t) low = middle;
    else high = middle - 1;
  }
  return stretches[low] ?? { from: 0, to: Number.POSITIVE_INFINITY, shift: 0 };
}

/**
 * A scale for a trace in which something happens at `moments` (ms). A quiet stretch longer than `QUIET_MS` keeps its first
 * and its last part; the middle is left out. While the last stretch still grows, it stops growing at that length.
 * `zoom`: how much larger than usual time is drawn, and how much shorter a quiet stretch may be.
 */
export function timeScale(moments: readonly Ms[], top: number, zoom = 1): TimeScale {
  const quietMs = QUIET_MS / zoom;
  const stretches = stretchesOf(moments, quietMs);
  const half = quietMs / 2;
  const units = (ms: Ms): number => (ms / 1000) * UNITS_PER_SECOND * zoom;
  const drawn = (t: Ms): Ms => {
    const { from, to, shift } = stretchAt(stretches, t);
    if (to - from <= quietMs) return t - shift;
    if (t - from <= half || to === Number.POSITIVE_INFINITY) return from - shift + Math.min(t - from, quietMs);
    return from - shift + (to - t <= half ? quietMs - (to - t) : half);
  };
  const y = (t: Ms): number => top + units(drawn(Math.max(0, t)));
  const isFolded = (t: Ms): boolean => {
    const { from, to } = stretchAt(stretches, t);
    return to - from > quietMs && to !== Number.POSITIVE_INFINITY && t - from > half && to - t > half;
  };
  const folds = stretches
    .filter(({ from, to }) => to !== Number.POSITIVE_INFINITY && to - from > quietMs)
    .map(({ from, to }) => ({ from: from + half, to: to - half, y: y(from + half) }));
  return { top, y, isFolded, folds };
}

/** From one moment to the next, where they stand at even distances; on a narrow drawing notes are elsewhere, so less will do. */
const EVEN_UNITS = { wide: 38, narrow: 30 };

/** A scale on which every moment (ms) stands at the same distance from the next, whatever time lies between. */
export function evenScale(moments: readonly Ms[], top: number, narrow: boolean): TimeScale {
  const sorted = [...new Set([0, ...moments.filter((t) => t >= 0)])].sort((a, b) => a - b);
  const step = narrow ? EVEN_UNITS.narrow : EVEN_UNITS.wide;
  const y = (t: Ms): number => {
    const index = Math.max(
      0,
      sorted.findLastIndex((moment) => moment <= t),
    );
    const [from = 0, to = from] = sorted.slice(index, index + 2);
    const part = to > from ? (t - from) / (to - from) : 0;
    return top + (index + Math.min(1, part)) * step;
  };
  return { top, y, isFolded: () => false, folds: [] };
}
