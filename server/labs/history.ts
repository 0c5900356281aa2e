import { Fold } from '#trace/folded.ts';
import type { ServerRecord } from '#trace/records.ts';

/** `told`: what the batch leaves behind when it goes. */
type Batch = { readonly text: string; readonly size: number; readonly told: readonly ServerRecord[] };

function tellOf(records: readonly ServerRecord[]): readonly ServerRecord[] {
  const fold = new Fold<ServerRecord>({ most: records.length });
  for (const record of records) fold.add(record);
  return fold.records();
}

/**
 * What a lab wrote down, for a watcher that comes later. Kept as the texts that were sent: thousands of small records
 * would live long enough to cost the collector more than all else that a lab does. Of batches that go, the counts stay.
 */
export class History {
  readonly #limit: number;
  readonly #batches: Batch[] = [];
  readonly #gone: Fold<ServerRecord>;
  #size = 0;
  #isCut = false;

  /** `limit`: records that are kept; whole batches go, the oldest first. */
  constructor(limit: number) {
    this.#limit = limit;
    this.#gone = new Fold({ most: limit });
  }

  /** `text`: the JSON of `records`, as it was sent. */
  add(text: string, records: readonly ServerRecord[]): void {
    this.#batches.push({ text, size: records.length, told: tellOf(records) });
    this.#size += records.length;
    while (this.#size > this.#limit && this.#batches.length > 1) this.#drop();
  }

  batches(): readonly string[] {
    const texts = this.#batches.map(({ text }) => text);
    return this.#isCut ? [JSON.stringify(this.#gone.records()), ...texts] : texts;
  }

  #drop(): void {
    const batch = this.#batches.shift();
    if (!batch) return;
    this.#isCut = true;
    this.#size -= batch.size;
    for (const record of batch.told) this.#gone.add(record);
  }
}
