/** Ethernet II frames, as a capture holds them: without preamble, and mostly without frame check sequence. */
import { type HeaderSpec, headerBytes, readHeader, type Values, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import type { WireError } from '../wire-error.ts';
import { etherTypeName, protocolOfType } from './ether-type.ts';

const GROUP_BIT = /^.[13579bdf]/;

function reach(address: string): string {
  if (address === 'ff:ff:ff:ff:ff:ff') return 'broadcast: every station of this link';
  return GROUP_BIT.test(address) ? 'a group of stations' : 'one station';
}

/** Source: RFC 894; IEEE 802.3 clause 3. A type below 0x0600 is a length (IEEE 802.3), which nothing here reads further. */
export const ETHERNET = {
  title: 'Ethernet II',
  source: 'RFC 894',
  fields: [
    { id: 'destination', name: 'Destination', bits: 48, kind: 'mac', wireshark: 'eth.dst', means: reach },
    { id: 'source', name: 'Source', bits: 48, kind: 'mac', wireshark: 'eth.src', means: reach },
    { id: 'type', name: 'Type', bits: 16, kind: 'hex', wireshark: 'eth.type', means: etherTypeName },
  ],
} as const satisfies HeaderSpec;

export type EthernetHeader = Values<typeof ETHERNET>;
export type EthernetLayer = LayerOf<'ethernet', EthernetHeader>;

/** Shortest frame without its frame check sequence, bytes: what is shorter is padded with zeros. Source: RFC 894. */
export const MIN_FRAME_BYTES = 60;

export function decodeEthernet(bytes: Uint8Array, { at, end }: Span): Decoded<EthernetLayer> {
  const { fields, values } = readHeader(ETHERNET, bytes, { at, end });
  const headEnd = Math.min(at + headerBytes(ETHERNET), end);
  const errors: readonly WireError[] = values ? [] : [{ code: 'truncated', offset: end }];
  const layer: EthernetLayer = {
    protocol: 'ethernet',
    title: ETHERNET.title,
    level: 'link',
    at,
    headEnd,
    end,
    fields,
    errors,
    ...(values && { header: values }),
  };
  return values ? { layer, next: { protocol: protocolOfType(values.type), at: headEnd, end } } : { layer };
}

/** A frame, padded with zeros to the least length that a link carries. */
export function encodeEthernet(header: EthernetHeader, payload: Uint8Array): Uint8Array {
  const head = writeHeader(ETHERNET, header);
  const frame = new Uint8Array(Math.max(MIN_FRAME_BYTES, head.length + payload.length));
  frame.set(head);
  frame.set(payload, head.length);
  return frame;
}
