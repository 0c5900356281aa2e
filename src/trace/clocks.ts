/** Puts two clocks on one axis. Nothing arrives before it was sent, and that alone pins their difference down. Pure. */
import type { Session } from './sessions.ts';

/** Between which values the difference `server clock − page clock` lies, in milliseconds. */
export type OffsetBounds = { readonly low: number; readonly high: number };

/** The bounds that all pairs of a page's sessions give together: one page is one clock. */
export function offsetBounds(sessions: Iterable<Session>): OffsetBounds {
  let low = -Infinity;
  let high = Infinity;
  for (const { packets } of sessions) {
    for (const { direction, createdAt, arrivedAt } of packets) {
      if (arrivedAt === undefined) continue;
      if (direction === 'c2s') high = Math.min(high, arrivedAt - createdAt);
      else low = Math.max(low, createdAt - arrivedAt);
    }
  }
  return { low, high };
}

/**
 * The estimate of the control plane, moved into the bounds: then every arrow points forward by construction. Where clocks
 * have drifted so far that no value fits, the middle is taken, and the drawing keeps arrows from pointing back.
 */
export function clampOffset(estimateMs: number, { low, high }: OffsetBounds): number {
  if (low > high) return (low + high) / 2;
  return Math.min(Math.max(estimateMs, low), high);
}
