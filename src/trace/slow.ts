/** How much slower than it happened a thing is shown, so that it can be followed by eye. */
import type { Ms } from './trace.ts';

const MOST_SLOWED = 1_000_000;

/** 1, 2, 5, 10, 20, 50 …: the largest that is not above `value`. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([5, 2].find((step) => step * power <= value) ?? 1) * power;
}

/** How many times slower what took `took` is shown, so that it lasts about `shown`: a round number from 1 to a million. */
export const timesSlower = (took: Ms, shown: Ms): number => Math.max(1, roundDown(Math.min(MOST_SLOWED, shown / took)));
