import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagesOf } from '#trace/fates.ts';
import { keyOf } from './plan.ts';
import { fateAt, momentOf, travellersAt } from './row-at.ts';
import { type RunSettings, runWith } from './run.fixture.ts';
import { chanceOfAll, isGone, lastRows, type Row, type Run, timesRead } from './run.ts';
import { gapsIn, shelfAt } from './shelf.ts';

const fatesAt = (run: Run, us: number) => run.hops.map((rows) => rows.map((row) => fateAt(row, us)).join(' '));
const gone = (run: Run) =>
  run.hops
    .flat()
    .filter(isGone)
    .map(({ hop, name, sent }) => `${hop}: ${name} ${sent.length > 0 ? 'lost' : 'never sent'}`);
const rowOf = (run: Run, name: string): Row => {
  const row = lastRows(run).find((one) => one.name === name);
  if (!row) throw new Error(`no piece ${name}`);
  return row;
};

describe('a run', () => {
  it('tells of each piece at each moment whether it waits, is under way, or what became of it', () => {
    const run = runWith({ lose: [keyOf(1, 48)] });
    expect(fatesAt(run, 0)).toEqual(['in-flight buffered buffered']);
    expect(fatesAt(run, 1_544)).toEqual(['delivered in-flight in-flight']);
    expect(fatesAt(run, run.endsUs)).toEqual(['delivered lost delivered']);
  });

  it('loses the marked piece behind the router, whatever chance does before it', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const run = runWith({ mtus: [100, 68], lose: [keyOf(2, 48)], overtakePercent: 50, copyPercent: 50, seed });
      expect(gone(run)).toEqual(['2: 1.2 lost']);
    }
  });

  it('never sends the parts of a piece that the router did not get', () => {
    const run = runWith({ mtus: [100, 68], lose: [keyOf(1, 0)] });
    expect(gone(run)).toEqual(['1: 1 lost', '2: 1.1 never sent', '2: 1.2 never sent']);
    expect(fatesAt(run, 0)).toEqual(['in-flight buffered', 'coming coming coming']);
    expect(fatesAt(run, run.endsUs)).toEqual(['lost delivered', 'never-sent never-sent delivered']);
  });

  it('names the arrows of its trace as the pieces are named', () => {
    const labels = (settings: RunSettings) => messagesOf(runWith(settings).trace).map(({ label }) => label);
    expect(labels({ mtus: [100, 68], lose: [keyOf(1, 0)] })).toEqual(['piece 1', 'piece 2', 'piece 2']);
    expect(labels({ mtus: [100, 68] })).toEqual(['piece 1', 'piece 2', 'piece 1.1', 'piece 1.2', 'piece 2']);
    expect(labels({ mtus: [1500] })).toEqual(['in one piece']);
  });

  it('is played for some seconds, however short it was', () => {
    for (const settings of [{}, { mtus: [1500] }, { text: 'x'.repeat(65_507), mtus: [1500] }] as const) {
      const { trace } = runWith(settings);
      const seconds = (trace.endsAt * (trace.slowed ?? 1)) / 1000;
      expect(seconds).toBeGreaterThan(2);
      expect(seconds).toBeLessThan(20);
    }
  });
});

it('is over with the last arrival, to the microsecond, however times are rounded', () => {
  // 4.004 × 1000 is a little less than 4004.
  const run = runWith({ text: 'ࠀࠀ𐀀', mtus: [75], overtakePercent: 19, seed: 0 });
  expect(run.endsUs).toBe(4004);
  expect(fatesAt(run, run.endsUs).join()).not.toContain('in-flight');
});

describe('the shelf', () => {
  it('fills, and hands on the whole with the last missing piece', () => {
    const { shelves } = runWith();
    expect(shelves.moments.map(({ atUs, held, handed }) => [atUs, held, handed])).toEqual([
      [0, [], 0],
      [1544, [[0, 48]], 0],
      [
        2088,
        [
          [0, 48],
          [48, 96],
        ],
        0,
      ],
      [2408, [], 1],
    ]);
    expect(shelves.dropsAtUs).toBeUndefined();
    expect(shelves.datagram?.length).toBe(136);
  });

  it('keeps what came of a datagram with a hole, and drops it half a minute after the first piece', () => {
    const { shelves } = runWith({ lose: [keyOf(1, 48)] });
    expect(shelfAt(shelves, 3_000).held).toEqual([
      [0, 48],
      [96, 116],
    ]);
    expect(shelves.dropsAtUs).toBe(30_001_544);
    expect(shelves.datagram).toBeUndefined();
  });

  it('ignores a copy of what is there', () => {
    const { shelves } = runWith({ text: 'x'.repeat(3992), mtus: [1500], copyPercent: 100 });
    expect(shelves.moments.at(-1)).toMatchObject({ handed: 1, ignored: 2, held: [[2960, 4000]] });
  });
});

describe('what travels on a track', () => {
  it('goes from one end to the other, and a lost piece no further than to its death', () => {
    const run = runWith({ lose: [keyOf(1, 48)] });
    const [first, second] = [rowOf(run, '1'), rowOf(run, '2')];
    expect(travellersAt(first, 772)).toMatchObject([{ progress: 0.5, kind: 'moving', isCopy: false }]);
    expect(travellersAt(first, 5_000)).toMatchObject([{ progress: 1, kind: 'arrived' }]);
    expect(travellersAt(second, 0)).toEqual([]);
    expect(travellersAt(second, 5_000)).toMatchObject([{ kind: 'lost' }]);
  });

  it('is followed by its copy', () => {
    const row = rowOf(runWith({ copyPercent: 100 }), '1');
    expect(travellersAt(row, 2_000).map(({ kind, isCopy }) => [kind, isCopy])).toEqual([
      ['arrived', false],
      ['moving', true],
    ]);
  });

  it('need not be drawn again while nothing of it moves', () => {
    const run = runWith({ mtus: [100, 68] });
    const row = rowOf(run, '2');
    expect(momentOf(row, 0)).toBe(momentOf(row, 1_000));
    expect(momentOf(row, row.madeUs ?? 0)).toBe(row.madeUs);
    expect(momentOf(row, run.endsUs + 1)).toBe(momentOf(row, run.endsUs + 2));
  });
});

it('all pieces of 45 get through with 63.6 % if each does with 99 %', () => {
  const { plan } = runWith({ text: 'x'.repeat(65_507), mtus: [1500] });
  expect(chanceOfAll(plan, 1)).toBeCloseTo(0.636, 3);
});

it('what is held and what is missing cover everything once', () => {
  expect(gapsIn([], 10)).toEqual([[0, 10]]);
  expect(
    gapsIn(
      [
        [0, 4],
        [6, 10],
      ],
      10,
    ),
  ).toEqual([[4, 6]]);
  expect(gapsIn([[2, 8]], 10)).toEqual([
    [0, 2],
    [8, 10],
  ]);
});

const mtu = fc.integer({ min: 68, max: 300 });
const percent = fc.integer({ min: 0, max: 60 });
const settings: fc.Arbitrary<RunSettings> = fc.record({
  text: fc.string({ unit: 'grapheme', maxLength: 250, size: 'max' }),
  mtus: fc.oneof(fc.tuple(mtu), fc.tuple(mtu, mtu)),
  lossPercent: percent,
  overtakePercent: percent,
  copyPercent: percent,
  seed: fc.nat(),
  lose: fc.array(fc.constantFrom(keyOf(1, 0), keyOf(1, 48), keyOf(2, 0), keyOf(2, 48)), { maxLength: 2 }),
});

it('agrees with the scene, for any settings: what is read, what is dropped, and which pieces never come', () => {
  fc.assert(
    fc.property(settings, (given) => {
      const run = runWith(given);
      const { rebuilt, pieces } = run.cut;
      expect(timesRead(run) > 0).toBe(rebuilt.kind === 'whole');
      expect(lastRows(run).some(isGone)).toBe(rebuilt.kind !== 'whole');
      if (rebuilt.kind === 'missing') expect(run.shelves.dropsAtUs).toBe(rebuilt.dropsAtUs);
      expect(run.hops.flat().flatMap(({ sent }) => sent)).toHaveLength(pieces.length);
      for (const row of run.hops.flat().filter(({ key }) => given.lose?.includes(key))) expect(isGone(row)).toBe(true);
      for (const row of run.hops.flat()) expect(['delivered', 'lost', 'never-sent']).toContain(fateAt(row, run.endsUs));
    }),
    { numRuns: 150 },
  );
});

it('is drawn at every moment as it is drawn at the moment at which it last changed', () => {
  fc.assert(
    fc.property(settings, fc.double({ min: 0, max: 1.2, noNaN: true }), (given, share) => {
      const run = runWith(given);
      const us = run.endsUs * share;
      for (const row of run.hops.flat()) {
        const moment = momentOf(row, us);
        expect([fateAt(row, moment), travellersAt(row, moment)]).toEqual([fateAt(row, us), travellersAt(row, us)]);
      }
    }),
    { numRuns: 150 },
  );
});
