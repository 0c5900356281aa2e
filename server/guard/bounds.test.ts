import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lab/limits.ts';
import { isWithinBounds } from './bounds.ts';

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { inside: value };
  return value;
};

describe('isWithinBounds', () => {
  it.each([undefined, null, 0, 'text', [], {}])('takes %j', (payload) => {
    expect(isWithinBounds(payload)).toBe(true);
  });
  it(`takes ${LIMITS.depth} levels, and refuses one more`, () => {
    expect(isWithinBounds(nested(LIMITS.depth))).toBe(true);
    expect(isWithinBounds(nested(LIMITS.depth + 1))).toBe(false);
  });
  it('refuses a depth that would end a recursive walk', () => {
    expect(isWithinBounds(nested(1_000_000))).toBe(false);
  });
  it('takes a full report: 500 records of seven values', () => {
    expect(isWithinBounds({ records: Array.from({ length: LIMITS.recordsPerReport }, () => [1, 2, 3, 4, 5, 6, 7]) })).toBe(true);
  });
  it('refuses more values than any request has, wide or many', () => {
    expect(isWithinBounds(new Array(20_001).fill(0))).toBe(false);
    expect(isWithinBounds(Array.from({ length: 200 }, () => new Array(200).fill([])))).toBe(false);
  });
  it('comes to an end on a cycle', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(isWithinBounds(cycle)).toBe(false);
  });
});
