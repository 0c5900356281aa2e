import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUIET_MS, timeScale, UNITS_PER_SECOND } from './time-scale.ts';

const HALF = QUIET_MS / 2;
const moment = fc.integer({ min: 0, max: 20_000 });
const moments = fc.array(moment, { maxLength: 12 });
const zooms = fc.constantFrom(1, 2.5, 4);

describe('a scale of time', () => {
  it('begins at its top, and runs down as fast as its units say', () => {
    const { y } = timeScale([0, 500, 1_000], 24);
    expect([0, 500, 1_000].map(y)).toEqual([24, 24 + UNITS_PER_SECOND / 2, 24 + UNITS_PER_SECOND]);
    expect(y(-300)).toBe(24);
  });

  it('knows nothing of what happened before the run', () => {
    const { y, folds } = timeScale([-5_000, 100], 24);
    expect([y(0), y(100), folds]).toEqual([24, 24 + UNITS_PER_SECOND / 10, []]);
  });

  it('runs faster when zoomed in', () => {
    expect(timeScale([0, 100], 0, 4).y(100)).toBeCloseTo(4 * timeScale([0, 100], 0).y(100));
  });

  it('has less patience with quiet in a close-up, so that a fold is as high as ever', () => {
    const { y, folds } = timeScale([0, 1_000], 0, 4);
    expect(folds).toHaveLength(1);
    expect(y(1_000)).toBeCloseTo((QUIET_MS / 1_000) * UNITS_PER_SECOND);
  });

  it('leaves out the middle of a quiet stretch, and says how much', () => {
    const { y, folds, isFolded } = timeScale([1_000, 5_000], 0);
    expect(folds).toEqual([{ from: 1_000 + HALF, to: 5_000 - HALF, y: y(1_000 + HALF) }]);
    expect(y(5_000) - y(1_000)).toBeCloseTo((QUIET_MS / 1_000) * UNITS_PER_SECOND);
    expect([1_000, 1_600, 1_601, 3_000, 4_399, 4_400, 5_000].map(isFolded)).toEqual([false, false, true, true, true, false, false]);
    expect(y(3_000)).toBe(y(4_000));
  });

  it('folds nothing that is just as long as a quiet stretch may be', () => {
    expect(timeScale([1_000, 1_000 + QUIET_MS], 0).folds).toEqual([]);
  });

  it('stops growing when nothing happens any more', () => {
    const { y } = timeScale([1_000], 0);
    expect(y(1_000 + QUIET_MS + 5_000)).toBe(y(1_000 + QUIET_MS));
  });

  it('grows with time, whatever happens when', () => {
    fc.assert(
      fc.property(moments, zooms, fc.array(moment), (when, zoom, times) => {
        const { y } = timeScale(when, 10, zoom);
        const sorted = times.toSorted((a, b) => a - b).map(y);
        for (const [index, at] of sorted.entries()) expect(at).toBeGreaterThanOrEqual((sorted[index - 1] ?? 10) - 1e-9);
      }),
    );
  });

  it('hides no moment in a fold, and draws different moments apart', () => {
    fc.assert(
      fc.property(moments, zooms, (when, zoom) => {
        const { y, isFolded } = timeScale(when, 0, zoom);
        expect(when.filter(isFolded)).toEqual([]);
        const places = [...new Set(when)].map((t) => y(t).toFixed(6));
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  it('announces each stretch that it leaves out, once and where it is', () => {
    fc.assert(
      fc.property(moments, zooms, moment, (when, zoom, t) => {
        const { y, isFolded, folds } = timeScale(when, 0, zoom);
        const announced = folds.filter(({ from, to }) => t > from && t < to);
        expect(announced).toHaveLength(isFolded(t) ? 1 : 0);
        for (const fold of announced) expect(y(t)).toBeCloseTo(fold.y);
      }),
    );
  });

  it('draws all time that is not folded, in proportion', () => {
    fc.assert(
      fc.property(moments, zooms, (when, zoom) => {
        const { y, folds } = timeScale(when, 0, zoom);
        const last = Math.max(0, ...when);
        const left = folds.reduce((sum, { from, to }) => sum + to - from, 0);
        expect(y(last)).toBeCloseTo(((last - left) / 1_000) * UNITS_PER_SECOND * zoom);
      }),
    );
  });

  it('moves no moment, and no fold, because of a later one', () => {
    fc.assert(
      fc.property(moments, moments, zooms, (before, more, zoom) => {
        const end = Math.max(0, ...before);
        const short = timeScale(before, 0, zoom);
        const long = timeScale([...before, ...more.map((t) => end + t)], 0, zoom);
        for (const t of before) expect(long.y(t)).toBeCloseTo(short.y(t));
        expect(long.folds.slice(0, short.folds.length)).toEqual(short.folds);
      }),
    );
  });
});
