/** The options of a TCP header. Source: RFC 9293 §3.2; the IANA registry "TCP Option Kind Numbers". */
import { type Field, fieldAt } from '../field.ts';
import type { FieldSpec } from '../header.ts';
import { optionField, withUniqueIds } from '../network/option-field.ts';
import type { WireError } from '../wire-error.ts';

export type SackBlock = { readonly left: number; readonly right: number };

export type TcpOption =
  | { readonly name: 'end' | 'no-op' | 'sack-permitted' }
  | { readonly name: 'mss'; readonly bytes: number }
  | { readonly name: 'window-scale'; readonly shift: number }
  | { readonly name: 'sack'; readonly blocks: readonly SackBlock[] }
  | { readonly name: 'timestamps'; readonly value: number; readonly echo: number }
  | { readonly name: 'unknown'; readonly kind: number; readonly data: Uint8Array };

export type TcpOptionName = TcpOption['name'];

/** Most bytes that options can take: 15 words of header less the 20 bytes that are always there. Source: RFC 9293 §3.1. */
export const MAX_OPTION_BYTES = 40;

/** A shift above this one counts as this one. Source: RFC 7323 §2.3. */
export const MAX_WINDOW_SHIFT = 14;

/** What the windows of a connection are multiplied by, for a shift as it stands in the option. */
export const windowFactor = (shift: number): number => 2 ** Math.min(shift, MAX_WINDOW_SHIFT);

/** Where an option, or its data, stands: bytes. */
type Place = { readonly bytes: Uint8Array; readonly at: number; readonly end: number };

type Shape = {
  readonly kind: number;
  readonly id: string;
  readonly title: string;
  /** Whether it can be so long, kind and length counted; missing where an option is its kind alone. */
  readonly fits?: (length: number) => boolean;
  readonly read: (data: Place) => TcpOption;
  /** The fields of its data. */
  readonly parts?: (data: Place) => readonly FieldSpec[];
};

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const SACK_BLOCK_BYTES = 8;

function sackBlocks({ bytes, at, end }: Place): readonly SackBlock[] {
  const view = viewOf(bytes);
  const count = Math.floor((end - at) / SACK_BLOCK_BYTES);
  return Array.from({ length: count }, (_, block) => {
    const left = at + block * SACK_BLOCK_BYTES;
    return { left: view.getUint32(left), right: view.getUint32(left + 4) };
  });
}

/** Wireshark shows these edges less the initial sequence number, unless it is told to show raw numbers. */
const blockParts = (_: SackBlock, block: number): readonly FieldSpec[] => [
  { id: `left-${block + 1}`, name: `Left Edge of Block ${block + 1}`, bits: 32, kind: 'number', wireshark: 'tcp.options.sack_le' },
  {
    id: `right-${block + 1}`,
    name: `Right Edge of Block ${block + 1}`,
    bits: 32,
    kind: 'number',
    wireshark: 'tcp.options.sack_re',
    means: () => 'the first number that the block does not hold',
  },
];

const exactly =
  (length: number) =>
  (given: number): boolean =>
    given === length;

/** Source: RFC 9293 §3.2 (0 to 2), RFC 7323 §2.2 and §3.2 (3 and 8), RFC 2018 §2 and §3 (4 and 5). */
const SHAPES: Readonly<Record<Exclude<TcpOptionName, 'unknown'>, Shape>> = {
  end: { kind: 0, id: 'end', title: 'End of Option List', read: () => ({ name: 'end' }) },
  'no-op': { kind: 1, id: 'no-op', title: 'No-Operation', read: () => ({ name: 'no-op' }) },
  mss: {
    kind: 2,
    id: 'mss',
    title: 'Maximum Segment Size',
    fits: exactly(4),
    read: ({ bytes, at }) => ({ name: 'mss', bytes: viewOf(bytes).getUint16(at) }),
    parts: () => [{ id: 'mss', name: 'Maximum Segment Size', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'tcp.options.mss_val' }],
  },
  'window-scale': {
    kind: 3,
    id: 'window-scale',
    title: 'Window Scale',
    fits: exactly(3),
    read: ({ bytes, at }) => ({ name: 'window-scale', shift: bytes[at] ?? 0 }),
    parts: () => [
      {
        id: 'shift',
        name: 'Shift Count',
        bits: 8,
        kind: 'number',
        wireshark: 'tcp.options.wscale.shift',
        means: (shift) => `windows are multiplied by ${windowFactor(shift)}`,
      },
    ],
  },
  'sack-permitted': { kind: 4, id: 'sack-permitted', title: 'SACK Permitted', fits: exactly(2), read: () => ({ name: 'sack-permitted' }) },
  sack: {
    kind: 5,
    id: 'sack',
    title: 'Selective Acknowledgment',
    fits: (length) => length > 2 && (length - 2) % SACK_BLOCK_BYTES === 0,
    read: (data) => ({ name: 'sack', blocks: sackBlocks(data) }),
    parts: (data) => sackBlocks(data).flatMap(blockParts),
  },
  timestamps: {
    kind: 8,
    id: 'timestamps',
    title: 'Timestamps',
    fits: exactly(10),
    read: ({ bytes, at }) => ({ name: 'timestamps', value: viewOf(bytes).getUint32(at), echo: viewOf(bytes).getUint32(at + 4) }),
    parts: () => [
      { id: 'value', name: 'Timestamp Value', bits: 32, kind: 'number', wireshark: 'tcp.options.timestamp.tsval' },
      { id: 'echo', name: 'Timestamp Echo Reply', bits: 32, kind: 'number', wireshark: 'tcp.options.timestamp.tsecr' },
    ],
  },
};

const BY_KIND: ReadonlyMap<number, Shape> = new Map(Object.values(SHAPES).map((shape) => [shape.kind, shape]));

/** An option whose meaning is not read here. */
const unknownShape = (kind: number): Shape => ({
  kind,
  id: `option-${kind}`,
  title: `Option ${kind}`,
  fits: (length) => length >= 2,
  read: ({ bytes, at, end }) => ({ name: 'unknown', kind, data: bytes.slice(at, end) }),
  parts: ({ at, end }) => (end > at ? [{ id: 'data', name: 'Data', bits: (end - at) * 8, kind: 'bytes' }] : []),
});

const KIND = { id: 'kind', name: 'Kind', bits: 8, kind: 'number', wireshark: 'tcp.option_kind' } as const;
const LENGTH = { id: 'length', name: 'Length', bits: 8, kind: 'number', unit: 'bytes', wireshark: 'tcp.option_len' } as const;

const HEAD_BYTES = 2;

/** What one option turned out to be. `option` is missing if it is malformed. `end`: where the next one stands. */
type OneOption = { readonly field: Field; readonly end: number; readonly option?: TcpOption };

/** An option whose length cannot be right. If it says so little that nobody knows where the next one stands, it takes the rest. */
function malformed({ bytes, at, end }: Place, { id, title, fits }: Shape): OneOption {
  const parts = fits && at + HEAD_BYTES <= end ? [KIND, LENGTH] : [KIND];
  const meaning = 'malformed: its length cannot be right';
  return { field: optionField(bytes, { id, name: title, at, end, parts, meaning, error: 'bad-option' }), end };
}

/** How long the option at `at` is, bytes; undefined if that is too short for an option, or longer than the header. */
function lengthOf({ bytes, at, end }: Place, { fits }: Shape): number | undefined {
  if (!fits) return 1;
  const length = at + 1 < end ? (bytes[at + 1] ?? 0) : 0;
  return length >= HEAD_BYTES && at + length <= end ? length : undefined;
}

/** Reads the option at the beginning of what is left of the header. */
function readOption(rest: Place): OneOption {
  const { bytes, at } = rest;
  const kind = bytes[at] ?? 0;
  const shape = BY_KIND.get(kind) ?? unknownShape(kind);
  const { id, title, fits } = shape;
  const length = lengthOf(rest, shape);
  if (length === undefined) return malformed(rest, shape);
  const end = at + length;
  if (fits && !fits(length)) return malformed({ ...rest, end }, shape);
  const data = { bytes, at: at + HEAD_BYTES, end };
  const parts = fits ? [KIND, LENGTH, ...(shape.parts?.(data) ?? [])] : [KIND];
  return { field: optionField(bytes, { id, name: title, at, end, parts }), end, option: shape.read(data) };
}

export type TcpOptionsRead = {
  readonly options: readonly TcpOption[];
  readonly fields: readonly Field[];
  readonly errors: readonly WireError[];
};

function paddingField({ bytes, at, end }: Place): Field {
  return fieldAt(bytes, { at: at * 8, bits: (end - at) * 8 }, { id: 'padding', name: 'Padding', kind: 'bytes' });
}

/** Reads the options between two bytes. One with a wrong length is passed over, if it says where the next begins. */
export function readTcpOptions(bytes: Uint8Array, { at, end }: { readonly at: number; readonly end: number }): TcpOptionsRead {
  const options: TcpOption[] = [];
  const fields: Field[] = [];
  let here = at;
  while (here < end && options.at(-1)?.name !== 'end') {
    const { field, option, end: next } = readOption({ bytes, at: here, end });
    fields.push(field);
    if (option) options.push(option);
    here = next;
  }
  const errors = fields.flatMap((field): readonly WireError[] => (field.error ? [{ code: field.error, offset: field.at / 8 }] : []));
  if (here < end) fields.push(paddingField({ bytes, at: here, end }));
  return { options, fields: withUniqueIds(fields), errors };
}

function dataBytes(option: TcpOption): readonly number[] {
  const words = (...numbers: readonly number[]): readonly number[] =>
    numbers.flatMap((number) => [number >>> 24, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff]);
  switch (option.name) {
    case 'mss':
      return [(option.bytes >>> 8) & 0xff, option.bytes & 0xff];
    case 'window-scale':
      return [option.shift & 0xff];
    case 'sack':
      return words(...option.blocks.flatMap(({ left, right }) => [left, right]));
    case 'timestamps':
      return words(option.value, option.echo);
    case 'unknown':
      return Array.from(option.data);
    default:
      return [];
  }
}

function optionBytes(option: TcpOption): readonly number[] {
  if (option.name === 'end' || option.name === 'no-op') return [SHAPES[option.name].kind];
  const data = dataBytes(option);
  return [option.name === 'unknown' ? option.kind : SHAPES[option.name].kind, data.length + 2, ...data];
}

/** The options as they stand in a header, padded with zeros to whole words. Throws a RangeError if they are longer than 40 bytes. */
export function writeTcpOptions(options: readonly TcpOption[]): Uint8Array {
  const bytes = options.flatMap(optionBytes);
  if (bytes.length > MAX_OPTION_BYTES) throw new RangeError(`No TCP header has room for ${bytes.length} bytes of options`);
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  return padded;
}
