/** Faults that were mended in a version must not come back with an older one. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), resolved: z.string().optional() })),
});
const { packages } = lockFile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

const numbersOf = (version: string): readonly number[] => version.split('.').map(Number);

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [numbersOf(version), numbersOf(floor)];
  const at = need.findIndex((number, index) => number !== have[index]);
  return at < 0 || (have[at] ?? 0) > (need[at] ?? 0);
}

describe('the lock file', () => {
  it.each([
    ['engine.io', '6.6.12'],
    ['socket.io-parser', '4.2.7'],
    ['ws', '8.21.3'],
    ['astro', '7.3.2'],
  ])('holds %s at %s or newer, everywhere', (name, floor) => {
    const versions = Object.entries(packages).flatMap(([path, entry]) =>
      path.endsWith(`node_modules/${name}`) ? [entry.version ?? ''] : [],
    );
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([]);
  });

  it('names no place to download from, so that any registry serves', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
  });
});
