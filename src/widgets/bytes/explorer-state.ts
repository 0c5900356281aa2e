/** A wrapped message: its frame is looked at, changed, repaired and sent. Knows no DOM. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { editField } from '#wire/field.ts';
import { BytesState } from './bytes-state.ts';
import type { LayerLike, Row } from './field-rows.ts';
import { type Journey, journeyOf } from './journey.ts';
import { layersOf, withoutMask } from './layers-of.ts';
import { repair } from './repair.ts';
import { type Wrapping, wrap } from './wrap.ts';

const frameOf = (stages: readonly Wrapping[]): Uint8Array => stages.at(-1)?.bytes ?? new Uint8Array();
const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** What one edit has done to the fields that depend on it. */
function consequence(rows: readonly Row[]): string {
  const wrong = rows.filter(({ field, problem }) => field && problem !== '');
  if (wrong.length === 0) return 'Lengths and checksums agree.';
  return wrong.map(({ name, problem }) => `${name} ${problem}.`).join(' ');
}

export class ExplorerState {
  readonly stages: readonly Wrapping[];
  readonly bytes: ReadonlySignal<Uint8Array>;
  readonly isEdited: ReadonlySignal<boolean>;
  /** Whether a length or a checksum is wrong, so that a repair would change something. */
  readonly isBroken: ReadonlySignal<boolean>;
  readonly view: BytesState;
  /** What the last act has done, in one sentence or two. */
  readonly news = signal('');
  /** What may be written into the chosen field, if what was written may not. */
  readonly hint = signal('');
  readonly journey = signal<Journey | undefined>(undefined);
  readonly #edited = signal<Uint8Array | undefined>(undefined);

  constructor(message: string) {
    this.stages = wrap(message);
    const whole = frameOf(this.stages);
    this.bytes = computed(() => this.#edited.value ?? whole);
    this.isEdited = computed(() => this.#edited.value !== undefined && !sameBytes(this.#edited.value, whole));
    this.isBroken = computed(() => !sameBytes(repair(this.bytes.value).bytes, this.bytes.value));
    const layers: ReadonlySignal<readonly LayerLike[]> = computed(() => layersOf(this.bytes.value));
    this.view = new BytesState({ bytes: this.bytes, layers });
    this.view.choose('1');
    this.view.setOpen('1', true);
  }

  /** Writes a person's text into the chosen field. Nothing else changes. */
  edit(text: string): void {
    const row = this.view.chosen.value;
    if (!row?.field) return;
    const mask = row.isMasked ? withoutMask : (bytes: Uint8Array) => bytes;
    const result = editField(mask(this.bytes.value), row.field, text);
    this.hint.value = result.ok ? '' : `“${text}” does not fit here. Write ${result.hint}.`;
    if (!result.ok) return;
    const bytes = mask(result.bytes);
    this.#change(bytes, `${row.name} is now ${this.#textOf(row.key, bytes)}.`);
  }

  editByte(index: number, value: number): void {
    const bytes = this.bytes.value.slice();
    bytes[index] = value;
    this.hint.value = '';
    this.#change(bytes, `Byte ${index} is now ${hex(value)}.`);
  }

  repair(): void {
    const { bytes, fields } = repair(this.bytes.value);
    this.#change(bytes, `Set anew: ${fields.join(', ')}.`);
  }

  undo(): void {
    this.#edited.value = undefined;
    this.journey.value = undefined;
    this.news.value = 'All bytes are as they were.';
  }

  send(): void {
    this.journey.value = journeyOf(this.bytes.value);
  }

  #textOf(key: string, bytes: Uint8Array): string {
    this.#edited.value = bytes;
    return this.view.rows.value.find((row) => row.key === key)?.text ?? '';
  }

  #change(bytes: Uint8Array, what: string): void {
    this.#edited.value = bytes;
    this.journey.value = undefined;
    this.news.value = `${what} ${consequence(this.view.rows.value)}`;
  }
}
