type Batch = { readonly text: string; readonly records: number };

/**
 * What a lab wrote down, for a watcher that comes later. Kept as the texts that were sent: thousands of small records
 * would live long enough to cost the collector more than all else that a lab does.
 */
export class History {
  readonly #limit: number;
  readonly #batches: Batch[] = [];
  #records = 0;

  /** `limit`: records that are kept; whole batches go, the oldest first. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(text: string, records: number): void {
    this.#batches.push({ text, records });
    this.#records += records;
    while (this.#records > this.#limit && this.#batches.length > 1) this.#records -= this.#batches.shift()?.records ?? 0;
  }

  batches(): readonly string[] {
    return this.#batches.map(({ text }) => text);
  }
}
