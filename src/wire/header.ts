/**
 * Headers as tables. A fixed header is a list of fields with their widths; from the same list it is read,
 * written, and drawn in the lessons.
 */
import { writeBits } from './bits.ts';
import { type Field, type FieldFacts, fieldAt, type Unit } from './field.ts';
import { type FieldKind, type FieldValue, KINDS } from './field-kind.ts';

type Common = {
  readonly id: string;
  readonly name: string;
  /** A shorter name, where the RFC has one: `IHL`. A drawing uses it where the name does not fit. */
  readonly short?: string;
  /** Width in bits. */
  readonly bits: number;
  readonly unit?: Unit;
  readonly wireshark?: string;
};
type NumberSpec = Common & { readonly kind: 'number' | 'hex'; readonly means?: (value: number) => string | undefined };
type FlagSpec = Common & { readonly kind: 'flag'; readonly means?: (value: boolean) => string | undefined };
type TextSpec = Common & {
  readonly kind: Exclude<FieldKind, 'number' | 'hex' | 'flag'>;
  readonly means?: (value: string) => string | undefined;
};
/** Several fields that share one name: the flags of IPv4. It is shown in hex. */
type GroupSpec = Common & { readonly kind: 'group'; readonly parts: readonly LeafSpec[] };

type LeafSpec = NumberSpec | FlagSpec | TextSpec;
export type FieldSpec = LeafSpec | GroupSpec;

export type HeaderSpec = {
  /** As Wireshark and the RFC call it: `Internet Protocol Version 4`. */
  readonly title: string;
  /** Where the layout is defined: `RFC 791 §3.1`. */
  readonly source: string;
  readonly fields: readonly FieldSpec[];
};

type Leaf<Spec> = Spec extends { kind: 'group'; parts: readonly (infer Part)[] } ? Part : Spec;
type ValueOf<Spec> = Spec extends { kind: 'flag' } ? boolean : Spec extends { kind: 'number' | 'hex' } ? number : string;
type LeafOf<Header extends HeaderSpec> = Extract<Leaf<Header['fields'][number]>, { id: string }>;

/** The values of a header by the ids of its fields; groups are left out, their parts stand for them. */
export type Values<Header extends HeaderSpec> = { readonly [Spec in LeafOf<Header> as Spec['id']]: ValueOf<Spec> };

export type HeaderRead<Header extends HeaderSpec> = {
  /** As many fields as could be read. */
  readonly fields: readonly Field[];
  /** Missing if the bytes end inside the header. */
  readonly values?: Values<Header>;
};

const bitsOf = (fields: readonly FieldSpec[]): number => fields.reduce((sum, { bits }) => sum + bits, 0);

/** Length of a fixed header, bytes. */
export const headerBytes = ({ fields }: HeaderSpec): number => bitsOf(fields) / 8;

function meaningOf(spec: LeafSpec, value: FieldValue): string | undefined {
  switch (spec.kind) {
    case 'number':
    case 'hex':
      return spec.means?.(Number(value));
    case 'flag':
      return spec.means?.(value === true);
    default:
      return spec.means?.(String(value));
  }
}

type Reading = { readonly bytes: Uint8Array; readonly endBit: number; readonly values: Record<string, FieldValue> };

/** What is true of a field in every packet, worked out once. */
const FACTS = new WeakMap<FieldSpec, FieldFacts>();

function factsOf(spec: FieldSpec): FieldFacts {
  const known = FACTS.get(spec);
  if (known) return known;
  const { id, name, kind, unit, wireshark } = spec;
  const facts = { id, name, kind: kind === 'group' ? 'hex' : kind, ...(unit && { unit }), ...(wireshark && { wireshark }) } as const;
  FACTS.set(spec, facts);
  return facts;
}

function readField(spec: FieldSpec, at: number, reading: Reading): Field {
  const where = { at, bits: spec.bits };
  const facts = factsOf(spec);
  if (spec.kind === 'group') return fieldAt(reading.bytes, where, { ...facts, parts: readFields(spec.parts, at, reading) });
  const field = fieldAt(reading.bytes, where, facts);
  reading.values[spec.id] = field.value;
  const meaning = meaningOf(spec, field.value);
  return meaning === undefined ? field : { ...field, meaning };
}

function readFields(specs: readonly FieldSpec[], at: number, reading: Reading): readonly Field[] {
  const fields: Field[] = [];
  let here = at;
  for (const spec of specs) {
    if (here + spec.bits > reading.endBit) break;
    fields.push(readField(spec, here, reading));
    here += spec.bits;
  }
  return fields;
}

/** Reads a fixed header from byte `at`; nothing at or after byte `end` belongs to it. */
export function readHeader<const Header extends HeaderSpec>(
  header: Header,
  bytes: Uint8Array,
  { at, end }: { readonly at: number; readonly end: number },
): HeaderRead<Header> {
  const reading: Reading = { bytes, endBit: Math.min(end, bytes.length) * 8, values: {} };
  const fields = readFields(header.fields, at * 8, reading);
  if (at * 8 + bitsOf(header.fields) > reading.endBit) return { fields };
  return { fields, values: reading.values as Values<Header> };
}

/** A simulated network writes hundreds of thousands of headers, all by a few tables. */
const knownLeaves = new WeakMap<readonly FieldSpec[], readonly LeafSpec[]>();

function leaves(specs: readonly FieldSpec[]): readonly LeafSpec[] {
  const known = knownLeaves.get(specs);
  if (known) return known;
  const found = specs.flatMap((spec) => (spec.kind === 'group' ? spec.parts : [spec]));
  knownLeaves.set(specs, found);
  return found;
}

/** Writes a fixed header. Throws if an address is no address: that is a mistake of the program, not of a learner. */
export function writeHeader<const Header extends HeaderSpec>(header: Header, values: Values<Header>): Uint8Array {
  const bytes = new Uint8Array(headerBytes(header));
  const given: Readonly<Record<string, FieldValue>> = values;
  let at = 0;
  for (const { id, kind, bits } of leaves(header.fields)) {
    const value = given[id] ?? 0;
    if (typeof value !== 'string') writeBits(bytes, at, bits, Number(value));
    else {
      const parsed = KINDS[kind].parse(value, bits);
      if (!parsed) throw new TypeError(`${id}: "${value}" is not of kind ${kind}`);
      bytes.set(parsed, at / 8);
    }
    at += bits;
  }
  return bytes;
}

/** The fields with one of them changed: a check added, a meaning worked out from its neighbours. */
export const withFacts = (fields: readonly Field[], id: string, facts: Partial<FieldFacts>): readonly Field[] =>
  fields.map((field) => {
    if (field.id === id) return { ...field, ...facts };
    return field.parts ? { ...field, parts: withFacts(field.parts, id, facts) } : field;
  });
