/** Tags between the addresses and the type of a frame, which say to which virtual LAN it belongs. One may follow another. */
import { readBits } from '../bits.ts';
import { fixedLayer } from '../fixed-layer.ts';
import { type HeaderSpec, headerBytes, type Values, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import { ETHER_TYPES, etherTypeName, protocolOfType } from './ether-type.ts';

/** The tag's identifier 0 only carries a priority, and 0xfff is reserved. Source: IEEE 802.1Q clause 9.6. */
function vlanMeaning(id: number): string | undefined {
  if (id === 0) return 'no virtual LAN: the tag carries a priority alone';
  return id === 0xfff ? 'reserved' : undefined;
}

/** Source: IEEE 802.1Q clause 9.6. */
export const VLAN = {
  title: '802.1Q Virtual LAN',
  source: 'IEEE 802.1Q',
  fields: [
    { id: 'priority', name: 'Priority Code Point', short: 'PCP', bits: 3, kind: 'number', wireshark: 'vlan.priority' },
    { id: 'dropEligible', name: 'Drop Eligible', short: 'DEI', bits: 1, kind: 'flag', wireshark: 'vlan.dei' },
    { id: 'vlan', name: 'VLAN Identifier', short: 'VID', bits: 12, kind: 'number', wireshark: 'vlan.id', means: vlanMeaning },
    { id: 'type', name: 'Type', bits: 16, kind: 'hex', wireshark: 'vlan.etype', means: etherTypeName },
  ],
} as const satisfies HeaderSpec;

/** The outer tag, which a provider puts before its customer's own: Wireshark has other names for it. Source: IEEE 802.1Q clause 9.6 (was 802.1ad). */
export const SERVICE_TAG = {
  title: 'IEEE 802.1ad',
  source: 'IEEE 802.1Q',
  fields: [
    { id: 'priority', name: 'Priority Code Point', short: 'PCP', bits: 3, kind: 'number', wireshark: 'ieee8021ad.priority' },
    { id: 'dropEligible', name: 'Drop Eligible', short: 'DEI', bits: 1, kind: 'flag', wireshark: 'ieee8021ad.dei' },
    { id: 'vlan', name: 'VLAN Identifier', short: 'VID', bits: 12, kind: 'number', wireshark: 'ieee8021ad.id', means: vlanMeaning },
    { id: 'type', name: 'Type', bits: 16, kind: 'hex', wireshark: 'ieee8021ah.etype', means: etherTypeName },
  ],
} as const satisfies HeaderSpec;

export type VlanHeader = Values<typeof VLAN>;
export type VlanLayer = LayerOf<'vlan', VlanHeader>;

const HEAD_BYTES = headerBytes(VLAN);

/** The type that announces a tag stands right before it. */
const specAt = (bytes: Uint8Array, at: number): typeof VLAN | typeof SERVICE_TAG =>
  at >= 2 && readBits(bytes, (at - 2) * 8, 16) === ETHER_TYPES.serviceTag ? SERVICE_TAG : VLAN;

export function decodeVlan(bytes: Uint8Array, span: Span): Decoded<VlanLayer> {
  const layer = fixedLayer({ protocol: 'vlan', level: 'link', spec: specAt(bytes, span.at) }, bytes, span);
  const { header, headEnd, end } = layer;
  return header ? { layer, next: { protocol: protocolOfType(header.type), at: headEnd, end } } : { layer };
}

/** What follows the type 0x8100 of a frame: the tag, and what the frame carries. */
export function encodeVlan(header: VlanHeader, payload: Uint8Array): Uint8Array {
  const tagged = new Uint8Array(HEAD_BYTES + payload.length);
  tagged.set(writeHeader(VLAN, header));
  tagged.set(payload, HEAD_BYTES);
  return tagged;
}
