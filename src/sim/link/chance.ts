/** What may befall a frame on a link, by chance or by plan. */
import type { Random } from '../kernel/random.ts';

/** A frame that is about to leave on a wire. */
export type Leaving = {
  /** From 1, in the order in which frames were put on this wire in this direction. */
  readonly nth: number;
  /** The whole frame. */
  readonly bytes: Uint8Array;
  readonly atUs: number;
};

/** Which frames something befalls: each that any of the three names. */
export type Chance = {
  /** 0 to 1: the share that it befalls, each by a throw of its own. */
  readonly ratio?: number;
  /** These, counted from 1. */
  readonly nth?: readonly number[];
  readonly when?: (frame: Leaving) => boolean;
};

/** Whether it befalls this frame. Throws once for each frame, whatever else is planned, so that a plan shifts no chance. */
export function befalls(chance: Chance | undefined, frame: Leaving, random: Random): boolean {
  if (!chance) return false;
  const isThrown = random.ratio() < (chance.ratio ?? 0);
  return isThrown || (chance.nth?.includes(frame.nth) ?? false) || (chance.when?.(frame) ?? false);
}
