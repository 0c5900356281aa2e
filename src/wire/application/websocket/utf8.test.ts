import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../../hex.fixture.ts';
import { scanUtf8, textOf, UTF8_START } from './utf8.ts';

/** What the platform says of the same bytes. */
function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
const isWhole = (bytes: Uint8Array): boolean => {
  const scan = scanUtf8(bytes);
  return scan.ok && scan.state.left === 0;
};

describe('the scan of UTF-8', () => {
  it.each([
    ['a byte that begins nothing', '6180', 1],
    ['the overlong slash', 'c0af', 0],
    ['an overlong form of three bytes', 'e080af', 1],
    ['a surrogate', 'eda080', 1],
    ['a point beyond U+10FFFF', 'f4908080', 1],
    ['an ASCII letter where a character goes on', 'c328', 1],
  ])('stops at %s', (_what, hex, index) => {
    expect(scanUtf8(fromHex(hex))).toEqual({ ok: false, index });
  });

  it('agrees with the platform on bytes that look like UTF-8', () => {
    const byte = fc.constantFrom(
      0x00,
      0x61,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xe1,
      0xed,
      0xef,
      0xf0,
      0xf1,
      0xf4,
      0xf5,
    );
    const bytes = fc.array(byte, { maxLength: 5 }).map((list) => Uint8Array.from(list));
    fc.assert(
      fc.property(bytes, (list) => {
        expect(isWhole(list)).toBe(isText(list));
      }),
      { numRuns: 5_000 },
    );
  });

  it('goes on where a fragment was cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, at) => {
        const bytes = utf8(text);
        const first = scanUtf8(bytes.subarray(0, at % (bytes.length + 1)));
        expect(first.ok && scanUtf8(bytes.subarray(at % (bytes.length + 1)), first.state)).toMatchObject({
          ok: true,
          state: { left: UTF8_START.left },
        });
      }),
    );
  });
});

it('text keeps its byte order mark', () => expect(textOf(fromHex('efbbbf61'))).toBe('\ufeffa'));
