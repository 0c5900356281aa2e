import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../kernel/kernel.ts';
import { randomOf } from '../kernel/random.ts';
import { Channel, type ChannelSpec } from './channel.ts';
import type { Hop } from './hop.ts';

type Offer = { readonly atUs: number; readonly size: number };
type Played = { readonly hops: readonly Hop[]; readonly arrivals: number; readonly kernel: Kernel };

/** Offers frames to one direction of a link, and may pull the cable for a while. */
function play(
  spec: ChannelSpec,
  offers: readonly Offer[],
  { seed = 1, downs = [] as readonly (readonly [number, boolean])[] } = {},
): Played {
  const kernel = new Kernel();
  let arrivals = 0;
  const luck = { loss: randomOf(seed, 'loss'), duplication: randomOf(seed, 'duplication'), reordering: randomOf(seed, 'reordering') };
  const channel = new Channel(kernel, spec, luck, () => {
    arrivals += 1;
  });
  const hops: Hop[] = [];
  for (const { atUs, size } of offers) {
    kernel.at(atUs, () => {
      const hop: Hop = { from: 'ada', to: 'bo', link: 'ada-bo', bytes: Uint8Array.of(hops.length), size, offeredUs: atUs, copiesUs: [] };
      hops.push(hop);
      channel.offer(hop);
    });
  }
  for (const [atUs, isUp] of downs) kernel.at(atUs, () => channel.setUp(isUp));
  kernel.run();
  return { hops, arrivals, kernel };
}

const times = (hops: readonly Hop[]) => hops.map(({ startedUs, sentUs, arrivedUs }) => [startedUs, sentUs, arrivedUs]);
const ends = (hops: readonly Hop[]) => hops.map(({ end, arrivedUs }) => (end ? `${end.place} ${end.cause}` : `arrived ${arrivedUs}`));
const all = (count: number, size: number, atUs = 0): readonly Offer[] => Array.from({ length: count }, () => ({ atUs, size }));

describe('a link', () => {
  it.each([
    [10_000_000, 1200],
    [100_000_000, 120],
    [1_000_000_000, 12],
  ])('of %d bit/s takes the time of 1,500 bytes to send them: %d µs', (rateBitsPerSecond, us) => {
    expect(times(play({ rateBitsPerSecond, delayUs: 0 }, all(1, 1500)).hops)).toEqual([[0, us, us]]);
  });

  it('adds the way to the sending: the last bit arrives a delay after it left', () => {
    expect(times(play({ rateBitsPerSecond: 10_000_000, delayUs: 5000 }, all(2, 1500)).hops)).toEqual([
      [0, 1200, 6200],
      [1200, 2400, 7400],
    ]);
  });

  it('rounds nothing away: a thousand packets of 40 bytes at 1 Gbit/s take 320 µs together', () => {
    expect(times(play({ rateBitsPerSecond: 1_000_000_000, delayUs: 0 }, all(1000, 40)).hops).at(-1)?.[1]).toBe(320);
  });

  it('counts what its own headers take, if told', () => {
    expect(times(play({ rateBitsPerSecond: 10_000_000, delayUs: 0, overheadBytes: 38 }, all(1, 1500)).hops)).toEqual([[0, 1231, 1231]]);
  });

  it('without a rate takes no time to send', () => {
    expect(times(play({ delayUs: 10 }, all(2, 1500)).hops)).toEqual([
      [0, 0, 10],
      [0, 0, 10],
    ]);
  });
});

describe('a queue', () => {
  it('lets so many packets wait beside the one that is being sent, and drops the others', () => {
    expect(ends(play({ rateBitsPerSecond: 10_000_000, delayUs: 0, queue: { packets: 2 } }, all(5, 1500)).hops)).toEqual([
      'arrived 1200',
      'arrived 2400',
      'arrived 3600',
      'device queue-full',
      'device queue-full',
    ]);
  });

  it('counted in bytes lets a small packet in where a large one has no room', () => {
    const offers = [...all(2, 1500), { atUs: 0, size: 600 }, { atUs: 0, size: 400 }];
    const { hops } = play({ rateBitsPerSecond: 10_000_000, delayUs: 0, queue: { bytes: 2000 } }, offers);
    expect(ends(hops)).toEqual(['arrived 1200', 'arrived 2400', 'device queue-full', 'arrived 2720']);
  });
});

describe('a queue counted in bytes', () => {
  it('has room again for each byte that has left it', () => {
    const offers = [0, 1300, 2600, 3900].flatMap((atUs) => all(2, 1500, atUs));
    const { hops } = play({ rateBitsPerSecond: 20_000_000, delayUs: 0, queue: { bytes: 1500 } }, offers);
    expect(hops.filter(({ end }) => end)).toEqual([]);
  });

  it('is empty after the link was down', () => {
    const offers = [...all(3, 1500), ...all(3, 1500, 5000)];
    const { hops } = play({ rateBitsPerSecond: 10_000_000, delayUs: 0, queue: { bytes: 3000 } }, offers, {
      downs: [
        [100, false],
        [200, true],
      ],
    });
    expect(ends(hops.slice(3))).toEqual(['arrived 6200', 'arrived 7400', 'arrived 8600']);
  });
});

describe('what befalls frames', () => {
  it('by plan: the second is lost, the third comes twice, the first is held and comes last', () => {
    const spec: ChannelSpec = {
      delayUs: 10,
      rateBitsPerSecond: 8_000_000,
      loss: { nth: [2] },
      duplication: { nth: [3], laterUs: 5 },
      reordering: { nth: [1], heldUs: 100 },
    };
    const { hops, arrivals } = play(spec, all(3, 20));
    expect(ends(hops)).toEqual(['arrived 130', 'wire loss', 'arrived 70']);
    expect([hops[2]?.copiesUs, arrivals]).toEqual([[75], 3]);
  });

  it('by what is in them', () => {
    const spec: ChannelSpec = { delayUs: 0, loss: { when: ({ bytes, nth }) => bytes[0] === 3 || nth === 1 } };
    expect(ends(play(spec, all(5, 20)).hops)).toEqual(['wire loss', 'arrived 0', 'arrived 0', 'wire loss', 'arrived 0']);
  });

  it('by chance: about as many as the ratio says', () => {
    const { hops } = play({ delayUs: 0, loss: { ratio: 0.1 } }, all(10_000, 20));
    expect(Math.abs(hops.filter(({ end }) => end).length - 1000)).toBeLessThan(100);
  });

  it('by chance does not depend on what else is planned', () => {
    const lost = (spec: Partial<ChannelSpec>) => {
      const { hops } = play({ delayUs: 0, loss: { ratio: 0.2, ...spec.loss }, ...spec }, all(200, 20));
      return hops.flatMap(({ end }, nth) => (end ? [nth] : []));
    };
    const usual = lost({});
    expect(lost({ duplication: { ratio: 0.5 }, reordering: { ratio: 0.5, heldUs: 9 } })).toEqual(usual);
    expect(lost({ loss: { ratio: 0.2, nth: [1] } })).toEqual([...new Set([0, ...usual])]);
  });
});

describe('a link that goes down', () => {
  it('loses what waits, what is being sent and what is on the wire, and takes nothing until it is up again', () => {
    const offers = [...all(3, 1500), { atUs: 3000, size: 1500 }, { atUs: 9000, size: 1500 }];
    const { hops, arrivals } = play({ rateBitsPerSecond: 10_000_000, delayUs: 2000 }, offers, {
      downs: [
        [2000, false],
        [5000, true],
      ],
    });
    expect(ends(hops)).toEqual(['wire link-down', 'wire link-down', 'device link-down', 'device link-down', 'arrived 12200']);
    expect(arrivals).toBe(1);
  });

  it('twice changes nothing of what was lost the first time', () => {
    const { hops } = play({ delayUs: 2000 }, all(1, 20), {
      downs: [
        [50, false],
        [60, true],
        [70, false],
      ],
    });
    expect(hops[0]?.end).toEqual({ cause: 'link-down', place: 'wire', atUs: 50 });
  });

  it('does not take back what has arrived', () => {
    const { hops } = play({ delayUs: 10, duplication: { nth: [1], laterUs: 100 } }, all(1, 20), { downs: [[50, false]] });
    expect([ends(hops), hops[0]?.copiesUs]).toEqual([['arrived 10'], []]);
  });
});

const chance = fc.record({
  ratio: fc.double({ min: 0, max: 1, noNaN: true }),
  nth: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
});
const specs: fc.Arbitrary<ChannelSpec> = fc.record(
  {
    delayUs: fc.nat(3000),
    rateBitsPerSecond: fc.integer({ min: 100_000, max: 1_000_000_000 }),
    queue: fc.oneof(fc.record({ packets: fc.nat(6) }), fc.record({ bytes: fc.nat(4000) })),
    loss: chance,
    duplication: fc.tuple(chance, fc.nat(500)).map(([one, laterUs]) => ({ ...one, laterUs })),
    reordering: fc.tuple(chance, fc.nat(5000)).map(([one, heldUs]) => ({ ...one, heldUs })),
  },
  { requiredKeys: ['delayUs'] },
);
const offers = fc.array(fc.record({ atUs: fc.nat(20_000), size: fc.integer({ min: 20, max: 1500 }) }), { maxLength: 40 });
const downs = fc.array(fc.tuple(fc.nat(20_000), fc.boolean()), { maxLength: 4 });

describe('any link', () => {
  it('loses account of nothing: each frame arrives once, or ended for a reason; and copies come on top', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(specs, offers, downs, fc.nat(), (spec, given, pulls, seed) => {
        const { hops, arrivals } = play(spec, given, { seed, downs: pulls });
        expect(hops).toHaveLength(given.length);
        for (const { arrivedUs, end, copiesUs } of hops) {
          expect([arrivedUs !== undefined, end !== undefined].filter(Boolean)).toHaveLength(1);
          if (end) expect(copiesUs).toEqual([]);
          seen.add(end ? `${end.place} ${end.cause}` : copiesUs.length > 0 ? 'twice' : 'once');
        }
        const arrived = hops.reduce((sum, { arrivedUs, copiesUs }) => sum + (arrivedUs === undefined ? 0 : 1) + copiesUs.length, 0);
        expect(arrivals).toBe(arrived);
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(['device link-down', 'device queue-full', 'once', 'twice', 'wire link-down', 'wire loss']);
  });

  it('sends one frame at a time, in the order in which it took them', () => {
    fc.assert(
      fc.property(specs, offers, downs, (spec, given, pulls) => {
        const { hops } = play(spec, given, { downs: pulls });
        const begun = hops.filter(({ startedUs }) => startedUs !== undefined);
        for (const [index, { startedUs = 0, offeredUs }] of begun.entries()) {
          expect(startedUs).toBeGreaterThanOrEqual(offeredUs);
          expect(startedUs).toBeGreaterThanOrEqual(begun[index - 1]?.sentUs ?? begun[index - 1]?.end?.atUs ?? 0);
        }
      }),
    );
  });

  it('never has more waiting than its queue holds', () => {
    const limited = fc.tuple(specs, fc.nat(6)).map(([spec, packets]) => ({ ...spec, queue: { packets } }));
    fc.assert(
      fc.property(limited, offers, (spec, given) => {
        const { hops } = play(spec, given);
        for (const { offeredUs } of hops) {
          const waiting = hops.filter((hop) => hop.startedUs !== undefined && hop.offeredUs <= offeredUs && hop.startedUs > offeredUs);
          expect(waiting.length).toBeLessThanOrEqual(spec.queue.packets);
        }
      }),
    );
  });

  it('without reordering delivers in order', () => {
    fc.assert(
      fc.property(specs, offers, ({ reordering: _, ...spec }, given) => {
        const arrived = play(spec, given).hops.flatMap(({ arrivedUs }) => arrivedUs ?? []);
        expect(arrived).toEqual(arrived.toSorted((a, b) => a - b));
      }),
    );
  });
});
