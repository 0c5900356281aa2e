import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatFields } from '../field.ts';
import { fromHex, toHex } from '../hex.fixture.ts';
import { MAX_OPTION_BYTES, readTcpOptions, type TcpOption, windowFactor, writeTcpOptions } from './tcp-options.ts';

const read = (hex: string) => {
  const bytes = fromHex(hex);
  return readTcpOptions(bytes, { at: 0, end: bytes.length });
};

const anyNumber = fc.integer({ min: 0, max: 0xffff_ffff });
const READ_KINDS = [0, 1, 2, 3, 4, 5, 8];
const anyOption: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constantFrom<TcpOption>({ name: 'no-op' }, { name: 'sack-permitted' }),
  fc.record({ name: fc.constant('mss' as const), bytes: fc.integer({ min: 0, max: 0xffff }) }),
  fc.record({ name: fc.constant('window-scale' as const), shift: fc.integer({ min: 0, max: 255 }) }),
  fc.record({
    name: fc.constant('sack' as const),
    blocks: fc.array(fc.record({ left: anyNumber, right: anyNumber }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ name: fc.constant('timestamps' as const), value: anyNumber, echo: anyNumber }),
  fc.record({
    name: fc.constant('unknown' as const),
    kind: fc.integer({ min: 6, max: 255 }).filter((kind) => !READ_KINDS.includes(kind)),
    data: fc.uint8Array({ maxLength: 12 }),
  }),
);

describe('options', () => {
  it.each<[string, string, readonly TcpOption[]]>([
    ['SACK', '0101050a0000000a00000014', [{ name: 'no-op' }, { name: 'no-op' }, { name: 'sack', blocks: [{ left: 10, right: 20 }] }]],
    ['timestamps', '080a00000001800000000101', [{ name: 'timestamps', value: 1, echo: 2 ** 31 }, { name: 'no-op' }, { name: 'no-op' }]],
    ['of another kind', '1e04abcd', [{ name: 'unknown', kind: 30, data: Uint8Array.of(0xab, 0xcd) }]],
    ['that end early', '00ffffff', [{ name: 'end' }]],
  ])('%s are read as values', (_, hex, options) => {
    expect(read(hex)).toMatchObject({ options, errors: [] });
  });
  it('show what is behind their end as padding', () => {
    expect(read('0200').errors).toHaveLength(1);
    expect(read('01000000').fields.map(({ id, text }) => [id, text])).toEqual([
      ['no-op', '01'],
      ['end', '00'],
      ['padding', '0000'],
    ]);
  });
  it('name the edges of each SACK block', () => {
    const edges = flatFields(read('05120000000a000000140000001e00000028').fields).filter(({ id }) => /left|right/.test(id));
    expect(edges.map(({ id, value }) => [id, value])).toEqual([
      ['left-1', 10],
      ['right-1', 20],
      ['left-2', 30],
      ['right-2', 40],
    ]);
  });
  it('read again as they were written, as far as 40 bytes reach', () => {
    fc.assert(
      fc.property(fc.array(anyOption, { maxLength: 8 }), (options) => {
        const length = options.reduce((sum, option) => sum + writeTcpOptions([option]).length, 0);
        fc.pre(length <= MAX_OPTION_BYTES);
        const bytes = writeTcpOptions(options);
        const { options: again, errors } = readTcpOptions(bytes, { at: 0, end: bytes.length });
        expect(again.filter(({ name }) => name !== 'end')).toEqual(options);
        expect(errors).toEqual([]);
      }),
    );
  });
});

describe('a malformed option', () => {
  it.each([
    ['whose length is 0', '0200', 0],
    ['whose length is 1', '01020105b4', 1],
    ['that runs past the header', '0101020a05b4', 2],
    ['of an unknown kind that runs past it', '1e05abcd', 0],
    ['without a length', '010102', 2],
    ['of a length that its kind cannot have', '0203050303070000', 0],
    ['SACK with half a block', '05060000000a0000', 0],
    ['SACK without a block', '05020101', 0],
  ])('%s is an error at its place', (_, hex, offset) => {
    expect(read(hex).errors[0]).toEqual({ code: 'bad-option', offset });
  });
  it('that says where the next one begins does not hide it', () => {
    expect(read('020305030307').options).toEqual([{ name: 'window-scale', shift: 7 }]);
  });
  it('that does not takes the rest of the header', () => {
    expect(read('0200030307').fields.map(({ id, text, error }) => [id, text, error])).toEqual([['mss', '0200030307', 'bad-option']]);
  });
});

it('any bytes are read to their end, each in exactly one option or in the padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: MAX_OPTION_BYTES }), (bytes) => {
      const { fields } = readTcpOptions(bytes, { at: 0, end: bytes.length });
      expect(fields.map(({ text }) => text).join('')).toBe(toHex(bytes));
      expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    }),
    { numRuns: 500 },
  );
});

it('a shift above 14 counts as 14 (RFC 7323 §2.3)', () => {
  expect([0, 7, 14, 15, 255].map(windowFactor)).toEqual([1, 128, 16_384, 16_384, 16_384]);
});
