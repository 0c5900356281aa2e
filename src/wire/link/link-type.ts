/** As what the first byte of a captured packet is read. Source: tcpdump.org, "Link-layer header types". */
import type { ProtocolName } from '../layer.ts';

const FIRST: ReadonlyMap<number, ProtocolName> = new Map<number, ProtocolName>([
  [0, 'loopback'],
  [1, 'ethernet'],
  [108, 'loopback'],
  [113, 'sll'],
  [228, 'ipv4'],
  [229, 'ipv6'],
  [276, 'sll2'],
]);

/** LINKTYPE_RAW; the others are what OpenBSD and the rest of BSD write for it. Source: tcpdump.org, pcap-common.c. */
const RAW_IP: readonly number[] = [101, 12, 14];

/** A packet without a link header says by its first four bits which IP it is. Source: RFC 791 §3.1; RFC 8200 §3. */
const protocolOfVersion = (bytes: Uint8Array): ProtocolName => ((bytes[0] ?? 0) >> 4 === 6 ? 'ipv6' : 'ipv4');

/** The protocol with which a packet of this link type begins; undefined for a link that nobody here reads. */
export const firstProtocol = (linkType: number, bytes: Uint8Array): ProtocolName | undefined =>
  RAW_IP.includes(linkType) ? protocolOfVersion(bytes) : FIRST.get(linkType);
