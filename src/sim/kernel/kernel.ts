/** Simulated time: events happen in order, and each may cause later ones. Knows nothing of networks. */
import { EventQueue, type Scheduled } from './event-queue.ts';

/** Most events of one run: a network in which something goes round for ever stops here. */
export const MAX_EVENTS = 1_000_000;

/** Why a run ended: nothing was left to happen, its time was over, or there were too many events. */
export type RunEnd = 'idle' | 'until' | 'event-limit';

export type RunLimits = { readonly untilUs?: number; readonly maxEvents?: number };

export class Kernel {
  readonly #queue = new EventQueue();
  #nowUs = 0;
  #events = 0;

  /** Whole microseconds since the beginning. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** How many events have happened. */
  get events(): number {
    return this.#events;
  }

  /** Does something at a moment, µs. Throws a RangeError for a moment that is over, or is not a whole number: a mistake of the program. */
  at(timeUs: number, run: () => void): Scheduled {
    if (!Number.isSafeInteger(timeUs) || timeUs < this.#nowUs) throw new RangeError(`${timeUs} µs is no moment after ${this.#nowUs} µs`);
    return this.#queue.add(timeUs, run);
  }

  /** Does something so many microseconds from now. */
  after(us: number, run: () => void): Scheduled {
    return this.at(this.#nowUs + us, run);
  }

  cancel(event: Scheduled | undefined): void {
    if (event) this.#queue.cancel(event);
  }

  /** Lets everything happen that is due up to and including `untilUs`. What is due later stays, and may happen in a later run. */
  run({ untilUs = Number.POSITIVE_INFINITY, maxEvents = MAX_EVENTS }: RunLimits = {}): RunEnd {
    const last = this.#events + maxEvents;
    for (let nextUs = this.#queue.nextUs; nextUs !== undefined; nextUs = this.#queue.nextUs) {
      if (nextUs > untilUs) {
        this.#nowUs = Math.max(this.#nowUs, Math.floor(untilUs));
        return 'until';
      }
      if (this.#events >= last) return 'event-limit';
      this.#nowUs = nextUs;
      this.#events += 1;
      this.#queue.take()?.();
    }
    return 'idle';
  }
}
