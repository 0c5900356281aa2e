import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barOf, dimensionsOf, partSpan, type Span, ticksOf, wholeSpan, zoomedSpan } from './axis.ts';
import type { Packet } from './played.ts';

const packet = (queueing: number, transmission: number, propagation: number): Packet => ({
  name: 'packet 1',
  offeredUs: 0,
  parts: { queueing, transmission, propagation },
  totalUs: queueing + transmission + propagation,
});
const HUNDRED: Span = { fromUs: 0, toUs: 100 };

describe('a bar', () => {
  it('is its parts one after another, to scale', () => {
    expect(barOf(packet(20, 30, 50), HUNDRED).parts).toEqual([
      { part: 'queueing', at: 0, width: 20 },
      { part: 'transmission', at: 20, width: 30 },
      { part: 'propagation', at: 50, width: 50 },
    ]);
  });
  it('leaves out what takes no time and what is too small to be seen', () => {
    expect(barOf(packet(0, 0.4, 99.6), HUNDRED).parts.map(({ part }) => part)).toEqual(['propagation']);
  });
  it('is cut where the view ends, and says so', () => {
    const bar = barOf(packet(20, 30, 50), { fromUs: 10, toUs: 60 });
    expect(bar).toMatchObject({ isCutBefore: true, isCutAfter: true });
    expect(bar.parts.map(({ at, width }) => [at, width])).toEqual([
      [0, 20],
      [20, 60],
      [80, 20],
    ]);
  });
  it('of a packet that was dropped has no parts', () => {
    expect(barOf({ name: 'packet 1', offeredUs: 0, totalUs: 0 }, HUNDRED).parts).toEqual([]);
  });
});

describe('the view', () => {
  it('holds the longest delay with a little room behind it', () => {
    expect(wholeSpan(1000)).toEqual({ fromUs: 0, toUs: 1050 });
    expect(wholeSpan(0).toUs).toBeGreaterThan(0);
  });
  it('is filled by a part that is zoomed in on, however small it is', () => {
    const part = partSpan(packet(1_000_000, 12, 30_000), 'transmission');
    expect(part).toEqual({ fromUs: 1_000_000, toUs: 1_000_012 });
    expect(part && barOf(packet(1_000_000, 12, 30_000), zoomedSpan(part)).parts[1]?.width).toBeCloseTo(100 / 1.8);
  });
  it('has no zoom for a part that takes no time', () => expect(partSpan(packet(0, 1, 1), 'queueing')).toBeUndefined());
});

describe('the ticks', () => {
  it('stand at round moments, in the unit that suits', () => {
    expect(ticksOf({ fromUs: 0, toUs: 31_000 }).map(({ text }) => text)).toEqual(['0', '10 ms', '20 ms', '30 ms']);
    expect(ticksOf({ fromUs: 0, toUs: 50 }).map(({ text }) => text)).toEqual(['0', '10 µs', '20 µs', '30 µs', '40 µs', '50 µs']);
  });
  it('are few, inside the view and in order, for any view', () => {
    const spans = fc.record({
      fromUs: fc.double({ min: 0, max: 1e8, noNaN: true }),
      length: fc.double({ min: 0.01, max: 1e9, noNaN: true }),
    });
    fc.assert(
      fc.property(spans, ({ fromUs, length }) => {
        const ticks = ticksOf({ fromUs, toUs: fromUs + length }).map(({ at }) => at);
        expect(ticks.length).toBeLessThanOrEqual(6);
        for (const at of ticks) expect(at >= -0.01 && at <= 100.01).toBe(true);
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
      }),
    );
  });
});

describe('the dimension lines', () => {
  it('are one for each part that takes time, and one for the whole', () => {
    expect(dimensionsOf(packet(0, 40, 60), HUNDRED).map(({ of, us, state }) => [of, us, state])).toEqual([
      ['transmission', 40, 'drawn'],
      ['propagation', 60, 'drawn'],
      ['whole', 100, 'drawn'],
    ]);
  });
  it('say of a part that it is too small to draw, or outside the view', () => {
    expect(dimensionsOf(packet(10, 0.1, 89), HUNDRED)[1]).toMatchObject({ of: 'transmission', state: 'too-small' });
    expect(dimensionsOf(packet(10, 1, 89), { fromUs: 20, toUs: 40 })[0]).toMatchObject({ of: 'queueing', state: 'outside' });
  });
  it('have their figure where there is room for it', () => {
    const anchors = dimensionsOf(packet(10, 40, 50), HUNDRED).map(({ anchor, textAt }) => [anchor, textAt]);
    expect(anchors).toEqual([
      ['start', 0],
      ['middle', 30],
      ['end', 100],
      ['middle', 50],
    ]);
  });
  it('are none for a packet that was dropped', () => {
    expect(dimensionsOf({ name: 'packet 1', offeredUs: 0, totalUs: 0 }, HUNDRED)).toEqual([]);
  });
});
