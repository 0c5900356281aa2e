/** A field of a packet: its name, value, meaning and unit, and the bits that it stands in. */
import { readBits, writeBits } from './bits.ts';
import { type Bits, type FieldKind, type FieldValue, KINDS } from './field-kind.ts';
import type { WireErrorCode } from './wire-error.ts';

export type Unit = 'bytes' | '8-byte units' | '4-byte words' | 'hops' | 'seconds' | 'milliseconds';

/** What a field ought to be, worked out from the rest of the packet: a checksum, a length. */
export type Check = { readonly isGood: boolean; readonly expected: string };

export type Field = Bits & {
  /** Short, unique among its neighbours: `ttl`. */
  readonly id: string;
  /** As the RFC names it: `Time to Live`. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly value: FieldValue;
  /** The value as a person reads it: `0x4e79`, `192.0.2.10`. */
  readonly text: string;
  readonly unit?: Unit;
  /** What the value says: `TCP`, `the last fragment`. */
  readonly meaning?: string;
  /** Under what name Wireshark filters it: `ip.ttl`. Missing where Wireshark has none. */
  readonly wireshark?: string;
  readonly check?: Check;
  readonly error?: WireErrorCode;
  /** The fields inside it: the flags of a byte of flags, an option's kind and length. */
  readonly parts?: readonly Field[];
};

/** What may be said of a field besides its bits. */
export type FieldFacts = Pick<Field, 'id' | 'name' | 'kind'> &
  Partial<Pick<Field, 'unit' | 'meaning' | 'wireshark' | 'check' | 'error' | 'parts'>>;

/** Reads one field from its bits, which lie inside `bytes`. */
export function fieldAt(bytes: Uint8Array, where: Bits, facts: FieldFacts): Field {
  const kind = KINDS[facts.kind];
  const value = kind.read(bytes, where);
  return { ...facts, at: where.at, bits: where.bits, value, text: kind.show(value, where.bits) };
}

export type EditResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: 'bad-value'; readonly hint: string };

/** What may be written into a field, for a person who wrote something else. */
const HINTS: Readonly<Record<FieldKind, (bits: number) => string>> = {
  number: (bits) => `a whole number from 0 to ${2 ** bits - 1}, or hex such as 0x1f`,
  hex: (bits) => `hex from 0x0 to 0x${(2 ** bits - 1).toString(16)}, or a whole number`,
  flag: () => '0 or 1',
  mac: () => 'six bytes such as 02:00:00:00:00:0a',
  ipv4: () => 'four numbers from 0 to 255 such as 192.0.2.10',
  ipv6: () => 'an IPv6 address such as 2001:db8::a',
  bytes: (bits) => `${bits / 4} hex digits`,
  text: (bits) => `text of exactly ${bits / 8} bytes`,
};

/** A copy of the bytes in which the field says what the text says. Nothing else changes: lengths and checksums stay. */
export function editField(bytes: Uint8Array, field: Pick<Field, 'kind' | 'at' | 'bits'>, text: string): EditResult {
  const value = KINDS[field.kind].parse(text, field.bits);
  if (!value) return { ok: false, code: 'bad-value', hint: HINTS[field.kind](field.bits) };
  // Not `slice`, which of a Buffer of Node makes no copy.
  const edited = new Uint8Array(bytes);
  if (field.at % 8 === 0 && field.bits % 8 === 0) edited.set(value, field.at / 8);
  else writeBits(edited, field.at, field.bits, readBits(value, 0, value.length * 8));
  return { ok: true, bytes: edited };
}

/** All fields and their parts, outermost first. */
export const flatFields = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => [field, ...flatFields(field.parts ?? [])]);
