/** What can be set on the ruler, within which bounds, and in which steps. Pure. */
import type { DelaySettings } from '#sim/scenes/delay.ts';
import { countText, distanceText, numberText, rateText } from './amounts.ts';

export type RulerSettings = {
  readonly packetBytes: number;
  readonly rateBitsPerSecond: number;
  readonly distanceKm: number;
  readonly inFront: number;
  /** How many may wait; undefined: any number. */
  readonly queuePackets: number | undefined;
  readonly count: number;
  readonly perSecond: number;
  readonly pattern: 'even' | 'random';
  /** Which random moments. */
  readonly seed: number;
};

export type ScaleKey = 'packetBytes' | 'rateBitsPerSecond' | 'distanceKm' | 'inFront' | 'queuePackets' | 'count' | 'perSecond';

export type Scale = {
  readonly key: ScaleKey;
  readonly label: string;
  /** The unit that a person types, and how much it is. */
  readonly unit: string;
  readonly unitSize: number;
  readonly isWhole: boolean;
  /** Where the slider stops; the first and the last are the bounds. */
  readonly stops: readonly [number, ...number[]];
  readonly text: (value: number) => string;
};

/** Distances that have a name, kilometres. The last is half of the way around the Earth. */
const PLACES: Readonly<Record<number, string>> = {
  0.01: 'the same room',
  20: 'the same city',
  6000: 'another continent',
  20000: 'the other side of the Earth',
};
const placeText = (km: number): string => {
  const place = PLACES[km];
  return place ? `${distanceText(km)}, ${place}` : distanceText(km);
};

export const SCALES: Readonly<Record<ScaleKey, Scale>> = {
  packetBytes: {
    key: 'packetBytes',
    label: 'Size of a packet',
    unit: 'bytes',
    unitSize: 1,
    isWhole: true,
    stops: [28, 40, 64, 100, 200, 300, 500, 750, 1_000, 1_250, 1_500],
    text: (bytes) => countText(bytes, 'byte'),
  },
  rateBitsPerSecond: {
    key: 'rateBitsPerSecond',
    label: 'Rate of the line',
    unit: 'Mbit/s',
    unitSize: 1e6,
    isWhole: true,
    stops: [64e3, 128e3, 256e3, 512e3, 1e6, 2e6, 5e6, 10e6, 20e6, 50e6, 100e6, 200e6, 500e6, 1e9, 2e9, 5e9, 10e9],
    text: rateText,
  },
  distanceKm: {
    key: 'distanceKm',
    label: 'Length of the cable',
    unit: 'km',
    unitSize: 1,
    isWhole: false,
    stops: [0.01, 0.1, 1, 5, 20, 50, 100, 200, 500, 1_000, 2_000, 4_000, 6_000, 8_000, 10_000, 15_000, 20_000],
    text: placeText,
  },
  inFront: {
    key: 'inFront',
    label: 'Packets in front of it',
    unit: 'packets',
    unitSize: 1,
    isWhole: true,
    stops: [0, 1, 2, 3, 5, 8, 10, 20, 50, 99, 150, 200],
    text: (count) => countText(count, 'packet'),
  },
  queuePackets: {
    key: 'queuePackets',
    label: 'Places in the queue',
    unit: 'packets',
    unitSize: 1,
    isWhole: true,
    stops: [0, 1, 2, 3, 5, 10, 20, 50, 100, 200],
    text: (count) => countText(count, 'packet'),
  },
  count: {
    key: 'count',
    label: 'Packets that arrive',
    unit: 'packets',
    unitSize: 1,
    isWhole: true,
    stops: [1, 2, 5, 10, 20, 50, 100, 200, 300],
    text: (count) => countText(count, 'packet'),
  },
  perSecond: {
    key: 'perSecond',
    label: 'How many arrive a second',
    unit: 'a second',
    unitSize: 1,
    isWhole: true,
    stops: [1, 2, 5, 10, 20, 50, 80, 100, 120, 150, 200, 500, 600, 800, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6],
    text: (count) => `${numberText(count)} a second`,
  },
};

const [leastOf, mostOf] = [({ stops }: Scale): number => stops[0], ({ stops }: Scale): number => stops.at(-1) ?? stops[0]];
export const boundsOf = (scale: Scale): { readonly least: number; readonly most: number } => ({
  least: leastOf(scale),
  most: mostOf(scale),
});

/** The nearest value that may be set; undefined for what is no number. */
export function fitted(scale: Scale, value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  return Math.min(mostOf(scale), Math.max(leastOf(scale), scale.isWhole ? Math.round(value) : value));
}

/** The stop of the slider that is nearest to a value, by ratio. */
export function stopOf({ stops }: Scale, value: number): number {
  const far = (stop: number): number => Math.abs(Math.log((stop + 0.001) / (value + 0.001)));
  return stops.reduce((best, stop, index) => (far(stop) < far(stops[best] ?? 0) ? index : best), 0);
}

/** What arrives, as a part of what the line can carry; undefined for a single packet. */
export const loadOf = ({ count, perSecond, packetBytes, rateBitsPerSecond }: RulerSettings): number | undefined =>
  count > 1 ? (perSecond * packetBytes * 8) / rateBitsPerSecond : undefined;

export function toScene({ queuePackets, count, perSecond, pattern, ...settings }: RulerSettings): DelaySettings {
  return { ...settings, ...(queuePackets !== undefined && { queuePackets }), arrivals: { count, perSecond, pattern } };
}
