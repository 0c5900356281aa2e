/** The message and what each layer puts around it, drawn to scale. A layer is a button that chooses it below. */
import type { JSX } from 'preact';
import type { Wrapping } from './wrap.ts';

type Bar = { readonly from: number; readonly to: number; readonly inner: number };

/** Where each wrapping lies in the frame, bytes. Headers come first, so all but the message end where the frame ends. */
function barsOf(stages: readonly Wrapping[]): readonly Bar[] {
  const end = stages.at(-1)?.bytes.length ?? 0;
  return stages.map(({ id, bytes, added }): Bar => {
    // Behind the message in its event stand a quote and a bracket.
    const to = id === 'message' ? end - 2 : end;
    const from = to - bytes.length;
    return { from, to, inner: id === 'message' ? from : from + added };
  });
}

function BarView({ bar, total }: { bar: Bar; total: number }): JSX.Element {
  return (
    <svg class="wrapping-bar" viewBox={`0 0 ${total} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="wrapping-inner" x={bar.from} y="0" width={bar.to - bar.from} height="10" />
      <rect class="wrapping-added" x={bar.from} y="0" width={Math.max(0, bar.inner - bar.from)} height="10" />
    </svg>
  );
}

export function WrapView({ stages }: { readonly stages: readonly Wrapping[] }): JSX.Element {
  const bars = barsOf(stages);
  const total = stages.at(-1)?.bytes.length ?? 1;
  return (
    <ol class="wrapping">
      {stages.map(({ id, title, level, bytes, added, why }, index) => {
        const bar = bars[index];
        return (
          <li key={id} class={`layer-${level}`}>
            <p>
              <strong>{title}</strong>{' '}
              <span class="wrapping-count">
                {index > 0 && `${added} + ${bytes.length - added} = `}
                <b>{bytes.length}</b> {bytes.length === 1 ? 'byte' : 'bytes'}
              </span>
            </p>
            {bar && <BarView bar={bar} total={total} />}
            <p class="wrapping-why">{why}</p>
          </li>
        );
      })}
    </ol>
  );
}
