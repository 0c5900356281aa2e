/** A hand of cards on two maps: which card is held, where the others lie, what was said last. Knows no DOM. */
import { computed, signal } from '@preact/signals';
import type { Card, Hand } from './cards/card.ts';
import { mapOf, type PlaceId } from './models.ts';
import { type Answers, answered, isPlaced, nextAfter, outcomeOf, type Placed, placedOf, reasonFor } from './sorter.ts';

/** What the last place said. `counts`: it was the card's first place on that map. */
export type Said = Placed & { readonly counts: boolean };

export class SorterState {
  readonly cards = signal<readonly Card[]>([]);
  /** What is dealt, in words: "the first hand". */
  readonly name = signal('');
  readonly held = computed(() => this.cards.value.find(({ id }) => id === this.#heldId.value) ?? this.cards.value[0]);
  readonly answers = signal<Answers>(new Map());
  readonly said = signal<Said | undefined>(undefined);
  /** The learner has asked how it went. */
  readonly isOver = signal(false);

  readonly placed = computed(() => placedOf(this.cards.value, this.answers.value));
  readonly isHeldPlaced = computed(() => this.held.value !== undefined && isPlaced(this.answers.value, this.held.value));
  readonly next = computed(() => nextAfter(this.cards.value, this.answers.value, this.held.value?.id ?? ''));
  readonly outcome = computed(() => outcomeOf(this.cards.value, this.answers.value));

  readonly #hands;
  readonly #handIndex = signal(0);
  readonly #heldId = signal('');
  /** The hand that comes after this one; after the last, the first. */
  readonly following = computed(() => this.#hands.value[(this.#handIndex.value + 1) % this.#hands.value.length]);

  constructor(hands: readonly [Hand, ...Hand[]]) {
    this.#hands = signal<readonly Hand[]>(hands);
    this.#deal(hands[0].cards, hands[0].name);
  }

  /** Lays one more hand under the others, once it is there. */
  add(hand: Hand): void {
    if (this.#hands.value.every(({ id }) => id !== hand.id)) this.#hands.value = [...this.#hands.value, hand];
  }

  /** Takes a card of the hand, placed or not. */
  hold(id: string): void {
    this.#heldId.value = id;
    this.said.value = undefined;
  }

  /** Puts the held card on a place. Every place answers; the first on each map counts. */
  put(place: PlaceId): void {
    const card = this.held.value;
    if (!card || this.isOver.value) return;
    const before = this.answers.value;
    this.answers.value = answered(before, card, place);
    this.said.value = { card, map: mapOf(place), place, reason: reasonFor(card, place), counts: this.answers.value !== before };
  }

  /** Takes the next card that lacks a place; when there is none, the hand is over. */
  goOn(): void {
    const next = this.next.value;
    if (next) this.hold(next.id);
    else this.isOver.value = true;
  }

  /** Deals what was missed once more. */
  dealMissed(): void {
    this.#deal(this.outcome.value.again, 'the ones you missed');
  }

  dealFollowing(): void {
    const { value: hands } = this.#hands;
    this.#handIndex.value = (this.#handIndex.value + 1) % hands.length;
    const hand = hands[this.#handIndex.value];
    if (hand) this.#deal(hand.cards, hand.name);
  }

  #deal(cards: readonly Card[], name: string): void {
    this.cards.value = cards;
    this.name.value = name;
    this.answers.value = new Map();
    this.isOver.value = false;
    this.hold(cards[0]?.id ?? '');
  }
}
