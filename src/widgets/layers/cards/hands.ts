import type { Hand } from './card.ts';
import { FIRST_HAND } from './first-hand.ts';
import { SECOND_HAND } from './second-hand.ts';

/** What is dealt, in this order: nothing is left to chance, so that two people can compare. */
export const HANDS: readonly [Hand, ...Hand[]] = [
  { id: 'first', name: 'the first hand', cards: FIRST_HAND },
  { id: 'second', name: 'the second hand', cards: SECOND_HAND },
];
