import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../hex.fixture.ts';
import { CLOSE_CODES, decodeClose, encodeClose, isCloseCode } from './close.ts';

describe('a close payload', () => {
  it.each([
    ['nothing', '', { reason: '' }],
    ['a code', '03e8', { code: 1000, reason: '' }],
    ['a code and a reason', '03e9627965', { code: 1001, reason: 'bye' }],
    ['a code of an application', '0fa0', { code: 4000, reason: '' }],
  ])('may hold %s', (_what, hex, close) => {
    expect(decodeClose(fromHex(hex))).toEqual({ ok: true, close });
    expect(encodeClose(close)).toEqual({ ok: true, payload: fromHex(hex) });
  });

  it.each([
    ['one byte', '03', 'one-byte-close', 0],
    ['a code below 1000', '03e7', 'bad-close-code', 0],
    ['1005, which only a program sees', '03ed', 'bad-close-code', 0],
    ['1006, which only a program sees', '03ee', 'bad-close-code', 0],
    ['1015, which only a program sees', '03f7', 'bad-close-code', 0],
    ['a code that nobody registered', '07d0', 'bad-close-code', 0],
    ['a code above 4999', '1388', 'bad-close-code', 0],
    ['a reason that is no UTF-8', '03e861ff', 'invalid-utf8', 3],
    ['a reason cut inside a character', '03e861c3', 'invalid-utf8', 4],
  ])('may not hold %s', (_what, hex, code, offset) => {
    expect(decodeClose(fromHex(hex))).toEqual({ ok: false, error: { code, offset } });
  });

  it('is not written for a code that may not cross the wire, or a reason over 123 bytes', () => {
    expect(encodeClose({ code: 1006, reason: '' })).toMatchObject({ error: { code: 'bad-close-code' } });
    expect(encodeClose({ code: 1000, reason: 'é'.repeat(62) })).toMatchObject({ error: { code: 'control-too-long' } });
    expect(encodeClose({ code: 1000, reason: 'x'.repeat(123) }).ok).toBe(true);
  });

  it('of random bytes is read back as it was, or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 125 }), (payload) => {
        const read = decodeClose(payload);
        const written = read.ok ? encodeClose(read.close) : undefined;
        if (!read.ok) expect(read.error.offset).toBeLessThanOrEqual(payload.length);
        else expect(written).toEqual({ ok: true, payload });
      }),
    );
  });
});

it('a close code may be sent if it is registered and not of this end alone, or lies from 3000 to 4999', () => {
  const sendable = Array.from({ length: 6_000 }, (_, code) => code).filter(isCloseCode);
  const registered = Object.keys(CLOSE_CODES)
    .map(Number)
    .filter((code) => ![1005, 1006, 1015].includes(code));
  expect(sendable).toEqual([...registered, ...Array.from({ length: 2_000 }, (_, index) => 3_000 + index)]);
});
