/** Division of IP datagrams that are too long for a link. Source: RFC 791 §3.2; RFC 8200 §4.5. */
import { headerBytes, readHeader, writeHeader } from '../header.ts';
import { FRAGMENT, type FragmentHeader } from './fragment.ts';
import { ipv4Lengths, OFFSET_UNIT_BYTES } from './fragment-piece.ts';
import { EXTENSION_HEADERS } from './ip-protocol.ts';
import { encodeIpv4, IPV4, type Ipv4Header } from './ipv4.ts';
import { copiedOptions } from './ipv4-options.ts';
import { IPV6_HEAD_BYTES } from './ipv6.ts';
import { chainOf } from './ipv6-chain.ts';

/** Why a datagram is not divided. */
export const FRAGMENTATION_ERRORS = {
  'not-ip': 'These bytes are no whole IP datagram.',
  'too-long': 'The piece ends behind the end of the longest datagram.',
  'is-fragment': 'The packet is a piece already, and IPv6 divides once: its sender does it.',
  'dont-fragment': 'The datagram is longer than the link carries, and says that nobody may divide it.',
  'mtu-too-small': 'The link carries less than a header and eight bytes.',
} as const;
export type FragmentationError = keyof typeof FRAGMENTATION_ERRORS;

export type Fragmented =
  | { readonly ok: true; readonly fragments: readonly Uint8Array[] }
  | { readonly ok: false; readonly code: FragmentationError };

const FIXED_BYTES = headerBytes(IPV4);
const FRAGMENT_BYTES = headerBytes(FRAGMENT);

const MAX_LENGTH = 0xffff;

const roomIn = (mtu: number, headBytes: number): number => Math.floor((mtu - headBytes) / OFFSET_UNIT_BYTES) * OFFSET_UNIT_BYTES;

type Lengths = { readonly head: number; readonly total: number };

// #region cut
/** The pieces of a datagram in order. The first one has all its options, the others those that are copied. */
function piecesOf(datagram: Uint8Array, header: Ipv4Header, { head, total }: Lengths, mtu: number): readonly Uint8Array[] {
  const copied = copiedOptions(datagram, FIXED_BYTES, head);
  const pieces: Uint8Array[] = [];
  for (let at = head; at < total; ) {
    const options = at === head ? datagram.subarray(FIXED_BYTES, head) : copied;
    const isLast = FIXED_BYTES + options.length + total - at <= mtu;
    const end = isLast ? total : at + roomIn(mtu, FIXED_BYTES + options.length);
    const fragmentOffset = header.fragmentOffset + (at - head) / OFFSET_UNIT_BYTES;
    const moreFragments = header.moreFragments || !isLast;
    pieces.push(encodeIpv4({ ...header, options, fragmentOffset, moreFragments }, datagram.subarray(at, end)));
    at = end;
  }
  return pieces;
}
// #endregion cut

/**
 * An IPv4 datagram, or a fragment of one, in pieces of at most `mtu` bytes; the datagram itself if it fits.
 * All pieces of a fragment with more to follow have more to follow. Source: RFC 791 §3.2.
 */
export function fragmentIpv4(datagram: Uint8Array, mtu: number): Fragmented {
  const lengths = ipv4Lengths(datagram);
  if (!lengths) return { ok: false, code: 'not-ip' };
  if (lengths.total <= mtu) return { ok: true, fragments: [datagram.subarray(0, lengths.total)] };
  const { values: header } = readHeader(IPV4, datagram, { at: 0, end: lengths.head });
  if (!header) return { ok: false, code: 'not-ip' };
  if (header.fragmentOffset * OFFSET_UNIT_BYTES + lengths.total > MAX_LENGTH) return { ok: false, code: 'too-long' };
  if (header.dontFragment) return { ok: false, code: 'dont-fragment' };
  if (roomIn(mtu, lengths.head) < OFFSET_UNIT_BYTES) return { ok: false, code: 'mtu-too-small' };
  return { ok: true, fragments: piecesOf(datagram, header, lengths, mtu) };
}

type Piece = { readonly head: Uint8Array; readonly fragment: FragmentHeader; readonly data: Uint8Array };

/** What stands before the fragment header in every piece, that header, and the piece itself. */
function ipv6Piece({ head, fragment, data }: Piece): Uint8Array {
  const middle = writeHeader(FRAGMENT, fragment);
  const packet = new Uint8Array(head.length + middle.length + data.length);
  packet.set(head);
  packet.set(middle, head.length);
  packet.set(data, head.length + middle.length);
  const payloadLength = packet.length - IPV6_HEAD_BYTES;
  packet.set([payloadLength >> 8, payloadLength & 0xff], 4);
  return packet;
}

/**
 * An IPv6 packet in pieces of at most `mtu` bytes, as its sender makes them; the packet itself if it fits. Routers divide nothing.
 * `identification`: of 32 bits, another one for every packet. Source: RFC 8200 §4.5.
 */
export function fragmentIpv6(
  packet: Uint8Array,
  { mtu, identification }: { readonly mtu: number; readonly identification: number },
): Fragmented {
  const chain = chainOf(packet);
  if (!chain) return { ok: false, code: 'not-ip' };
  if (chain.fragment) return { ok: false, code: 'is-fragment' };
  if (chain.end <= mtu) return { ok: true, fragments: [packet.subarray(0, chain.end)] };
  const room = roomIn(mtu, chain.perHopEnd + FRAGMENT_BYTES);
  if (room < OFFSET_UNIT_BYTES) return { ok: false, code: 'mtu-too-small' };
  // Not `slice`, which of a Buffer of Node makes no copy.
  const head = new Uint8Array(packet.subarray(0, chain.perHopEnd));
  const nextHeader = head[chain.perHopNextAt] ?? 0;
  head[chain.perHopNextAt] = EXTENSION_HEADERS.fragment;
  const data = packet.subarray(chain.perHopEnd, chain.end);
  const fragments: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += room) {
    const moreFragments = at + room < data.length;
    const fragment = { nextHeader, reserved: 0, fragmentOffset: at / OFFSET_UNIT_BYTES, reservedBits: 0, moreFragments, identification };
    fragments.push(ipv6Piece({ head, fragment, data: data.subarray(at, at + room) }));
  }
  return { ok: true, fragments };
}
