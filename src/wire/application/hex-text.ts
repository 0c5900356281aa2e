/** Bytes out of the hex that people copy: from a hexdump, a C array, a packet viewer, or plain. */

/** Nothing is said of a text that is no hex at all; of hex that is broken, how. */
export type HexRead = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly code: 'not-hex' | 'half-a-byte' };

const BYTES_A_LINE = 16;
/** An offset, as `hexdump`, `xxd`, `tcpdump -x` and Wireshark write it before the bytes of a line. */
const OFFSET = /^\s*(?:0x)?([0-9a-f]{4,8})(?::|\s)\s*(.*)$/i;

/** The hex at the beginning of a line; the column of characters behind it is left out. A wide gap, a bar or a word that is no hex ends it. */
function lineDigits(line: string, wanted: number): string {
  let digits = '';
  for (const word of (line.split(/\s{3,}|\|/)[0] ?? '').split(/\s+/)) {
    if (!/^(?:[0-9a-f]{2}){1,16}$/i.test(word)) break;
    digits += word;
  }
  return digits.slice(0, wanted * 2);
}

type DumpLine = { readonly offset: number; readonly rest: string };

/** The lines of a hexdump, if every one begins with an offset and the first of them is 0. A last line may hold an offset alone. */
function dumpLines(text: string): readonly DumpLine[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) => OFFSET.exec(`${line} `));
  const dump = read.flatMap((match) => (match ? [{ offset: Number.parseInt(match[1] ?? '', 16), rest: match[2] ?? '' }] : []));
  const isInOrder = dump.every(({ offset }, index) => offset > (dump[index - 1]?.offset ?? -1));
  return dump.length === lines.length && dump[0]?.offset === 0 && isInOrder ? dump : undefined;
}

/** The digits of a hexdump; undefined if the offsets do not agree with the bytes between them. */
function dumpDigits(text: string): string | undefined {
  const lines = dumpLines(text);
  if (!lines) return undefined;
  let digits = '';
  for (const [index, { offset, rest }] of lines.entries()) {
    const next = lines[index + 1]?.offset;
    if (digits.length !== offset * 2) return undefined;
    digits += lineDigits(rest, next === undefined ? BYTES_A_LINE : next - offset);
  }
  return digits;
}

/** The digits of plain hex: `0x`, `\x`, white space, colons, commas, dashes and brackets between them do not count. */
function plainDigits(text: string): string | undefined {
  const digits = text.replaceAll(/0x|\\x/gi, ' ').replaceAll(/[\s:,;{}[\]-]/g, '');
  return /^[0-9a-f]+$/i.test(digits) ? digits : undefined;
}

export function readHex(text: string): HexRead {
  const digits = dumpDigits(text) ?? plainDigits(text);
  if (!digits) return { ok: false, code: 'not-hex' };
  if (digits.length % 2 !== 0) return { ok: false, code: 'half-a-byte' };
  return { ok: true, bytes: Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) };
}
