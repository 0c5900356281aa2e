/** IPv4 addresses and prefixes as numbers, so that routes are found by comparing. */
import { formatIpv4, parseIpv4 } from '#wire/addresses.ts';
import { readBits } from '#wire/bits.ts';

const BITS = 32;

/** Addresses that share their first `length` bits, as RFC 4632 §3.1 writes them: `192.0.2.0/24`. */
export type Prefix = { readonly address: number; readonly length: number };

/** A network has few addresses, and every datagram names two of them. */
const known = new Map<string, number>();
const MOST_KNOWN = 256;

/** The number of an address. Throws if the text is none: a mistake of the program. */
export function addressOf(text: string): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  const bytes = parseIpv4(text);
  if (!bytes) throw new TypeError(`"${text}" is no IPv4 address`);
  const address = readBits(bytes, 0, BITS);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, address);
  return address;
}

export const addressBytes = (address: number): Uint8Array =>
  Uint8Array.of(address >>> 24, (address >>> 16) & 0xff, (address >>> 8) & 0xff, address & 0xff);

export const addressText = (address: number): string => formatIpv4(addressBytes(address));

/** `192.0.2.10/24`, which names a prefix, and an address in it. Throws if the text is none. */
export function prefixOf(text: string): Prefix {
  const [address = '', bits = ''] = text.split('/');
  const length = /^\d+$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(length <= BITS)) throw new TypeError(`"${text}" is no IPv4 prefix`);
  return { address: addressOf(address), length };
}

/** What is left of an address when only its first bits count. */
const headOf = (address: number, length: number): number => Math.floor(address / 2 ** (BITS - length));

export const isIn = (address: number, prefix: Prefix): boolean => headOf(address, prefix.length) === headOf(prefix.address, prefix.length);
