import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seqAdd, seqAtMost, seqDistance, seqLess } from './sequence-number.ts';

const anyNumber = fc.integer({ min: 0, max: 0xffff_ffff });

describe('sequence numbers (RFC 9293 §3.4)', () => {
  it('wrap: five bytes behind the number 0xfffffffe end before 4', () => {
    expect([1, 2, 3, 4, 5].map((byte) => seqAdd(0xffff_fffe, byte))).toEqual([0xffff_ffff, 0, 1, 2, 3]);
    expect(seqAdd(0xffff_fffe, 6)).toBe(4);
  });
  it('come before those that follow within half of the circle', () => {
    expect(seqLess(0xffff_ffff, 3)).toBe(true);
    expect(seqLess(3, 0xffff_ffff)).toBe(false);
    expect(seqLess(3, 3)).toBe(false);
    expect(seqAtMost(3, 3)).toBe(true);
    expect(seqAtMost(4, 3)).toBe(false);
  });
  it('are as far apart as was added, forward and back', () => {
    fc.assert(
      fc.property(anyNumber, fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }), (number, bytes) => {
        expect(seqDistance(number, seqAdd(number, bytes))).toBe(bytes);
        expect(seqLess(number, seqAdd(number, bytes))).toBe(bytes > 0);
      }),
    );
  });
});
