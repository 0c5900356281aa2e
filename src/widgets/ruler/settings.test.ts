import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_PACKETS, playDelay } from '#sim/scenes/delay.ts';
import { PRESETS } from './presets.ts';
import { boundsOf, fitted, loadOf, type RulerSettings, SCALES, stopOf, toScene } from './settings.ts';

const scales = Object.values(SCALES);

describe('a slider', () => {
  it('has stops that rise', () => {
    for (const { stops } of scales) expect(stops).toEqual([...stops].sort((a, b) => a - b));
  });
  it('stands at the stop that is set, or at the nearest by ratio', () => {
    for (const scale of scales) expect(scale.stops.map((stop) => stopOf(scale, stop))).toEqual(scale.stops.map((_, index) => index));
    const rates = SCALES.rateBitsPerSecond;
    expect(rates.stops[stopOf(rates, 90_000_000)]).toBe(100_000_000);
    expect(SCALES.inFront.stops[stopOf(SCALES.inFront, 0)]).toBe(0);
  });
  it('has a stop for every figure of the cases', () => {
    for (const { before, now } of PRESETS)
      for (const settings of [before, now])
        for (const { key, stops } of scales) if (settings[key] !== undefined) expect(stops).toContain(settings[key]);
  });
  it('names the distances that have a name', () => {
    expect(SCALES.distanceKm.text(20_000)).toBe('20,000 km, the other side of the Earth');
    expect(SCALES.distanceKm.text(500)).toBe('500 km');
  });
});

describe('a typed number', () => {
  it.each([
    [27, 28],
    [1_501, 1_500],
    [99.6, 100],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])('%d for the size becomes %s', (typed, fit) => expect(fitted(SCALES.packetBytes, typed)).toBe(fit));
  it('may have a fraction where that makes sense', () => expect(fitted(SCALES.distanceKm, 0.5)).toBe(0.5));
});

it('the load is what arrives as a part of what the line can send, and a single packet has none', () => {
  const settings: RulerSettings = { ...PRESETS[0].now, packetBytes: 1_500, rateBitsPerSecond: 1e6, count: 200, perSecond: 100 };
  expect(loadOf(settings)).toBeCloseTo(1.2);
  expect(loadOf({ ...settings, count: 1 })).toBeUndefined();
});

it('as many packets as the scene takes can be set, and no more', () => {
  expect(boundsOf(SCALES.inFront).most + boundsOf(SCALES.count).most).toBe(MOST_PACKETS);
});

it('whatever can be set is played by the scene', () => {
  const value = (key: keyof typeof SCALES): fc.Arbitrary<number> => fc.constantFrom(...SCALES[key].stops);
  const settings: fc.Arbitrary<RulerSettings> = fc.record({
    packetBytes: value('packetBytes'),
    rateBitsPerSecond: value('rateBitsPerSecond'),
    distanceKm: value('distanceKm'),
    inFront: value('inFront'),
    queuePackets: fc.option(value('queuePackets'), { nil: undefined }),
    count: value('count'),
    perSecond: value('perSecond'),
    pattern: fc.constantFrom('even', 'random'),
    seed: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(settings, (given) => {
      expect(playDelay(toScene(given)).ok).toBe(true);
    }),
    { numRuns: 30 },
  );
});
