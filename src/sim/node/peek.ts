/**
 * Single fields of a header, read without taking all of it apart: every router looks at a few fields of every packet.
 * Where they stand comes from the table that the codec reads by.
 */
import { readBits } from '#wire/bits.ts';
import type { FieldSpec, HeaderSpec, Values } from '#wire/header.ts';

type Place = { readonly at: number; readonly bits: number };

/** Where each field stands, in bits from the beginning of the header. */
export function placesOf({ fields }: HeaderSpec): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const leaves: readonly FieldSpec[] = fields.flatMap((spec) => (spec.kind === 'group' ? spec.parts : [spec]));
  let at = 0;
  for (const { id, bits } of leaves) {
    places.set(id, { at, bits });
    at += bits;
  }
  return places;
}

/** Reads a field of the header that begins at byte `start`, as a number: a flag and an address too. */
export type Peek<Header extends HeaderSpec> = (bytes: Uint8Array, id: keyof Values<Header>, start?: number) => number;

export function peekInto<const Header extends HeaderSpec>(header: Header): Peek<Header> {
  const places = placesOf(header);
  return (bytes, id, start = 0) => {
    const { at, bits } = places.get(String(id)) ?? { at: 0, bits: 0 };
    if (at % 8 !== 0 || bits % 8 !== 0) return readBits(bytes, start * 8 + at, bits);
    // Most fields are whole bytes.
    const end = start + (at + bits) / 8;
    let value = 0;
    for (let here = start + at / 8; here < end; here += 1) value = value * 256 + (bytes[here] ?? 0);
    return value;
  };
}
