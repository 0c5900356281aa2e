/** The extension headers of IPv6: hop-by-hop options, destination options, routing. Source: RFC 8200 §4. */
import { type FixedLayerOf, fixedLayer } from '../fixed-layer.ts';
import { type FieldSpec, type HeaderSpec, headerBytes, type Values } from '../header.ts';
import type { Decoded, LayerOf, ProtocolName, Span } from '../layer.ts';
import type { WireError } from '../wire-error.ts';
import { EXTENSION_HEADERS, ipProtocolName, protocolOfNextHeader } from './ip-protocol.ts';
import { homeAddress, readIpv6Options } from './ipv6-options.ts';
import { readRoute, routingTypeName } from './route.ts';

/** The length of an extension header counts in these, and leaves the first one out. Source: RFC 8200 §4.3. */
const UNIT_BYTES = 8;
/** Options begin behind the next header and the length. */
const OPTIONS_AT = 2;

const lengthMeaning = (units: number): string => `${(units + 1) * 8} bytes in all`;

/** Every extension header but the fragment header begins like this. `filter`: as Wireshark calls it. */
const beginning = (filter: string) =>
  [
    { id: 'nextHeader', name: 'Next Header', bits: 8, kind: 'number', wireshark: `ipv6.${filter}.nxt`, means: ipProtocolName },
    {
      id: 'length',
      name: 'Hdr Ext Len',
      bits: 8,
      kind: 'number',
      unit: '8-byte units',
      wireshark: `ipv6.${filter}.len`,
      means: lengthMeaning,
    },
  ] as const satisfies readonly FieldSpec[];

/** Source: RFC 8200 §4.3. */
export const HOP_BY_HOP = {
  title: 'IPv6 Hop-by-Hop Options',
  source: 'RFC 8200 §4.3',
  fields: beginning('hopopts'),
} as const satisfies HeaderSpec;
/** Source: RFC 8200 §4.6. */
export const DESTINATION_OPTIONS = {
  title: 'IPv6 Destination Options',
  source: 'RFC 8200 §4.6',
  fields: beginning('dstopts'),
} as const satisfies HeaderSpec;
/** Source: RFC 8200 §4.4. */
export const ROUTING = {
  title: 'IPv6 Routing Header',
  source: 'RFC 8200 §4.4',
  fields: [
    ...beginning('routing'),
    { id: 'type', name: 'Routing Type', bits: 8, kind: 'number', wireshark: 'ipv6.routing.type', means: routingTypeName },
    { id: 'segmentsLeft', name: 'Segments Left', bits: 8, kind: 'number', wireshark: 'ipv6.routing.segleft' },
  ],
} as const satisfies HeaderSpec;

type Beginning = Values<typeof HOP_BY_HOP>;
export type HopByHopLayer = LayerOf<'hop-by-hop', Beginning>;
export type DestinationOptionsLayer = LayerOf<'destination-options', Beginning>;
export type RoutingLayer = LayerOf<'routing', Values<typeof ROUTING>>;

/** The layer of an extension header, without what is particular to its kind; it has a `header` if all of it is there. */
function frame<const Name extends ProtocolName, const Header extends HeaderSpec>(
  { protocol, spec }: { readonly protocol: Name; readonly spec: Header },
  bytes: Uint8Array,
  span: Span,
): FixedLayerOf<Name, Header> {
  const { header, ...layer } = fixedLayer({ protocol, level: 'network', spec }, bytes, span);
  const headEnd = span.at + UNIT_BYTES * (1 + (bytes[span.at + 1] ?? 0));
  if (header && headEnd <= span.end) return { ...layer, headEnd, header };
  const tooLong: readonly WireError[] = header && !span.quoted ? [{ code: 'bad-header-length', offset: span.at }] : [];
  return { ...layer, headEnd: span.end, errors: [...layer.errors, ...tooLong] };
}

/**
 * The layer and who reads on. Options for every hop come first or not at all: another header that announces them is wrong.
 * Source: RFC 8200 §4 and §4.3.
 */
function readOn<Layer extends HopByHopLayer | DestinationOptionsLayer | RoutingLayer>(
  layer: Layer,
  nextHeader: number,
  { network, quoted }: Pick<Span, 'network' | 'quoted'>,
): Decoded<Layer> {
  const isMisplaced = nextHeader === EXTENSION_HEADERS['hop-by-hop'];
  const misplaced: readonly WireError[] = isMisplaced ? [{ code: 'misplaced', offset: layer.at }] : [];
  const protocol = isMisplaced ? 'data' : protocolOfNextHeader(nextHeader);
  const next = { protocol, at: layer.headEnd, end: layer.end, ...(network && { network }), ...(quoted && { quoted }) };
  return { layer: { ...layer, errors: [...layer.errors, ...misplaced] }, next };
}

const badOptions = (badAt: readonly number[]): readonly WireError[] => badAt.map((offset) => ({ code: 'bad-option', offset }));

export function decodeHopByHop(bytes: Uint8Array, span: Span): Decoded<HopByHopLayer> {
  const layer = frame({ protocol: 'hop-by-hop', spec: HOP_BY_HOP }, bytes, span);
  if (!layer.header) return { layer };
  const options = readIpv6Options(bytes, span.at + OPTIONS_AT, layer.headEnd);
  const withOptions = { ...layer, fields: [...layer.fields, ...options.fields], errors: badOptions(options.badAt) };
  return readOn(withOptions, layer.header.nextHeader, span);
}

export function decodeDestinationOptions(bytes: Uint8Array, span: Span): Decoded<DestinationOptionsLayer> {
  const { at, network, quoted } = span;
  const layer = frame({ protocol: 'destination-options', spec: DESTINATION_OPTIONS }, bytes, span);
  if (!layer.header) return { layer };
  const options = readIpv6Options(bytes, at + OPTIONS_AT, layer.headEnd);
  const source = homeAddress(bytes, at + OPTIONS_AT, layer.headEnd);
  const withOptions = { ...layer, fields: [...layer.fields, ...options.fields], errors: badOptions(options.badAt) };
  const covered = network && source ? { ...network, source } : network;
  return readOn(withOptions, layer.header.nextHeader, { ...(covered && { network: covered }), ...(quoted && { quoted }) });
}

export function decodeRouting(bytes: Uint8Array, span: Span): Decoded<RoutingLayer> {
  const { at, network, quoted } = span;
  const layer = frame({ protocol: 'routing', spec: ROUTING }, bytes, span);
  if (!layer.header) return { layer };
  const { fields, isGood, destination } = readRoute(bytes, layer.header, { at: at + headerBytes(ROUTING), end: layer.headEnd });
  const errors: readonly WireError[] = isGood ? [] : [{ code: 'bad-route', offset: at }];
  const known = destination === 'unknown' ? undefined : network && { ...network, ...(destination && { destination }) };
  return readOn({ ...layer, fields: [...layer.fields, ...fields], errors }, layer.header.nextHeader, {
    ...(known && { network: known }),
    ...(quoted && { quoted }),
  });
}
