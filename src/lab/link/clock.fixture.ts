import { Seen } from '#lab/seen.fixture.ts';
import type { Clock } from './lane.ts';

type Timer = { readonly at: number; readonly run: () => void };

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  /** The waits that were asked for, milliseconds. */
  readonly asked = new Seen<number>();
  readonly #timers = new Set<Timer>();
  #nowMs = 0;

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#nowMs + ms, run };
    this.#timers.add(timer);
    this.asked.add(ms);
    return () => this.#timers.delete(timer);
  }

  soon(run: () => void): () => void {
    const timer = { at: this.#nowMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Moves on, and runs what is due on the way, each at its own time. */
  advance(ms: number): void {
    const until = this.#nowMs + ms;
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#timers.delete(next);
      this.#nowMs = next.at;
      next.run();
    }
    this.#nowMs = until;
  }

  get timers(): number {
    return this.#timers.size;
  }

  #next(until: number): Timer | undefined {
    const [first] = [...this.#timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
    return first;
  }
}
