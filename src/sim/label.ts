/** A packet in the few words that fit on an arrow. */
import { readBits } from '#wire/bits.ts';
import { ICMP_TYPES, icmpTypeName, UNREACHABLE } from '#wire/network/icmp-types.ts';
import { IP_PROTOCOLS, ipProtocolName } from '#wire/network/ip-protocol.ts';
import { headerBytesOf, ipField, isFragment } from './node/packet.ts';

/** Where ICMP says what would have fitted, bytes from its beginning. Source: RFC 1191 §4. */
const MTU_AT = 6;
/** What cannot be reached, in a word that fits. */
const UNREACHED: ReadonlyMap<number, string> = new Map([
  [UNREACHABLE.net, 'no route'],
  [UNREACHABLE.host, 'no such host'],
  [UNREACHABLE.protocol, 'no such protocol'],
  [UNREACHABLE.port, 'nobody at port'],
]);

function icmpLabel(packet: Uint8Array, at: number): string {
  const [type = 0, code = 0] = packet.subarray(at);
  if (type !== ICMP_TYPES.unreachable) return icmpTypeName(type) ?? `ICMP type ${type}`;
  if (code === UNREACHABLE.fragmentationNeeded) return `too big: MTU ${readBits(packet, (at + MTU_AT) * 8, 16)}`;
  return UNREACHED.get(code) ?? 'unreachable';
}

/** `fragment 0–1479`: the bytes of the datagram's data that it carries. */
function fragmentLabel(packet: Uint8Array): string {
  const from = ipField(packet, 'fragmentOffset') * 8;
  return `fragment ${from}–${from + ipField(packet, 'totalLength') - headerBytesOf(packet) - 1}`;
}

/** `UDP 50000→9999`, `echo reply`, `fragment 0–1479`. */
export function labelOf(packet: Uint8Array): string {
  if (isFragment(packet)) return fragmentLabel(packet);
  const protocol = ipField(packet, 'protocol');
  const at = headerBytesOf(packet);
  if (protocol === IP_PROTOCOLS.icmp) return icmpLabel(packet, at);
  const name = ipProtocolName(protocol) ?? `protocol ${protocol}`;
  const hasPorts = protocol === IP_PROTOCOLS.udp || protocol === IP_PROTOCOLS.tcp;
  return hasPorts ? `${name} ${readBits(packet, at * 8, 16)}→${readBits(packet, at * 8 + 16, 16)}` : name;
}
