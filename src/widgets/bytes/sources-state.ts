/** Several stretches of bytes that belong to one packet, one of them in view: the frame, a datagram, a message. */
import { computed, signal } from '@preact/signals';
import { BytesState } from './bytes-state.ts';
import type { LayerLike } from './field-rows.ts';

export type ByteSource = { readonly title: string; readonly bytes: Uint8Array; readonly layers: readonly LayerLike[] };

const NOTHING: ByteSource = { title: '', bytes: new Uint8Array(), layers: [] };

export class SourcesState {
  readonly sources = signal<readonly ByteSource[]>([]);
  readonly index = signal(0);
  readonly current = computed(() => this.sources.value[this.index.value] ?? NOTHING);
  readonly view = new BytesState({ bytes: computed(() => this.current.value.bytes), layers: computed(() => this.current.value.layers) });

  /** Shows other sources, the first of them, with its innermost layer unfolded. */
  show(sources: readonly ByteSource[]): void {
    this.sources.value = sources;
    this.pick(0);
  }

  pick(index: number): void {
    this.index.value = index;
    this.view.open.value = new Set();
    const innermost = this.current.value.layers.findLastIndex(({ fields }) => fields.length > 0);
    this.view.choose(innermost < 0 ? undefined : String(innermost));
    if (innermost >= 0) this.view.setOpen(String(innermost), true);
  }
}
