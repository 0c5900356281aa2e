import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dissect, type Layer } from './dissect.ts';
import { type Field, flatFields } from './field.ts';
import { EXAMPLES, type Example } from './network/packets.fixture.ts';

const isInside = (part: Field, field: Field): boolean => part.at >= field.at && part.at + part.bits <= field.at + field.bits;

/** What of a layer lies outside the bytes, and what of a field outside the field. */
function straysIn({ protocol, at, headEnd, end, fields, errors }: Layer, length: number): readonly string[] {
  const strays: string[] = at <= headEnd && headEnd <= end && end <= length ? [] : [protocol];
  for (const { code, offset } of errors) if (offset > length) strays.push(`${protocol}: ${code}`);
  for (const field of flatFields(fields)) {
    if (field.at + field.bits > length * 8) strays.push(`${protocol}: ${field.id}`);
    for (const part of field.parts ?? []) if (!isInside(part, field)) strays.push(`${protocol}: ${field.id}: ${part.id}`);
  }
  return strays;
}

const strays = ({ first, bytes }: Example): readonly string[] =>
  dissect(bytes, first).layers.flatMap((layer) => straysIn(layer, bytes.length));

const numbered = EXAMPLES.map((example, number) => ({ ...example, name: `${number}, ${example.first}` }));

describe.each(numbered)('packet $name', ({ first, bytes }) => {
  it('has fields with names of their own', () => {
    for (const { fields } of dissect(bytes, first).layers) expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });
  it('cut at every byte, is read up to there', () => {
    const cuts = Array.from({ length: bytes.length + 1 }, (_, length) => bytes.slice(0, length));
    expect(cuts.flatMap((cut) => strays({ first, bytes: cut }))).toEqual([]);
  });
  it('with any one bit flipped, is read', () => {
    const flips = Array.from({ length: bytes.length * 8 }, (_, bit) => bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7))));
    expect(flips.flatMap((flipped) => strays({ first, bytes: flipped }))).toEqual([]);
  });
});

describe('every packet', () => {
  it('with any bytes in it, is read', () => {
    const damage = fc.array(fc.tuple(fc.nat(150), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), damage, ({ first, bytes }, changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
        expect(strays({ first, bytes: damaged })).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
