/** IPv4 packets as routers see them: a few fields are looked at, two are changed, and the rest is carried along. */
import { internetChecksum } from '#wire/checksum.ts';
import { IPV4 } from '#wire/network/ipv4.ts';
import { peekInto, placesOf } from './peek.ts';

/** One field of the packet that begins at byte `start`, as a number. */
export const ipField = peekInto(IPV4);

export const headerBytesOf = (bytes: Uint8Array, start = 0): number => ipField(bytes, 'ihl', start) * 4;

/** Whether it is one piece of a datagram. */
export const isFragment = (packet: Uint8Array): boolean => ipField(packet, 'moreFragments') === 1 || ipField(packet, 'fragmentOffset') > 0;

const byteOf = (id: 'ttl' | 'checksum'): number => (placesOf(IPV4).get(id)?.at ?? 0) / 8;
const TTL_AT = byteOf('ttl');
const CHECKSUM_AT = byteOf('checksum');

/**
 * Makes of the packet that begins at byte `start` what a router sends on, in place: one hop less to live, and a new checksum.
 * Source: RFC 791 §3.1; RFC 1812 §5.3.1.
 */
export function takeOneHop(bytes: Uint8Array, start: number): void {
  bytes[start + TTL_AT] = ipField(bytes, 'ttl', start) - 1;
  bytes.fill(0, start + CHECKSUM_AT, start + CHECKSUM_AT + 2);
  const checksum = internetChecksum(bytes, { at: start, end: start + headerBytesOf(bytes, start) });
  bytes[start + CHECKSUM_AT] = checksum >> 8;
  bytes[start + CHECKSUM_AT + 1] = checksum & 0xff;
}
