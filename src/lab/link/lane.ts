/** Time as a lane needs it; tests hand in their own. */
export type Clock = {
  /** Milliseconds, never going back. */
  now(): number;
  /** Calls back after `ms`; returns the way to call it off. */
  after(ms: number, run: () => void): () => void;
  /** Calls back in a task of its own, as soon as there is one; returns the way to call it off. */
  soon(run: () => void): () => void;
};

export const realClock: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  // A timer of 0 ms takes 4 in a browser, and a second in a tab that nobody sees.
  soon: (run) => {
    const { port1, port2 } = new MessageChannel();
    const end = () => {
      port1.onmessage = null;
      port1.close();
    };
    port1.onmessage = () => {
      end();
      run();
    };
    port2.postMessage(null);
    return end;
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

  /** Delivers the next item if it is due, and wakes up for those behind it. */
  pump(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    const [next] = this.#items;
    if (!next || this.#isBlocked()) return;
    const waitMs = next.at - this.#clock.now();
    if (waitMs > SOON_MS) {
      this.#callOff = this.#clock.after(waitMs, () => this.pump());
      return;
    }
    this.#items.shift();
    // A WebSocket fires each event in a task of its own, and Socket.IO counts on it: it handles a packet one tick after the
    // message that brought it. Delivered in one task, a goodbye would come after the close behind it.
    if (this.#items.length > 0) this.#callOff = this.#clock.soon(() => this.pump());
    next.deliver();
  }

  /** Everything in the lane is lost. */
  clear(): void {
    this.#callOff?.();
    this.#items = [];
  }
}
