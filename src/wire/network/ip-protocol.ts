/** What an IP datagram carries. Source: the IANA registry "Assigned Internet Protocol Numbers". */
import type { ProtocolName } from '../layer.ts';

export const IP_PROTOCOLS = { icmp: 1, ipv4: 4, tcp: 6, udp: 17, ipv6: 41, icmpv6: 58 } as const;

/** The headers that may stand between an IPv6 header and what it carries. Source: RFC 8200 §4. */
export const EXTENSION_HEADERS = { 'hop-by-hop': 0, routing: 43, fragment: 44, 'destination-options': 60 } as const;

const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'Hop-by-Hop Options'],
  [1, 'ICMP'],
  [2, 'IGMP'],
  [4, 'IPv4'],
  [6, 'TCP'],
  [17, 'UDP'],
  [41, 'IPv6'],
  [43, 'Routing Header'],
  [44, 'Fragment Header'],
  [46, 'RSVP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'Authentication Header'],
  [58, 'ICMPv6'],
  [59, 'No Next Header'],
  [60, 'Destination Options'],
  [89, 'OSPF'],
  [103, 'PIM'],
  [112, 'VRRP'],
  [132, 'SCTP'],
  [135, 'Mobility Header'],
]);

const numbered = <Name extends ProtocolName>(table: Readonly<Record<Name, number>>): readonly (readonly [number, ProtocolName])[] =>
  Object.entries<number>(table).map(([name, number]) => [number, name as Name]);
const UPPER_LAYERS: ReadonlyMap<number, ProtocolName> = new Map(numbered(IP_PROTOCOLS));
const EXTENSIONS: ReadonlyMap<number, ProtocolName> = new Map(numbered(EXTENSION_HEADERS));

/** Who reads what a datagram of this protocol carries. */
export const protocolOfNumber = (number: number): ProtocolName => UPPER_LAYERS.get(number) ?? 'data';
/** Who reads what an IPv6 header, or an extension header, says comes next. */
export const protocolOfNextHeader = (number: number): ProtocolName => EXTENSIONS.get(number) ?? protocolOfNumber(number);
export const ipProtocolName = (number: number): string | undefined => NAMES.get(number);
