/** A stretch of a text’s bytes as it looks: a character that a cut has divided is shown by its bytes. Pure. */
import type { ByteRange } from '#sim/scenes/packet-cutter.ts';

/** Of a longer stretch so many characters of each end are shown. */
const MOST_CHARS = 48;
const END_CHARS = 22;

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Bytes of the character that begins with this one. Source: RFC 3629 §3. */
const lengthOf = (byte: number): number => (byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4);

/** `[c3]`: bytes that are no whole character. */
const broken = (bytes: Uint8Array): string => Array.from(bytes, (byte) => `[${byte.toString(16).padStart(2, '0')}]`).join('');

/** Where the last character begins, if the stretch ends before it does. */
function wholeEnd(bytes: Uint8Array, from: number, to: number): number {
  let last = to - 1;
  while (last > from && isContinuation(bytes[last])) last -= 1;
  return last >= from && last + lengthOf(bytes[last] ?? 0) > to ? last : to;
}

/** What the bytes from the first up to the second say, line ends as ⏎. */
export function textIn(bytes: Uint8Array, [from, to]: ByteRange): string {
  let start = from;
  while (start < to && isContinuation(bytes[start])) start += 1;
  const end = Math.max(start, wholeEnd(bytes, start, to));
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
  return broken(bytes.subarray(from, start)) + text.replaceAll('\n', '⏎') + broken(bytes.subarray(end, to));
}

/** The same, short: of a long stretch its beginning and its end. */
export function snippetOf(bytes: Uint8Array, range: ByteRange): string {
  const chars = [...textIn(bytes, range)];
  if (chars.length <= MOST_CHARS) return chars.join('');
  return `${chars.slice(0, END_CHARS).join('')} … ${chars.slice(-END_CHARS).join('')}`;
}
