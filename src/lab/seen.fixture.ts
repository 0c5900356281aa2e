/** What was seen, in order. A test waits for a fact about it, never for time. */
export class Seen<Entry> {
  readonly entries: Entry[] = [];
  readonly #checks = new Set<() => void>();

  add(entry: Entry): void {
    this.entries.push(entry);
    for (const check of [...this.#checks]) check();
  }

  /** Resolves once `fact` holds of what was seen so far. */
  until(fact: (entries: readonly Entry[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!fact(this.entries)) return;
        this.#checks.delete(check);
        resolve();
      };
      this.#checks.add(check);
      check();
    });
  }

  /** Resolves once this very entry is there. */
  has(entry: Entry): Promise<void> {
    return this.until((entries) => entries.includes(entry));
  }
}
