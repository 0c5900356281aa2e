/** Figures as a person reads them: the unit that suits, four digits at most. Pure. */

const DIGITS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

export const numberText = (value: number): string => DIGITS.format(value);

type Unit = { readonly from: number; readonly size: number; readonly name: string };

/** In the largest unit that begins at or below the value; the first, smallest one takes the rest. */
function inUnit(value: number, units: readonly [Unit, ...Unit[]]): string {
  const unit = units.findLast(({ from }) => Math.abs(value) >= from) ?? units[0];
  return `${numberText(value / unit.size)} ${unit.name}`;
}

/** `0.32 µs`, `12 µs`, `1.2 ms`, `2.4 s`. */
export const timeText = (us: number): string =>
  inUnit(us, [
    { from: 0, size: 1, name: 'µs' },
    { from: 1_000, size: 1_000, name: 'ms' },
    { from: 1_000_000, size: 1_000_000, name: 's' },
  ]);

/** `64 kbit/s`, `1 Mbit/s`, `10 Gbit/s`. */
export const rateText = (bitsPerSecond: number): string =>
  inUnit(bitsPerSecond, [
    { from: 0, size: 1_000, name: 'kbit/s' },
    { from: 1e6, size: 1e6, name: 'Mbit/s' },
    { from: 1e9, size: 1e9, name: 'Gbit/s' },
  ]);

/** `10 m`, `6,000 km`. */
export const distanceText = (km: number): string =>
  inUnit(km, [
    { from: 0, size: 0.001, name: 'm' },
    { from: 1, size: 1, name: 'km' },
  ]);

/** `1 packet`, `3 packets`. */
export const countText = (count: number, noun: string): string => `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;

export const percentText = (ratio: number): string => `${numberText(Math.round(ratio * 1000) / 10)} %`;
