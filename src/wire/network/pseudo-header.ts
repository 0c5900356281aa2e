/** The checksum of UDP, TCP and ICMPv6 covers the addresses too: a pseudo-header that is never sent. Source: RFC 768; RFC 9293 §3.1; RFC 8200 §8.1. */
import { type Checksummed, expectedChecksum, onesComplementSum } from '../checksum.ts';
import type { NetworkContext } from '../layer.ts';

/** The one's complement sum of the pseudo-header: addresses, upper-layer length (bytes), protocol number. */
export function pseudoHeaderSum({ source, destination }: NetworkContext, protocol: number, length: number): number {
  const words = Uint8Array.of(length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff, 0, protocol);
  return onesComplementSum(words, { initial: onesComplementSum(destination, { initial: onesComplementSum(source) }) });
}

/** Where a segment stands, where in it its own checksum does, and of which protocol it is. */
type Segment = Omit<Checksummed, 'initial'> & { readonly protocol: number };

/** The checksum that the segment ought to have, with its checksum field counted as zero. */
export const transportChecksum = (bytes: Uint8Array, network: NetworkContext, { protocol, ...place }: Segment): number =>
  expectedChecksum(bytes, { ...place, initial: pseudoHeaderSum(network, protocol, place.end - place.at) });
