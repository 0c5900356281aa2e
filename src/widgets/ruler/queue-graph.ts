/** How many waited, over the time of a run, with what was dropped. Pure geometry: percent across, and up. */
import { mostWaiting, type Played } from './played.ts';

export type Drops = { readonly at: number; readonly count: number };

export type QueueGraph = {
  /** Path in a box of 100 × 100, of the number that waits. */
  readonly path: string;
  /** How high the limit is, or the highest step if there is no limit. */
  readonly topAt: number;
  /** Drops that lie close together share a mark, at the height of the limit that they met. */
  readonly drops: readonly Drops[];
};

/** As near as two marks may stand, percent. */
const NEAR = 2;
/** Room above the highest step, for what stands on it, percent. */
const HEADROOM = 16;

/** The graphs of several runs are drawn on the same scales: those that hold all of them. */
export type Scales = { readonly untilUs: number; readonly most: number };

/** Until the last packet has come, and the last that waited is being sent. */
function endOf({ packets, waiting }: Played): number {
  return Math.max(packets.at(-1)?.offeredUs ?? 0, waiting.at(-1)?.atUs ?? 0);
}

export function scalesOf(runs: readonly Played[]): Scales {
  return {
    untilUs: Math.max(1, ...runs.map(endOf)),
    most: Math.max(1, ...runs.map(mostWaiting)),
  };
}

function dropsOf(moments: readonly number[]): readonly Drops[] {
  const marks: Drops[] = [];
  for (const at of moments) {
    const last = marks.at(-1);
    if (last && at - last.at < NEAR) marks[marks.length - 1] = { at: last.at, count: last.count + 1 };
    else marks.push({ at, count: 1 });
  }
  return marks;
}

export function queueGraph(played: Played, scales: Scales): QueueGraph {
  const { untilUs, most } = scales;
  const x = (us: number): number => Math.round((us / untilUs) * 10_000) / 100;
  const y = (packets: number): number => Math.round((1 - packets / most) * (100 - HEADROOM) * 100) / 100 + HEADROOM;
  const steps = played.waiting.map(({ atUs, packets }) => `H${x(atUs)}V${y(packets)}`);
  return {
    path: `M0 100${steps.join('')}H100`,
    topAt: y(mostWaiting(played)),
    drops: dropsOf(played.packets.filter(({ parts }) => !parts).map(({ offeredUs }) => x(offeredUs))),
  };
}
