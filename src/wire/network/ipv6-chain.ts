/** The chain of headers at the beginning of an IPv6 packet, walked without reading what is in them. Source: RFC 8200 §4. */
import { EXTENSION_HEADERS } from './ip-protocol.ts';

const HEAD_BYTES = 40;
const NEXT_AT = 6;
const UNIT_BYTES = 8;

const WALKED: ReadonlySet<number> = new Set([
  EXTENSION_HEADERS['hop-by-hop'],
  EXTENSION_HEADERS.routing,
  EXTENSION_HEADERS['destination-options'],
]);

export type Chain = {
  /** First byte after the packet. */
  readonly end: number;
  /** First byte after the headers that every fragment carries, because nodes on the way read them: up to the routing header. */
  readonly perHopEnd: number;
  /** Where the byte stands that says what follows those. */
  readonly perHopNextAt: number;
  /** The first byte of the fragment header, and where the byte stands that announces it. */
  readonly fragment?: { readonly at: number; readonly nextAt: number };
};

/** The chain of a packet; undefined if the bytes are no whole IPv6 packet, or end inside the chain. */
export function chainOf(packet: Uint8Array): Chain | undefined {
  const end = HEAD_BYTES + (((packet[4] ?? 0) << 8) | (packet[5] ?? 0));
  if (packet.length < HEAD_BYTES || (packet[0] ?? 0) >> 4 !== 6 || end > packet.length) return undefined;
  let perHop = { perHopEnd: HEAD_BYTES, perHopNextAt: NEXT_AT };
  let at = HEAD_BYTES;
  let nextAt = NEXT_AT;
  for (let kind = packet[nextAt] ?? 0; WALKED.has(kind); kind = packet[nextAt] ?? 0) {
    const headerEnd = at + UNIT_BYTES * (1 + (packet[at + 1] ?? 0));
    if (headerEnd > end) return undefined;
    nextAt = at;
    at = headerEnd;
    if (kind !== EXTENSION_HEADERS['destination-options']) perHop = { perHopEnd: at, perHopNextAt: nextAt };
  }
  if (packet[nextAt] !== EXTENSION_HEADERS.fragment) return { end, ...perHop };
  return at + UNIT_BYTES <= end ? { end, ...perHop, fragment: { at, nextAt } } : undefined;
}
