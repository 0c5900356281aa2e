/** How the bits of a field are read, shown to a person, and read again from what a person writes. */
import { formatIpv4, formatIpv6, formatMac, parseIpv4, parseIpv6, parseMac } from './addresses.ts';
import { hexPair, readBits, writeBits } from './bits.ts';

export type FieldValue = number | string | boolean;

/**
 * `number` and `hex` are unsigned, at most 53 bits; `flag` is one bit; `bytes` are shown as hex, `text` as UTF-8.
 * Addresses are strings in their usual form.
 */
export type FieldKind = 'number' | 'hex' | 'flag' | 'mac' | 'ipv4' | 'ipv6' | 'bytes' | 'text';

/** Where a field stands: the first bit, and how many. */
export type Bits = { readonly at: number; readonly bits: number };

type Kind = {
  read(bytes: Uint8Array, where: Bits): FieldValue;
  /** What a person reads. */
  show(value: FieldValue, bits: number): string;
  /** Bytes in which the value stands at the right end; undefined if the text is no such value or does not fit. */
  parse(text: string, bits: number): Uint8Array | undefined;
};

const bytesAt = (bytes: Uint8Array, { at, bits }: Bits): Uint8Array => bytes.subarray(at / 8, (at + bits) / 8);
function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += hexPair(byte);
  return hex;
}

const utf8 = new TextDecoder();

function numberBytes(text: string, bits: number): Uint8Array | undefined {
  const trimmed = text.trim();
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!(value < 2 ** bits && Number.isSafeInteger(value))) return undefined;
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  writeBits(bytes, bytes.length * 8 - bits, bits, value);
  return bytes;
}

function hexBytes(text: string, bits: number): Uint8Array | undefined {
  const digits = text.replaceAll(/^0x|[\s:]/gi, '');
  if (!/^[0-9a-f]*$/i.test(digits) || digits.length !== bits / 4) return undefined;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function textBytes(text: string, bits: number): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(text);
  return bytes.length * 8 === bits ? bytes : undefined;
}

const FLAGS: Readonly<Record<string, number>> = { '0': 0, '1': 1, 'not set': 0, set: 1, false: 0, true: 1 };
function flagBytes(text: string): Uint8Array | undefined {
  const value = FLAGS[text.trim().toLowerCase()];
  return value === undefined ? undefined : Uint8Array.of(value);
}

const address = (format: (bytes: Uint8Array) => string, parse: (text: string) => Uint8Array | undefined): Kind => ({
  read: (bytes, where) => format(bytesAt(bytes, where)),
  show: String,
  parse: (text) => parse(text.trim()),
});

export const KINDS: Readonly<Record<FieldKind, Kind>> = {
  number: { read: (bytes, { at, bits }) => readBits(bytes, at, bits), show: String, parse: numberBytes },
  hex: {
    read: (bytes, { at, bits }) => readBits(bytes, at, bits),
    show: (value, bits) =>
      `0x${Number(value)
        .toString(16)
        .padStart(Math.ceil(bits / 4), '0')}`,
    parse: numberBytes,
  },
  flag: { read: (bytes, { at }) => readBits(bytes, at, 1) === 1, show: (value) => (value ? 'set' : 'not set'), parse: flagBytes },
  mac: address(formatMac, parseMac),
  ipv4: address(formatIpv4, parseIpv4),
  ipv6: address(formatIpv6, parseIpv6),
  bytes: { read: (bytes, where) => hexOf(bytesAt(bytes, where)), show: String, parse: hexBytes },
  text: { read: (bytes, where) => utf8.decode(bytesAt(bytes, where)), show: String, parse: textBytes },
};
