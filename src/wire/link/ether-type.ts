/** What an Ethernet frame carries. Source: RFC 9542 Appendix B, and the IANA registry "IEEE 802 Numbers". */
import type { ProtocolName } from '../layer.ts';

export const ETHER_TYPES = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd, serviceTag: 0x88a8 } as const;

const NAMES: ReadonlyMap<number, string> = new Map([
  [ETHER_TYPES.ipv4, 'IPv4'],
  [ETHER_TYPES.arp, 'ARP'],
  [0x0842, 'Wake-on-LAN'],
  [0x8035, 'RARP'],
  [ETHER_TYPES.vlan, '802.1Q tag'],
  [ETHER_TYPES.ipv6, 'IPv6'],
  [0x8847, 'MPLS'],
  [0x8863, 'PPPoE discovery'],
  [0x8864, 'PPPoE session'],
  [0x888e, '802.1X'],
  [ETHER_TYPES.serviceTag, '802.1ad service tag'],
  [0x88cc, 'LLDP'],
]);

const READERS: ReadonlyMap<number, ProtocolName> = new Map<number, ProtocolName>([
  [ETHER_TYPES.ipv4, 'ipv4'],
  [ETHER_TYPES.arp, 'arp'],
  [ETHER_TYPES.vlan, 'vlan'],
  [ETHER_TYPES.ipv6, 'ipv6'],
  [ETHER_TYPES.serviceTag, 'vlan'],
]);

/** What is smaller is no type. Source: IEEE 802.3 clause 3.2.6. */
export const FIRST_ETHER_TYPE = 0x0600;
/** What is at most this is the length of what the frame carries, bytes. What lies between the two is neither. Source: IEEE 802.3 clause 3.2.6. */
export const MAX_LENGTH = 1500;

/** Who reads what a frame of this type carries. */
export const protocolOfType = (etherType: number): ProtocolName => READERS.get(etherType) ?? 'data';

export const etherTypeName = (etherType: number): string | undefined => NAMES.get(etherType);
