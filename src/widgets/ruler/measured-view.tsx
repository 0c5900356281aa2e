/** The dimension lines of the chosen packet, with its figures, and the zoom. */
import type { JSX } from 'preact';
import { timeText } from './amounts.ts';
import { type Dimension, dimensionsOf } from './axis.ts';
import { Grid } from './bar-view.tsx';
import { PART_WORDS } from './marks.tsx';
import { type RulerState, zoomsOf } from './ruler-state.ts';

const LINE_HEIGHT = 32;

const nameOf = ({ of }: Dimension): string => (of === 'whole' ? 'in all' : PART_WORDS[of].noun);
const figure = (dimension: Dimension): string => `${timeText(dimension.us)} ${nameOf(dimension)}`;

function DimensionLine({ dimension, nth }: { readonly dimension: Dimension; readonly nth: number }): JSX.Element | null {
  const { from, to, state, anchor, textAt } = dimension;
  if (state === 'outside') return null;
  const y = 24 + nth * LINE_HEIGHT;
  return (
    <g class={`ruler-dimension is-${state}`}>
      <text x={`${textAt}%`} y={y - 7} text-anchor={anchor}>
        {figure(dimension)}
        {state === 'too-small' && <tspan class="ruler-excuse">, too small to draw at this scale</tspan>}
      </text>
      {state === 'drawn' && <line x1={`${from}%`} x2={`${to}%`} y1={y} y2={y} />}
      {[from, to].map((at, end) => (
        <line key={end} x1={`${at}%`} x2={`${at}%`} y1={y - 5} y2={y + 5} />
      ))}
    </g>
  );
}

/** `isStill`: without the zoom. */
export function MeasuredView({ state, isStill }: { readonly state: RulerState; readonly isStill: boolean }): JSX.Element | null {
  const packet = state.chosenPacket.value;
  if (!packet?.parts) return null;
  const dimensions = dimensionsOf(packet, state.span.value);
  const small = dimensions.filter(({ state: shown }) => shown === 'too-small').map(nameOf);
  return (
    <div class="ruler-measured">
      <p class="ruler-name">
        {packet.name}, measured
        <span class="visually-hidden">: {dimensions.map(figure).join('; ')}</span>
      </p>
      <svg class="ruler-dimensions" height={dimensions.length * LINE_HEIGHT + 4} aria-hidden="true">
        <Grid span={state.span.value} />
        {dimensions.map((dimension, nth) => (
          <DimensionLine key={dimension.of} dimension={dimension} nth={nth} />
        ))}
      </svg>
      {!isStill && <Zoom state={state} small={small} />}
    </div>
  );
}

function Zoom({ state, small }: { readonly state: RulerState; readonly small: readonly string[] }): JSX.Element {
  const zooms = ['whole', ...zoomsOf(state.chosenPacket.value)] as const;
  return (
    <fieldset class="ruler-zoom row needs-script">
      <legend class="label">{small.length > 0 ? `Too small to draw at this scale: ${small.join(', ')}. Zoom in` : 'Zoom in'}</legend>
      {zooms.map((zoom) => (
        <button key={zoom} type="button" class="button" aria-pressed={state.zoom.value === zoom} onClick={() => (state.zoom.value = zoom)}>
          {zoom === 'whole' ? 'the whole delay' : PART_WORDS[zoom].noun}
        </button>
      ))}
    </fieldset>
  );
}
