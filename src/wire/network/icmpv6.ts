/** ICMPv6: echo, errors, and neighbor discovery, which does for IPv6 what ARP does for IPv4. Source: RFC 4443; RFC 4861. */
import type { Field } from '../field.ts';
import { headerBytes, readHeader, withFacts, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, NetworkContext, Span } from '../layer.ts';
import type { WireError } from '../wire-error.ts';
import { formOf, hasOptions, ICMPV6_BASE, ICMPV6_TITLE, type Icmpv6Header, quotesPacket } from './icmpv6-forms.ts';
import { icmpv6CodeName } from './icmpv6-types.ts';
import { IP_PROTOCOLS } from './ip-protocol.ts';
import { judgeChecksum, notJudged } from './judge-checksum.ts';
import { readNeighborOptions } from './neighbor-options.ts';
import { transportChecksum } from './pseudo-header.ts';
import { quotationOf } from './quotation.ts';

export type Icmpv6Layer = LayerOf<'icmpv6', Icmpv6Header>;

const CHECKSUM_AT = 2;
/** Where some messages say how much they quote. */
const LENGTH_AT = 4;

const messageChecksum = (bytes: Uint8Array, network: NetworkContext, at: number, end: number): number =>
  transportChecksum(bytes, network, { at, end, checksumAt: CHECKSUM_AT, protocol: IP_PROTOCOLS.icmpv6 });

/** The message without its checksum judged: a quotation is seldom whole. */
function readMessage(
  bytes: Uint8Array,
  span: Span,
): { readonly headEnd: number; readonly fields: readonly Field[]; readonly header?: Icmpv6Header } {
  const { values: base } = readHeader(ICMPV6_BASE, bytes, span);
  const form = base ? formOf(base.type, (bytes[span.at + LENGTH_AT] ?? 0) > 0) : ICMPV6_BASE;
  const { fields, values } = readHeader(form, bytes, span);
  const meaning = base && icmpv6CodeName(base.type, base.code);
  const told = meaning ? withFacts(fields, 'code', { meaning }) : fields;
  return {
    headEnd: Math.min(span.at + headerBytes(form), span.end),
    fields: told,
    ...(base && values && { header: { ...values, ...base } }),
  };
}

function judge(bytes: Uint8Array, fields: readonly Field[], found: number, { at, end, network, quoted }: Span) {
  if (!network || quoted) return { fields, errors: [] };
  if (network.isCut) return notJudged(fields);
  const expected = messageChecksum(bytes, network, at, end);
  return judgeChecksum(fields, { found, expected, at: at + CHECKSUM_AT, over: 'addresses and message' });
}

/** Options end the message. The packet in the last option of a redirect is not read further. */
function withOptions(bytes: Uint8Array, layer: Icmpv6Layer): Icmpv6Layer {
  const options = readNeighborOptions(bytes, layer.headEnd, layer.end);
  const bad = layer.quoted ? [] : options.badAt.map((offset): WireError => ({ code: 'bad-option', offset }));
  return { ...layer, headEnd: layer.end, fields: [...layer.fields, ...options.fields], errors: [...layer.errors, ...bad] };
}

function withQuotation(bytes: Uint8Array, layer: Icmpv6Layer, { length = 0 }: Icmpv6Header): Decoded<Icmpv6Layer> {
  const { end, extensions } = quotationOf(bytes, layer, length * 8);
  const next = { protocol: 'ipv6', at: layer.headEnd, end, quoted: true } as const;
  return { layer: { ...layer, fields: [...layer.fields, ...extensions] }, next };
}

export function decodeIcmpv6(bytes: Uint8Array, span: Span): Decoded<Icmpv6Layer> {
  const { at, end, quoted } = span;
  const { headEnd, fields, header } = readMessage(bytes, span);
  const base = { protocol: 'icmpv6', title: ICMPV6_TITLE, level: 'network', at, headEnd, end, ...(quoted && { quoted }) } as const;
  if (!header) return { layer: { ...base, fields, errors: quoted ? [] : [{ code: 'truncated', offset: end }] } };
  const layer: Icmpv6Layer = { ...base, ...judge(bytes, fields, header.checksum, span), header };
  if (hasOptions(header.type)) return { layer: withOptions(bytes, layer) };
  if (quotesPacket(header.type)) return withQuotation(bytes, layer, header);
  return { layer, next: { protocol: 'data', at: headEnd, end, ...(quoted && { quoted }) } };
}

/** What a sender chooses; the checksum is worked out, and what is left out is zero. */
export type Icmpv6Choice = Pick<Icmpv6Header, 'type'> & Partial<Omit<Icmpv6Header, 'checksum'>>;

/** A message with its checksum. `payload`: the data of an echo, the options of neighbor discovery, the packet that an error is about. */
export function encodeIcmpv6(choice: Icmpv6Choice, payload: Uint8Array, network: NetworkContext): Uint8Array {
  const head = writeHeader(formOf(choice.type), { code: 0, checksum: 0, ...choice });
  const bytes = new Uint8Array(head.length + payload.length);
  bytes.set(head);
  bytes.set(payload, head.length);
  const checksum = messageChecksum(bytes, network, 0, bytes.length);
  bytes.set([checksum >> 8, checksum & 0xff], CHECKSUM_AT);
  return bytes;
}

/** No error message is longer than this, so that it gets through wherever IPv6 does. Source: RFC 4443 §2.4 (c). */
const MAX_ERROR_BYTES = 1280;
const BEFORE_QUOTE_BYTES = 40 + 8;

/** As much of a packet as an error message quotes. */
export const quoteOfIpv6 = (packet: Uint8Array): Uint8Array => packet.slice(0, MAX_ERROR_BYTES - BEFORE_QUOTE_BYTES);
