import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampOffset, offsetBounds } from './clocks.ts';
import { Lab } from './model/lab.fixture.ts';
import { play, scripts } from './model/script.fixture.ts';
import { correlate } from './sessions.ts';

const boundsOf = (lab: Lab) => {
  const { server, clients } = lab.logs();
  return offsetBounds(correlate(server, clients).sessions.values());
};

describe('the difference of two clocks', () => {
  it('lies between what a packet each way allows', () => {
    const lab = new Lab({ skewMs: 1_000, upMs: 20, downMs: 30 }).connect('ada').wait(1_000);
    expect(boundsOf(lab)).toEqual({ low: 1_000 - 30, high: 1_000 + 20 });
  });

  it('is not known at all before anything has arrived', () => {
    expect(boundsOf(new Lab().connect('ada'))).toEqual({ low: -Infinity, high: Infinity });
  });

  it('is bounded by the quickest packet of any client of the page', () => {
    const slow = new Lab({ skewMs: 5 }).connect('ada').connect('bo').wait(1_000);
    const { server, clients } = slow.logs();
    const sessions = [...correlate(server, clients).sessions.values()];
    const each = sessions.map((session) => offsetBounds([session]));
    expect(offsetBounds(sessions)).toEqual({
      low: Math.max(...each.map(({ low }) => low)),
      high: Math.min(...each.map(({ high }) => high)),
    });
  });

  it('lies within the bounds of any lab', () => {
    fc.assert(
      fc.property(scripts(), (script) => {
        const { low, high } = boundsOf(play(script));
        expect(script.settings.skewMs).toBeGreaterThanOrEqual(low);
        expect(script.settings.skewMs).toBeLessThanOrEqual(high);
      }),
    );
  });
});

describe('an estimate', () => {
  it.each([
    ['inside the bounds is kept', 3, { low: 0, high: 5 }, 3],
    ['below them is moved to their beginning', -7, { low: 0, high: 5 }, 0],
    ['above them is moved to their end', 9, { low: 0, high: 5 }, 5],
    ['is all there is before anything has arrived', 42, { low: -Infinity, high: Infinity }, 42],
    ['gives way to the middle, where clocks have drifted so far that nothing fits', 100, { low: 6, high: 2 }, 4],
  ])('%s', (_what, estimate, bounds, offset) => {
    expect(clampOffset(estimate, bounds)).toBe(offset);
  });
});
