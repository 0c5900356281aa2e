/** One arrow. It is drawn again only when it has changed, so that the 300th costs what the 30th did. */
import { Component, type JSX } from 'preact';
import type { Arrow } from '#trace/layout/drawing.ts';
import { FATE_LOOK } from '../marks/marks.tsx';

export type ArrowProps = {
  readonly arrow: Arrow;
  readonly words: string;
  readonly isPicked: boolean;
  readonly isStop: boolean;
  readonly narrow: boolean;
  readonly onPick: (id: string) => void;
};

function Tip({ arrow }: { arrow: Arrow }): JSX.Element | null {
  const { end, angle, tip, start } = arrow;
  const place = `translate(${end.x} ${end.y})`;
  switch (tip) {
    case 'head':
      return <path class="head" d="M0 0L-9 -3.800V3.800Z" transform={`${place} rotate(${angle.toFixed(1)})`} />;
    case 'death':
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

function Label({ arrow, narrow }: { arrow: Arrow; narrow: boolean }): JSX.Element | null {
  const { label, angle, tip, thin } = arrow;
  if (!label) return null;
  const className = `${thin ? 'small' : 'word'} halo ${tip === 'ring' || tip === 'bracket' ? 'start' : 'mid'}`;
  if (tip === 'ring' || tip === 'bracket') {
    return (
      <text class={className} x={label.at.x} y={label.at.y}>
        {label.text}
      </text>
    );
  }
  const turned = Math.abs(angle) > 90 ? angle - 180 * Math.sign(angle) : angle;
  const shift = label.below ? (narrow ? 13 : 15) : -6;
  return (
    <text
      class={className}
      transform={`translate(${label.at.x.toFixed(1)} ${label.at.y.toFixed(1)}) rotate(${turned.toFixed(1)})`}
      y={shift}
    >
      {label.text}
    </text>
  );
}

/** Two arrows that look alike are alike. */
const looksLike = (a: Arrow, b: Arrow): boolean =>
  a === b ||
  (a.path === b.path &&
    a.tip === b.tip &&
    a.label?.text === b.label?.text &&
    a.label?.below === b.label?.below &&
    a.label?.at.y === b.label?.at.y &&
    a.wait?.to.y === b.wait?.to.y);

export class ArrowView extends Component<ArrowProps> {
  override shouldComponentUpdate(next: ArrowProps): boolean {
    const { arrow, words, isPicked, isStop } = this.props;
    return !looksLike(arrow, next.arrow) || words !== next.words || isPicked !== next.isPicked || isStop !== next.isStop;
  }

  override render({ arrow, words, isPicked, isStop, narrow, onPick }: ArrowProps): JSX.Element {
    const { className } = FATE_LOOK[arrow.message.fate.kind];
    const pick = () => onPick(arrow.id);
    return (
      // biome-ignore lint/a11y/useSemanticElements: a button element cannot stand in a drawing
      <g
        class={`msg ${className}${arrow.thin ? ' beat' : ''}${arrow.message.surplus ? ' surplus' : ''}`}
        role="button"
        // In SVG the name of an attribute keeps its case: `tabIndex` would be another one.
        tabindex={isStop ? 0 : -1}
        aria-pressed={isPicked}
        aria-label={words}
        data-id={arrow.id}
        onClick={pick}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          pick();
        }}
      >
        {arrow.wait && <path class="wait" d={`M${arrow.wait.from.x} ${arrow.wait.from.y}V${arrow.wait.to.y}`} />}
        {isPicked && <path class="picked" d={arrow.path} />}
        <path class="hit" d={arrow.path} />
        <path class="shaft" d={arrow.path} />
        <Tip arrow={arrow} />
        <Label arrow={arrow} narrow={narrow} />
      </g>
    );
  }
}
