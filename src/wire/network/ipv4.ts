/** IPv4 datagrams and fragments of them. Source: RFC 791 §3.1. */
import { internetChecksum } from '../checksum.ts';
import type { Field } from '../field.ts';
import { type HeaderSpec, headerBytes, readHeader, type Values, withFacts, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import type { WireError } from '../wire-error.ts';
import { ipProtocolName, protocolOfNumber } from './ip-protocol.ts';

/** Source: RFC 791 §3.1; RFC 2474 §3 (DSCP), RFC 3168 §5 (ECN). */
export const IPV4 = {
  title: 'Internet Protocol Version 4',
  source: 'RFC 791 §3.1',
  fields: [
    { id: 'version', name: 'Version', bits: 4, kind: 'number', wireshark: 'ip.version' },
    { id: 'ihl', name: 'Internet Header Length', bits: 4, kind: 'number', unit: '4-byte words', means: (words) => `${words * 4} bytes` },
    { id: 'dscp', name: 'Differentiated Services', bits: 6, kind: 'number', wireshark: 'ip.dsfield.dscp' },
    { id: 'ecn', name: 'Explicit Congestion Notification', bits: 2, kind: 'number', wireshark: 'ip.dsfield.ecn' },
    { id: 'totalLength', name: 'Total Length', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'ip.len' },
    { id: 'identification', name: 'Identification', bits: 16, kind: 'hex', wireshark: 'ip.id' },
    {
      id: 'flags',
      name: 'Flags',
      bits: 3,
      kind: 'group',
      wireshark: 'ip.flags',
      parts: [
        { id: 'reserved', name: 'Reserved', bits: 1, kind: 'flag', wireshark: 'ip.flags.rb' },
        { id: 'dontFragment', name: 'Don’t Fragment', bits: 1, kind: 'flag', wireshark: 'ip.flags.df' },
        {
          id: 'moreFragments',
          name: 'More Fragments',
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
      means: (units) => `begins at byte ${units * 8} of the datagram’s data`,
    },
    { id: 'ttl', name: 'Time to Live', bits: 8, kind: 'number', unit: 'hops', wireshark: 'ip.ttl' },
    { id: 'protocol', name: 'Protocol', bits: 8, kind: 'number', wireshark: 'ip.proto', means: ipProtocolName },
    { id: 'checksum', name: 'Header Checksum', bits: 16, kind: 'hex', wireshark: 'ip.checksum' },
    { id: 'source', name: 'Source Address', bits: 32, kind: 'ipv4', wireshark: 'ip.src' },
    { id: 'destination', name: 'Destination Address', bits: 32, kind: 'ipv4', wireshark: 'ip.dst' },
  ],
} as const satisfies HeaderSpec;

export type Ipv4Header = Values<typeof IPV4>;
export type Ipv4Layer = LayerOf<'ipv4', Ipv4Header>;

const FIXED_BYTES = headerBytes(IPV4);

/** The header ends here, and what it carries there; or what is wrong with the lengths that say so. */
type Extent = { readonly headEnd: number; readonly end: number; readonly error?: WireError };

function extentOf({ ihl, totalLength }: Ipv4Header, { at, end, quoted }: Span): Extent {
  const headEnd = at + ihl * 4;
  if (ihl * 4 < FIXED_BYTES) return { headEnd: at + FIXED_BYTES, end, error: { code: 'bad-header-length', offset: at } };
  if (headEnd > end) return { headEnd: end, end, error: { code: quoted ? 'truncated' : 'bad-header-length', offset: at } };
  const dataEnd = at + totalLength;
  if (dataEnd >= headEnd && dataEnd <= end) return { headEnd, end: dataEnd };
  return quoted && dataEnd > end ? { headEnd, end } : { headEnd, end, error: { code: 'bad-length', offset: at + 2 } };
}

const hex16 = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`;

/** The checksum that the header between these bytes ought to have. */
function headerChecksum(bytes: Uint8Array, at: number, headEnd: number): number {
  const header = bytes.slice(at, headEnd);
  header.fill(0, 10, 12);
  return internetChecksum(header);
}

function checkedFields(fields: readonly Field[], header: Ipv4Header, expected: number): readonly Field[] {
  const isGood = header.checksum === expected;
  return withFacts(fields, 'checksum', {
    check: { isGood, expected: hex16(expected) },
    meaning: isGood ? 'good' : `wrong: the header gives ${hex16(expected)}`,
    ...(!isGood && { error: 'bad-checksum' as const }),
  });
}

const isFragment = ({ moreFragments, fragmentOffset }: Ipv4Header): boolean => moreFragments || fragmentOffset > 0;

export function decodeIpv4(bytes: Uint8Array, span: Span): Decoded<Ipv4Layer> {
  const { at, quoted } = span;
  const { fields, values } = readHeader(IPV4, bytes, span);
  const base = { protocol: 'ipv4', title: IPV4.title, level: 'network', at, ...(quoted && { quoted }) } as const;
  if (values?.version !== 4) {
    const error: WireError = values ? { code: 'bad-version', offset: at } : { code: 'truncated', offset: span.end };
    return { layer: { ...base, headEnd: span.end, end: span.end, fields, errors: [error] } };
  }
  const { headEnd, end, error } = extentOf(values, span);
  const expected = headerChecksum(bytes, at, headEnd);
  const errors: readonly WireError[] = [
    ...(error ? [error] : []),
    ...(expected === values.checksum ? [] : [{ code: 'bad-checksum', offset: at + 10 } as const]),
  ];
  const layer: Ipv4Layer = { ...base, headEnd, end, fields: checkedFields(fields, values, expected), errors, header: values };
  const network = { version: 4, source: bytes.slice(at + 12, at + 16), destination: bytes.slice(at + 16, at + 20) } as const;
  const protocol = isFragment(values) && !(quoted && values.fragmentOffset === 0) ? 'data' : protocolOfNumber(values.protocol);
  return { layer, next: { protocol, at: headEnd, end, network, ...(quoted && { quoted }) } };
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
  datagram.set([checksum >> 8, checksum & 0xff], 10);
  return datagram;
}
