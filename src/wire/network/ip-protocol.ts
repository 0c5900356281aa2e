/** What an IP datagram carries. Source: the IANA registry "Assigned Internet Protocol Numbers". */
import type { ProtocolName } from '../layer.ts';

export const IP_PROTOCOLS = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [2, 'IGMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [41, 'IPv6'],
  [47, 'GRE'],
  [50, 'ESP'],
  [58, 'ICMPv6'],
  [89, 'OSPF'],
  [132, 'SCTP'],
]);
const BY_NUMBER = new Map(Object.entries(IP_PROTOCOLS).map(([name, number]) => [number as number, name as keyof typeof IP_PROTOCOLS]));

/** Who reads what a datagram of this protocol carries. */
export const protocolOfNumber = (number: number): ProtocolName => BY_NUMBER.get(number) ?? 'data';
export const ipProtocolName = (number: number): string | undefined => NAMES.get(number);
