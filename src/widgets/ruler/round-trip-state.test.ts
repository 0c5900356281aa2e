import { describe, expect, it } from 'vitest';
import { US_PER_KM } from '#sim/scenes/delay.ts';
import { LIGHT_US_PER_KM, type Meter, RoundTripState, SAMPLES, summaryOf } from './round-trip-state.ts';

type Fake = Meter & { readonly asked: { count: number }; readonly closed: { count: number } };

/** Answers with these times, one after another; undefined is no answer. */
function fakeMeter(timesMs: readonly (number | undefined)[], isThere = true): Fake {
  const [asked, closed] = [{ count: 0 }, { count: 0 }];
  return {
    asked,
    closed,
    open: () => Promise.resolve(isThere),
    roundTripMs: () => Promise.resolve(timesMs[asked.count++]),
    close: () => {
      closed.count += 1;
    },
  };
}

const stateOf = (meter: Meter, pause: () => Promise<void> = () => Promise.resolve()): RoundTripState =>
  new RoundTripState({ meter: () => Promise.resolve(meter), pause });
const usual = (): Fake => fakeMeter([500, ...Array.from({ length: SAMPLES }, (_, nth) => nth + 1)]);

describe('a measurement', () => {
  it('takes so many samples, leaves out the first, and closes the connection', async () => {
    const meter = usual();
    const state = stateOf(meter);
    await state.measure();
    expect([state.phase.value, meter.asked.count, meter.closed.count]).toEqual(['done', SAMPLES + 1, 1]);
    expect(state.summary.value).toMatchObject({ medianUs: 6_500, leastUs: 1_000, mostUs: 12_000 });
  });
  it('sends nothing until it is asked for', () => {
    const meter = usual();
    expect([stateOf(meter).phase.value, meter.asked.count]).toEqual(['idle', 0]);
  });
  it('says that the server is gone if it is not reached', async () => {
    const meter = fakeMeter([1], false);
    const state = stateOf(meter);
    await state.measure();
    expect([state.phase.value, state.summary.value, meter.asked.count, meter.closed.count]).toEqual(['gone', undefined, 0, 1]);
  });
  it('says so, too, if it stops to answer in between, and shows no half of a measurement', async () => {
    const state = stateOf(fakeMeter([1, 2, 3, undefined]));
    await state.measure();
    expect([state.phase.value, state.summary.value]).toEqual(['gone', undefined]);
  });
  it('says so if what measures cannot be loaded', async () => {
    const state = new RoundTripState({ meter: () => Promise.reject(new Error('offline')), pause: () => Promise.resolve() });
    await state.measure();
    expect(state.phase.value).toBe('gone');
  });
  it('can be tried again, and forgets what was', async () => {
    const meters = [fakeMeter([1, 2, undefined]), usual()];
    const state = new RoundTripState({ meter: () => Promise.resolve(meters.shift() ?? usual()), pause: () => Promise.resolve() });
    await state.measure();
    await state.measure();
    expect([state.phase.value, state.samplesMs.value.length]).toEqual(['done', SAMPLES]);
  });
  it('is not begun twice', async () => {
    let opened = 0;
    const meter = (): Promise<Meter> => {
      opened += 1;
      return Promise.resolve(usual());
    };
    const state = new RoundTripState({ meter, pause: () => Promise.resolve() });
    await Promise.all([state.measure(), state.measure()]);
    expect([opened, state.phase.value]).toEqual([1, 'done']);
  });
  it('ends at once when its reader leaves, and closes the connection', async () => {
    const meter = usual();
    const state: RoundTripState = stateOf(meter, () => {
      if (meter.asked.count === 4) state.leave();
      return Promise.resolve();
    });
    await state.measure();
    expect(meter.asked.count).toBeLessThanOrEqual(5);
    expect([state.phase.value, meter.closed.count]).toEqual(['idle', 1]);
  });
  it('that was left before its first sample stays left', async () => {
    let isFirst = true;
    const state: RoundTripState = stateOf({
      ...usual(),
      roundTripMs: () => {
        if (isFirst) state.leave();
        isFirst = false;
        return Promise.resolve(1);
      },
    });
    await state.measure();
    expect(state.phase.value).toBe('idle');
  });
});

describe('a summary', () => {
  it('has the median of an even and of an odd number of samples', () => {
    expect(summaryOf([3, 1, 2])?.medianUs).toBe(2_000);
    expect(summaryOf([4, 1, 2, 3])?.medianUs).toBe(2_500);
    expect(summaryOf([])).toBeUndefined();
  });
  it('says how far light gets in half of the time: 60 ms are 6,000 km there, and back', () => {
    expect(summaryOf([60])?.lightKm).toBe(6_000);
    expect(LIGHT_US_PER_KM).toBe(US_PER_KM);
  });
});
