/** The fragment header of IPv6. Source: RFC 8200 §4.5. */
import { fixedLayer } from '../fixed-layer.ts';
import type { HeaderSpec, Values } from '../header.ts';
import type { Decoded, LayerOf, ProtocolName, Span } from '../layer.ts';
import { ipProtocolName, protocolOfNextHeader } from './ip-protocol.ts';

/** Source: RFC 8200 §4.5. */
export const FRAGMENT = {
  title: 'IPv6 Fragment Header',
  source: 'RFC 8200 §4.5',
  fields: [
    { id: 'nextHeader', name: 'Next Header', bits: 8, kind: 'number', wireshark: 'ipv6.fraghdr.nxt', means: ipProtocolName },
    { id: 'reserved', name: 'Reserved', bits: 8, kind: 'hex', wireshark: 'ipv6.fraghdr.reserved_octet' },
    {
      id: 'fragmentOffset',
      name: 'Fragment Offset',
      bits: 13,
      kind: 'number',
      unit: '8-byte units',
      wireshark: 'ipv6.fraghdr.offset',
      means: (units) => `begins at byte ${units * 8} of what was divided`,
    },
    { id: 'reservedBits', name: 'Res', bits: 2, kind: 'number', wireshark: 'ipv6.fraghdr.reserved_bits' },
    {
      id: 'moreFragments',
      name: 'More Fragments',
      short: 'M',
      bits: 1,
      kind: 'flag',
      wireshark: 'ipv6.fraghdr.more',
      means: (more) => (more ? 'another piece follows' : 'the last piece, or the only one'),
    },
    { id: 'identification', name: 'Identification', bits: 32, kind: 'hex', wireshark: 'ipv6.fraghdr.ident' },
  ],
} as const satisfies HeaderSpec;

export type FragmentHeader = Values<typeof FRAGMENT>;
export type FragmentLayer = LayerOf<'fragment', FragmentHeader>;

/** A piece is read further only once it has been put together with the others; one that is the whole is no piece. Source: RFC 6946. */
function carries({ fragmentOffset, moreFragments, nextHeader }: FragmentHeader, quoted: true | undefined): ProtocolName {
  return fragmentOffset === 0 && (quoted || !moreFragments) ? protocolOfNextHeader(nextHeader) : 'data';
}

export function decodeFragment(bytes: Uint8Array, span: Span): Decoded<FragmentLayer> {
  const layer = fixedLayer({ protocol: 'fragment', level: 'network', spec: FRAGMENT }, bytes, span);
  const { header, headEnd } = layer;
  return header ? { layer, next: { ...span, protocol: carries(header, span.quoted), at: headEnd } } : { layer };
}
