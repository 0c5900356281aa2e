import { describe, expect, it } from 'vitest';
import { Random, randomOf } from './random.ts';

const draws = (random: Random, count: number): readonly number[] => Array.from({ length: count }, () => random.next());

describe('chance', () => {
  it('is xoshiro128**: from the state 1, 2, 3, 4 it gives the numbers that are published', () => {
    expect(draws(new Random([1, 2, 3, 4]), 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('is the same for the same seed and name, and another for any other', () => {
    const streams = [1, 2, 3, 4_294_967_295].flatMap((seed) =>
      ['a loss', 'a duplication', 'b loss', ''].map((name) => draws(randomOf(seed, name), 4).join()),
    );
    expect(new Set(streams).size).toBe(16);
    expect(draws(randomOf(7, 'ada-bo forth loss'), 3)).toEqual(draws(randomOf(7, 'ada-bo forth loss'), 3));
  });

  it('never changes for a seed and a name: runs that were written about stay as they were', () => {
    expect(draws(randomOf(1, 'ada-bo forth loss'), 3)).toEqual([2294326376, 4140441583, 2735987901]);
  });

  it('is even: of many throws each tenth gets its share', () => {
    const counts = Array.from({ length: 10 }, () => 0);
    const random = randomOf(5, 'even');
    for (let nth = 0; nth < 100_000; nth += 1) {
      const tenth = Math.floor(random.ratio() * 10);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('differs between neighbouring seeds: their first throws are as even', () => {
    const firsts = Array.from({ length: 10_000 }, (_, seed) => randomOf(seed, 'link forth loss').ratio());
    const below = (limit: number): number => firsts.filter((ratio) => ratio < limit).length;
    expect(Math.abs(below(0.01) - 100)).toBeLessThan(40);
    expect(Math.abs(below(0.5) - 5_000)).toBeLessThan(200);
  });
});
