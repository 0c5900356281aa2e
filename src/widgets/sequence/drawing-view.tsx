/** A drawing as SVG: lanes, arrows on a time axis, notes, and the stretches in which a side is offline or believes something untrue. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Drawing, LaneColumn, NoteMark, Stretch } from '#trace/layout/drawing.ts';
import { durationText } from '#trace/layout/time-words.ts';
import type { Trace } from '#trace/trace.ts';
import { outlineOf } from '../marks/marks.tsx';
import { ArrowView, Reason } from './arrow-view.tsx';
import type { SequenceState } from './sequence-state.ts';
import { nameIn } from './words.ts';

type Props = {
  readonly drawing: Drawing;
  readonly trace: Trace;
  readonly state: SequenceState;
  /** Says who stands over each lane; a lab has panes for that. */
  readonly withHeads: boolean;
};

const OFF = { wide: 80, narrow: 44 };
const BELIEF = { wide: 9, narrow: 6 };

function Axis({ drawing }: { drawing: Drawing }): JSX.Element {
  const { gutter, width, height, ticks, folds, top } = drawing;
  return (
    <>
      {ticks.map(({ y, label }) => (
        <g key={y}>
          <path class="rule" d={`M${gutter} ${y}H${width}`} />
          <path class="axis" d={`M${gutter - (label ? 6 : 3)} ${y}H${gutter}`} />
          {label && (
            <text class="tick end" x={gutter - 8} y={y + 4}>
              {label}
            </text>
          )}
        </g>
      ))}
      <path class="axis" d={`M${gutter} ${top - 8}V${height - 12}`} />
      {folds.map(({ y, seconds }) => (
        <g key={y}>
          <path class="fold" d={`M${gutter - 6} ${y - 4}l12 -4M${gutter - 6} ${y + 4}l12 -4`} />
          <text class="small halo fold-text" x={gutter + 10} y={y + 2}>
            {seconds} quiet
          </text>
        </g>
      ))}
    </>
  );
}

function Offline({ stretch, size, hatch }: { stretch: Stretch; size: number; hatch: string }): JSX.Element {
  const { x, y1, y2, lane } = stretch;
  const box = { x: x - size / 2, y: y1, width: size, height: Math.max(0, y2 - y1) };
  return (
    <>
      <rect class="off" {...box} />
      <rect class="off-hatch" fill={`url(#${hatch})`} {...box} />
      <path class={`break ${lane}`} d={`M${x - 11} ${y1 + 1}l22 -9M${x - 11} ${y1 + 8}l22 -9`} />
    </>
  );
}

function LaneLine({ column, drawing }: { column: LaneColumn; drawing: Drawing }): JSX.Element {
  const { lane, x } = column;
  const bottom = drawing.height - 14;
  const gone = drawing.offline.filter((stretch) => stretch.lane === lane.id).toSorted((a, b) => a.y1 - b.y1);
  const points = [drawing.top - 12, ...gone.flatMap(({ y1, y2 }) => [y1, y2]), bottom];
  const parts = points.slice(0, -1).map((from, index) => ({ from, to: points[index + 1] ?? bottom, off: index % 2 === 1 }));
  return (
    <>
      {parts
        .filter(({ from, to }) => to > from)
        .map(({ from, to, off }) => (
          <path key={from} class={`lane ${lane.id}${off ? ' gone' : ''}`} d={`M${x} ${from}V${to}`} />
        ))}
    </>
  );
}

/** The bar on the lane that believes, and beside it how long: a dimension line, as on a plan. */
function Belief({ stretch, drawing }: { stretch: Stretch; drawing: Drawing }): JSX.Element {
  const { x, y1, y2, text, lane } = stretch;
  const wide = drawing.geometry === 'wide';
  const size = BELIEF[drawing.geometry];
  const bar = <rect class="belief" x={x - size / 2} y={y1} width={size} height={Math.max(0, y2 - y1)} />;
  if (!wide || lane !== 'server' || y2 - y1 < 60) return bar;
  const words = text.split(' ');
  const half = Math.ceil(words.length / 2);
  const middle = (y1 + y2) / 2;
  const dim = x - 26;
  return (
    <>
      {bar}
      <path class="dim" d={`M${dim} ${y1 + 2}V${y2 - 2}M${dim - 5} ${y1}h10M${dim - 5} ${y2}h10`} />
      <path class="dim-head" d={`M${dim} ${y1}l-3.500 9h7zM${dim} ${y2}l-3.500 -9h7z`} />
      <text class="belief-text end halo" x={dim - 10} y={middle}>
        {words.slice(0, half).join(' ')}
      </text>
      <text class="belief-text end halo" x={dim - 10} y={middle + 17}>
        {words.slice(half).join(' ')}
      </text>
    </>
  );
}

function WideNote({ mark }: { mark: NoteMark }): JSX.Element {
  const { at, anchor, lines, note, dot, lane } = mark;
  return (
    <>
      {lane === 'server' ? (
        <rect class="dot server" x={dot.x - 4.5} y={dot.y - 4.5} width="9" height="9" transform={`rotate(45 ${dot.x} ${dot.y})`} />
      ) : (
        <circle class={`dot ${lane}`} cx={dot.x} cy={dot.y} r="4.5" />
      )}
      <text class={`halo ${note.by} ${anchor}`} y={at.y}>
        {lines.map((line, index) => (
          <tspan key={line} x={at.x} dy={index === 0 ? 0 : 16}>
            {line}
          </tspan>
        ))}
      </text>
    </>
  );
}

function Disc({ mark }: { mark: NoteMark }): JSX.Element {
  const { at, anchor, number } = mark;
  const x = at.x + (anchor === 'start' ? -2 : 2);
  return (
    <>
      <circle class="key-disc" cx={x} cy={at.y - 4} r="8.5" />
      <text class="key-num" x={x} y={at.y}>
        {number}
      </text>
    </>
  );
}

/** Width of a letter of a lane's name, about; the style sheet sets its size. */
const LETTER = { wide: 9, narrow: 7 } as const;

/** Mark and name over each lane; a name too long for the right edge takes the room of its mark, and what it needs beyond. */
function Heads({ drawing, trace }: { drawing: Drawing; trace: Trace }): JSX.Element {
  return (
    <>
      {drawing.columns.map(({ lane, x }) => {
        const name = lane.id === 'server' ? 'Server' : nameIn(trace, lane.id);
        const at = Math.min(x, drawing.width + 12 - name.length * LETTER[drawing.geometry]);
        return (
          <g key={lane.id} class={lane.id}>
            {at === x && <path class="lane-mark" d={outlineOf(lane.id, lane.role)} transform={`translate(${x - 30} ${-20}) scale(0.75)`} />}
            <text class="lane-name" x={at - 12} y={-10}>
              {name}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** The mark under the opened arrow. It lies under all arrows, so that it covers none of their words. */
function Picked({ drawing, state }: { drawing: Drawing; state: SequenceState }): JSX.Element | null {
  const picked = drawing.arrows.find(({ id }) => id === state.pickedId.value);
  return picked ? <path class="picked" d={picked.path} /> : null;
}

/** Moves the focus among arrows in order of time. */
function moveFocus(event: KeyboardEvent & { readonly currentTarget: SVGSVGElement }): void {
  const arrows = [...event.currentTarget.querySelectorAll<SVGGElement>('.msg')];
  // They stand in the document in the order in which they were sent.
  const here = arrows.findIndex((arrow) => document.activeElement?.isSameNode(arrow));
  if (here < 0) return;
  const to = { ArrowDown: here + 1, ArrowRight: here + 1, ArrowUp: here - 1, ArrowLeft: here - 1, Home: 0, End: arrows.length - 1 }[
    event.key
  ];
  const next = to === undefined ? undefined : arrows[to];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function DrawingView({ drawing, trace, state, withHeads }: Props): JSX.Element {
  const hatch = `hatch-${useId()}`;
  const { width, height, geometry, arrows } = drawing;
  const narrow = geometry === 'narrow';
  const head = withHeads ? 34 : 0;
  const names = trace.lanes.map(({ id }) => nameIn(trace, id)).join(', ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing whose arrows are buttons is a group
    <svg
      class={`seq ${geometry}`}
      viewBox={`0 ${-head} ${width} ${(height + head).toFixed(0)}`}
      role="group"
      aria-label={`Sequence diagram: ${names}, ${trace.slowed === undefined ? `${(trace.endsAt / 1000).toFixed(1)} seconds` : durationText(trace.endsAt, trace.slowed)}. The same facts are in the table below.`}
      onKeyDown={moveFocus}
    >
      <defs>
        <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path class="hatch" d="M0 0V7" />
        </pattern>
      </defs>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in this group takes the focus */}
      <g aria-hidden="true">
        {withHeads && <Heads drawing={drawing} trace={trace} />}
        <Axis drawing={drawing} />
        {drawing.offline.map((stretch) => (
          <Offline key={stretch.id} stretch={stretch} size={OFF[geometry]} hatch={hatch} />
        ))}
        {drawing.columns.map((column) => (
          <LaneLine key={column.lane.id} column={column} drawing={drawing} />
        ))}
        {drawing.beliefs.map((stretch) => (
          <Belief key={stretch.id} stretch={stretch} drawing={drawing} />
        ))}
      </g>
      <Picked drawing={drawing} state={state} />
      {arrows.map((arrow) => (
        <ArrowView key={arrow.id} arrow={arrow} trace={trace} state={state} narrow={narrow} />
      ))}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in this group takes the focus */}
      <g aria-hidden="true" class="notes">
        {arrows.map((arrow) => arrow.reason && <Reason key={arrow.id} arrow={arrow} />)}
        {drawing.notes.map((mark) => (narrow ? <Disc key={mark.note.id} mark={mark} /> : <WideNote key={mark.note.id} mark={mark} />))}
      </g>
    </svg>
  );
}

/** The texts of the numbered discs, for the narrow drawing. */
export function NoteKeys({ drawing }: { drawing: Drawing }): JSX.Element | null {
  if (drawing.notes.length === 0) return null;
  return (
    <ol class="keys">
      {drawing.notes.map(({ note, number, lines }) => (
        <li key={note.id}>
          <b>{number}</b>
          <span>{lines.join(' ')}</span>
        </li>
      ))}
    </ol>
  );
}
