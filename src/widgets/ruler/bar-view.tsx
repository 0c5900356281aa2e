/** One bar to scale, and the axis that it is read on. */
import type { JSX } from 'preact';
import { barOf, type Span, ticksOf } from './axis.ts';
import { BAR_TOP, PartRect, ROW_HEIGHT } from './marks.tsx';
import type { Packet } from './played.ts';

export function Grid({ span }: { readonly span: Span }): JSX.Element {
  return (
    <g class="ruler-grid">
      {ticksOf(span).map(({ at }) => (
        <line key={at} x1={`${at}%`} x2={`${at}%`} y1="0" y2="100%" />
      ))}
    </g>
  );
}

/** The figure at an edge would be cut off there: it stands inside. */
const anchorAt = (at: number): 'start' | 'middle' | 'end' => (at < 5 ? 'start' : at > 92 ? 'end' : 'middle');

export function Axis({ span }: { readonly span: Span }): JSX.Element {
  return (
    <svg class="ruler-axis" height="28" aria-hidden="true">
      {ticksOf(span).map(({ at, text }) => (
        <g key={at}>
          <line x1={`${at}%`} x2={`${at}%`} y1="20" y2="28" />
          <text x={`${at}%`} y="14" text-anchor={anchorAt(at)}>
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Where a bar goes on outside the view. */
function Cut({ at }: { readonly at: 'start' | 'end' }): JSX.Element {
  const [x, path] = at === 'start' ? ['0', 'M2 4 6 8 2 12 6 16 2 20 6 24'] : ['100%', 'M-2 4-6 8-2 12-6 16-2 20-6 24'];
  return (
    <svg x={x} y={BAR_TOP - 4} class="ruler-cut" overflow="visible" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export function BarView({ id, packet, span }: { readonly id: string; readonly packet: Packet; readonly span: Span }): JSX.Element {
  const bar = barOf(packet, span);
  return (
    <svg class="ruler-bar" height={ROW_HEIGHT} aria-hidden="true">
      <Grid span={span} />
      {bar.parts.map(({ part, at, width }) => (
        <PartRect key={part} id={id} part={part} x={`${at}%`} width={`${width}%`} />
      ))}
      {packet.parts && bar.isCutBefore && <Cut at="start" />}
      {packet.parts && bar.isCutAfter && <Cut at="end" />}
      {!packet.parts && (
        <g class="ruler-dropped">
          <line x1="0" x2="40" y1="50%" y2="50%" />
          <path d="M41 11 51 21M51 11 41 21" />
          <text x="62" y="50%" dominant-baseline="central">
            lost: the queue was full
          </text>
        </g>
      )}
    </svg>
  );
}
