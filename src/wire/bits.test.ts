import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBits, writeBits } from './bits.ts';
import { fromHex, toHex } from './hex.fixture.ts';

describe('bits', () => {
  it('are numbered from the most significant bit of the first byte (RFC 791, Appendix B)', () => {
    const bytes = fromHex('45c00034');
    expect([readBits(bytes, 0, 4), readBits(bytes, 4, 4), readBits(bytes, 8, 6), readBits(bytes, 16, 16)]).toEqual([4, 5, 48, 0x34]);
  });
  it('read as zero behind the end', () => {
    expect(readBits(fromHex('ff'), 4, 8)).toBe(0xf0);
  });
  it('are written without touching their neighbours', () => {
    const bytes = fromHex('ffffff');
    writeBits(bytes, 5, 13, 0);
    expect(toHex(bytes)).toBe('f8003f');
  });
  it('read as they were written, at any bit and in any width', () => {
    const place = fc.record({ at: fc.nat(40), bits: fc.integer({ min: 1, max: 53 }) });
    fc.assert(
      fc.property(place, fc.maxSafeNat(), fc.uint8Array({ minLength: 16, maxLength: 16 }), ({ at, bits }, number, before) => {
        const bytes = before.slice();
        const value = number % 2 ** bits;
        writeBits(bytes, at, bits, value);
        expect(readBits(bytes, at, bits)).toBe(value);
        writeBits(bytes, at, bits, readBits(before, at, bits));
        expect(toHex(bytes)).toBe(toHex(before));
      }),
    );
  });
});
