/** The sentences of the sorter. Pure. */
import type { Card } from './cards/card.ts';
import { MAP_NAMES, type MapId, mapOf, nameOf, type PlaceId } from './models.ts';
import { type Answers, acceptedOn, MAP_IDS } from './sorter.ts';

const LIST = new Intl.ListFormat('en-GB');

/** "ARP, TLS and QUIC". */
export const listed = (names: readonly string[]): string => LIST.format(names);

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** A place with its map: "4 Transport (OSI)". */
export const placeInWords = (place: PlaceId): string => `${nameOf(place)} (${MAP_NAMES[mapOf(place)]})`;

/** Where a card may lie on a map: "On OSI it fits on 2 Data link, and can be argued on 3 Network." */
export function acceptedInWords(card: Card, map: MapId): string {
  const { fits, argued } = acceptedOn(card, map);
  const fit = fits.length > 0 ? `fits on ${listed(fits.map(nameOf))}` : 'fits nowhere quite';
  const argument = argued.length > 0 ? `, and can be argued on ${listed(argued.map(nameOf))}` : '';
  return `On ${MAP_NAMES[map]} it ${fit}${argument}.`;
}

/** What is still to be done with the held card. */
export function hintFor(card: Card, answers: Answers): string {
  const open = MAP_IDS.filter((map) => answers.get(card.id)?.[map] === undefined);
  const [first] = open;
  if (first === undefined) return 'You may ask other places, too.';
  return open.length === 1
    ? `Now its place on ${MAP_NAMES[first]}.`
    : `Where does ${card.name} belong? Choose its place on each of the two maps.`;
}
