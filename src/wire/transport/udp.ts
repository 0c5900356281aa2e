/** UDP datagrams. Source: RFC 768; RFC 8200 §8.1 (over IPv6 the checksum is not optional). */
import type { Field } from '../field.ts';
import { type HeaderSpec, headerBytes, readHeader, type Values, withFacts, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, NetworkContext, ProtocolName, Span } from '../layer.ts';
import { IP_PROTOCOLS } from '../network/ip-protocol.ts';
import { type Judged, judgeChecksum, notJudged } from '../network/judge-checksum.ts';
import { transportChecksum } from '../network/pseudo-header.ts';
import type { WireError } from '../wire-error.ts';
import { DNS_PORT, MULTICAST_DNS_PORT, portName } from './port.ts';

/** Source: RFC 768, "Format". */
export const UDP = {
  title: 'User Datagram Protocol',
  source: 'RFC 768',
  fields: [
    { id: 'sourcePort', name: 'Source Port', bits: 16, kind: 'number', wireshark: 'udp.srcport', means: portName },
    { id: 'destinationPort', name: 'Destination Port', bits: 16, kind: 'number', wireshark: 'udp.dstport', means: portName },
    { id: 'length', name: 'Length', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'udp.length' },
    { id: 'checksum', name: 'Checksum', bits: 16, kind: 'hex', wireshark: 'udp.checksum' },
  ],
} as const satisfies HeaderSpec;

export type UdpHeader = Values<typeof UDP>;
export type UdpLayer = LayerOf<'udp', UdpHeader>;

const HEAD_BYTES = headerBytes(UDP);
const CHECKSUM_AT = 6;
/** Multicast DNS has the same messages. Source: RFC 6762 §18. */
const DNS_PORTS = [DNS_PORT, MULTICAST_DNS_PORT];

/** The checksum as it is sent: a sum that gives zero is sent as all ones, because zero says "no checksum". Source: RFC 768. */
function udpChecksum(bytes: Uint8Array, network: NetworkContext, at: number, end: number): number {
  return transportChecksum(bytes, network, { at, end, checksumAt: CHECKSUM_AT, protocol: IP_PROTOCOLS.udp }) || 0xffff;
}

/** Whether the checksum can be judged, and is good. */
function judge(bytes: Uint8Array, fields: readonly Field[], { checksum }: UdpHeader, { network, quoted, at, end }: Span): Judged {
  if (checksum === 0 && network?.version === 4) return { fields: withFacts(fields, 'checksum', { meaning: 'none was sent' }), errors: [] };
  if (!network || quoted) return { fields, errors: [] };
  if (network.isCut) return notJudged(fields);
  const expected = udpChecksum(bytes, network, at, end);
  return judgeChecksum(fields, { found: checksum, expected, at: at + CHECKSUM_AT, over: 'addresses, header and data' });
}

/** An empty datagram is a message of nobody. */
const carries = ({ sourcePort, destinationPort, length }: UdpHeader): ProtocolName =>
  length > HEAD_BYTES && (DNS_PORTS.includes(sourcePort) || DNS_PORTS.includes(destinationPort)) ? 'dns' : 'data';

export function decodeUdp(bytes: Uint8Array, span: Span): Decoded<UdpLayer> {
  const { at, quoted } = span;
  const { fields, values } = readHeader(UDP, bytes, span);
  const base = { protocol: 'udp', title: UDP.title, level: 'transport', at, ...(quoted && { quoted }) } as const;
  if (!values)
    return {
      layer: { ...base, headEnd: span.end, end: span.end, fields, errors: quoted ? [] : [{ code: 'truncated', offset: span.end }] },
    };
  const headEnd = at + HEAD_BYTES;
  const isWhole = values.length >= HEAD_BYTES && at + values.length <= span.end;
  const end = isWhole ? at + values.length : span.end;
  const badLength: readonly WireError[] = isWhole || quoted ? [] : [{ code: 'bad-length', offset: at + 4 }];
  const judged = judge(bytes, fields, values, { ...span, end });
  const layer: UdpLayer = { ...base, headEnd, end, fields: judged.fields, errors: [...badLength, ...judged.errors], header: values };
  return { layer, next: { protocol: quoted ? 'data' : carries(values), at: headEnd, end, ...(quoted && { quoted }) } };
}

/** A datagram with its length and, unless `checksum` is 0 ("none"), its checksum worked out. */
export function encodeUdp(
  { sourcePort, destinationPort, checksum }: Pick<UdpHeader, 'sourcePort' | 'destinationPort'> & { readonly checksum?: 0 },
  payload: Uint8Array,
  network: NetworkContext,
): Uint8Array {
  const datagram = new Uint8Array(HEAD_BYTES + payload.length);
  datagram.set(writeHeader(UDP, { sourcePort, destinationPort, length: datagram.length, checksum: 0 }));
  datagram.set(payload, HEAD_BYTES);
  const sum = checksum ?? udpChecksum(datagram, network, 0, datagram.length);
  datagram.set([sum >> 8, sum & 0xff], CHECKSUM_AT);
  return datagram;
}
