/** The fields of a packet as rows of a tree, and which field each byte belongs to. Pure. */
import type { Field } from '#wire/field.ts';
import type { Bits, FieldValue } from '#wire/field-kind.ts';
import type { Level } from '#wire/layer.ts';
import { WIRE_ERRORS } from '#wire/wire-error.ts';

/** What a tree needs of a layer: any protocol's will do. */
export type LayerLike = {
  readonly title: string;
  readonly level: Level;
  readonly at: number;
  readonly headEnd: number;
  readonly end: number;
  readonly fields: readonly Field[];
  readonly errors: readonly { readonly code: keyof typeof WIRE_ERRORS; readonly offset: number }[];
  readonly quoted?: true;
  /** Its values are not what the bytes say as they stand: they were read without the mask that lies over them. */
  readonly source?: 'decoded' | undefined;
};

export type Row = Bits & {
  /** Where it stands in the tree: `1/5/0`. It stays the same while the packet keeps its shape. */
  readonly key: string;
  readonly depth: 0 | 1 | 2 | 3;
  readonly level: Level;
  readonly name: string;
  /** The value as a person reads it; empty for a layer. */
  readonly text: string;
  readonly meaning: string;
  /** What is wrong with it, in words; empty if nothing is. */
  readonly problem: string;
  /** Missing for a layer. */
  readonly field?: Field;
  /** Its bytes are masked. */
  readonly isMasked: boolean;
};

const bytesWord = (count: number): string => `${count} ${count === 1 ? 'byte' : 'bytes'}`;

/** `1 hop`, `2 hops`. */
const unitOf = (unit: string, value: FieldValue): string => (value === 1 ? unit.replace(/s$/, '') : unit);

function problemOf({ error, check }: Field): string {
  if (check && !check.isGood) return `ought to be ${check.expected}`;
  return error ? WIRE_ERRORS[error] : '';
}

type Place = { readonly key: string; readonly depth: 1 | 2 | 3; readonly level: Level; readonly isMasked: boolean };

function fieldRows(fields: readonly Field[], place: Place): readonly Row[] {
  const { key, depth, level, isMasked } = place;
  return fields.flatMap((field, index): readonly Row[] => {
    const own = `${key}/${index}`;
    const { at, bits, name, text, meaning = '', unit } = field;
    const problem = problemOf(field);
    const row: Row = {
      key: own,
      depth,
      level,
      at,
      bits,
      name,
      text: unit ? `${text} ${unitOf(unit, field.value)}` : text,
      // What is wrong says it all: the checksum that is expected need not stand there twice.
      meaning: problem === '' ? meaning : '',
      problem,
      field,
      isMasked,
    };
    return field.parts ? [row, ...fieldRows(field.parts, { ...place, key: own, depth: depth === 1 ? 2 : 3 })] : [row];
  });
}

function layerMeaning({ headEnd, at, end, fields }: LayerLike): string {
  if (fields.length === 0) return bytesWord(end - at);
  return end > headEnd ? `${bytesWord(headEnd - at)} of header around ${bytesWord(end - headEnd)}` : bytesWord(headEnd - at);
}

/** The rows of all layers, outermost first. */
export function rowsOf(layers: readonly LayerLike[]): readonly Row[] {
  return layers.flatMap((layer, index): readonly Row[] => {
    const { title, level, at, headEnd, end, fields, errors, quoted } = layer;
    const isMasked = layer.source === 'decoded';
    const key = String(index);
    const row: Row = {
      key,
      depth: 0,
      level,
      at: at * 8,
      bits: ((fields.length === 0 ? end : headEnd) - at) * 8,
      name: quoted ? `${title} (quoted)` : title,
      text: '',
      meaning: layerMeaning(layer),
      problem: errors.map(({ code }) => WIRE_ERRORS[code]).join(' '),
      isMasked,
    };
    return [row, ...fieldRows(fields, { key, depth: 1, level, isMasked })];
  });
}

/** For each of `count` bytes, the deepest row that begins first in it; undefined where no field stands. */
export function ownersOf(rows: readonly Row[], count: number): readonly (Row | undefined)[] {
  const owners: (Row | undefined)[] = Array(count).fill(undefined);
  for (const row of rows) {
    const last = Math.min(count, Math.ceil((row.at + row.bits) / 8));
    for (let byte = Math.floor(row.at / 8); byte < last; byte += 1) {
      const owner = owners[byte];
      if (!owner || row.key.startsWith(`${owner.key}/`)) owners[byte] = row;
    }
  }
  return owners;
}

/** Whether a byte holds any bit of a row. */
export const holdsByte = ({ at, bits }: Bits, byte: number): boolean => byte * 8 < at + bits && byte * 8 + 8 > at;

/** `byte 22`, `bytes 26 to 29`, `bits 1 of byte 20`: where a field stands, for people. */
export function placeOf({ at, bits }: Bits): string {
  const first = Math.floor(at / 8);
  const last = Math.ceil((at + bits) / 8) - 1;
  const whole = at % 8 === 0 && bits % 8 === 0;
  const bytes = first === last ? `byte ${first}` : `bytes ${first} to ${last}`;
  if (whole || bits === 0) return bytes;
  const from = at % 8;
  return bits === 1 ? `bit ${from} of ${bytes}` : `bits ${from} to ${from + bits - 1} of ${bytes}`;
}
