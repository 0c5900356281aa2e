/** A hundred sends in a row, of which only the outcome counts: how a small loss of pieces becomes a large loss of texts. */
import { computed, signal } from '@preact/signals';
import type { Plan } from './plan.ts';
import { runOf, timesRead, type Weather } from './run.ts';

export const MANY = 100;

export type Sending = { readonly text: string; readonly plan: Plan; readonly weather: Weather };

export class Rolls {
  /** Of each send so far, in order, whether the text arrived. */
  readonly outcomes = signal<readonly boolean[]>([]);
  readonly whole = computed(() => this.outcomes.value.filter(Boolean).length);
  readonly isRolling = computed(() => this.#sending.value !== undefined && this.outcomes.value.length < MANY);
  readonly #sending = signal<Sending | undefined>(undefined);

  begin(sending: Sending): void {
    this.outcomes.value = [];
    this.#sending.value = sending;
  }

  /** Sends once more, with chances of its own. Whoever calls it again and again decides how fast. */
  next(): void {
    const sending = this.#sending.value;
    if (!sending || !this.isRolling.value) return;
    const { text, plan, weather } = sending;
    const run = runOf(text, plan, { ...weather, seed: weather.seed + 1 + this.outcomes.value.length });
    this.outcomes.value = [...this.outcomes.value, timesRead(run) > 0];
  }

  clear(): void {
    this.#sending.value = undefined;
    this.outcomes.value = [];
  }
}
