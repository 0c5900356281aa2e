/** Addresses between bytes and the text that people write. */
import { hexPair, readBits } from './bits.ts';

/** `02:00:00:00:00:0a` of six bytes. */
export function formatMac(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (text === '' ? '' : ':') + hexPair(byte);
  return text;
}

/** The six bytes of `02:00:00:00:00:0a` (or with `-`); undefined if it is no such address. */
export function parseMac(text: string): Uint8Array | undefined {
  return /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)
    ? Uint8Array.from(text.split(/[:-]/), (pair) => Number.parseInt(pair, 16))
    : undefined;
}

/** `192.0.2.10` of four bytes. */
export const formatIpv4 = ([a = 0, b = 0, c = 0, d = 0]: Uint8Array): string => `${a}.${b}.${c}.${d}`;

/** The four bytes of a dotted address; undefined if it is none. Leading zeros are refused: some programs read them as octal. */
export function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return isAddress ? Uint8Array.from(parts, Number) : undefined;
}

type Run = { readonly start: number; readonly length: number };

/** The longest run of two or more zero groups, the first of equals. Source: RFC 5952 §4.2. */
function longestZeros(groups: readonly number[]): Run {
  let best: Run = { start: 0, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** The text of sixteen bytes, in the one form of RFC 5952 §4: `2001:db8::a`. */
export function formatIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => readBits(bytes, index * 16, 16));
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  const { start, length } = longestZeros(groups);
  if (length < 2) return text(groups);
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

/** An IPv4 address at the end stands for two groups. Source: RFC 4291 §2.2. */
function withoutDots(text: string): string | undefined {
  const [, before = '', dotted] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  if (dotted === undefined) return text;
  const bytes = parseIpv4(dotted);
  return bytes && `${before}${readBits(bytes, 0, 16).toString(16)}:${readBits(bytes, 16, 16).toString(16)}`;
}

/** The sixteen bytes of an address in any form of RFC 4291 §2.2; undefined if it is none. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const halves = withoutDots(text)
    ?.split('::')
    .map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = halves ?? [];
  const missing = 8 - head.length - tail.length;
  if (!halves || halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return Uint8Array.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}

/** The bytes of an IPv4 or IPv6 address; undefined if it is neither. */
export const parseIp = (text: string): Uint8Array | undefined => (text.includes(':') ? parseIpv6(text) : parseIpv4(text));
