/** A comparison, told to a person. */
import type { Comparison, Tally } from './compare.ts';

const MOST_DIFFERENCES = 40;

const sumOf = (tally: Tally): number => [...tally.values()].reduce((sum, { count }) => sum + count, 0);

/** `3 packets, 120 values of 40 fields agree`. */
export const headline = ({ packets, compared }: Comparison): string =>
  `${packets} packets: ${sumOf(compared)} values of ${compared.size} fields agree`;

/** What was left out, grouped by the reason. */
export function leftOutOf({ leftOut }: Comparison): string {
  const reasons = Map.groupBy(leftOut, ([, { why }]) => why ?? '');
  return [...reasons]
    .map(([why, entries]) => `    ${why}: ${entries.map(([name, { count }]) => `${name || '(text)'} ×${count}`).join(', ')}`)
    .join('\n');
}

/** The whole report on one file. */
export function reportOf(file: string, comparison: Comparison): string {
  const { differences } = comparison;
  const shown = differences.slice(0, MOST_DIFFERENCES).map(({ packet, text }) => `    packet ${packet}: ${text}`);
  const more = differences.length > MOST_DIFFERENCES ? [`    … and ${differences.length - MOST_DIFFERENCES} more`] : [];
  return [
    `${file}: ${headline(comparison)}`,
    `  left out:\n${leftOutOf(comparison)}`,
    differences.length === 0 ? '  no difference' : `  ${differences.length} differences:`,
    ...shown,
    ...more,
  ].join('\n');
}
