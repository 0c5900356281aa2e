/** Time as a lane needs it; tests hand in their own. */
export type Clock = {
  /** Milliseconds, never going back. */
  now(): number;
  /** Calls back after `ms`; returns the way to call it off. */
  after(ms: number, run: () => void): () => void;
};

export const realClock: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

type Item = { readonly at: number; readonly deliver: () => void };

/** Less than this is not worth a timer, milliseconds. */
const SOON_MS = 0.5;

/**
 * One direction of a link: a queue in which nothing overtakes. An item leaves not before its own time and not before the
 * one ahead of it, as on a TCP connection. While the lane is blocked (a black hole), nothing leaves and nothing is lost.
 */
export class Lane {
  readonly #clock: Clock;
  readonly #isBlocked: () => boolean;
  #items: Item[] = [];
  #callOff: (() => void) | undefined;

  constructor(clock: Clock, isBlocked: () => boolean) {
    this.#clock = clock;
    this.#isBlocked = isBlocked;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Delivers after `delayMs`, or later if something ahead takes longer. */
  push(delayMs: number, deliver: () => void): void {
    const ahead = this.#items.at(-1)?.at ?? 0;
    this.#items.push({ at: Math.max(this.#clock.now() + delayMs, ahead), deliver });
    this.pump();
  }

  /** Delivers what is due, and wakes up for the next. */
  pump(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    for (let next = this.#items[0]; next && !this.#isBlocked(); next = this.#items[0]) {
      const waitMs = next.at - this.#clock.now();
      if (waitMs > SOON_MS) {
        this.#callOff = this.#clock.after(waitMs, () => this.pump());
        return;
      }
      this.#items.shift();
      next.deliver();
    }
  }

  /** Everything in the lane is lost. */
  clear(): void {
    this.#callOff?.();
    this.#items = [];
  }
}
