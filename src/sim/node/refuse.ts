/** ICMP errors: telling the sender of a packet why it was destroyed. Source: RFC 792; RFC 1122 §3.2.2; RFC 1812 §4.3.2. */

import { encodeIcmp, quoteOfIpv4 } from '#wire/network/icmp.ts';
import { ICMP_TYPES, isIcmpError, TIME_EXCEEDED, UNREACHABLE } from '#wire/network/icmp-types.ts';
import { IP_PROTOCOLS } from '#wire/network/ip-protocol.ts';
import { addressText } from './address.ts';
import type { Node } from './node.ts';
import { headerBytesOf, ipField } from './packet.ts';

/** What stopped a packet. `mtu`: what would have fitted, bytes. */
export type Refusal =
  | { readonly what: 'network' | 'host' | 'protocol' | 'port' | 'ttl' | 'reassembly' }
  | { readonly what: 'too-big'; readonly mtu: number };

const MESSAGES = {
  network: { type: ICMP_TYPES.unreachable, code: UNREACHABLE.net },
  host: { type: ICMP_TYPES.unreachable, code: UNREACHABLE.host },
  protocol: { type: ICMP_TYPES.unreachable, code: UNREACHABLE.protocol },
  port: { type: ICMP_TYPES.unreachable, code: UNREACHABLE.port },
  'too-big': { type: ICMP_TYPES.unreachable, code: UNREACHABLE.fragmentationNeeded },
  ttl: { type: ICMP_TYPES.timeExceeded, code: TIME_EXCEEDED.inTransit },
  reassembly: { type: ICMP_TYPES.timeExceeded, code: TIME_EXCEEDED.reassembly },
} as const satisfies Record<Refusal['what'], { readonly type: number; readonly code: number }>;

/** No error about an error, and none about a piece that is not the first: one packet never causes two. Source: RFC 1122 §3.2.2. */
function mayBeRefused(packet: Uint8Array): boolean {
  const isError = ipField(packet, 'protocol') === IP_PROTOCOLS.icmp && isIcmpError(packet[headerBytesOf(packet)] ?? 0);
  return !isError && ipField(packet, 'fragmentOffset') === 0;
}

/**
 * Sends the error to the sender of `packet`. Deviations: as many as there are causes, where real routers send only so many a second; and it
 * quotes eight bytes of data, as RFC 792 has it, where RFC 1812 §4.3.2.3 would have as much as fits into 576 bytes.
 */
export function refuse(node: Node, packet: Uint8Array, why: Refusal): void {
  if (!mayBeRefused(packet)) return;
  const message = encodeIcmp({ ...MESSAGES[why.what], ...(why.what === 'too-big' && { mtu: why.mtu }) }, quoteOfIpv4(packet));
  node.send({ destination: addressText(ipField(packet, 'source')), protocol: IP_PROTOCOLS.icmp, payload: message });
}
