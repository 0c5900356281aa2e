/** The text twin of the sorter: every card, where it may lie, and every reason. Needs no script. */
import type { JSX } from 'preact';
import type { Card } from './cards/card.ts';
import { HANDS } from './cards/hands.ts';
import { FitMark } from './fit-mark.tsx';
import { MAP_NAMES, mapOf, nameOf, type PlaceId } from './models.ts';
import { MAP_IDS } from './sorter.ts';

/** "OSI 4 Transport; TCP/IP Transport". */
const placesInWords = (places: readonly PlaceId[]): string =>
  MAP_IDS.flatMap((map) => {
    const here = places.filter((place) => mapOf(place) === map);
    return here.length > 0 ? [`${MAP_NAMES[map]}: ${here.map(nameOf).join(', ')}`] : [];
  }).join('; ');

function CardEntry({ card }: { card: Card }): JSX.Element {
  return (
    <details class="card-entry">
      <summary>
        <strong>{card.name}</strong> <span class="card-kind">{card.kind}</span> {card.does}
      </summary>
      <ul>
        {card.reasons.map(({ at, fit, why }) => (
          <li key={why}>
            <FitMark fit={fit} withWord /> <b>{placesInWords(at)}.</b> {why}
          </li>
        ))}
      </ul>
      <p class="card-sources">
        Sources:{' '}
        {card.sources.map(({ label, url }, index) => (
          <span key={url}>
            {index > 0 && ', '}
            <a href={url}>{label}</a>
          </span>
        ))}
      </p>
    </details>
  );
}

export function CardList(): JSX.Element {
  return (
    <details class="twin card-list">
      <summary>All cards, their places and the reasons (it gives the answers away)</summary>
      {HANDS.map(({ id, name, cards }) => (
        <section key={id} aria-label={`Cards of ${name}`}>
          <p class="label">{name}</p>
          {cards.map((card) => (
            <CardEntry key={card.id} card={card} />
          ))}
        </section>
      ))}
    </details>
  );
}
