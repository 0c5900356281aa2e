/** ARP: which station of this link has this IPv4 address? Source: RFC 826. */
import type { Field } from '../field.ts';
import { type FieldSpec, type HeaderSpec, headerBytes, readHeader, type Values, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import { ETHER_TYPES, etherTypeName } from '../link/ether-type.ts';
import type { WireError } from '../wire-error.ts';

export const ARP_OPERATIONS = { request: 1, reply: 2 } as const;

/** Source: RFC 826, RFC 903 (reverse), RFC 2390 (inverse). */
const OPERATIONS: Readonly<Record<number, string>> = {
  1: 'request: who has this address?',
  2: 'reply: it is mine',
  3: 'reverse request: which address have I?',
  4: 'reverse reply',
  8: 'inverse request',
  9: 'inverse reply',
};
const HARDWARE: Readonly<Record<number, string>> = { 1: 'Ethernet', 6: 'IEEE 802', 15: 'Frame Relay', 24: 'FireWire', 32: 'InfiniBand' };

const LENGTHS = [
  {
    id: 'hardwareType',
    name: 'Hardware Type',
    bits: 16,
    kind: 'number',
    wireshark: 'arp.hw.type',
    means: (type: number) => HARDWARE[type],
  },
  { id: 'protocolType', name: 'Protocol Type', bits: 16, kind: 'hex', wireshark: 'arp.proto.type', means: etherTypeName },
  { id: 'hardwareLength', name: 'Hardware Address Length', bits: 8, kind: 'number', unit: 'bytes', wireshark: 'arp.hw.size' },
  { id: 'protocolLength', name: 'Protocol Address Length', bits: 8, kind: 'number', unit: 'bytes', wireshark: 'arp.proto.size' },
  { id: 'operation', name: 'Operation', bits: 16, kind: 'number', wireshark: 'arp.opcode', means: (code: number) => OPERATIONS[code] },
] as const satisfies readonly FieldSpec[];

const targetMeaning = (mac: string): string | undefined => (mac === '00:00:00:00:00:00' ? 'not known yet' : undefined);

/** For IPv4 addresses on Ethernet, as nearly every ARP message is. Source: RFC 826, "Packet format". */
export const ARP = {
  title: 'Address Resolution Protocol',
  source: 'RFC 826',
  fields: [
    ...LENGTHS,
    { id: 'senderMac', name: 'Sender Hardware Address', bits: 48, kind: 'mac', wireshark: 'arp.src.hw_mac' },
    { id: 'senderIp', name: 'Sender Protocol Address', bits: 32, kind: 'ipv4', wireshark: 'arp.src.proto_ipv4' },
    { id: 'targetMac', name: 'Target Hardware Address', bits: 48, kind: 'mac', wireshark: 'arp.dst.hw_mac', means: targetMeaning },
    { id: 'targetIp', name: 'Target Protocol Address', bits: 32, kind: 'ipv4', wireshark: 'arp.dst.proto_ipv4' },
  ],
} as const satisfies HeaderSpec;

export type ArpHeader = Values<typeof ARP>;
export type ArpLayer = LayerOf<'arp', ArpHeader>;

const HEAD = { title: ARP.title, source: ARP.source, fields: LENGTHS } as const satisfies HeaderSpec;
const MAC_BYTES = 6;
const IP_BYTES = 4;

type Lengths = Values<typeof HEAD>;
const hasMacs = ({ hardwareType, hardwareLength }: Lengths): boolean => hardwareType === 1 && hardwareLength === MAC_BYTES;
const hasIps = ({ protocolType, protocolLength }: Lengths): boolean => protocolType === ETHER_TYPES.ipv4 && protocolLength === IP_BYTES;

/** The addresses of other links and protocols are read as bytes. An address without bytes is no field. */
function addressesOf(lengths: Lengths): readonly FieldSpec[] {
  const hardware = hasMacs(lengths) ? ({ kind: 'mac', suffix: 'hw_mac' } as const) : ({ kind: 'bytes', suffix: 'hw' } as const);
  const protocol = hasIps(lengths) ? ({ kind: 'ipv4', suffix: 'proto_ipv4' } as const) : ({ kind: 'bytes', suffix: 'proto' } as const);
  const [hardwareBits, protocolBits] = [lengths.hardwareLength * 8, lengths.protocolLength * 8];
  const all = [
    {
      id: 'senderHardware',
      name: 'Sender Hardware Address',
      bits: hardwareBits,
      kind: hardware.kind,
      wireshark: `arp.src.${hardware.suffix}`,
    },
    {
      id: 'senderProtocol',
      name: 'Sender Protocol Address',
      bits: protocolBits,
      kind: protocol.kind,
      wireshark: `arp.src.${protocol.suffix}`,
    },
    {
      id: 'targetHardware',
      name: 'Target Hardware Address',
      bits: hardwareBits,
      kind: hardware.kind,
      wireshark: `arp.dst.${hardware.suffix}`,
    },
    {
      id: 'targetProtocol',
      name: 'Target Protocol Address',
      bits: protocolBits,
      kind: protocol.kind,
      wireshark: `arp.dst.${protocol.suffix}`,
    },
  ];
  return all.filter(({ bits }) => bits > 0);
}

/** A sender that asks for its own address tells the others that it has it. Source: RFC 5227 §1.1 (probe, announcement). */
function messageMeaning({ operation, senderIp, targetIp }: ArpHeader): string | undefined {
  if (senderIp === targetIp) return 'announcement: this address is mine';
  return senderIp === '0.0.0.0' && operation === ARP_OPERATIONS.request ? 'probe: does anybody use this address?' : undefined;
}

type Read = { readonly fields: readonly Field[]; readonly bytes: number; readonly header?: ArpHeader };

function readArp(bytes: Uint8Array, span: Span): Read {
  const head = readHeader(HEAD, bytes, span);
  if (!head.values) return { fields: head.fields, bytes: headerBytes(ARP) };
  if (hasMacs(head.values) && hasIps(head.values)) {
    const { fields, values } = readHeader(ARP, bytes, span);
    const meaning = values && messageMeaning(values);
    const told = meaning ? fields.map((field) => (field.id === 'operation' ? { ...field, meaning } : field)) : fields;
    return { fields: told, bytes: headerBytes(ARP), ...(values && { header: values }) };
  }
  const spec: HeaderSpec = { ...HEAD, fields: [...LENGTHS, ...addressesOf(head.values)] };
  return { fields: readHeader(spec, bytes, span).fields, bytes: headerBytes(spec) };
}

export function decodeArp(bytes: Uint8Array, span: Span): Decoded<ArpLayer> {
  const { at, end } = span;
  const { fields, bytes: length, header } = readArp(bytes, span);
  const isCut = at + length > end;
  const headEnd = isCut ? end : at + length;
  const errors: readonly WireError[] = isCut ? [{ code: 'truncated', offset: end }] : [];
  const base = { protocol: 'arp', title: ARP.title, level: 'network', at, headEnd, end: headEnd, fields, errors } as const;
  return { layer: { ...base, ...(header && { header }) } };
}

/** What a sender chooses; types and lengths are those of IPv4 on Ethernet. */
export type ArpChoice = Pick<ArpHeader, 'operation' | 'senderMac' | 'senderIp' | 'targetIp'> & Partial<Pick<ArpHeader, 'targetMac'>>;

/** A message of 28 bytes. A request leaves `targetMac` out: it is what is asked for. */
export const encodeArp = (choice: ArpChoice): Uint8Array =>
  writeHeader(ARP, {
    targetMac: '00:00:00:00:00:00',
    ...choice,
    hardwareType: 1,
    protocolType: ETHER_TYPES.ipv4,
    hardwareLength: MAC_BYTES,
    protocolLength: IP_BYTES,
  });
