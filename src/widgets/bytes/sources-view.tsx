/** Tree, bytes and the chosen field of a packet; tabs where it has several sources of bytes. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { FieldCard } from './field-card.tsx';
import { FieldTree } from './field-tree.tsx';
import { HexView } from './hex-view.tsx';
import type { SourcesState } from './sources-state.ts';

function Choice({ state, name }: { state: SourcesState; name: string }): JSX.Element | null {
  const sources = state.sources.value;
  if (sources.length < 2) return null;
  return (
    <fieldset class="source-choice">
      <legend class="visually-hidden">Which bytes</legend>
      {sources.map(({ title, bytes }, index) => (
        <label class="choice" key={title}>
          <input type="radio" name={name} checked={state.index.value === index} onChange={() => state.pick(index)} />
          <span>
            {title}, {bytes.length} bytes
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function SourcesView({ state, label }: { readonly state: SourcesState; readonly label: string }): JSX.Element {
  const { view } = state;
  const name = useId();
  return (
    <>
      <Choice state={state} name={name} />
      <div class="byte-bench">
        <FieldTree state={view} label={label} />
        <div class="byte-side">
          <HexView state={view} />
          <FieldCard row={view.chosen.value} bytes={view.bytes.value} />
        </div>
      </div>
    </>
  );
}
