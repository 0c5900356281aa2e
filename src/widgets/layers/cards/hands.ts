import type { Hand } from './card.ts';
import { FIRST_HAND } from './first-hand.ts';
import { SECOND_HAND } from './second-hand.ts';

/** What is dealt, in this order: nothing is left to chance, so that two people can compare. */
export const HANDS: readonly [Hand, ...Hand[]] = [FIRST_HAND, SECOND_HAND];
