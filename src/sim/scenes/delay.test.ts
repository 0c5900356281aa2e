import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DelayRun, type DelaySettings, playDelay } from './delay.ts';

const USUAL: DelaySettings = { packetBytes: 1500, rateBitsPerSecond: 10_000_000, distanceKm: 1000 };

function play(over: Partial<DelaySettings> = {}): DelayRun {
  const result = playDelay({ ...USUAL, ...over });
  if (!result.ok) throw new Error(result.code);
  return result.run;
}
const delays = ({ packets }: DelayRun) => packets.map((packet) => packet.delays && Object.values(packet.delays));

describe('the delays of a packet', () => {
  it.each([
    [10_000_000, 1200],
    [100_000_000, 120],
    [1_000_000_000, 12],
  ])('at %d bit/s: 1,500 bytes take %d µs to send, and 1,000 km take 5 ms, whatever the rate', (rateBitsPerSecond, us) => {
    expect(delays(play({ rateBitsPerSecond }))).toEqual([[0, us, 5000, us + 5000]]);
  });

  it('grow by one sending for each packet in front', () => {
    expect(delays(play({ inFront: 3 })).at(-1)).toEqual([3600, 1200, 5000, 9800]);
  });

  it('of the formula are not rounded', () => {
    expect(play({ packetBytes: 40, rateBitsPerSecond: 1_000_000_000, distanceKm: 0.1 }).exact).toEqual({
      transmissionUs: 0.32,
      propagationUs: 0.5,
    });
  });
});

describe('a queue', () => {
  it('that is full drops what comes, and nothing else is lost', () => {
    const run = play({ inFront: 5, queuePackets: 2, arrivals: { count: 1, perSecond: 1, pattern: 'even' } });
    expect([run.dropped, run.packets.map((packet) => packet.delays !== undefined)]).toEqual([3, [true, true, true, false, false, false]]);
  });

  it('stays empty while packets come more slowly than they are sent, and evenly', () => {
    const run = play({ arrivals: { count: 100, perSecond: 800, pattern: 'even' }, queuePackets: 10 });
    expect([run.dropped, run.waiting, Math.max(...run.packets.map((packet) => packet.delays?.queueingUs ?? 0))]).toEqual([0, [], 0]);
  });

  it('grows until it is full when they come faster, and then drops what is too much', () => {
    const run = play({ arrivals: { count: 500, perSecond: 1250, pattern: 'even' }, queuePackets: 20 });
    expect(Math.max(...run.waiting.map(({ packets }) => packets))).toBe(20);
    const late = run.packets.slice(250);
    expect(late.filter((packet) => !packet.delays).length / late.length).toBeCloseTo(1 - 10_000_000 / (1250 * 12_000), 1);
  });

  it('makes packets wait even at a rate that the link can carry, when they come in bunches', () => {
    const run = play({ arrivals: { count: 400, perSecond: 600, pattern: 'random' } });
    expect(Math.max(...run.packets.map((packet) => packet.delays?.queueingUs ?? 0))).toBeGreaterThan(1200);
  });
});

it.each<[Partial<DelaySettings>, string]>([
  [{ packetBytes: 27 }, 'bad-size'],
  [{ packetBytes: 1501 }, 'bad-size'],
  [{ rateBitsPerSecond: 0 }, 'bad-rate'],
  [{ rateBitsPerSecond: Number.NaN }, 'bad-rate'],
  [{ arrivals: { count: 1, perSecond: 0, pattern: 'even' } }, 'bad-rate'],
  [{ distanceKm: -1 }, 'bad-distance'],
  [{ inFront: 500 }, 'bad-count'],
  [{ inFront: 1.5 }, 'bad-count'],
])('settings that cannot be are refused: %o', (over, code) => {
  expect(playDelay({ ...USUAL, ...over })).toEqual({ ok: false, code });
});

const settings: fc.Arbitrary<DelaySettings> = fc.record({
  packetBytes: fc.integer({ min: 28, max: 1500 }),
  rateBitsPerSecond: fc.integer({ min: 1000, max: 10_000_000_000 }),
  distanceKm: fc.double({ min: 0, max: 20_000, noNaN: true }),
  inFront: fc.nat(8),
  queuePackets: fc.nat(8),
  arrivals: fc.record({
    count: fc.integer({ min: 1, max: 30 }),
    perSecond: fc.integer({ min: 1, max: 100_000 }),
    pattern: fc.constantFrom('even', 'random'),
  }),
  seed: fc.nat(),
});

it('the parts of a delay make up the whole, for any settings; and never more wait than may', () => {
  fc.assert(
    fc.property(settings, (given) => {
      const run = play(given);
      expect(run.packets).toHaveLength((given.inFront ?? 0) + (given.arrivals?.count ?? 0));
      for (const { delays: parts } of run.packets) {
        if (parts) expect(parts.queueingUs + parts.transmissionUs + parts.propagationUs).toBe(parts.totalUs);
        if (parts) expect(Math.abs(parts.transmissionUs - run.exact.transmissionUs)).toBeLessThan(1);
      }
      for (const { packets } of run.waiting) expect(packets).toBeLessThanOrEqual(given.queuePackets ?? 0);
      expect(run.waiting.at(-1)?.packets ?? 0).toBe(0);
      expect(run.packets.filter((packet) => !packet.delays)).toHaveLength(run.dropped);
    }),
    { numRuns: 100 },
  );
});
