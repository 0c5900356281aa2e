/** The hand of cards and the two maps on which they are put. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Card } from './cards/card.ts';
import { FitMark } from './fit-mark.tsx';
import { MAP_NAMES, type MapId, nameOf, PLACES, type PlaceId } from './models.ts';
import { isPlaced } from './sorter.ts';
import type { SorterState } from './sorter-state.ts';

type CardProps = { readonly state: SorterState; readonly card: Card; readonly name: string };

function CardChoice({ state, card, name }: CardProps): JSX.Element {
  const placed = isPlaced(state.answers.value, card);
  return (
    <label class={placed ? 'sort-card is-placed' : 'sort-card'} draggable onDragStart={() => state.hold(card.id)}>
      <input type="radio" name={name} value={card.id} checked={state.held.value === card} onChange={() => state.hold(card.id)} />
      <span>
        {card.name}
        {placed && <span class="visually-hidden"> (placed)</span>}
      </span>
    </label>
  );
}

export function HandOfCards({ state }: { state: SorterState }): JSX.Element {
  const name = useId();
  const held = state.held.value;
  const cards = state.cards.value;
  const done = cards.filter((card) => isPlaced(state.answers.value, card)).length;
  return (
    <fieldset class="sort-hand">
      <legend class="label">
        Cards: {state.name.value}, {done} of {cards.length} placed
      </legend>
      <div class="sort-cards">
        {cards.map((card) => (
          <CardChoice key={card.id} state={state} card={card} name={name} />
        ))}
      </div>
      {held && (
        <p class="sort-held">
          <strong>{held.name}</strong> <span class="card-kind">{held.kind}</span> {held.does}.
        </p>
      )}
    </fieldset>
  );
}

type PlaceProps = {
  readonly state: SorterState;
  readonly place: (typeof PLACES)[MapId][number];
  readonly isStop: boolean;
  readonly onFocus: () => void;
};

/** A place and the cards on it. All of it is the button's target; the cards stand outside its name. */
function PlaceRow({ state, place, isStop, onFocus }: PlaceProps): JSX.Element {
  const here = state.placed.value.filter((one) => one.place === place.id);
  const said = state.said.value?.place === place.id;
  return (
    <li
      class={`sort-place is-${place.role}${said ? ' is-said' : ''}`}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        state.put(place.id);
      }}
    >
      <button
        type="button"
        data-place={place.id}
        aria-label={`${nameOf(place.id)}: put ${state.held.value?.name} here`}
        tabIndex={isStop ? 0 : -1}
        onFocus={onFocus}
        onClick={() => state.put(place.id)}
      >
        {place.number !== undefined && <b>{place.number}</b>} {place.name}
      </button>
      {here.length > 0 && (
        <ul class="sort-here" aria-label={`On ${place.name}`}>
          {here.map(({ card, reason }) => (
            <li key={card.id} class={`sort-chip is-${reason.fit}`}>
              {card.name} <FitMark fit={reason.fit} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** How far a key moves the focus among `count` places that stand under each other; undefined for another key. */
function moved(key: string, from: number, count: number): number | undefined {
  const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: count - 1 }[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), count - 1);
}

/** One map: a single stop of the Tab key, the arrow keys inside. */
export function MapBoard({ state, map }: { state: SorterState; map: MapId }): JSX.Element {
  const places = PLACES[map];
  const stop = useSignal<PlaceId | undefined>(places[0]?.id);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const from = places.findIndex((place) => place.id === stop.value);
    const to = moved(event.key, from, places.length);
    if (to === undefined) return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-place="${places[to]?.id}"]`)?.focus();
  };
  return (
    <div class={`sort-map is-${map}`}>
      <p class="sort-map-name" id={id}>
        <strong>{MAP_NAMES[map]}</strong> {map === 'osi' ? 'seven layers' : 'four layers'}
      </p>
      <ul class="sort-places" aria-labelledby={id} ref={list} onKeyDown={onKeyDown}>
        {places.map((place) => (
          <PlaceRow
            key={place.id}
            state={state}
            place={place}
            isStop={stop.value === place.id}
            onFocus={() => {
              stop.value = place.id;
            }}
          />
        ))}
      </ul>
    </div>
  );
}
