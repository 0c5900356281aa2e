/** Options: what stands in a header behind its fixed fields, each with a kind, mostly a length, and what it says. */
import { type Field, fieldAt } from '../field.ts';
import { type FieldSpec, readHeader } from '../header.ts';
import type { WireErrorCode } from '../wire-error.ts';

export type OptionFacts = {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly end: number;
  readonly parts: readonly FieldSpec[];
  readonly meaning?: string;
  readonly wireshark?: string;
  readonly error?: WireErrorCode;
};

/** One option as a field from byte `at` to byte `end`, with its parts. What the parts leave over is a part of its own. */
export function optionField(bytes: Uint8Array, { at, end, parts, ...facts }: OptionFacts): Field {
  const { fields } = readHeader({ title: facts.name, source: '', fields: parts }, bytes, { at, end });
  const partsEnd = fields.reduce((_, field) => field.at + field.bits, at * 8);
  const isWhole = fields.length === parts.length;
  const rest = { id: 'rest', name: isWhole ? 'Rest' : 'Incomplete', kind: 'bytes' } as const;
  const over = partsEnd < end * 8 ? [fieldAt(bytes, { at: partsEnd, bits: end * 8 - partsEnd }, rest)] : [];
  return fieldAt(bytes, { at: at * 8, bits: (end - at) * 8 }, { ...facts, kind: 'bytes', parts: [...fields, ...over] });
}

/** What options are read into. `badAt`: where the malformed ones begin, bytes from the beginning of the input. */
export type OptionsRead = { readonly fields: readonly Field[]; readonly badAt: readonly number[] };

/** Names that occur twice are numbered, so that each is unique among its neighbours. */
export function withUniqueIds(fields: readonly Field[]): readonly Field[] {
  const seen = new Map<string, number>();
  return fields.map((field) => {
    const count = (seen.get(field.id) ?? 0) + 1;
    seen.set(field.id, count);
    return count === 1 ? field : { ...field, id: `${field.id}-${count}` };
  });
}
