/** Where a browser keeps progress. A thin shell: private mode and a full disk cost memory, never an error. */
import { EMPTY, type Progress, parseProgress } from './progress.ts';

export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'on-the-wire.progress';

export class ProgressStore {
  readonly #store: KeyValueStore | undefined;
  /** What this page knows, where nothing can be kept. */
  #fallback: Progress = EMPTY;

  constructor(store: KeyValueStore | undefined) {
    this.#store = store;
  }

  /** What is kept; empty where there is nothing, or something that cannot be read. */
  read(): Progress {
    const text = this.#textOf(KEY);
    if (text === undefined) return this.#fallback;
    const parsed = parseProgress(text);
    return parsed.ok ? parsed.progress : this.#fallback;
  }

  /** Changes what is kept. Something unreadable that stood there is put aside under another name, not lost. */
  change(how: (before: Progress) => Progress): Progress {
    this.#putAside();
    const after = how(this.read());
    this.#fallback = after;
    this.#keep(KEY, JSON.stringify(after));
    return after;
  }

  #putAside(): void {
    const text = this.#textOf(KEY);
    if (text !== undefined && !parseProgress(text).ok) this.#keep(`${KEY}.unreadable`, text);
  }

  #textOf(key: string): string | undefined {
    try {
      return this.#store?.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  #keep(key: string, text: string): void {
    try {
      this.#store?.setItem(key, text);
    } catch {
      // Private mode, or no room left: what was learnt lasts until the page closes.
    }
  }
}
