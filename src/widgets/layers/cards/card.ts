/** A card of the sorter, and what every place of both maps says to it. */
import type { PlaceId, Source } from '../models.ts';

/** `argued`: people argue for it, and the argument is good. It counts as accepted. */
export type Fit = 'fits' | 'argued' | 'misses';

export type Reason = {
  /** Places that give the same answer for the same reason. */
  readonly at: readonly PlaceId[];
  readonly fit: Fit;
  readonly why: string;
};

export type Card = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'protocol' | 'device' | 'format' | 'function';
  /** What it does, in a few words that follow its name and kind. */
  readonly does: string;
  /** People argue about it, or get it wrong: what carries it leads one way, what it is for leads another. */
  readonly isHard?: true;
  /** Every place of both maps stands in exactly one of them. */
  readonly reasons: readonly Reason[];
  readonly sources: readonly Source[];
};

export type Hand = { readonly id: string; readonly name: string; readonly cards: readonly Card[] };
