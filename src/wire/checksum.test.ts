import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internetChecksum, onesComplementSum } from './checksum.ts';
import { fromHex } from './hex.fixture.ts';

describe('the Internet checksum', () => {
  it('of the example of RFC 1071 §3 is 0x220d', () => {
    const bytes = fromHex('0001f203f4f5f6f7');
    expect(onesComplementSum(bytes)).toBe(0xddf2);
    expect(internetChecksum(bytes)).toBe(0x220d);
  });
  it('of an IPv4 header is what the header says when its own field counts as zero, and 0 over the whole', () => {
    expect(internetChecksum(fromHex('4500007300004000401100 00c0a80001c0a800c7'.replaceAll(' ', '')))).toBe(0xb861);
    expect(internetChecksum(fromHex('45000073000040004011b861c0a80001c0a800c7'))).toBe(0);
  });
  it('pads an odd byte with a zero on its right (RFC 1071 §4.1)', () => {
    expect(onesComplementSum(fromHex('01'))).toBe(0x0100);
  });
  it('cannot see that two words have changed places', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 64 }), (bytes) => {
        const swapped = Uint8Array.of(...bytes.subarray(2, 4), ...bytes.subarray(0, 2), ...bytes.subarray(4));
        expect(internetChecksum(swapped)).toBe(internetChecksum(bytes));
      }),
    );
  });
});
