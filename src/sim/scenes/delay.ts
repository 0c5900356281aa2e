/**
 * Where the time of a packet goes: it waits for those before it, is put on the wire bit by bit, and travels. A queue that is
 * full drops what comes. Nothing here is damaged: every loss is the queue's.
 */
import type { Trace } from '#trace/trace.ts';
import { type Random, randomOf } from '../kernel/random.ts';
import type { Hop } from '../link/hop.ts';
import { Network } from '../network.ts';
import { arrowIdOf, slowedToShow } from '../to-trace.ts';

export type DelaySettings = {
  /** Length of each packet with its IP header, 28 to 1,500 bytes. */
  readonly packetBytes: number;
  readonly rateBitsPerSecond: number;
  /** Length of the cable. */
  readonly distanceKm: number;
  /** Packets that were handed over just before the first one. */
  readonly inFront?: number;
  /** How many may wait, the one that is being sent not counted. Left out: any number. */
  readonly queuePackets?: number;
  /** Left out: one packet, at the beginning. */
  readonly arrivals?: { readonly count: number; readonly perSecond: number; readonly pattern: 'even' | 'random' };
  readonly seed?: number;
};

export type DelayRefusal = 'bad-size' | 'bad-rate' | 'bad-distance' | 'bad-count';

/** Whole µs, as they were in the run: their sum is the total. */
export type Delays = {
  readonly queueingUs: number;
  readonly transmissionUs: number;
  readonly propagationUs: number;
  readonly totalUs: number;
};

export type DelayedPacket = {
  /** Its arrow in the trace. */
  readonly id: string;
  /** Whether it only stands in the way of the others. */
  readonly isInFront: boolean;
  readonly offeredUs: number;
  /** Missing if the queue was full. */
  readonly delays?: Delays;
};

export type DelayRun = {
  readonly packets: readonly DelayedPacket[];
  readonly dropped: number;
  /** How many waited, from each moment at which that changed. */
  readonly waiting: readonly { readonly atUs: number; readonly packets: number }[];
  /** By the formula, not rounded: size ÷ rate, and distance ÷ speed. */
  readonly exact: { readonly transmissionUs: number; readonly propagationUs: number };
  readonly trace: Trace;
};

export type DelayResult = { readonly ok: true; readonly run: DelayRun } | { readonly ok: false; readonly code: DelayRefusal };

/** Light in a fibre, and signals in copper, need about this long for a kilometre: two thirds of the speed of light in vacuum. */
export const US_PER_KM = 5;
const HEADER_BYTES = 28;
const LARGEST_PACKET = 1500;
export const MOST_PACKETS = 500;
/** To the Moon: further than any cable. */
const LONGEST_KM = 400_000;
const SLOWEST_RATE = 1;
const MICRO = 1_000_000;
/** So many times the time of one sending a run may take to play. */
const MOST_SHOWN = 40;

function refusalOf({ packetBytes, rateBitsPerSecond, distanceKm, inFront = 0, arrivals }: DelaySettings): DelayRefusal | undefined {
  if (!(Number.isInteger(packetBytes) && packetBytes >= HEADER_BYTES && packetBytes <= LARGEST_PACKET)) return 'bad-size';
  if (!(Number.isSafeInteger(rateBitsPerSecond) && rateBitsPerSecond >= SLOWEST_RATE)) return 'bad-rate';
  if (arrivals && !(arrivals.perSecond > 0 && Number.isFinite(arrivals.perSecond))) return 'bad-rate';
  if (!(distanceKm >= 0 && distanceKm <= LONGEST_KM)) return 'bad-distance';
  const counts = [inFront, arrivals?.count ?? 1];
  return counts.every((count) => Number.isInteger(count) && count >= 0) && inFront + (arrivals?.count ?? 1) <= MOST_PACKETS
    ? undefined
    : 'bad-count';
}

/** Moments of arrival, µs: at equal distances, or as calls come to an exchange (a Poisson process). */
function momentsOf({ arrivals }: DelaySettings, random: Random): readonly number[] {
  const { count, perSecond, pattern } = arrivals ?? { count: 1, perSecond: 1, pattern: 'even' };
  let atUs = 0;
  return Array.from({ length: count }, () => {
    const now = atUs;
    const gaps = pattern === 'even' ? 1 : -Math.log(1 - random.ratio());
    atUs += (gaps * MICRO) / perSecond;
    return Math.round(now);
  });
}

function delaysOf({ offeredUs, startedUs, sentUs, arrivedUs }: Hop): Delays | undefined {
  if (startedUs === undefined || sentUs === undefined || arrivedUs === undefined) return undefined;
  return {
    queueingUs: startedUs - offeredUs,
    transmissionUs: sentUs - startedUs,
    propagationUs: arrivedUs - sentUs,
    totalUs: arrivedUs - offeredUs,
  };
}

function waitingOf(hops: readonly Hop[]): DelayRun['waiting'] {
  const changes = hops
    .flatMap(({ offeredUs, startedUs = offeredUs }) =>
      startedUs > offeredUs
        ? [
            { atUs: offeredUs, by: 1 },
            { atUs: startedUs, by: -1 },
          ]
        : [],
    )
    .sort((a, b) => a.atUs - b.atUs);
  let packets = 0;
  const steps = changes.map(({ atUs, by }) => {
    packets += by;
    return { atUs, packets };
  });
  // Of one moment only the last counts.
  return steps.filter(({ atUs }, index) => steps[index + 1]?.atUs !== atUs);
}

function networkOf({ rateBitsPerSecond, distanceKm, queuePackets, seed = 1 }: DelaySettings): Network {
  return new Network({
    seed,
    hosts: [
      { id: 'ada', name: 'Ada' },
      { id: 'bo', name: 'Bo' },
    ],
    links: [
      {
        ends: [
          { node: 'ada', address: '192.0.2.10/24' },
          { node: 'bo', address: '192.0.2.20/24' },
        ],
        rateBitsPerSecond,
        delayUs: Math.round(distanceKm * US_PER_KM),
        ...(queuePackets !== undefined && { queue: { packets: queuePackets } }),
      },
    ],
  });
}

/** Sends the packets over one cable, and tells of each where its time went. */
export function playDelay(settings: DelaySettings): DelayResult {
  const code = refusalOf(settings);
  if (code) return { ok: false, code };
  const { packetBytes, rateBitsPerSecond, distanceKm, inFront = 0, seed = 1 } = settings;
  const network = networkOf(settings);
  const { udp } = network.node('ada');
  network.node('bo').udp.listen(9999, () => undefined);
  const send = (): void => {
    udp.send({ destination: '192.0.2.20', sourcePort: 50_000, destinationPort: 9999, data: new Uint8Array(packetBytes - HEADER_BYTES) });
  };
  for (let nth = 0; nth < inFront; nth += 1) network.kernel.at(0, send);
  for (const atUs of momentsOf(settings, randomOf(seed, 'arrivals'))) network.kernel.at(atUs, send);
  network.run();
  const label = (_: Uint8Array, id: string): string =>
    Number(id.split(':')[1]) < inFront ? 'in front' : `packet ${Number(id.split(':')[1]) - inFront + 1}`;
  const exact = { transmissionUs: (packetBytes * 8 * MICRO) / rateBitsPerSecond, propagationUs: distanceKm * US_PER_KM };
  const slowed = Math.min(slowedToShow(exact.transmissionUs), slowedToShow(network.kernel.nowUs / MOST_SHOWN));
  const { trace, hops } = network.result({ label, slowed });
  const packets = hops.map((hop, nth): DelayedPacket => {
    const delays = delaysOf(hop);
    return { id: arrowIdOf(nth), isInFront: nth < inFront, offeredUs: hop.offeredUs, ...(delays && { delays }) };
  });
  const dropped = packets.filter(({ delays }) => !delays).length;
  return { ok: true, run: { packets, dropped, waiting: waitingOf(hops), exact, trace } };
}
