import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deeperThan } from './depth.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('deeperThan', () => {
  it('agrees with a walk of the parsed value, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 1, max: 8 }), (value, limit) => {
        expect(deeperThan(JSON.stringify(value), limit)).toBe(depthOf(value) > limit);
      }),
      { examples: [[['[{"\\'], 1]] },
    );
  });
  it('needs no stack', () => {
    expect(deeperThan('['.repeat(1_000_000), 32)).toBe(true);
  });
  it('comes to an end on a text that is no JSON', () => {
    for (const text of ['"never ends'.repeat(10), '\\'.repeat(100), ']'.repeat(100)]) expect(deeperThan(text, 3)).toBe(false);
  });
});
