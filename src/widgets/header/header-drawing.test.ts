import { describe, expect, it } from 'vitest';
import type { HeaderSpec } from '#wire/header.ts';
import { HEADERS } from '#wire/headers.ts';
import { ETHERNET } from '#wire/link/ethernet.ts';
import { IPV4 } from '#wire/network/ipv4.ts';
import { drawHeader } from './header-drawing.ts';

const GEOMETRIES = ['wide', 'narrow'] as const;
const SPECS: readonly HeaderSpec[] = Object.values(HEADERS).map(({ header }) => header);
const cases = SPECS.flatMap((header) => GEOMETRIES.map((geometry) => [header.title, geometry, header] as const));

describe('a header’s drawing', () => {
  it.each(cases)('of %s, %s, gives every bit its place and leaves no gap', (_title, geometry, header) => {
    const { cells, rows, ticks } = drawHeader(header, geometry);
    const left = ticks[0]?.x ?? 0;
    const right = ticks.at(-1)?.x ?? 0;
    for (const { y } of rows) {
      const row = cells.filter((cell) => cell.y === y).toSorted((a, b) => a.x - b.x);
      const end = row.reduce((x, cell) => {
        expect(cell.x).toBeCloseTo(x);
        return x + cell.width;
      }, left);
      if (y !== rows.at(-1)?.y) expect(end).toBeCloseTo(right);
    }
  });
  it.each(cases)('of %s, %s, names every field once, and each name fits its cell', (_title, geometry, header) => {
    const { cells } = drawHeader(header, geometry);
    const named = cells.filter(({ isContinued }) => !isContinued);
    expect(new Set(named.map(({ id }) => id)).size).toBe(named.length);
    for (const { lines, width } of named) for (const line of lines) expect(line.length * 7).toBeLessThanOrEqual(Math.max(width, 20));
  });
  it('has the rows of RFC 791 §3.1 for IPv4', () => {
    const { cells, rows } = drawHeader(IPV4, 'wide');
    expect(rows.map(({ label }) => label)).toEqual(['0', '4', '8', '12', '16']);
    expect(cells.filter(({ y }) => y === rows[1]?.y).map(({ lines }) => lines.join(' '))).toEqual([
      'Identification',
      '0',
      'DF',
      'MF',
      'Fragment Offset',
    ]);
  });
  it('cuts a field that is wider than a row', () => {
    const { cells } = drawHeader(ETHERNET, 'wide');
    expect(cells.filter(({ id }) => id === 'destination').map(({ width, isContinued }) => [width, isContinued])).toEqual([
      [640, false],
      [320, true],
    ]);
  });
  it('knows where a field goes on below itself, so that no edge divides it', () => {
    const seams = (geometry: 'wide' | 'narrow') => drawHeader(ETHERNET, geometry).seams.map(({ x, width }) => [x, width]);
    // Source, bits 48 to 95: the left half of its second row lies under the destination.
    expect(seams('wide')).toEqual([
      [40, 320],
      [360, 320],
    ]);
    expect(seams('narrow')).toHaveLength(4);
    expect(drawHeader(IPV4, 'wide').seams).toEqual([]);
  });
});
