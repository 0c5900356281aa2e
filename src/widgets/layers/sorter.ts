/** What a place says to a card, and how a hand went. Pure. */
import type { Card, Fit, Reason } from './cards/card.ts';
import { type MapId, mapOf, PLACES, type PlaceId } from './models.ts';

/** The first place that a card was given on each map: only that counts. */
export type Answers = ReadonlyMap<string, Readonly<Partial<Record<MapId, PlaceId>>>>;

export const MAP_IDS: readonly MapId[] = ['osi', 'tcp-ip'];

/** What this place says to this card. Throws for a card that is silent about a place: the data is ours, and a test holds it. */
export function reasonFor(card: Card, place: PlaceId): Reason {
  const reason = card.reasons.find(({ at }) => at.includes(place));
  if (!reason) throw new Error(`The card ${card.id} says nothing about ${place}.`);
  return reason;
}

export type Accepted = { readonly fits: readonly PlaceId[]; readonly argued: readonly PlaceId[] };

/** Where a card may lie on a map, from the top down. */
export function acceptedOn(card: Card, map: MapId): Accepted {
  const places = (fit: Fit) => PLACES[map].flatMap(({ id }) => (reasonFor(card, id).fit === fit ? [id] : []));
  return { fits: places('fits'), argued: places('argued') };
}

/** Notes a place; a second place on the same map changes nothing. */
export function answered(before: Answers, card: Card, place: PlaceId): Answers {
  const map = mapOf(place);
  const given = before.get(card.id) ?? {};
  return given[map] === undefined ? new Map(before).set(card.id, { ...given, [map]: place }) : before;
}

export const isPlaced = (answers: Answers, { id }: Card): boolean => MAP_IDS.every((map) => answers.get(id)?.[map] !== undefined);

/** The next card that lacks a place, after this one and then from the beginning; undefined when all are placed. */
export function nextAfter(cards: readonly Card[], answers: Answers, id: string): Card | undefined {
  const from = cards.findIndex((card) => card.id === id) + 1;
  return [...cards.slice(from), ...cards.slice(0, from)].find((card) => !isPlaced(answers, card));
}

export type Placed = { readonly card: Card; readonly map: MapId; readonly place: PlaceId; readonly reason: Reason };

/** Every first answer, in the order of the cards. */
export function placedOf(cards: readonly Card[], answers: Answers): readonly Placed[] {
  return cards.flatMap((card) =>
    MAP_IDS.flatMap((map) => {
      const place = answers.get(card.id)?.[map];
      return place === undefined ? [] : [{ card, map, place, reason: reasonFor(card, place) }];
    }),
  );
}

/** Answers of one card that were given for one and the same reason: the same mistake on both maps is one. */
export type Look = { readonly card: Card; readonly reason: Reason; readonly places: readonly PlaceId[] };

function looksOf(placed: readonly Placed[]): readonly Look[] {
  const byReason = new Map<Reason, Look>();
  for (const { card, reason, place } of placed)
    byReason.set(reason, { card, reason, places: [...(byReason.get(reason)?.places ?? []), place] });
  return [...byReason.values()];
}

export type Outcome = {
  readonly counts: Readonly<Record<Fit, number>>;
  /** Cards without a miss. */
  readonly well: readonly Card[];
  /** Of those, the hard ones: worth saying so. */
  readonly wellThoughHard: readonly Card[];
  /** What is worth a second look. */
  readonly missed: readonly Look[];
  readonly argued: readonly Look[];
  /** Cards to be dealt again. */
  readonly again: readonly Card[];
};

/** How a hand went. */
export function outcomeOf(cards: readonly Card[], answers: Answers): Outcome {
  const placed = placedOf(cards, answers);
  const having = (fit: Fit) => placed.filter(({ reason }) => reason.fit === fit);
  const isMissed = (card: Card) => having('misses').some((one) => one.card === card);
  const well = cards.filter((card) => isPlaced(answers, card) && !isMissed(card));
  return {
    counts: { fits: having('fits').length, argued: having('argued').length, misses: having('misses').length },
    well,
    wellThoughHard: well.filter(({ isHard }) => isHard),
    missed: looksOf(having('misses')),
    argued: looksOf(having('argued')),
    again: cards.filter(isMissed),
  };
}
