/** Texts to begin with. */
import { LONGEST_TEXT } from './plan.ts';

const SENTENCE = 'A message does not travel as one thing: it is cut, and every piece finds its own way. Some may never arrive.';
const LINE = 'The bytes of a long text say nothing new, but they do fill packets. ';

/** The same line again and again, of exactly so many bytes. */
const filled = (bytes: number): string => LINE.repeat(Math.ceil(bytes / LINE.length)).slice(0, bytes);

export type Sample = { readonly id: 'sentence' | 'page' | 'longest'; readonly label: string; readonly text: string };

/** With its headers the second makes a datagram of 4,020 bytes, which Ethernet takes in three. */
export const SAMPLES: readonly Sample[] = [
  { id: 'sentence', label: 'A sentence', text: SENTENCE },
  { id: 'page', label: 'Two pages, 3,992 bytes', text: filled(3_992) },
  { id: 'longest', label: 'The longest, 65,507 bytes', text: filled(LONGEST_TEXT) },
];

export const FIRST_TEXT = SENTENCE;
