/** One arrow of the drawing. */
import { useComputed } from '@preact/signals';
import { Component, type JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Arrow, ArrowLabel, Copy } from '#trace/layout/drawing.ts';
import type { Trace } from '#trace/trace.ts';
import { FATE_LOOK } from '../marks/marks.tsx';
import type { SequenceState } from './sequence-state.ts';
import { describe } from './words.ts';

function Tip({ arrow }: { arrow: Arrow }): JSX.Element | null {
  const { end, angle, tip, start } = arrow;
  const place = `translate(${end.x} ${end.y})`;
  switch (tip) {
    case 'head':
      return <path class="head" d="M0 0L-9 -3.800V3.800Z" transform={`${place} rotate(${angle.toFixed(1)})`} />;
    case 'death':
    case 'stopped':
      return <path class="death" d="M-6 -6L6 6M6 -6L-6 6" transform={place} />;
    case 'ring':
      return (
        <g transform={place}>
          <circle class="ring" r="6.5" />
          <path class="ring" d="M-4.500 4.500L4.500 -4.500" />
        </g>
      );
    case 'bracket':
      return <path class="bracket" d={end.x > start.x ? 'M-3 -7H3V7H-3' : 'M3 -7H-3V7H3'} transform={place} />;
    case 'open':
      return <path class="open-head" d="M-7 -4L0 0L-7 4" transform={`${place} rotate(${angle.toFixed(1)})`} />;
  }
}

/** It arrived once more: a double line with two heads. */
function CopyView({ copy }: { copy: Copy }): JSX.Element {
  const { path, end, angle } = copy;
  return (
    <g class="copy">
      <path class="shaft" d={path} />
      <path class="between" d={path} />
      <path
        class="head"
        d="M0 0L-9 -3.800V3.800ZM-9 0L-18 -3.800V3.800Z"
        transform={`translate(${end.x} ${end.y}) rotate(${angle.toFixed(1)})`}
      />
    </g>
  );
}

const ANCHORS = { start: 'start', middle: 'mid', end: 'end' } as const;

/** Along the shaft a label turns with it, and is never upside down. */
function Label({ label, angle, narrow, kind }: { label: ArrowLabel; angle: number; narrow: boolean; kind: string }): JSX.Element {
  const { at, text, anchor, along, below } = label;
  const turned = Math.abs(angle) > 90 ? angle - 180 * Math.sign(angle) : angle;
  const place = `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`;
  const above = below ? (narrow ? 13 : 15) : -6;
  return (
    <text
      class={`${kind} halo ${ANCHORS[anchor]}`}
      transform={along ? `${place} rotate(${turned.toFixed(1)})` : place}
      y={along ? above : 0}
    >
      {text}
    </text>
  );
}

const isSameLabel = (a: ArrowLabel | undefined, b: ArrowLabel | undefined): boolean =>
  a?.text === b?.text && a?.below === b?.below && a?.at.y === b?.at.y && a?.at.x === b?.at.x;

/** Two arrows that look alike are alike. */
const looksLike = (a: Arrow, b: Arrow): boolean =>
  a === b ||
  (a.path === b.path &&
    a.tip === b.tip &&
    isSameLabel(a.label, b.label) &&
    a.wait?.from.y === b.wait?.from.y &&
    a.wait?.to.y === b.wait?.to.y &&
    a.copies.length === b.copies.length &&
    a.copies.every(({ path }, index) => path === b.copies[index]?.path));

/** What an arrow looks like. It is drawn again only when that has changed, so that the 300th costs what the 30th did. */
class Look extends Component<{ readonly arrow: Arrow; readonly narrow: boolean }> {
  override shouldComponentUpdate(next: { readonly arrow: Arrow }): boolean {
    return !looksLike(this.props.arrow, next.arrow);
  }

  override render({ arrow, narrow }: { readonly arrow: Arrow; readonly narrow: boolean }): JSX.Element {
    const { path, wait, label, thin, angle, copies } = arrow;
    return (
      <>
        {wait && <path class="wait" d={`M${wait.from.x} ${wait.from.y}V${wait.to.y}`} />}
        {copies.map((copy) => (
          <CopyView key={copy.path} copy={copy} />
        ))}
        <path class="hit" d={path} />
        <path class="shaft" d={path} />
        <Tip arrow={arrow} />
        {label && <Label label={label} angle={angle} narrow={narrow} kind={thin ? 'small' : 'word'} />}
      </>
    );
  }
}

/** Why it did not arrive. Its button says so in words of its own, so this stands outside. */
export function Reason({ arrow }: { arrow: Arrow }): JSX.Element | null {
  const { reason, message } = arrow;
  return reason ? (
    <g class={FATE_LOOK[message.fate.kind].className}>
      <Label label={reason} angle={0} narrow={false} kind="fate-word" />
    </g>
  ) : null;
}

export type ArrowProps = {
  readonly arrow: Arrow;
  readonly trace: Trace;
  readonly state: SequenceState;
  readonly narrow: boolean;
};

/** One arrow: a button that opens its message. Which one is open concerns two arrows at a time, not all of them. */
export function ArrowView({ arrow, trace, state, narrow }: ArrowProps): JSX.Element {
  const { id, message, thin } = arrow;
  const isPicked = useComputed(() => state.pickedId.value === id);
  const isStop = useComputed(() => state.stopId.value === id);
  const words = useMemo(() => describe(message, trace), [message]);
  const { className } = FATE_LOOK[message.fate.kind];
  const pick = () => state.pick(id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element cannot stand in a drawing
    <g
      class={`msg ${className}${thin ? ' beat' : ''}${message.surplus ? ' surplus' : ''}`}
      role="button"
      // In SVG the name of an attribute keeps its case: `tabIndex` would be another one.
      tabindex={isStop.value ? 0 : -1}
      aria-pressed={isPicked.value}
      aria-label={words}
      data-id={id}
      onClick={pick}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        pick();
      }}
    >
      <Look arrow={arrow} narrow={narrow} />
    </g>
  );
}
