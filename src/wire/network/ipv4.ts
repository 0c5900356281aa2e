/** IPv4 datagrams and fragments of them. Source: RFC 791 §3.1. */
import { expectedChecksum } from '../checksum.ts';
import type { Field } from '../field.ts';
import { type HeaderSpec, headerBytes, readHeader, type Values, withFacts, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, NetworkContext, ProtocolName, Span } from '../layer.ts';
import type { WireError } from '../wire-error.ts';
import { ipProtocolName, protocolOfNumber } from './ip-protocol.ts';
import { lastStop, readIpv4Options } from './ipv4-options.ts';
import { type Judged, judgeChecksum } from './judge-checksum.ts';

/** Source: RFC 791 §3.1; RFC 2474 §3 (DSCP), RFC 3168 §5 (ECN). */
export const IPV4 = {
  title: 'Internet Protocol Version 4',
  source: 'RFC 791 §3.1',
  fields: [
    { id: 'version', name: 'Version', bits: 4, kind: 'number', wireshark: 'ip.version' },
    {
      id: 'ihl',
      name: 'Internet Header Length',
      short: 'IHL',
      bits: 4,
      kind: 'number',
      unit: '4-byte words',
      wireshark: 'ip.hdr_len', // bytes
      means: (words) => `${words * 4} bytes`,
    },
    { id: 'dscp', name: 'Differentiated Services', short: 'DSCP', bits: 6, kind: 'number', wireshark: 'ip.dsfield.dscp' },
    { id: 'ecn', name: 'Explicit Congestion Notification', short: 'ECN', bits: 2, kind: 'number', wireshark: 'ip.dsfield.ecn' },
    { id: 'totalLength', name: 'Total Length', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'ip.len' },
    { id: 'identification', name: 'Identification', bits: 16, kind: 'hex', wireshark: 'ip.id' },
    {
      id: 'flags',
      name: 'Flags',
      bits: 3,
      kind: 'group',
      wireshark: 'ip.flags',
      parts: [
        { id: 'reserved', name: 'Reserved', short: '0', bits: 1, kind: 'flag', wireshark: 'ip.flags.rb' },
        { id: 'dontFragment', name: 'Don’t Fragment', short: 'DF', bits: 1, kind: 'flag', wireshark: 'ip.flags.df' },
        {
          id: 'moreFragments',
          name: 'More Fragments',
          short: 'MF',
          bits: 1,
          kind: 'flag',
          wireshark: 'ip.flags.mf',
          means: (more) => (more ? 'another piece follows' : 'the last piece, or the only one'),
        },
      ],
    },
    {
      id: 'fragmentOffset',
      name: 'Fragment Offset',
      bits: 13,
      kind: 'number',
      unit: '8-byte units',
      wireshark: 'ip.frag_offset',
      means: (units) => `begins at byte ${units * 8} of the datagram’s data`,
    },
    { id: 'ttl', name: 'Time to Live', short: 'TTL', bits: 8, kind: 'number', unit: 'hops', wireshark: 'ip.ttl' },
    { id: 'protocol', name: 'Protocol', bits: 8, kind: 'number', wireshark: 'ip.proto', means: ipProtocolName },
    { id: 'checksum', name: 'Header Checksum', bits: 16, kind: 'hex', wireshark: 'ip.checksum' },
    { id: 'source', name: 'Source Address', bits: 32, kind: 'ipv4', wireshark: 'ip.src' },
    { id: 'destination', name: 'Destination Address', bits: 32, kind: 'ipv4', wireshark: 'ip.dst' },
  ],
} as const satisfies HeaderSpec;

export type Ipv4Header = Values<typeof IPV4>;
export type Ipv4Layer = LayerOf<'ipv4', Ipv4Header>;

const FIXED_BYTES = headerBytes(IPV4);
const LENGTH_AT = 2;
const CHECKSUM_AT = 10;

/** The header ends here, and what it carries there; or what is wrong with the lengths that say so. */
type Extent = { readonly headEnd: number; readonly end: number; readonly isHeadWhole: boolean; readonly error?: WireError };

function extentOf({ ihl, totalLength }: Ipv4Header, { at, end, quoted }: Span): Extent {
  const headEnd = at + ihl * 4;
  const badHead = { end, isHeadWhole: false, error: { code: 'bad-header-length', offset: at } } as const;
  if (ihl * 4 < FIXED_BYTES) return { ...badHead, headEnd: at + FIXED_BYTES };
  if (headEnd > end) return { ...badHead, headEnd: end, ...(quoted && { error: { code: 'truncated', offset: end } }) };
  const dataEnd = at + totalLength;
  if (dataEnd >= headEnd && dataEnd <= end) return { headEnd, end: dataEnd, isHeadWhole: true };
  const isCut = quoted && dataEnd > end;
  return { headEnd, end, isHeadWhole: true, ...(!isCut && { error: { code: 'bad-length', offset: at + LENGTH_AT } }) };
}

/** The checksum that the header between these bytes ought to have. */
const headerChecksum = (bytes: Uint8Array, at: number, headEnd: number): number =>
  expectedChecksum(bytes, { at, end: headEnd, checksumAt: CHECKSUM_AT });

/** On a source route the destination is the next stop. Source: RFC 791 §3.1 (loose source and record route). */
const NEXT_STOP = { wireshark: 'ip.cur_rt', meaning: 'the next stop of the source route' };

/** The fields with their checksum judged and the options behind them. A header of unknown length has neither, and nobody knows what it carries. */
function wholeHead(
  bytes: Uint8Array,
  fields: readonly Field[],
  header: Ipv4Header,
  { at, headEnd }: { at: number; headEnd: number },
): Judged {
  const options = readIpv4Options(bytes, at + FIXED_BYTES, headEnd);
  const expected = headerChecksum(bytes, at, headEnd);
  const judged = judgeChecksum(fields, { found: header.checksum, expected, at: at + CHECKSUM_AT, over: 'the header' });
  const badOptions = options.badAt.map((offset): WireError => ({ code: 'bad-option', offset }));
  const isRouted = lastStop(bytes, at + FIXED_BYTES, headEnd) !== undefined;
  const named = isRouted ? withFacts(judged.fields, 'destination', NEXT_STOP) : judged.fields;
  return { fields: [...named, ...options.fields], errors: [...judged.errors, ...badOptions] };
}

/** Whose addresses a checksum above covers. On a source route that is not used up they are those of its two ends, for the receiver reckons with its own; so does Wireshark. */
function networkOf(bytes: Uint8Array, at: number, headEnd: number): NetworkContext {
  const destination = lastStop(bytes, at + FIXED_BYTES, headEnd) ?? bytes.slice(at + 16, at + 20);
  return { version: 4, source: bytes.slice(at + 12, at + 16), destination };
}

/** Whether it is a piece of a datagram. Source: RFC 791 §3.2. */
export const isFragment = ({ moreFragments, fragmentOffset }: Pick<Ipv4Header, 'moreFragments' | 'fragmentOffset'>): boolean =>
  moreFragments || fragmentOffset > 0;

/** A piece is read further only once it has been put together with the others; the first piece in a quotation says enough. */
const carries = (header: Ipv4Header, quoted: true | undefined): ProtocolName =>
  isFragment(header) && !(quoted && header.fragmentOffset === 0) ? 'data' : protocolOfNumber(header.protocol);

export function decodeIpv4(bytes: Uint8Array, span: Span): Decoded<Ipv4Layer> {
  const { at, quoted } = span;
  const { fields, values } = readHeader(IPV4, bytes, span);
  const base = { protocol: 'ipv4', title: IPV4.title, level: 'network', at, ...(quoted && { quoted }) } as const;
  if (values?.version !== 4) {
    const error: WireError = values ? { code: 'bad-version', offset: at } : { code: 'truncated', offset: span.end };
    return { layer: { ...base, headEnd: span.end, end: span.end, fields, errors: [error] } };
  }
  const { headEnd, end, isHeadWhole, error } = extentOf(values, span);
  const head = isHeadWhole ? wholeHead(bytes, fields, values, { at, headEnd }) : { fields, errors: [] };
  const errors = error ? [error, ...head.errors] : head.errors;
  const layer: Ipv4Layer = { ...base, headEnd, end, fields: head.fields, errors, header: values };
  if (!isHeadWhole) return { layer };
  const network = { ...networkOf(bytes, at, headEnd), isCut: at + values.totalLength > span.end };
  return { layer, next: { protocol: carries(values, quoted), at: headEnd, end, network, ...(quoted && { quoted }) } };
}

/** What a sender chooses; version, lengths and checksum are worked out. */
export type Ipv4Choice = Pick<Ipv4Header, 'source' | 'destination' | 'protocol'> &
  Partial<Omit<Ipv4Header, 'version' | 'ihl' | 'totalLength' | 'checksum'>> & {
    /** Options, padded to whole 4-byte words. */
    readonly options?: Uint8Array;
  };

const DEFAULTS = {
  dscp: 0,
  ecn: 0,
  identification: 0,
  reserved: false,
  dontFragment: false,
  moreFragments: false,
  fragmentOffset: 0,
  ttl: 64,
} as const;

/** A datagram, its lengths and its header checksum worked out. Throws a RangeError if it is longer than 65,535 bytes. */
export function encodeIpv4({ options = new Uint8Array(), ...choice }: Ipv4Choice, payload: Uint8Array): Uint8Array {
  const headLength = FIXED_BYTES + options.length;
  const totalLength = headLength + payload.length;
  if (totalLength > 0xffff || headLength > 60 || options.length % 4 !== 0) {
    throw new RangeError(`No IPv4 datagram has a header of ${headLength} and a length of ${totalLength} bytes`);
  }
  const header: Ipv4Header = { ...DEFAULTS, ...choice, version: 4, ihl: headLength / 4, totalLength, checksum: 0 };
  const datagram = new Uint8Array(totalLength);
  datagram.set(writeHeader(IPV4, header));
  datagram.set(options, FIXED_BYTES);
  datagram.set(payload, headLength);
  const checksum = headerChecksum(datagram, 0, headLength);
  datagram.set([checksum >> 8, checksum & 0xff], CHECKSUM_AT);
  return datagram;
}
