/** Ping, and its answer. Source: RFC 792, "Echo or Echo Reply Message"; RFC 1122 §3.2.2.6: every host answers. */
import { decodeIcmp, encodeIcmp } from '#wire/network/icmp.ts';
import { ICMP_TYPES } from '#wire/network/icmp-types.ts';
import { IP_PROTOCOLS } from '#wire/network/ip-protocol.ts';
import type { Datagram, Node, SendResult } from './node.ts';

export type Ping = {
  readonly destination: string;
  readonly identifier: number;
  readonly sequence: number;
  readonly data: Uint8Array;
  readonly ttl?: number;
};

/** Asks a host to send `data` back. */
export function ping(node: Node, { destination, identifier, sequence, data, ttl }: Ping): SendResult {
  const payload = encodeIcmp({ type: ICMP_TYPES.echoRequest, identifier, sequence }, data);
  return node.send({ destination, protocol: IP_PROTOCOLS.icmp, payload, ...(ttl !== undefined && { ttl }) });
}

/** Sends back what an echo request brought; from the address that it was sent to. */
export function answerEcho(node: Node, { source, destination, payload }: Datagram): void {
  const { layer } = decodeIcmp(payload, { at: 0, end: payload.length });
  if (layer.header?.type !== ICMP_TYPES.echoRequest || layer.errors.length > 0) return;
  const { identifier = 0, sequence = 0 } = layer.header;
  const answer = encodeIcmp({ type: ICMP_TYPES.echoReply, identifier, sequence }, payload.subarray(layer.headEnd));
  node.send({ source: destination, destination: source, protocol: IP_PROTOCOLS.icmp, payload: answer });
}
