/** A fragment of an IP datagram as reassembly sees it: to which datagram it belongs, and which bytes of it it holds. */
import { headerBytes, readHeader } from '../header.ts';
import { FRAGMENT } from './fragment.ts';
import { encodeIpv4, IPV4 } from './ipv4.ts';
import { IPV6_HEAD_BYTES } from './ipv6.ts';
import { chainOf } from './ipv6-chain.ts';

const IPV4_HEAD_BYTES = headerBytes(IPV4);
const FRAGMENT_HEAD_BYTES = headerBytes(FRAGMENT);

/** Offsets count in these, so that every piece but the last is a whole number of them. Source: RFC 791 §3.1; RFC 8200 §4.5. */
export const OFFSET_UNIT_BYTES = 8;

export type Piece = {
  readonly version: 4 | 6;
  /** The same for all pieces of a datagram. */
  readonly key: string;
  /** Where its data stands in that of the datagram, bytes. */
  readonly offset: number;
  /** More follows. */
  readonly more: boolean;
  /** All that stands before its data. */
  readonly head: Uint8Array;
  readonly data: Uint8Array;
};

/** `whole`: the packet is no piece of another. */
export type PieceRead = Piece | 'whole' | 'not-ip';

const keyOf = (version: 4 | 6, ...parts: readonly Uint8Array[]): string =>
  String.fromCharCode(version, ...parts.flatMap((part) => Array.from(part)));

/** Pieces outlive the packet that they came in. Not `slice`, which of a Buffer of Node makes no copy. */
const copyOf = (bytes: Uint8Array, from: number, to: number): Uint8Array => new Uint8Array(bytes.subarray(from, to));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Lengths of a whole IPv4 datagram at the beginning of the bytes, in bytes; undefined if there is none. Cheap: every packet is asked. */
export function ipv4Lengths(bytes: Uint8Array): { readonly head: number; readonly total: number } | undefined {
  if (bytes.length < IPV4_HEAD_BYTES) return undefined;
  const head = ((bytes[0] ?? 0) & 0xf) * 4;
  const total = viewOf(bytes).getUint16(2);
  const isWhole = (bytes[0] ?? 0) >> 4 === 4 && head >= IPV4_HEAD_BYTES && total >= head && total <= bytes.length;
  return isWhole ? { head, total } : undefined;
}

const MORE = 0x2000;
const OFFSET = 0x1fff;

/** Source and destination, protocol, identification. Source: RFC 791 §3.2. */
function ipv4Piece(bytes: Uint8Array): PieceRead {
  const lengths = ipv4Lengths(bytes);
  if (!lengths) return 'not-ip';
  const flags = viewOf(bytes).getUint16(6);
  if ((flags & (MORE | OFFSET)) === 0) return 'whole';
  return {
    version: 4,
    key: keyOf(4, bytes.subarray(12, 20), bytes.subarray(9, 10), bytes.subarray(4, 6)),
    offset: (flags & OFFSET) * OFFSET_UNIT_BYTES,
    more: (flags & MORE) !== 0,
    head: copyOf(bytes, 0, lengths.head),
    data: copyOf(bytes, lengths.head, lengths.total),
  };
}

/** Source and destination, identification: the pieces may differ in what they say comes next. Source: RFC 8200 §4.5. */
function ipv6Piece(bytes: Uint8Array): PieceRead {
  const chain = chainOf(bytes);
  if (!chain) return 'not-ip';
  if (!chain.fragment) return 'whole';
  const dataAt = chain.fragment.at + FRAGMENT_HEAD_BYTES;
  const flags = viewOf(bytes).getUint16(chain.fragment.at + 2);
  return {
    version: 6,
    key: keyOf(6, bytes.subarray(8, 40), bytes.subarray(dataAt - 4, dataAt)),
    offset: flags & ~(OFFSET_UNIT_BYTES - 1),
    more: (flags & 1) === 1,
    head: copyOf(bytes, 0, dataAt),
    data: copyOf(bytes, dataAt, chain.end),
  };
}

/** Reads a packet that begins with its IP header, of either version. */
export function pieceOf(packet: Uint8Array): PieceRead {
  const version = (packet[0] ?? 0) >> 4;
  if (version === 4) return ipv4Piece(packet);
  return version === 6 ? ipv6Piece(packet) : 'not-ip';
}

/** Of an IPv4 datagram, bytes; of what follows an IPv6 header. Source: RFC 791 §3.1; RFC 8200 §3. */
const MAX_LENGTH = 0xffff;

/** Deviation: congestion that a router marked on another piece than the first is not carried over, as RFC 3168 §5.3 asks. */
function wholeIpv4(head: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  const { values: header } = readHeader(IPV4, head, { at: 0, end: head.length });
  if (!header || head.length + data.length > MAX_LENGTH) return undefined;
  return encodeIpv4({ ...header, options: head.slice(IPV4_HEAD_BYTES), moreFragments: false, fragmentOffset: 0 }, data);
}

/** The fragment header goes; the header before it says what the fragment header said. Source: RFC 8200 §4.5. */
function wholeIpv6(head: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  const fragmentAt = head.length - FRAGMENT_HEAD_BYTES;
  const payloadLength = fragmentAt - IPV6_HEAD_BYTES + data.length;
  if (payloadLength > MAX_LENGTH) return undefined;
  const packet = new Uint8Array(fragmentAt + data.length);
  packet.set(head.subarray(0, fragmentAt));
  packet.set(data, fragmentAt);
  packet.set([payloadLength >> 8, payloadLength & 0xff], 4);
  packet[announcerOf(head)] = head[fragmentAt] ?? 0;
  return packet;
}

/** Where the byte stands that announces the fragment header at the end of `head`. */
function announcerOf(head: Uint8Array): number {
  let announcer = 6;
  for (let at = IPV6_HEAD_BYTES; at < head.length - FRAGMENT_HEAD_BYTES; at += 8 * (1 + (head[at + 1] ?? 0))) announcer = at;
  return announcer;
}

/** The datagram with all its data, as if it had never been divided; undefined if it is longer than one can be. */
export const wholeOf = ({ version, head }: Pick<Piece, 'version' | 'head'>, data: Uint8Array): Uint8Array | undefined =>
  version === 4 ? wholeIpv4(head, data) : wholeIpv6(head, data);

/** Whether a datagram in which this piece stands is longer than one can be. */
export const isTooLong = ({ version, head, offset, data }: Piece): boolean =>
  (version === 4 ? head.length : head.length - IPV6_HEAD_BYTES - FRAGMENT_HEAD_BYTES) + offset + data.length > MAX_LENGTH;
