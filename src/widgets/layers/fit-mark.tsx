/** How a place answered a card: a sign and a word, never colour alone. */
import type { JSX } from 'preact';
import type { Fit } from './cards/card.ts';

type Look = { readonly word: string; readonly glyph: string };

/** The outline of each sign, in a box of 16 × 16. */
export const FIT_LOOK: Readonly<Record<Fit, Look>> = {
  fits: { word: 'fits', glyph: 'M2 8.500 6.500 13 14 3.500' },
  argued: { word: 'can be argued', glyph: 'M1.500 6.500q3.250-3.500 6.500 0t6.500 0M1.500 11.500q3.250-3.500 6.500 0t6.500 0' },
  misses: { word: 'does not fit', glyph: 'm3 3 10 10M13 3 3 13' },
};

export function FitMark({ fit, withWord = false }: { fit: Fit; withWord?: boolean }): JSX.Element {
  return (
    <span class={`fit is-${fit}`}>
      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
        <path d={FIT_LOOK[fit].glyph} />
      </svg>
      <span class={withWord ? 'fit-word' : 'visually-hidden'}>{FIT_LOOK[fit].word}</span>
    </span>
  );
}
