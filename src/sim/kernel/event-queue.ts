/** What is to happen, earliest first: a binary heap. What is due at one moment happens in the order in which it was added. */

/** Something that is to happen. Only the queue that made it changes it. */
export type Scheduled = { readonly timeUs: number; readonly order: number; run: (() => void) | undefined };

const isBefore = (a: Scheduled, b: Scheduled): boolean => a.timeUs < b.timeUs || (a.timeUs === b.timeUs && a.order < b.order);

/** So few cancelled events are not worth sweeping out. */
const FEW = 64;

export class EventQueue {
  #heap: Scheduled[] = [];
  #order = 0;
  /** Cancelled events stay in the heap until they are due, or until they are more than half of it. */
  #cancelled = 0;

  /** How many are still to happen. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  add(timeUs: number, run: () => void): Scheduled {
    const added: Scheduled = { timeUs, order: this.#order, run };
    this.#order += 1;
    this.#heap.push(added);
    this.#rise(this.#heap.length - 1);
    return added;
  }

  /** It will not happen. Says nothing of what has happened already, or was cancelled before. */
  cancel(event: Scheduled): void {
    if (!event.run) return;
    event.run = undefined;
    this.#cancelled += 1;
    if (this.#cancelled > FEW && this.#cancelled > this.#heap.length / 2) this.#sweep();
  }

  /** When the next event is due, µs; undefined if there is none. */
  get nextUs(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.timeUs;
  }

  /** Takes out the next event, and what it does. */
  take(): (() => void) | undefined {
    this.#dropCancelled();
    const first = this.#takeFirst();
    const run = first?.run;
    // From now on there is nothing to cancel.
    if (first) first.run = undefined;
    return run;
  }

  #dropCancelled(): void {
    while (this.#heap[0] && !this.#heap[0].run) {
      this.#takeFirst();
      this.#cancelled -= 1;
    }
  }

  #takeFirst(): Scheduled | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #sweep(): void {
    this.#heap = this.#heap.filter(({ run }) => run);
    this.#cancelled = 0;
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index -= 1) this.#sink(index);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const moved = heap[from];
    if (!moved) return;
    let index = from;
    while (index > 0) {
      const parent = heap[(index - 1) >> 1];
      if (!parent || !isBefore(moved, parent)) break;
      heap[index] = parent;
      index = (index - 1) >> 1;
    }
    heap[index] = moved;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const moved = heap[from];
    if (!moved) return;
    let index = from;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      const least = left && right && isBefore(right, left) ? right : left;
      if (!least || !isBefore(least, moved)) break;
      heap[index] = least;
      index = least === right ? 2 * index + 2 : 2 * index + 1;
    }
    heap[index] = moved;
  }
}
