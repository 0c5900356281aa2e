/**
 * Capture files of the next generation: blocks, each with its length before and behind. Source: draft-ietf-opsawg-pcapng.
 *
 *     type (4) | length of the block (4) | body, padded to 4 bytes | length of the block (4)
 *
 * A section header says which way round its section is; interfaces are counted from 0 in each section.
 * Blocks of other types (names, statistics, keys, whatever is invented) are passed over.
 */
import type { CaptureErrorCode } from './capture-error.ts';
import { type CaptureBuilder, MAX_INTERFACES, MAX_PACKET_BYTES } from './packet.ts';

const BLOCKS = { section: 0x0a0d0d0a, interface: 1, packet: 2, simplePacket: 3, enhancedPacket: 6 } as const;
const LEAST_BLOCK_BYTES = 12;
const BODY_AT = 8;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const MAJOR_VERSION = 1;

export const isPcapngMagic = (magic: number): boolean => magic === BLOCKS.section;

const OPTIONS = { end: 0, name: 2, timeResolution: 9, checkSequence: 13, timeOffset: 14 } as const;
const NS_PER_SECOND = 1_000_000_000n;

/** How an interface counts time: `ticks` × `nsTimes` / `perTicks` + `offsetNs`. */
type Clock = { readonly nsTimes: bigint; readonly perTicks: bigint; readonly offsetNs: bigint };
type Interface = { readonly via: number; readonly snapLength: number; readonly clock: Clock };

/** A section under way. */
type Section = {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly interfaces: Interface[];
};
/** A block's body, from `at` to `end`. */
type Body = { readonly at: number; readonly end: number };
/** Why nothing behind a block can be read; undefined if all is well. */
type Problem = CaptureErrorCode | undefined;

type Option = { readonly code: number; readonly at: number; readonly length: number };

/** The options between two offsets; a malformed one ends them. */
function optionsIn({ view, littleEndian }: Section, { at, end }: Body): readonly Option[] {
  const options: Option[] = [];
  let here = at;
  while (here + 4 <= end) {
    const code = view.getUint16(here, littleEndian);
    const length = view.getUint16(here + 2, littleEndian);
    if (code === OPTIONS.end || here + 4 + length > end) break;
    options.push({ code, at: here + 4, length });
    here += 4 + padded(length);
  }
  return options;
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;

/** A resolution byte: a negative power of 10, or of 2 if its highest bit is set. Deviation: what is finer than a nanosecond is cut off. */
function clockOf(resolution: number, offsetSeconds: bigint): Clock {
  const perSecond = resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution);
  return { nsTimes: NS_PER_SECOND, perTicks: perSecond, offsetNs: offsetSeconds * NS_PER_SECOND };
}

const MICROSECONDS = 6;
const BITS_A_BYTE = 8;

function readInterface(section: Section, { at, end }: Body, into: CaptureBuilder): Problem {
  const { view, bytes, littleEndian } = section;
  if (end - at < 8) return 'bad-block';
  if (into.interfaces.length >= MAX_INTERFACES) return 'too-many-interfaces';
  const options = optionsIn(section, { at: at + 8, end });
  const optionAt = (code: number, length: number): number | undefined =>
    options.find((one) => one.code === code && one.length >= length)?.at;
  const name = options.find(({ code }) => code === OPTIONS.name);
  const resolutionAt = optionAt(OPTIONS.timeResolution, 1);
  const offsetAt = optionAt(OPTIONS.timeOffset, 8);
  const resolution = resolutionAt === undefined ? MICROSECONDS : view.getUint8(resolutionAt);
  const offset = offsetAt === undefined ? 0n : view.getBigInt64(offsetAt, littleEndian);
  const fcsAt = optionAt(OPTIONS.checkSequence, 1);
  const fcsBytes = fcsAt === undefined ? 0 : view.getUint8(fcsAt) / BITS_A_BYTE;
  const linkType = view.getUint16(at, littleEndian);
  const snapLength = view.getUint32(at + 4, littleEndian);
  section.interfaces.push({ via: into.interfaces.length, snapLength, clock: clockOf(resolution, offset) });
  into.interfaces.push({
    linkType,
    snapLength,
    ...(Number.isInteger(fcsBytes) && fcsBytes > 0 && { fcsBytes }),
    ...(name && { name: new TextDecoder().decode(bytes.subarray(name.at, name.at + name.length)) }),
  });
  return undefined;
}

/** The bytes of an interface's number, before the rest of a packet block: 2 in the obsolete one, with a count of drops behind. */
type InterfaceBytes = 2 | 4;
/** Interface (4), ticks (8), bytes kept (4), bytes on the link (4). */
const PACKET_BLOCK_HEAD = 20;

function readPacketBlock(section: Section, { at, end }: Body, interfaceBytes: InterfaceBytes, into: CaptureBuilder): Problem {
  const { view, littleEndian, bytes } = section;
  const begin = at + PACKET_BLOCK_HEAD;
  if (begin > end) return 'bad-block';
  const word = (offset: number): number => view.getUint32(at + offset, littleEndian);
  const from = section.interfaces[interfaceBytes === 4 ? word(0) : view.getUint16(at, littleEndian)];
  const kept = word(12);
  if (kept > MAX_PACKET_BYTES) return 'absurd-length';
  if (begin + kept > end) return 'bad-block';
  if (!from) {
    into.note('unknown-interface', at - BODY_AT);
    return undefined;
  }
  const { nsTimes, perTicks, offsetNs } = from.clock;
  const ns = (((BigInt(word(4)) << 32n) | BigInt(word(8))) * nsTimes) / perTicks + offsetNs;
  into.add({ ns, length: word(16), bytes: bytes.subarray(begin, begin + kept), via: from.via }, at - BODY_AT);
  return undefined;
}

/** A simple packet has neither interface nor time: it is of the first interface. */
function readSimplePacket(section: Section, { at, end }: Body, into: CaptureBuilder): Problem {
  const [from] = section.interfaces;
  const begin = at + 4;
  if (begin > end) return 'bad-block';
  const length = section.view.getUint32(at, section.littleEndian);
  const kept = Math.min(length, from?.snapLength || length, end - begin);
  if (kept > MAX_PACKET_BYTES) return 'absurd-length';
  if (from) into.add({ ns: undefined, length, bytes: section.bytes.subarray(begin, begin + kept), via: from.via }, at - BODY_AT);
  else into.note('unknown-interface', at - BODY_AT);
  return undefined;
}

/** A block of a section; `end` is where the next one begins. */
type Block = { readonly section: Section; readonly type: number; readonly body: Body; readonly end: number };

function readBlock({ section, type, body }: Block, into: CaptureBuilder): Problem {
  switch (type) {
    case BLOCKS.interface:
      return readInterface(section, body, into);
    case BLOCKS.enhancedPacket:
      return readPacketBlock(section, body, 4, into);
    case BLOCKS.packet:
      return readPacketBlock(section, body, 2, into);
    case BLOCKS.simplePacket:
      return readSimplePacket(section, body, into);
    default:
      return undefined;
  }
}

/** The section that the section header at `at` opens. */
function openSection({ bytes, view }: Section, at: number): Section | NonNullable<Problem> {
  if (at + 16 > bytes.length) return 'truncated';
  const isBig = view.getUint32(at + 8) === BYTE_ORDER_MAGIC;
  if (!isBig && view.getUint32(at + 8, true) !== BYTE_ORDER_MAGIC) return 'bad-block';
  if (view.getUint16(at + 12, !isBig) !== MAJOR_VERSION) return 'bad-version';
  return { bytes, view, littleEndian: !isBig, interfaces: [] };
}

/** The block at `at`, of the section before it or of the one that it opens. */
function blockAt(before: Section, at: number): Block | NonNullable<Problem> {
  const { bytes, view } = before;
  if (at + LEAST_BLOCK_BYTES > bytes.length) return 'truncated';
  const section = view.getUint32(at) === BLOCKS.section ? openSection(before, at) : before;
  if (typeof section === 'string') return section;
  const { littleEndian } = section;
  const length = view.getUint32(at + 4, littleEndian);
  const end = at + length;
  if (length < LEAST_BLOCK_BYTES || length % 4 !== 0) return 'bad-block';
  if (end > bytes.length) return 'truncated';
  if (view.getUint32(end - 4, littleEndian) !== length) return 'bad-block';
  return { section, type: view.getUint32(at, littleEndian), body: { at: at + BODY_AT, end: end - 4 }, end };
}

/** Reads a whole file that begins with a section header. */
export function readPcapng(bytes: Uint8Array, into: CaptureBuilder): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let section: Section = { bytes, view, littleEndian: false, interfaces: [] };
  let at = 0;
  while (at < bytes.length && !into.isStopped) {
    const block = blockAt(section, at);
    const problem = typeof block === 'string' ? block : readBlock(block, into);
    if (problem) into.stop(problem, at);
    if (typeof block === 'string') return;
    section = block.section;
    at = block.end;
  }
}
