/** Time in words, in the unit that suits how much it is slowed. Pure. */
import type { Ms } from '../trace.ts';

export type TimeUnit = { readonly unit: 's' | 'ms' | 'µs'; readonly ms: Ms };

/** From so much slower than it happened on, a run is told in the next smaller unit. */
const IN_MS = 20;
const IN_US = 5_000;

/** The unit for a run that is shown `slowed` times slower than it happened. */
export function unitOf(slowed = 1): TimeUnit {
  if (slowed < IN_MS) return { unit: 's', ms: 1000 };
  return slowed < IN_US ? { unit: 'ms', ms: 1 } : { unit: 'µs', ms: 0.001 };
}

/** A moment: `2.55 s`, `1.20 ms`. */
export function momentText(t: Ms, slowed?: number): string {
  const { unit, ms } = unitOf(slowed);
  return `${(t / ms).toFixed(2)} ${unit}`;
}

/** A stretch of time, in seconds from the first second on: `4.2 s`, `3.1 ms`. */
export function durationText(length: Ms, slowed?: number): string {
  const { unit, ms } = length >= 1000 ? unitOf() : unitOf(slowed);
  return `${(length / ms).toFixed(1)} ${unit}`;
}
