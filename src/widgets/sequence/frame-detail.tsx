/** The opened arrow of a simulated network: the layers of its frame, and its bytes, which point at each other. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { dissect } from '#wire/dissect.ts';
import '../bytes/bytes.css';
// The colour of each layer.
import { BytesState } from '../bytes/bytes-state.ts';
import { FieldTree } from '../bytes/field-tree.tsx';
import { HexView } from '../bytes/hex-view.tsx';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function stateOf(frame: string): BytesState {
  const bytes = bytesOf(frame);
  return new BytesState({ bytes: signal(bytes), layers: signal(dissect(bytes).layers) });
}

/** `frame`: the bytes as hex. */
export function FrameDetail({ frame, label }: { frame: string; label: string }): JSX.Element {
  const state = useMemo(() => stateOf(frame), [frame]);
  return (
    <>
      <FieldTree state={state} label={`The layers of ${label}`} />
      <p class="label">On the wire: {frame.length / 2} bytes</p>
      <HexView state={state} />
    </>
  );
}
