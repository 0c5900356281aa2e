/** The layer sorter: a hand of protocols and devices, two maps, and a reason from every place. */
import { useSignal } from '@preact/signals';
import type { JSX, Ref } from 'preact';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import { FIRST_HAND } from './cards/first-hand.ts';
import { FIT_LOOK, FitMark } from './fit-mark.tsx';
import { MAP_IDS } from './sorter.ts';
import { HandOfCards, MapBoard } from './sorter-board.tsx';
import { SorterResult } from './sorter-result.tsx';
import { type Said, SorterState } from './sorter-state.ts';
import { acceptedInWords, hintFor, placeInWords } from './sorter-words.ts';

function Answer({ said: { card, map, place, reason, counts } }: { said: Said }): JSX.Element {
  return (
    <>
      <p class={`sort-verdict is-${reason.fit}`}>
        <FitMark fit={reason.fit} /> {card.name} on {placeInWords(place)}: {FIT_LOOK[reason.fit].word}.
      </p>
      <p>{reason.why}</p>
      {reason.fit === 'misses' && counts && <p class="sort-instead">{acceptedInWords(card, map)}</p>}
      {!counts && <p class="sort-instead">Your first place on this map counts. This one you only asked.</p>}
    </>
  );
}

function AnswerPanel({ state, onGoOn }: { state: SorterState; onGoOn: () => void }): JSX.Element {
  const said = state.said.value;
  const held = state.held.value;
  const next = state.next.value;
  return (
    <div class="sort-answer">
      <div role="status">
        {said && <Answer said={said} />}
        {held && <p class="sort-hint">{hintFor(held, state.answers.value)}</p>}
      </div>
      {state.isHeldPlaced.value && (
        <button type="button" class="button is-next" onClick={onGoOn}>
          {next ? `Next card: ${next.name}` : 'See how it went'}
        </button>
      )}
    </div>
  );
}

/** What stands where a pressed button was: the result, or the card that is held now. */
function useFocusAfter(state: SorterState): {
  bench: Ref<HTMLFieldSetElement>;
  heading: Ref<HTMLHeadingElement>;
  andFocus: (act: () => void) => () => void;
} {
  const bench = useRef<HTMLFieldSetElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isWanted = useRef(false);
  const isOver = state.isOver.value;
  const held = state.held.value;
  useEffect(() => {
    if (!isWanted.current) return;
    isWanted.current = false;
    if (isOver) heading.current?.focus();
    else bench.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [isOver, held]);
  const andFocus = (act: () => void) => () => {
    isWanted.current = true;
    act();
  };
  return { bench, heading, andFocus };
}

/** Fetches the other hand as soon as a card lies: it is wanted when all do. Without it, the first is dealt again. */
function useSecondHand(state: SorterState): void {
  const hasBegun = state.placed.value.length > 0;
  useEffect(() => {
    if (!hasBegun) return;
    import('./cards/second-hand.ts').then(
      ({ SECOND_HAND }) => state.add(SECOND_HAND),
      () => undefined,
    );
  }, [state, hasBegun]);
}

export function LayerSorter(): JSX.Element {
  const state = useMemo(() => new SorterState([FIRST_HAND]), []);
  const ready = useSignal(false);
  const id = useId();
  const { bench, heading, andFocus } = useFocusAfter(state);
  useSecondHand(state);
  useEffect(() => {
    ready.value = true;
  }, [ready]);
  return (
    <section class="sorter" aria-labelledby={id}>
      <div class="sort-head">
        <h3 id={id}>Layer sorter</h3>
        <p>Choose a card, then its place on each map. Every place answers, and for some cards more than one is right.</p>
      </div>
      <p class="without-script sort-none">
        Sorting needs JavaScript. Without it, the list below has all cards, their places and the reasons.
      </p>
      {/* Until the page is awake, nothing here would answer. */}
      <fieldset class="sort-bench needs-script" disabled={!ready.value} ref={bench}>
        <legend class="visually-hidden">Cards and maps</legend>
        <HandOfCards state={state} />
        <div class="sort-maps">
          {MAP_IDS.map((map) => (
            <MapBoard key={map} state={state} map={map} />
          ))}
        </div>
        {state.isOver.value ? (
          <SorterResult state={state} heading={heading} andFocus={andFocus} />
        ) : (
          <AnswerPanel state={state} onGoOn={andFocus(() => state.goOn())} />
        )}
      </fieldset>
    </section>
  );
}
