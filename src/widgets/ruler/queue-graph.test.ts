import { describe, expect, it } from 'vitest';
import { playDelay } from '#sim/scenes/delay.ts';
import { mostWaiting, type Played, playedOf } from './played.ts';
import { PRESETS } from './presets.ts';
import { queueGraph, scalesOf } from './queue-graph.ts';
import type { RulerSettings } from './settings.ts';

const played = (change: Partial<RulerSettings>): Played =>
  playedOf(playDelay, { ...PRESETS[0].now, packetBytes: 1_500, rateBitsPerSecond: 1e6, distanceKm: 20, ...change });

const numbersIn = (path: string, command: 'H' | 'V'): readonly number[] =>
  [...path.matchAll(new RegExp(`${command}([\\d.]+)`, 'g'))].map(([, number]) => Number(number));

describe('the graph of a queue', () => {
  const run = played({ inFront: 5, queuePackets: 3 });
  const graph = queueGraph(run, scalesOf([run]));

  it('climbs by one for each that waits, and falls as each begins to be sent', () => {
    expect(graph.path).toBe('M0 100H0V16H33.33V44H66.67V72H100V100H100');
    expect(mostWaiting(run)).toBe(3);
  });
  it('marks what was dropped, at the height at which there was no place', () => {
    expect(graph.drops).toEqual([{ at: 0, count: 2 }]);
    expect(graph.topAt).toBe(16);
  });
  it('lets drops that lie close together share a mark, and counts all of them', () => {
    const busy = played({ queuePackets: 2, count: 300, perSecond: 1_000 });
    const { drops } = queueGraph(busy, scalesOf([busy]));
    expect(drops.reduce((sum, { count }) => sum + count, 0)).toBe(busy.dropped);
    expect(drops.length).toBeLessThanOrEqual(50);
  });
  it('stays in its box, and moves only to the right', () => {
    const random = played({ count: 200, perSecond: 80, pattern: 'random' });
    const { path } = queueGraph(random, scalesOf([random]));
    const across = numbersIn(path, 'H');
    expect(across).toEqual([...across].sort((a, b) => a - b));
    for (const at of [...across, ...numbersIn(path, 'V')]) expect(at >= 0 && at <= 100).toBe(true);
  });
  it('of a run without a queue is a line at the bottom', () => {
    const alone = played({});
    expect(queueGraph(alone, scalesOf([alone]))).toMatchObject({ path: 'M0 100H100', drops: [] });
  });
  it('is drawn on scales that hold both runs that are compared', () => {
    const other = played({ inFront: 30 });
    expect(scalesOf([run, other])).toEqual({ untilUs: 360_000, most: 30 });
  });
});
