/**
 * Linux "cooked" captures: what a capture on the interface `any` holds in place of each link's own header.
 * Source: tcpdump.org, LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2.
 */
import type { Field } from '../field.ts';
import { fixedLayer } from '../fixed-layer.ts';
import { type HeaderSpec, type Values, withFacts } from '../header.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import { etherTypeName, protocolOfType } from './ether-type.ts';

const PACKET_TYPES: readonly string[] = [
  'sent to this host',
  'broadcast by another host',
  'multicast by another host',
  'sent from one other host to another',
  'sent by this host',
];

/** Source: Linux, if_arp.h. */
const HARDWARE: ReadonlyMap<number, string> = new Map([
  [1, 'Ethernet'],
  [512, 'PPP'],
  [772, 'loopback'],
  [65534, 'none: a tunnel'],
]);

const PACKET_TYPE = { id: 'packetType', name: 'Packet Type', wireshark: 'sll.pkttype', means: (type: number) => PACKET_TYPES[type] };
const HARDWARE_TYPE = {
  id: 'hardwareType',
  name: 'Link-Layer Address Type',
  bits: 16,
  kind: 'number',
  wireshark: 'sll.hatype',
  means: (type: number) => HARDWARE.get(type),
} as const;
const ADDRESS_LENGTH = { id: 'addressLength', name: 'Link-Layer Address Length', unit: 'bytes', wireshark: 'sll.halen' } as const;
const ADDRESS = { id: 'address', name: 'Source', bits: 48, kind: 'mac' } as const;
const UNUSED = { id: 'unused', name: 'Unused', bits: 16, kind: 'bytes' } as const;
const PROTOCOL = { id: 'protocol', name: 'Protocol', bits: 16, kind: 'hex', wireshark: 'sll.etype', means: etherTypeName } as const;

/** The address field has eight bytes, of which Ethernet uses six. Source: tcpdump.org, LINKTYPE_LINUX_SLL. */
export const SLL = {
  title: 'Linux cooked capture v1',
  source: 'LINKTYPE_LINUX_SLL',
  fields: [
    { ...PACKET_TYPE, bits: 16, kind: 'number' },
    HARDWARE_TYPE,
    { ...ADDRESS_LENGTH, bits: 16, kind: 'number' },
    ADDRESS,
    UNUSED,
    PROTOCOL,
  ],
} as const satisfies HeaderSpec;

/** Source: tcpdump.org, LINKTYPE_LINUX_SLL2. */
export const SLL2 = {
  title: 'Linux cooked capture v2',
  source: 'LINKTYPE_LINUX_SLL2',
  fields: [
    PROTOCOL,
    { id: 'reserved', name: 'Reserved', bits: 16, kind: 'hex' },
    { id: 'interfaceIndex', name: 'Interface Index', bits: 32, kind: 'number', wireshark: 'sll.ifindex' },
    HARDWARE_TYPE,
    { ...PACKET_TYPE, bits: 8, kind: 'number' },
    { ...ADDRESS_LENGTH, bits: 8, kind: 'number' },
    ADDRESS,
    UNUSED,
  ],
} as const satisfies HeaderSpec;

export type SllHeader = Values<typeof SLL>;
export type SllLayer = LayerOf<'sll', SllHeader>;
export type Sll2Header = Values<typeof SLL2>;
export type Sll2Layer = LayerOf<'sll2', Sll2Header>;

const MAC_BYTES = 6;

/** Wireshark divides the eight bytes of an address like this where it is one of Ethernet. */
const asMac = (fields: readonly Field[]): readonly Field[] =>
  withFacts(withFacts(fields, 'address', { wireshark: 'sll.src.eth' }), 'unused', { wireshark: 'sll.unused' });

/** What the header calls protocol is an Ethernet type, wherever a link could carry one. */
function readOn<Layer extends SllLayer | Sll2Layer>(layer: Layer): Decoded<Layer> {
  const { header, headEnd, end } = layer;
  if (!header) return { layer };
  const fields = header.addressLength === MAC_BYTES ? asMac(layer.fields) : layer.fields;
  return { layer: { ...layer, fields }, next: { protocol: protocolOfType(header.protocol), at: headEnd, end } };
}

export const decodeSll = (bytes: Uint8Array, span: Span): Decoded<SllLayer> =>
  readOn(fixedLayer({ protocol: 'sll', level: 'link', spec: SLL }, bytes, span));

export const decodeSll2 = (bytes: Uint8Array, span: Span): Decoded<Sll2Layer> =>
  readOn(fixedLayer({ protocol: 'sll2', level: 'link', spec: SLL2 }, bytes, span));
