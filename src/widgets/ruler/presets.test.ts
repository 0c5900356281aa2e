import { describe, expect, it } from 'vitest';
import { playDelay } from '#sim/scenes/delay.ts';
import { longestUs, longestWaitUs, type Played, playedOf } from './played.ts';
import { PRESETS, type PresetId } from './presets.ts';

function both(id: PresetId): { readonly before: Played; readonly now: Played; readonly said: string; readonly answer: string } {
  const preset = PRESETS.find((one) => one.id === id) ?? PRESETS[0];
  const [before, now] = [playedOf(playDelay, preset.before), playedOf(playDelay, preset.now)];
  return { before, now, said: preset.because(before, now), answer: preset.answer };
}

it('each case offers its own answer among its choices', () => {
  for (const { choices, answer } of PRESETS) expect(choices.map(({ id }) => id)).toContain(answer);
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
});

describe('what comes true in a case', () => {
  it('a click to another continent needs about the same on a line of ten times the rate', () => {
    const { before, now, said, answer } = both('continent');
    expect(answer).toBe('same');
    expect([longestUs(before), longestUs(now)]).toEqual([30_400, 30_040]);
    expect(said).toContain('30.04 ms in place of 30.4 ms');
    expect(said).toContain('40 µs in place of 400 µs');
  });

  it('a large file needs about a tenth', () => {
    const { before, now, said, answer } = both('file');
    expect(answer).toBe('tenth');
    expect(longestUs(now) / longestUs(before)).toBeCloseTo(0.1, 3);
    expect(said).toContain('after 120.1 ms in place of 1.2 s');
    expect(now.packets[now.longest]?.name).toBe('packet 100');
  });

  it('a queue without a limit loses nothing, and each packet waits longer than the one before', () => {
    const { before, now, said, answer } = both('overflow');
    expect(answer).toBe('grows');
    expect([before.dropped, now.dropped]).toEqual([24, 0]);
    const waits = now.packets.map(({ parts }) => parts?.queueing ?? 0);
    expect(waits.every((us, nth) => nth === 0 || us > (waits[nth - 1] ?? 0))).toBe(true);
    expect([longestWaitUs(before), longestWaitUs(now)]).toEqual([118_000, 398_000]);
    expect(said).toContain('24 of 200 packets were dropped, and no wait was longer than 118 ms');
    expect(said).toContain('the last one waits 398 ms');
  });

  it('packets at random moments wait, though the line has room: more than half of them, whatever the moments', () => {
    const { before, now, said, answer } = both('bunches');
    expect(answer).toBe('many');
    expect(longestWaitUs(before)).toBe(0);
    expect(said).toContain('137 packets of 200 wait, the longest 4.723 ms');
    for (let seed = 1; seed <= 20; seed += 1) {
      const other = playedOf(playDelay, { ...now.settings, seed });
      expect(other.packets.filter(({ parts }) => parts && parts.queueing > 0).length).toBeGreaterThan(100);
    }
  });

  it('the plans name the figures of the settings', () => {
    const { settings } = both('bunches').now;
    const perSecond = settings.rateBitsPerSecond / (settings.packetBytes * 8);
    expect([Math.round(perSecond), 1_000 / settings.perSecond, settings.perSecond / perSecond]).toEqual([
      833,
      expect.closeTo(1.67, 2),
      0.72,
    ]);
    const overflow = both('overflow').now.settings;
    expect([overflow.count / overflow.perSecond, Math.round(overflow.rateBitsPerSecond / (overflow.packetBytes * 8))]).toEqual([2, 83]);
  });
});
