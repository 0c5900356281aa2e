/** Fields and bytes that point at each other: what is chosen, what the pointer is over, what is folded away. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { type LayerLike, ownersOf, type Row, rowsOf } from './field-rows.ts';

export type BytesSource = {
  readonly bytes: ReadonlySignal<Uint8Array>;
  readonly layers: ReadonlySignal<readonly LayerLike[]>;
};

const parentOf = (key: string): string | undefined => (key.includes('/') ? key.slice(0, key.lastIndexOf('/')) : undefined);

export class BytesState {
  readonly bytes: ReadonlySignal<Uint8Array>;
  readonly layers: ReadonlySignal<readonly LayerLike[]>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly owners: ReadonlySignal<readonly (Row | undefined)[]>;
  /** The chosen row, by its key, which stays while bytes change. */
  readonly chosenKey = signal<string | undefined>(undefined);
  /** The byte through which it was chosen, if it was. */
  readonly chosenByte = signal<number | undefined>(undefined);
  readonly pointedKey = signal<string | undefined>(undefined);
  /** Rows whose inner rows are shown. */
  readonly open = signal<ReadonlySet<string>>(new Set());
  readonly chosen: ReadonlySignal<Row | undefined>;
  readonly pointed: ReadonlySignal<Row | undefined>;
  /** The rows that are not folded away. */
  readonly visible: ReadonlySignal<readonly Row[]>;

  constructor({ bytes, layers }: BytesSource) {
    this.bytes = bytes;
    this.layers = layers;
    this.rows = computed(() => rowsOf(layers.value));
    this.owners = computed(() => ownersOf(this.rows.value, bytes.value.length));
    this.chosen = computed(() => this.rows.value.find(({ key }) => key === this.chosenKey.value));
    this.pointed = computed(() => this.rows.value.find(({ key }) => key === this.pointedKey.value));
    this.visible = computed(() => this.rows.value.filter(({ key }) => this.#isVisible(key)));
  }

  isFoldable(key: string): boolean {
    return this.rows.value.some((row) => parentOf(row.key) === key);
  }

  /** Chooses a row and unfolds what it stands in. */
  choose(key: string | undefined, byte?: number): void {
    this.chosenKey.value = key;
    this.chosenByte.value = byte;
    if (key !== undefined) this.#unfoldAround(key);
  }

  chooseByte(byte: number): void {
    this.choose(this.owners.value[byte]?.key, byte);
  }

  setOpen(key: string, isOpen: boolean): void {
    const open = new Set(this.open.value);
    if (isOpen) open.add(key);
    else open.delete(key);
    this.open.value = open;
  }

  /** The row around a row, if there is one. */
  around(key: string): Row | undefined {
    return this.rows.value.find((row) => row.key === parentOf(key));
  }

  #unfoldAround(key: string): void {
    for (let outer = parentOf(key); outer !== undefined; outer = parentOf(outer)) this.setOpen(outer, true);
  }

  #isVisible(key: string): boolean {
    const outer = parentOf(key);
    return outer === undefined || (this.open.value.has(outer) && this.#isVisible(outer));
  }
}
