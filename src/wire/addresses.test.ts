import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv6, formatMac, parseIp, parseIpv4, parseIpv6, parseMac } from './addresses.ts';
import { fromHex, toHex } from './hex.fixture.ts';

describe('the text of an IPv6 address', () => {
  it.each([
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db80000000000000000000000aa', '2001:db8::aa'],
    ['20010db8000100010001000100000001', '2001:db8:1:1:1:1:0:1'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['fe800000000000000000000000000000', 'fe80::'],
  ])('of %s is %s (RFC 5952 §4)', (hex, text) => {
    expect(formatIpv6(fromHex(hex))).toBe(text);
    expect(toHex(parseIpv6(text) ?? new Uint8Array())).toBe(hex);
  });
  it('may end in an IPv4 address (RFC 4291 §2.2)', () => {
    expect(toHex(parseIpv6('::ffff:192.0.2.10') ?? new Uint8Array())).toBe('00000000000000000000ffffc000020a');
  });
  it('reads back as it was written, for any address', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(parseIpv6(formatIpv6(bytes))).toEqual(bytes);
      }),
    );
  });
});

it('takes what Node takes for an address, and refuses what Node refuses', () => {
  const nearly = fc.stringMatching(/^[0-9a-f:.]{1,20}$/);
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), nearly), (text) => {
      expect([text, parseIpv4(text) !== undefined, parseIpv6(text) !== undefined]).toEqual([text, isIPv4(text), isIPv6(text)]);
      expect(parseIp(text) !== undefined).toBe(isIPv4(text) || isIPv6(text));
    }),
    { numRuns: 1000 },
  );
});

it('reads and writes the address of a station', () => {
  expect(formatMac(parseMac('02-00-00-00-00-0A') ?? new Uint8Array())).toBe('02:00:00:00:00:0a');
  expect(parseMac('02:00:00:00:00')).toBeUndefined();
});
