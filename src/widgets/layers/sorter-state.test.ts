import { describe, expect, it } from 'vitest';
import type { Card } from './cards/card.ts';
import { HANDS } from './cards/hands.ts';
import { OSI, PLACES, type PlaceId, TCP_IP } from './models.ts';
import { acceptedOn, MAP_IDS, nextAfter, outcomeOf, reasonFor } from './sorter.ts';
import { SorterState } from './sorter-state.ts';
import { acceptedInWords, hintFor, listed, placeInWords } from './sorter-words.ts';

const CARDS = HANDS.flatMap(({ cards }) => cards);
const ALL_PLACES: readonly PlaceId[] = [...OSI, ...TCP_IP].map(({ id }) => id);
const cardNamed = (name: string): Card => {
  const card = CARDS.find((one) => one.name === name);
  if (!card) throw new Error(`no card ${name}`);
  return card;
};
const fitOf = (name: string, place: PlaceId) => reasonFor(cardNamed(name), place).fit;

describe('the cards', () => {
  it.each(CARDS)('$name has one answer for each of the eleven places', ({ reasons }) => {
    expect(reasons.flatMap(({ at }) => at).toSorted()).toEqual(ALL_PLACES.toSorted());
  });

  it.each(CARDS)('$name is accepted somewhere on both maps, and not everywhere', (card) => {
    for (const map of MAP_IDS) {
      const { fits, argued } = acceptedOn(card, map);
      expect(fits.length + argued.length).toBeGreaterThan(0);
      expect(fits.length + argued.length).toBeLessThan(PLACES[map].length);
    }
  });

  it.each(CARDS)('$name gives a reason of its own for each answer, short enough to be read at once', ({ reasons }) => {
    const texts = reasons.map(({ why }) => why);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(230);
  });

  it('are dealt in hands of eight to twelve, each card once', () => {
    for (const { cards } of HANDS) {
      expect(cards.length).toBeGreaterThanOrEqual(8);
      expect(cards.length).toBeLessThanOrEqual(12);
    }
    expect(new Set(CARDS.map(({ id }) => id)).size).toBe(CARDS.length);
  });

  it('have sources, each with an address', () => {
    for (const { sources } of CARDS) expect(sources.every(({ url }) => url.startsWith('https://'))).toBe(sources.length > 0);
  });
});

describe('where they belong', () => {
  it.each([
    ['TLS', 'application', 'fits'],
    ['TLS', 'transport', 'argued'],
    ['TLS', 'osi-6', 'argued'],
    ['TLS', 'osi-7', 'misses'],
    ['WebSocket', 'application', 'fits'],
    ['WebSocket', 'transport', 'misses'],
    ['WebSocket', 'osi-5', 'argued'],
    ['ARP', 'link', 'fits'],
    ['ARP', 'internet', 'argued'],
    ['QUIC', 'transport', 'fits'],
    ['QUIC', 'application', 'argued'],
    ['ICMP', 'internet', 'fits'],
    ['ICMP', 'transport', 'argued'],
    ['DNS', 'application', 'fits'],
    ['DNS', 'internet', 'misses'],
    ['NAT', 'internet', 'fits'],
    ['NAT', 'transport', 'fits'],
    ['HTTP proxy', 'osi-7', 'fits'],
    ['HTTP proxy', 'internet', 'misses'],
    ['Switch', 'link', 'fits'],
    ['Router', 'internet', 'fits'],
    ['Network cable', 'link', 'argued'],
  ] as const)('%s on %s: %s', (name, place, fit) => {
    expect(fitOf(name, place)).toBe(fit);
  });

  it('TLS fits nowhere on OSI’s map: there are only arguments', () => {
    expect(acceptedOn(cardNamed('TLS'), 'osi')).toEqual({ fits: [], argued: ['osi-6', 'osi-5', 'osi-4'] });
  });

  it('in the first hand nothing fits on 5 or 6: their work is done elsewhere', () => {
    const atHome = HANDS[0].cards.filter((card) => (['osi-5', 'osi-6'] as const).some((place) => reasonFor(card, place).fit === 'fits'));
    expect(atHome).toEqual([]);
  });
});

const FIRST = HANDS[0].cards;
/** Puts every card of the hand where it is accepted, but for those that are named. */
function play(state: SorterState, elsewhere: Partial<Record<string, readonly PlaceId[]>> = {}): void {
  for (const card of state.cards.value) {
    state.hold(card.id);
    const right = MAP_IDS.flatMap((map) => {
      const { fits, argued } = acceptedOn(card, map);
      return [...fits, ...argued].slice(0, 1);
    });
    for (const place of elsewhere[card.name] ?? right) state.put(place);
  }
}

describe('a hand', () => {
  it('begins with its first card held and nothing said', () => {
    const state = new SorterState(HANDS);
    expect([state.held.value?.name, state.said.value, state.placed.value, state.isOver.value]).toEqual(['TCP', undefined, [], false]);
  });

  it('answers each place with its own reason, and counts the first on each map', () => {
    const state = new SorterState(HANDS);
    state.put('internet');
    expect(state.said.value).toMatchObject({ map: 'tcp-ip', place: 'internet', counts: true, reason: { fit: 'misses' } });
    state.put('transport');
    expect(state.said.value).toMatchObject({ place: 'transport', counts: false, reason: { fit: 'fits' } });
    expect(state.placed.value.map(({ place }) => place)).toEqual(['internet']);
    expect(state.isHeldPlaced.value).toBe(false);
    state.put('osi-4');
    expect(state.isHeldPlaced.value).toBe(true);
  });

  it('goes on to the next card without a place, round the end, and is over when there is none', () => {
    const state = new SorterState(HANDS);
    const last = FIRST.at(-1)?.id ?? '';
    state.hold(last);
    state.put('transport');
    state.put('osi-4');
    state.goOn();
    expect(state.held.value?.name).toBe('TCP');
    expect(state.said.value).toBeUndefined();
    play(state);
    expect(state.isOver.value).toBe(false);
    state.goOn();
    expect(state.isOver.value).toBe(true);
    state.put('link');
    expect(state.said.value?.place).not.toBe('link');
  });

  it('says what went well, what was argued, and what is worth a second look', () => {
    const state = new SorterState(HANDS);
    play(state, { WebSocket: ['osi-4', 'transport'], ARP: ['osi-3', 'internet'], TCP: ['osi-4', 'link'] });
    const { counts, well, wellThoughHard, missed, argued, again } = state.outcome.value;
    /* TLS has an argument on OSI, and no more. */
    expect(counts).toEqual({ fits: 2 * FIRST.length - 3 - 2 - 1, argued: 3, misses: 3 });
    expect(well.map(({ name }) => name)).toEqual(FIRST.map(({ name }) => name).filter((name) => name !== 'WebSocket' && name !== 'TCP'));
    expect(wellThoughHard.map(({ name }) => name)).toEqual(['ARP', 'TLS', 'QUIC']);
    /* The same reason on both maps is told once. */
    expect(missed.map(({ card, places }) => `${card.name} on ${places}`)).toEqual(['TCP on link', 'WebSocket on osi-4,transport']);
    expect(argued.map(({ card, places }) => `${card.name} on ${places}`)).toEqual(['ARP on osi-3,internet', 'TLS on osi-6']);
    expect(again.map(({ name }) => name)).toEqual(['TCP', 'WebSocket']);
  });

  it('is dealt again with what was missed, and then the second comes, and the first again', () => {
    const state = new SorterState(HANDS);
    play(state, { ARP: ['osi-1', 'link'] });
    state.goOn();
    state.dealMissed();
    expect([state.cards.value.map(({ name }) => name), state.name.value, state.isOver.value]).toEqual([
      ['ARP'],
      'the ones you missed',
      false,
    ]);
    expect(state.placed.value).toEqual([]);
    state.dealFollowing();
    expect(state.name.value).toBe('the second hand');
    state.dealFollowing();
    expect(state.cards.value).toEqual(FIRST);
  });
});

describe('the bare rules', () => {
  it('of a hand that has not begun: nothing is well and nothing is missed', () => {
    expect(outcomeOf(FIRST, new Map())).toMatchObject({ well: [], missed: [], again: [], counts: { fits: 0, argued: 0, misses: 0 } });
  });

  it('find no next card when all are placed', () => {
    const state = new SorterState(HANDS);
    play(state);
    expect(nextAfter(state.cards.value, state.answers.value, FIRST[0]?.id ?? '')).toBeUndefined();
  });

  it('refuse a card that is silent about a place', () => {
    expect(() => reasonFor({ ...cardNamed('TCP'), reasons: [] }, 'link')).toThrow('The card tcp says nothing about link.');
  });
});

describe('the words', () => {
  it('name every place that accepts a card, and say so when none quite does', () => {
    expect(acceptedInWords(cardNamed('ARP'), 'osi')).toBe('On OSI it fits on 2 Data link, and can be argued on 3 Network.');
    expect(acceptedInWords(cardNamed('TCP'), 'tcp-ip')).toBe('On TCP/IP it fits on Transport.');
    expect(acceptedInWords(cardNamed('NAT'), 'osi')).toBe('On OSI it fits on 4 Transport and 3 Network.');
    expect(acceptedInWords(cardNamed('TLS'), 'osi')).toBe(
      'On OSI it fits nowhere quite, and can be argued on 6 Presentation, 5 Session and 4 Transport.',
    );
    expect([placeInWords('osi-4'), placeInWords('link'), listed(['a'])]).toEqual(['4 Transport (OSI)', 'Link (TCP/IP)', 'a']);
  });

  it('say what is still to be done', () => {
    const tcp = cardNamed('TCP');
    const onOsi = new Map([['tcp', { osi: 'osi-4' as const }]]);
    expect(hintFor(tcp, new Map())).toBe('Where does TCP belong? Choose its place on each of the two maps.');
    expect(hintFor(tcp, onOsi)).toBe('Now its place on TCP/IP.');
    expect(hintFor(tcp, new Map([['tcp', { osi: 'osi-4', 'tcp-ip': 'transport' }]]))).toBe('You may ask other places, too.');
  });
});
