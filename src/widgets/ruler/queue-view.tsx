/** How many packets waited over the time of the run, and which found no place. */
import type { JSX } from 'preact';
import { countText, timeText } from './amounts.ts';
import { mostWaiting, type Played } from './played.ts';
import { type QueueGraph, queueGraph, scalesOf } from './queue-graph.ts';
import type { Compared } from './ruler-state.ts';

const HEIGHT = 150;

/** The highest step, with its figure, and a cross for each packet, or few packets, that came too late for it. */
function Top({
  graph,
  most,
  isBefore = false,
}: {
  readonly graph: QueueGraph;
  readonly most: number;
  readonly isBefore?: boolean;
}): JSX.Element {
  return (
    <>
      <g class="ruler-queue-top">
        <line x1="0" x2="100%" y1={`${graph.topAt}%`} y2={`${graph.topAt}%`} />
        <text x="4" y={`${graph.topAt}%`} dy="-5">
          {most}
        </text>
      </g>
      <g class={isBefore ? 'ruler-queue-drops is-before' : 'ruler-queue-drops'}>
        {graph.drops.map(({ at }) => (
          <svg key={at} x={`${at}%`} y={`${graph.topAt}%`} overflow="visible" aria-hidden="true">
            <path d="M-4-12 4-4M4-12-4-4" />
          </svg>
        ))}
      </g>
    </>
  );
}

const placesText = ({ settings: { queuePackets } }: Played): string =>
  queuePackets === undefined ? 'any number may wait' : countText(queuePackets, 'place');

const lostText = ({ dropped }: Played, crosses: string): string =>
  dropped === 0 ? 'none is lost' : `${countText(dropped, 'packet')} lost at the ${crosses}`;

function inWords(played: Played): string {
  const most = mostWaiting(played);
  if (most === 0 && played.dropped === 0) return 'No packet waits in this run: each finds the line free.';
  return `At most ${countText(most, 'packet')} waited (${placesText(played)}); ${lostText(played, 'crosses, where the queue was full')}.`;
}

function Graph({ now, before }: { readonly now: Played; readonly before: Played | undefined }): JSX.Element {
  const scales = scalesOf(before ? [now, before] : [now]);
  const graph = queueGraph(now, scales);
  const other = before && queueGraph(before, scales);
  return (
    <>
      <svg class="ruler-queue-graph" height={HEIGHT} aria-hidden="true">
        <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path class="ruler-queue-area" d={`${graph.path}V100Z`} />
          <path class="ruler-queue-line" d={graph.path} />
          {other && <path class="ruler-queue-line is-before" d={other.path} />}
        </svg>
        {before && other && <Top graph={other} most={mostWaiting(before)} isBefore />}
        <Top graph={graph} most={mostWaiting(now)} />
      </svg>
      <p class="ruler-queue-axis">
        <span>0</span>
        <span>packets that wait, over the time of the run</span>
        <span>{timeText(scales.untilUs)}</span>
      </p>
    </>
  );
}

const hasQueue = (played: Played): boolean => mostWaiting(played) > 0 || played.dropped > 0;

export function QueueView({ played, compared }: { readonly played: Played; readonly compared: Compared | undefined }): JSX.Element {
  const before = compared && hasQueue(compared.played) ? compared : undefined;
  return (
    <figure class="ruler-queue">
      <figcaption>
        <strong>The queue.</strong> {inWords(played)}
        {before && ` Dashed: the run before (${before.name}), ${lostText(before.played, 'thin crosses')}.`}
      </figcaption>
      {(before || hasQueue(played)) && <Graph now={played} before={before?.played} />}
    </figure>
  );
}
