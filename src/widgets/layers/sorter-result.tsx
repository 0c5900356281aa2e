/** How a hand went: what went well, and what is worth a second look. */
import type { JSX, Ref } from 'preact';
import { FitMark } from './fit-mark.tsx';
import { mapOf } from './models.ts';
import type { Look } from './sorter.ts';
import type { SorterState } from './sorter-state.ts';
import { acceptedInWords, counted, listed, placeInWords } from './sorter-words.ts';

function SecondLook({ look: { card, reason, places } }: { look: Look }): JSX.Element {
  return (
    <li>
      <p>
        <FitMark fit={reason.fit} />{' '}
        <strong>
          {card.name} on {listed(places.map(placeInWords))}
        </strong>{' '}
        {reason.why}
      </p>
      <p class="sort-instead">{places.map((place) => acceptedInWords(card, mapOf(place))).join(' ')}</p>
    </li>
  );
}

function Looks({ title, looks }: { title: string; looks: readonly Look[] }): JSX.Element | null {
  if (looks.length === 0) return null;
  return (
    <>
      <p class="label">{title}</p>
      <ul class="sort-looks">
        {looks.map((look) => (
          <SecondLook key={look.reason.why} look={look} />
        ))}
      </ul>
    </>
  );
}

/** `andFocus`: does something, and then moves the focus to what has come of it. */
type Props = {
  readonly state: SorterState;
  readonly heading: Ref<HTMLHeadingElement>;
  readonly andFocus: (act: () => void) => () => void;
};

function Summary({ state, heading, andFocus }: Props): JSX.Element {
  const { counts, well, wellThoughHard, again } = state.outcome.value;
  const names = (cards: typeof well) => listed(cards.map(({ name }) => name));
  return (
    <div class="sort-summary">
      <h4 tabIndex={-1} ref={heading}>
        {counted(state.placed.value.length, 'place', 'places')}: {counted(counts.fits, 'fits', 'fit')}, {counts.argued} can be argued,{' '}
        {counted(counts.misses, 'does not fit', 'do not fit')}
      </h4>
      {well.length > 0 && (
        <p>
          <strong>What went well:</strong> {names(well)}.
        </p>
      )}
      {wellThoughHard.length > 0 && (
        <p>
          {names(wellThoughHard)} {wellThoughHard.length === 1 ? 'is' : 'are'} among the hard ones.
        </p>
      )}
      <div class="sort-buttons">
        {again.length > 0 && (
          <button type="button" class="button is-next" onClick={andFocus(() => state.dealMissed())}>
            Again with the {counted(again.length, 'card', 'cards')} you missed
          </button>
        )}
        <button type="button" class={again.length > 0 ? 'button' : 'button is-next'} onClick={andFocus(() => state.dealFollowing())}>
          Deal {state.following.value?.name}
        </button>
      </div>
    </div>
  );
}

export function SorterResult(props: Props): JSX.Element {
  const { missed, argued } = props.state.outcome.value;
  return (
    <>
      <Summary {...props} />
      {missed.length + argued.length > 0 && (
        <div class="sort-second">
          <Looks title="Worth a second look" looks={missed} />
          <Looks title="Well argued: the argument, and the other answer" looks={argued} />
        </div>
      )}
    </>
  );
}
