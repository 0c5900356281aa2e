/** What an Ethernet frame carries. Source: RFC 9542 Appendix B, and the IANA registry "IEEE 802 Numbers". */
import type { ProtocolName } from '../layer.ts';

export const ETHER_TYPES = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd } as const;

const NAMES: Readonly<Record<keyof typeof ETHER_TYPES, string>> = { ipv4: 'IPv4', arp: 'ARP', vlan: '802.1Q tag', ipv6: 'IPv6' };
const BY_TYPE = new Map(Object.entries(ETHER_TYPES).map(([name, type]) => [type as number, name as keyof typeof ETHER_TYPES]));

/** Who reads what a frame of this type carries. */
export const protocolOfType = (etherType: number): ProtocolName => BY_TYPE.get(etherType) ?? 'data';

export function etherTypeName(etherType: number): string | undefined {
  const protocol = BY_TYPE.get(etherType);
  return protocol && NAMES[protocol];
}
