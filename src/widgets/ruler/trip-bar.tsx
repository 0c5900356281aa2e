/** A measured round trip as a row of the ruler: each sample, and the median. */
import type { JSX } from 'preact';
import { timeText } from './amounts.ts';
import { percentAt, type Span } from './axis.ts';
import { Grid } from './bar-view.tsx';
import { ROW_HEIGHT } from './marks.tsx';
import type { Summary } from './round-trip-state.ts';

const MIDDLE = ROW_HEIGHT / 2;

export function TripBar({ summary, span }: { readonly summary: Summary; readonly span: Span }): JSX.Element {
  const median = percentAt(span, summary.medianUs);
  const isSeen = median >= 0 && median <= 100;
  const samples = summary.samplesUs.map((us) => percentAt(span, us)).filter((at) => at >= 0 && at <= 100);
  return (
    <>
      <span class="ruler-name">
        your round trip, measured: there and back <b>{timeText(summary.medianUs)}</b>
      </span>
      <svg class="ruler-bar" height={ROW_HEIGHT} aria-hidden="true">
        <Grid span={span} />
        {median > 0 && <line class="ruler-trip-reach" x1="0" x2={`${Math.min(100, median)}%`} y1={MIDDLE} y2={MIDDLE} />}
        {samples.map((at, nth) => (
          <circle key={nth} class="ruler-trip-sample" cx={`${at}%`} cy={MIDDLE} r="4" />
        ))}
        {isSeen && <line class="ruler-trip-median" x1={`${median}%`} x2={`${median}%`} y1="4" y2={ROW_HEIGHT - 4} />}
      </svg>
    </>
  );
}
