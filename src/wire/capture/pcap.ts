/**
 * Classic capture files. Source: draft-ietf-opsawg-pcap.
 *
 *     file header (24):   magic | version 2.4 | - | - | snap length | check sequence, link type
 *     packet header (16): seconds | micro- or nanoseconds | bytes kept | bytes on the link
 */
import { type CaptureBuilder, MAX_PACKET_BYTES } from './packet.ts';

const FILE_HEAD_BYTES = 24;
const PACKET_HEAD_BYTES = 16;
const MAJOR_VERSION = 2;
const MINOR_VERSION = 4;
const NS_PER_SECOND = 1_000_000_000n;
const NS_PER_US = 1000n;

/** What the first four bytes say, read big-endian: which way round the file is, and in which unit it counts. */
const MAGICS: ReadonlyMap<number, { readonly littleEndian: boolean; readonly unitNs: bigint }> = new Map([
  [0xa1b2c3d4, { littleEndian: false, unitNs: NS_PER_US }],
  [0xd4c3b2a1, { littleEndian: true, unitNs: NS_PER_US }],
  [0xa1b23c4d, { littleEndian: false, unitNs: 1n }],
  [0x4d3cb2a1, { littleEndian: true, unitNs: 1n }],
]);

export const isPcapMagic = (magic: number): boolean => MAGICS.has(magic);

type Reading = { readonly view: DataView; readonly bytes: Uint8Array; readonly littleEndian: boolean; readonly unitNs: bigint };

// #region packet
/** Reads the packet whose header stands at `at`; the offset behind it. */
function readPacket({ view, bytes, littleEndian, unitNs }: Reading, at: number, into: CaptureBuilder): number {
  const begin = at + PACKET_HEAD_BYTES;
  if (begin > bytes.length) into.stop('truncated', at);
  if (into.isStopped) return begin;
  const word = (offset: number): number => view.getUint32(at + offset, littleEndian);
  const end = begin + word(8);
  if (end - begin > MAX_PACKET_BYTES) into.stop('absurd-length', at);
  else if (end > bytes.length) into.stop('truncated', at);
  else {
    const ns = BigInt(word(0)) * NS_PER_SECOND + BigInt(word(4)) * unitNs;
    into.add({ ns, length: word(12), bytes: bytes.subarray(begin, end), via: 0 }, at);
  }
  return end;
}
// #endregion packet

/** The last word of the file header: in its first four bits the length of the check sequence, 2-byte words, if the sixth one is set. */
function fcsBytesOf(word: number): number {
  const isTold = (word & 0x04000000) !== 0;
  return isTold ? (word >>> 28) * 2 : 0;
}

/** Reads a whole file that begins with one of the four magic numbers. */
export function readPcap(bytes: Uint8Array, into: CaptureBuilder): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = MAGICS.get(view.getUint32(0));
  if (!magic) into.stop('not-a-capture', 0);
  else if (bytes.length < FILE_HEAD_BYTES) into.stop('truncated', 0);
  else if (view.getUint16(4, magic.littleEndian) !== MAJOR_VERSION) into.stop('bad-version', 4);
  if (!magic || into.isStopped) return;
  const lastWord = view.getUint32(20, magic.littleEndian);
  const fcsBytes = fcsBytesOf(lastWord);
  const snapLength = view.getUint32(16, magic.littleEndian);
  into.interfaces.push({ linkType: lastWord & 0xffff, snapLength, ...(fcsBytes > 0 && { fcsBytes }) });
  const reading: Reading = { view, bytes, ...magic };
  let at = FILE_HEAD_BYTES;
  while (at < bytes.length && !into.isStopped) at = readPacket(reading, at, into);
}

/** A packet to be written. `ns`: nanoseconds since 1970 began; `length`: bytes on the link, if not all of them are here. */
export type PacketToWrite = { readonly ns: bigint; readonly bytes: Uint8Array; readonly length?: number };

function writePacket(view: DataView, at: number, { ns, bytes, length = bytes.length }: PacketToWrite): void {
  view.setUint32(at, Number(ns / NS_PER_SECOND));
  view.setUint32(at + 4, Number(ns % NS_PER_SECOND));
  view.setUint32(at + 8, bytes.length);
  view.setUint32(at + 12, length);
}

/** A capture file of these packets: big-endian, nanoseconds. Wireshark and tcpdump read it. */
export function writePcap(packets: readonly PacketToWrite[], linkType: number): Uint8Array {
  const size = packets.reduce((sum, { bytes }) => sum + PACKET_HEAD_BYTES + bytes.length, FILE_HEAD_BYTES);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0xa1b23c4d);
  view.setUint16(4, MAJOR_VERSION);
  view.setUint16(6, MINOR_VERSION);
  view.setUint32(16, MAX_PACKET_BYTES);
  view.setUint32(20, linkType);
  let at = FILE_HEAD_BYTES;
  for (const packet of packets) {
    writePacket(view, at, packet);
    file.set(packet.bytes, at + PACKET_HEAD_BYTES);
    at += PACKET_HEAD_BYTES + packet.bytes.length;
  }
  return file;
}
