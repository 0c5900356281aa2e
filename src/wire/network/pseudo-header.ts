/** The checksum of UDP, TCP and ICMPv6 covers the addresses too: a pseudo-header that is never sent. Source: RFC 768; RFC 9293 §3.1; RFC 8200 §8.1. */
import { internetChecksum, onesComplementSum } from '../checksum.ts';
import type { NetworkContext } from '../layer.ts';

/** The one's complement sum of the pseudo-header: addresses, upper-layer length (bytes), protocol number. */
export function pseudoHeaderSum({ source, destination }: NetworkContext, protocol: number, length: number): number {
  const words = Uint8Array.of(length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff, 0, protocol);
  return onesComplementSum(words, { initial: onesComplementSum(destination, { initial: onesComplementSum(source) }) });
}

/** Where a segment stands, and where in it (bytes from its beginning) its own checksum does. */
export type Checksummed = { readonly at: number; readonly end: number; readonly checksumAt: number; readonly protocol: number };

/** The checksum that the segment ought to have, with its checksum field counted as zero. */
export function transportChecksum(bytes: Uint8Array, network: NetworkContext, { at, end, checksumAt, protocol }: Checksummed): number {
  const before = onesComplementSum(bytes, {
    at,
    end: Math.min(end, at + checksumAt),
    initial: pseudoHeaderSum(network, protocol, end - at),
  });
  return internetChecksum(bytes, { at: at + checksumAt + 2, end, initial: before });
}
