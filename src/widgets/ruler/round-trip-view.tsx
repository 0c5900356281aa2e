/** The reader's own round trip: measured when asked for, with what it says and what else is in it. */
import type { JSX } from 'preact';
import { Badge } from '../lab/badge.tsx';
import { distanceText, timeText } from './amounts.ts';
import { wholeSpan } from './axis.ts';
import { Axis } from './bar-view.tsx';
import { type RoundTripState, SAMPLES, type Summary } from './round-trip-state.ts';
import { TripBar } from './trip-bar.tsx';

/** On such a host the server is the reader's own computer. */
const LOOPBACK = /^(localhost|127\..*|\[::1\])$/;

function whatItMeans({ lightKm }: Summary, host: string): string {
  if (LOOPBACK.test(host))
    return `The address bar says ${host}: the server is a program on your own computer, so none of this is a way. It is what the browser, the system and the server need for one message, and that is in every measured round trip.`;
  return `In half of it, light in a fibre goes ${distanceText(lightKm)}: by cable, the server is not further away than that. The browser, both systems and the server take their part of it, too.`;
}

function Measured({
  summary,
  host,
  isDrawn,
}: {
  readonly summary: Summary;
  readonly host: string;
  readonly isDrawn: boolean;
}): JSX.Element {
  const span = wholeSpan(summary.mostUs);
  return (
    <>
      {!isDrawn && (
        <div>
          <div class="ruler-head">
            <p class="label">time since it was asked</p>
            <Axis span={span} />
          </div>
          <div class="ruler-row">
            <TripBar summary={summary} span={span} />
          </div>
        </div>
      )}
      <p class="ruler-trip-said">
        <b>{timeText(summary.medianUs)}</b> is the median of {summary.samplesUs.length} round trips; the fastest took{' '}
        {timeText(summary.leastUs)}, the slowest {timeText(summary.mostUs)}. {whatItMeans(summary, host)}
        {isDrawn && ' It is drawn as the last row of the ruler, on the same scale as the bars.'}
      </p>
    </>
  );
}

function statusText(trip: RoundTripState): string {
  switch (trip.phase.value) {
    case 'idle':
      return `Nothing has been sent yet. Measuring takes about a second and ${SAMPLES + 1} small messages, and happens only when you press.`;
    case 'connecting':
      return 'Connecting to the server…';
    case 'measuring':
      return `${trip.samplesMs.value.length} of ${SAMPLES} round trips measured…`;
    case 'gone':
      return 'The server does not answer. The rest of this page works without it.';
    case 'done':
      return 'Measured just now, over an open WebSocket connection.';
  }
}

const BUTTONS = { idle: 'Measure', connecting: 'Measuring', measuring: 'Measuring', done: 'Measure again', gone: 'Try again' } as const;

type Props = {
  readonly trip: RoundTripState;
  readonly host: string;
  readonly ready: boolean;
  /** Whether it is drawn among the bars. */
  readonly isDrawn: boolean;
};

export function RoundTripView({ trip, host, ready, isDrawn }: Props): JSX.Element {
  const { value: summary } = trip.summary;
  return (
    <section class="ruler-trip" aria-label="Your own round trip">
      <header class="ruler-trip-head">
        <h4>Your own round trip to the server</h4>
        <Badge kind="live" />
      </header>
      <p class="ruler-trip-what">
        This page asks the server for its clock, and measures the time until the answer is here: the way there, the way back, and what the
        programs at both ends need.
      </p>
      <div class="ruler-trip-go">
        <button type="button" class="button needs-script" disabled={!ready || trip.isBusy.value} onClick={() => void trip.measure()}>
          {BUTTONS[trip.phase.value]}
        </button>
        <p role="status">{statusText(trip)}</p>
      </div>
      {summary && <Measured summary={summary} host={host} isDrawn={isDrawn} />}
    </section>
  );
}
