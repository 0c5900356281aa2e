/** Keeps the newest values, up to a limit; the oldest go first. */
export class Ring<Value> {
  readonly #limit: number;
  #values: Value[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }
  push(...values: readonly Value[]): void {
    this.#values.push(...values);
    // Cut rarely and much, since each cut moves everything that stays.
    if (this.#values.length > this.#limit * 1.5) this.#values = this.#values.slice(-this.#limit);
  }
  values(): readonly Value[] {
    return this.#values.slice(-this.#limit);
  }
}
