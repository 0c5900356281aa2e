/** IPv6 packets. Source: RFC 8200 §3. */
import { type HeaderSpec, headerBytes, readHeader, type Values, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, NetworkContext, Span } from '../layer.ts';
import type { WireError } from '../wire-error.ts';
import { EXTENSION_HEADERS, ipProtocolName, protocolOfNextHeader } from './ip-protocol.ts';

const hopsMeaning = (hops: number): string => (hops === 1 ? 'the next router may not pass it on' : `at most ${hops} hops are left`);

/** Source: RFC 8200 §3; RFC 2474 §3 (DSCP), RFC 3168 §5 (ECN), RFC 6437 (flow label). */
export const IPV6 = {
  title: 'Internet Protocol Version 6',
  source: 'RFC 8200 §3',
  fields: [
    { id: 'version', name: 'Version', bits: 4, kind: 'number', wireshark: 'ipv6.version' },
    {
      id: 'trafficClass',
      name: 'Traffic Class',
      bits: 8,
      kind: 'group',
      wireshark: 'ipv6.tclass',
      parts: [
        { id: 'dscp', name: 'Differentiated Services', short: 'DSCP', bits: 6, kind: 'number', wireshark: 'ipv6.tclass.dscp' },
        { id: 'ecn', name: 'Explicit Congestion Notification', short: 'ECN', bits: 2, kind: 'number', wireshark: 'ipv6.tclass.ecn' },
      ],
    },
    { id: 'flowLabel', name: 'Flow Label', bits: 20, kind: 'hex', wireshark: 'ipv6.flow' },
    { id: 'payloadLength', name: 'Payload Length', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'ipv6.plen' },
    { id: 'nextHeader', name: 'Next Header', bits: 8, kind: 'number', wireshark: 'ipv6.nxt', means: ipProtocolName },
    { id: 'hopLimit', name: 'Hop Limit', bits: 8, kind: 'number', unit: 'hops', wireshark: 'ipv6.hlim', means: hopsMeaning },
    { id: 'source', name: 'Source Address', bits: 128, kind: 'ipv6', wireshark: 'ipv6.src' },
    { id: 'destination', name: 'Destination Address', bits: 128, kind: 'ipv6', wireshark: 'ipv6.dst' },
  ],
} as const satisfies HeaderSpec;

export type Ipv6Header = Values<typeof IPV6>;
export type Ipv6Layer = LayerOf<'ipv6', Ipv6Header>;

export const IPV6_HEAD_BYTES = headerBytes(IPV6);
const LENGTH_AT = 4;

/** Where the packet ends, and what is wrong with the length that says so. */
type Extent = { readonly end: number; readonly error?: WireError };

/** A length of zero before options for every hop says that the real length, above 65,535, stands in one of them. Source: RFC 2675 §2. */
function extentOf({ payloadLength, nextHeader }: Ipv6Header, { at, end, quoted }: Span): Extent {
  const offset = at + LENGTH_AT;
  if (payloadLength === 0 && nextHeader === EXTENSION_HEADERS['hop-by-hop']) return { end, error: { code: 'jumbo', offset } };
  const packetEnd = at + IPV6_HEAD_BYTES + payloadLength;
  if (packetEnd <= end) return { end: packetEnd };
  return quoted ? { end } : { end, error: { code: 'bad-length', offset } };
}

const networkOf = (bytes: Uint8Array, at: number): NetworkContext => ({
  version: 6,
  source: bytes.slice(at + 8, at + 24),
  destination: bytes.slice(at + 24, at + 40),
});

export function decodeIpv6(bytes: Uint8Array, span: Span): Decoded<Ipv6Layer> {
  const { at, quoted } = span;
  const { fields, values } = readHeader(IPV6, bytes, span);
  const base = { protocol: 'ipv6', title: IPV6.title, level: 'network', at, fields, ...(quoted && { quoted }) } as const;
  if (values?.version !== 6) {
    const error: WireError = values ? { code: 'bad-version', offset: at } : { code: 'truncated', offset: span.end };
    return { layer: { ...base, headEnd: span.end, end: span.end, errors: [error] } };
  }
  const { end, error } = extentOf(values, span);
  const headEnd = at + IPV6_HEAD_BYTES;
  const layer: Ipv6Layer = { ...base, headEnd, end, errors: error ? [error] : [], header: values };
  const network = { ...networkOf(bytes, at), isCut: headEnd + values.payloadLength > span.end };
  const protocol = error?.code === 'jumbo' ? 'data' : protocolOfNextHeader(values.nextHeader);
  return { layer, next: { protocol, at: headEnd, end, network, ...(quoted && { quoted }) } };
}

/** What a sender chooses; version and length are worked out. */
export type Ipv6Choice = Pick<Ipv6Header, 'source' | 'destination' | 'nextHeader'> & Partial<Omit<Ipv6Header, 'version' | 'payloadLength'>>;

const DEFAULTS = { dscp: 0, ecn: 0, flowLabel: 0, hopLimit: 64 } as const;

/** A packet. Extension headers stand at the beginning of `payload`. Throws a RangeError if that is longer than 65,535 bytes. */
export function encodeIpv6(choice: Ipv6Choice, payload: Uint8Array): Uint8Array {
  if (payload.length > 0xffff) throw new RangeError(`No IPv6 packet carries ${payload.length} bytes`);
  const packet = new Uint8Array(IPV6_HEAD_BYTES + payload.length);
  packet.set(writeHeader(IPV6, { ...DEFAULTS, ...choice, version: 6, payloadLength: payload.length }));
  packet.set(payload, IPV6_HEAD_BYTES);
  return packet;
}
