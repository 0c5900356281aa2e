/** Ethernet frames, as a capture holds them: without preamble, and mostly without frame check sequence. */
import { fixedLayer } from '../fixed-layer.ts';
import { type HeaderSpec, headerBytes, readHeader, type Values, withFacts, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import type { WireError } from '../wire-error.ts';
import { etherTypeName, FIRST_ETHER_TYPE, MAX_LENGTH, protocolOfType } from './ether-type.ts';

const GROUP_BIT = /^.[13579bdf]/;

function reach(address: string): string {
  if (address === 'ff:ff:ff:ff:ff:ff') return 'broadcast: every station of this link';
  return GROUP_BIT.test(address) ? 'a group of stations' : 'one station';
}

const DESTINATION = { id: 'destination', name: 'Destination', bits: 48, kind: 'mac', wireshark: 'eth.dst', means: reach } as const;
const SOURCE = { id: 'source', name: 'Source', bits: 48, kind: 'mac', wireshark: 'eth.src', means: reach } as const;

/** Source: RFC 894; IEEE 802.3 clause 3. */
export const ETHERNET = {
  title: 'Ethernet II',
  source: 'RFC 894',
  fields: [DESTINATION, SOURCE, { id: 'type', name: 'Type', bits: 16, kind: 'hex', wireshark: 'eth.type', means: etherTypeName }],
} as const satisfies HeaderSpec;

/** The older form: the same bytes, but where the type stands is a length. Source: IEEE 802.3 clause 3; RFC 1042. */
export const IEEE_802_3 = {
  title: 'IEEE 802.3 Ethernet',
  source: 'IEEE 802.3',
  fields: [DESTINATION, SOURCE, { id: 'length', name: 'Length', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'eth.len' }],
} as const satisfies HeaderSpec;

/** `type` is a length if it is smaller than 0x0600. */
export type EthernetHeader = Values<typeof ETHERNET>;
export type EthernetLayer = LayerOf<'ethernet', EthernetHeader>;

/** Shortest frame without its frame check sequence, bytes: what is shorter is padded with zeros. Source: RFC 894. */
export const MIN_FRAME_BYTES = 60;

const HEAD_BYTES = headerBytes(ETHERNET);
const TYPE_AT = 12;

const NEITHER = { wireshark: 'eth.invalid_lentype', meaning: 'neither a length nor a type' };

/** A frame of the older form. What it carries is not read further, but it ends where the length says. */
function decodeLengthFrame(bytes: Uint8Array, { at, end }: Span, header: EthernetHeader): Decoded<EthernetLayer> {
  const headEnd = at + HEAD_BYTES;
  const isLength = header.type <= MAX_LENGTH && headEnd + header.type <= end;
  const errors: readonly WireError[] = isLength ? [] : [{ code: 'bad-length', offset: at + TYPE_AT }];
  const read = readHeader(IEEE_802_3, bytes, { at, end });
  const fields = header.type <= MAX_LENGTH ? read.fields : withFacts(read.fields, 'length', NEITHER);
  const layer: EthernetLayer = { protocol: 'ethernet', title: IEEE_802_3.title, level: 'link', at, headEnd, end, fields, errors, header };
  return { layer, next: { protocol: 'data', at: headEnd, end: isLength ? headEnd + header.type : end } };
}

export function decodeEthernet(bytes: Uint8Array, span: Span): Decoded<EthernetLayer> {
  const layer = fixedLayer({ protocol: 'ethernet', level: 'link', spec: ETHERNET }, bytes, span);
  const { header, headEnd, end } = layer;
  if (!header) return { layer };
  if (header.type < FIRST_ETHER_TYPE) return decodeLengthFrame(bytes, span, header);
  return { layer, next: { protocol: protocolOfType(header.type), at: headEnd, end } };
}

/** A frame, padded with zeros to the least length that a link carries. */
export function encodeEthernet(header: EthernetHeader, payload: Uint8Array): Uint8Array {
  const head = writeHeader(ETHERNET, header);
  const frame = new Uint8Array(Math.max(MIN_FRAME_BYTES, head.length + payload.length));
  frame.set(head);
  frame.set(payload, head.length);
  return frame;
}
