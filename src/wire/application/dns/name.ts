/** Names as DNS writes them: labels with their lengths, and pointers to labels that stand earlier. Source: RFC 1035 §3.1 and §4.1.4. */
import { type Field, fieldAt } from '../../field.ts';
import type { WireError } from '../../wire-error.ts';

/** Longest name, bytes as written without pointers: lengths and labels and the last zero. Source: RFC 1035 §2.3.4. */
export const MAX_NAME_BYTES = 255;
/** Longest label, bytes. Source: RFC 1035 §2.3.4. */
export const MAX_LABEL_BYTES = 63;
/** Most pointers in one name. A name of 255 bytes has at most 127 labels, and no use for more pointers than labels. */
const MAX_JUMPS = 127;
const POINTER = 0xc0;

/**
 * Labels and pointers that are read behind pointers, of all names of one message. An honest one of 64 KiB needs a third of it; one in which
 * thousands of names share a chain of pointers would keep a reader busy for seconds.
 */
export const MAX_FOLLOWED = 65_536;

/** The message in which a name stands: pointers count from its beginning. `followed`: what was read behind pointers until now. */
export type Message = { readonly bytes: Uint8Array; readonly at: number; readonly end: number; readonly work: { followed: number } };

export type NameRead = {
  /** `chat.example`; the root is `.`. As far as it could be read. */
  readonly name: string;
  /** First byte after the name where it stands, behind a pointer if it has one. */
  readonly end: number;
  /** Its labels and its pointer, where it stands. */
  readonly parts: readonly Field[];
  readonly error?: WireError;
};

/** A byte of a label as people write it. Source: RFC 4343 §2.1. */
function charOf(byte: number): string {
  const char = String.fromCharCode(byte);
  if (char === '.' || char === '\\') return `\\${char}`;
  return byte > 0x20 && byte < 0x7f ? char : `\\${String(byte).padStart(3, '0')}`;
}

/** Where the reading of a name has got to. */
type Walk = {
  here: number;
  /** Where the labels that are being read began: a pointer among them leads before this place, so no name is read forever. */
  began: number;
  jumps: number;
  /** Bytes of the name as it would be without pointers. */
  length: number;
  /** Where the name ends in place; set by the first pointer. */
  end: number | undefined;
  readonly labels: string[];
  readonly parts: Field[];
};

const failAt = (code: 'bad-name' | 'truncated', offset: number): WireError => ({ code, offset });

/** Follows a pointer. It leads back, or it is refused: a "prior occurrence of the same name". Source: RFC 1035 §4.1.4. */
function jump(walk: Walk, { bytes, at, end }: Message): WireError | undefined {
  if (walk.here + 2 > end) return failAt('truncated', end);
  const to = at + (((bytes[walk.here] ?? 0) & ~POINTER) << 8) + (bytes[walk.here + 1] ?? 0);
  if (walk.end === undefined) {
    const meaning = `the rest of the name stands at byte ${to - at} of the message`;
    walk.parts.push(fieldAt(bytes, { at: walk.here * 8, bits: 16 }, { id: 'pointer', name: 'Pointer', kind: 'hex', meaning }));
    walk.end = walk.here + 2;
  }
  walk.jumps += 1;
  if (to >= walk.began || walk.jumps > MAX_JUMPS) return failAt('bad-name', walk.here);
  walk.here = to;
  walk.began = to;
  return undefined;
}

/** Reads one label with its length. */
function readLabel(walk: Walk, length: number, { bytes, end }: Message): WireError | undefined {
  const next = walk.here + 1 + length;
  walk.length += 1 + length;
  if (length > MAX_LABEL_BYTES || walk.length + 1 > MAX_NAME_BYTES) return failAt('bad-name', walk.here);
  if (next > end) return failAt('truncated', end);
  walk.labels.push(Array.from(bytes.subarray(walk.here + 1, next), charOf).join(''));
  if (walk.end === undefined) {
    const id = walk.labels.length === 1 ? '' : String(walk.labels.length);
    const size = { id: `length${id}`, name: 'Label Length', kind: 'number', unit: 'bytes' } as const;
    walk.parts.push(fieldAt(bytes, { at: walk.here * 8, bits: 8 }, size));
    walk.parts.push(fieldAt(bytes, { at: walk.here * 8 + 8, bits: length * 8 }, { id: `label${id}`, name: 'Label', kind: 'text' }));
  }
  walk.here = next;
  return undefined;
}

/** The zero that ends a name. */
function readEnd(walk: Walk, { bytes }: Message): void {
  if (walk.end !== undefined) return;
  const facts = { id: 'end', name: 'End of the Name', kind: 'number', meaning: 'the root, which has no label' } as const;
  walk.parts.push(fieldAt(bytes, { at: walk.here * 8, bits: 8 }, facts));
  walk.end = walk.here + 1;
}

/** Reads the name at byte `at`. It ends for every input: pointers lead back only, and name and jumps have limits. */
export function readName(message: Message, at: number): NameRead {
  const walk: Walk = { here: at, began: at, jumps: 0, length: 0, end: undefined, labels: [], parts: [] };
  let error: WireError | undefined;
  for (;;) {
    const length = walk.here < message.end ? message.bytes[walk.here] : undefined;
    if (length === 0) {
      readEnd(walk, message);
      break;
    }
    if (walk.end !== undefined) message.work.followed += 1;
    if (length === undefined) error = failAt('truncated', message.end);
    else if (message.work.followed > MAX_FOLLOWED) error = failAt('bad-name', walk.here);
    else error = length >= POINTER ? jump(walk, message) : readLabel(walk, length, message);
    if (error) break;
  }
  const name = walk.labels.length === 0 && !error ? '.' : walk.labels.join('.');
  return { name, end: walk.end ?? Math.min(walk.here, message.end), parts: walk.parts, ...(error && { error }) };
}

type NameFacts = { readonly id: string; readonly name: string; readonly wireshark: string };
type NameFieldRead = { readonly field: Field; readonly end: number; readonly error?: WireError };

/** A part of a message whose value is a name. Its bytes stay bytes: with a pointer in it, text cannot be written over them. */
export function nameField(message: Message, at: number, facts: NameFacts): NameFieldRead {
  const { name, end, parts, error } = readName(message, at);
  const field: Field = {
    ...facts,
    kind: 'bytes',
    at: at * 8,
    bits: (end - at) * 8,
    value: name,
    text: name,
    parts,
    ...(name === '.' && { meaning: 'the root' }),
    ...(error && { error: error.code }),
  };
  return { field, end, ...(error && { error }) };
}

/** The bytes of a name without pointers; undefined for what is no name: an empty or too long label, too long a name. */
export function writeName(name: string): Uint8Array | undefined {
  const labels = name.replace(/\.$/, '').split('.');
  const encoded = name === '.' || name === '' ? [] : labels.map((label) => new TextEncoder().encode(label));
  if (encoded.some(({ length }) => length === 0 || length > MAX_LABEL_BYTES)) return undefined;
  if (encoded.reduce((sum, { length }) => sum + 1 + length, 1) > MAX_NAME_BYTES) return undefined;
  return Uint8Array.of(...encoded.flatMap((label) => [label.length, ...label]), 0);
}
