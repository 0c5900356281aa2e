/**
 * Four bytes before the packets of a loopback interface of BSD and macOS: the number of an address family, in the byte order of
 * the computer that captured (LINKTYPE_NULL) or of the network (LINKTYPE_LOOP). Source: tcpdump.org.
 */
import { fixedLayer } from '../fixed-layer.ts';
import type { HeaderSpec, Values } from '../header.ts';
import type { Decoded, LayerOf, ProtocolName, Span } from '../layer.ts';

const IPV4 = 2;
/** NetBSD and OpenBSD, FreeBSD, macOS: each has its own number. Source: tcpdump.org, LINKTYPE_NULL. */
const IPV6: readonly number[] = [24, 28, 30];

const familyName = (family: number): string | undefined => {
  if (family === IPV4) return 'IPv4';
  return IPV6.includes(family) ? 'IPv6' : undefined;
};

const FAMILY = { id: 'family', name: 'Family', bits: 8, kind: 'number', wireshark: 'null.family', means: familyName } as const;
const REST = { id: 'rest', name: 'Rest of the Family', bits: 24, kind: 'hex' } as const;

/** No family has a number above 255, so that one byte says it all: the first of a little-endian computer, the last of any other. */
export const LOOPBACK = { title: 'Null/Loopback', source: 'LINKTYPE_NULL', fields: [FAMILY, REST] } as const satisfies HeaderSpec;
const BIG_ENDIAN = { ...LOOPBACK, fields: [REST, FAMILY] } as const satisfies HeaderSpec;

export type LoopbackHeader = Values<typeof LOOPBACK>;
export type LoopbackLayer = LayerOf<'loopback', LoopbackHeader>;

function protocolOfFamily(family: number): ProtocolName {
  if (family === IPV4) return 'ipv4';
  return IPV6.includes(family) ? 'ipv6' : 'data';
}

export function decodeLoopback(bytes: Uint8Array, span: Span): Decoded<LoopbackLayer> {
  const spec = bytes[span.at] === 0 ? BIG_ENDIAN : LOOPBACK;
  const layer: LoopbackLayer = fixedLayer({ protocol: 'loopback', level: 'link', spec }, bytes, span);
  const { header, headEnd, end } = layer;
  if (!header) return { layer };
  return { layer, next: { protocol: header.rest === 0 ? protocolOfFamily(header.family) : 'data', at: headEnd, end } };
}
