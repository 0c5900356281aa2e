import { describe, expect, it } from 'vitest';
import { countText, distanceText, percentText, rateText, timeText } from './amounts.ts';

describe('figures', () => {
  it.each([
    [0, '0 µs'],
    [0.32, '0.32 µs'],
    [12, '12 µs'],
    [999, '999 µs'],
    [1_200, '1.2 ms'],
    [30_040, '30.04 ms'],
    [999_999, '1,000 ms'],
    [1_200_250, '1.2 s'],
    [75_000_000, '75 s'],
  ])('of time: %d µs is %s', (us, text) => expect(timeText(us)).toBe(text));

  it.each([
    [64_000, '64 kbit/s'],
    [1_000_000, '1 Mbit/s'],
    [2_500_000_000, '2.5 Gbit/s'],
  ])('of a rate: %d bit/s is %s', (rate, text) => expect(rateText(rate)).toBe(text));

  it.each([
    [0.01, '10 m'],
    [1, '1 km'],
    [20_000, '20,000 km'],
  ])('of a distance: %d km is %s', (km, text) => expect(distanceText(km)).toBe(text));

  it('of a number of things and of a part', () => {
    expect([countText(1, 'packet'), countText(200, 'packet'), percentText(1.2), percentText(0.0004)]).toEqual([
      '1 packet',
      '200 packets',
      '120 %',
      '0 %',
    ]);
  });
});
