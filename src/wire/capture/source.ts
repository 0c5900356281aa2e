/** The bytes that a packet is read from: its frame, and what was put together from several packets. */

import type { Layer } from '../dissect.ts';
import { dissect } from '../dissect.ts';
import { fieldAt } from '../field.ts';
import type { ProtocolName } from '../layer.ts';
import { firstProtocol } from '../link/link-type.ts';
import { asCut } from './cut.ts';
import type { CapturedPacket } from './packet.ts';

export type Source = {
  /**
   * `frame`: as captured. `datagram`: an IP datagram, put together from fragments. `message`: what a program sent, in several
   * segments. `decoded`: what came out of a message: without mask, without chunks.
   */
  readonly kind: 'frame' | 'datagram' | 'message' | 'decoded';
  /** `Reassembled datagram of 3 fragments`. */
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly layers: readonly Layer[];
  /** The packets that its bytes came in, by number. */
  readonly packets: readonly number[];
};

/** Ethernet keeps its check sequence behind all else, padding too. Deviation: it is shown, and not judged. Source: IEEE 802.3 clause 3.2.9. */
function withCheckSequence(bytes: Uint8Array, layers: readonly Layer[], at: number): readonly Layer[] {
  const [link, ...rest] = layers;
  if (link?.protocol !== 'ethernet' || at >= bytes.length) return layers;
  const where = { at: at * 8, bits: (bytes.length - at) * 8 };
  const field = fieldAt(bytes, where, { id: 'fcs', name: 'Frame Check Sequence', kind: 'bytes', wireshark: 'eth.fcs' });
  return [{ ...link, end: bytes.length, fields: [...link.fields, field] }, ...rest];
}

/** The frame of a packet, taken apart. */
export function frameOf({ bytes, length, linkType, number, fcsBytes = 0 }: CapturedPacket): Source {
  const missing = length - bytes.length;
  const end = bytes.length - Math.min(bytes.length, Math.max(0, fcsBytes - missing));
  const { layers } = dissect(bytes.subarray(0, end), firstProtocol(linkType, bytes) ?? 'data');
  const read = missing > fcsBytes ? layers.map((layer) => asCut(layer, end)) : layers;
  return { kind: 'frame', title: 'Frame', bytes, layers: withCheckSequence(bytes, read, end), packets: [number] };
}

type NetworkLayer = Extract<Layer, { readonly protocol: 'ipv4' | 'ipv6' }>;

const isNetwork = (layer: Layer): layer is NetworkLayer => (layer.protocol === 'ipv4' || layer.protocol === 'ipv6') && !layer.quoted;

/** The innermost IP header that is the packet’s own. */
export const networkOf = (layers: readonly Layer[]): NetworkLayer | undefined => layers.findLast(isNetwork);

const isPiece = (layer: Layer): boolean => {
  if (layer.quoted) return false;
  if (layer.protocol === 'fragment') return true;
  return layer.protocol === 'ipv4' && layer.header !== undefined && (layer.header.moreFragments || layer.header.fragmentOffset > 0);
};

/** The bytes of the IP packet that a fragment is; undefined if this is none. */
export function fragmentIn({ layers, bytes }: Source): Uint8Array | undefined {
  const network = networkOf(layers);
  return network?.header && layers.some(isPiece) ? bytes.subarray(network.at, network.end) : undefined;
}

export function datagramOf(bytes: Uint8Array, packets: readonly number[]): Source {
  const first: ProtocolName = (bytes[0] ?? 0) >> 4 === 6 ? 'ipv6' : 'ipv4';
  return {
    kind: 'datagram',
    title: `Datagram, put together from ${packets.length} fragments`,
    bytes,
    layers: dissect(bytes, first).layers,
    packets,
  };
}
