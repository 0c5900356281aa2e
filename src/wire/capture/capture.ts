/** A capture file, whichever of the two formats it has. Never throws: what is wrong with a file is a coded error, and what stands before it is read. */
import { hexPair } from '../bits.ts';
import { CAPTURE_LIMITS, type Capture, CaptureBuilder, type CaptureLimits } from './packet.ts';
import { isPcapMagic, readPcap } from './pcap.ts';
import { isPcapngMagic, readPcapng } from './pcapng.ts';

const LEAST_BYTES = 4;

/** How compressed files begin: gzip, zstd, lz4, bzip2, xz, zip. */
const COMPRESSED = ['1f8b', '28b52ffd', '04224d18', '425a68', 'fd377a58', '504b0304'];
/** How captures in other formats begin: pcap as some old systems wrote it, snoop, NetMon, Sniffer. */
const OTHERS = ['a1b2cd34', '34cdb2a1', '736e6f6f', '474d4255', '52545353', '54525349'];

const hexOf = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, LEAST_BYTES), hexPair).join('');

type Format = Capture['format'];

function formatOf(bytes: Uint8Array): Format {
  if (bytes.length < LEAST_BYTES) return 'unknown';
  const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (isPcapMagic(magic)) return 'pcap';
  return isPcapngMagic(magic) ? 'pcapng' : 'unknown';
}

function explainUnknown(bytes: Uint8Array, into: CaptureBuilder): void {
  const begin = hexOf(bytes);
  const begins = (known: string): boolean => begin.startsWith(known);
  if (bytes.length === 0) into.stop('empty', 0);
  else if (COMPRESSED.some(begins)) into.stop('compressed', 0);
  else into.stop(OTHERS.some(begins) ? 'other-format' : 'not-a-capture', 0);
}

const READERS: Readonly<Record<Format, (bytes: Uint8Array, into: CaptureBuilder) => void>> = {
  pcap: readPcap,
  pcapng: readPcapng,
  unknown: explainUnknown,
};

/** Reads a capture file, up to the limits. The packets are views into the memory of `file`. */
export function readCapture(file: Uint8Array, limits: CaptureLimits = CAPTURE_LIMITS): Capture {
  // A Buffer of Node is a Uint8Array whose `slice` makes no copy: what is written into the copy would be written into the file.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length);
  const isCut = bytes.length > limits.bytes;
  const into = new CaptureBuilder({ mostPackets: limits.packets, isCut });
  const format = formatOf(bytes);
  READERS[format](bytes.subarray(0, limits.bytes), into);
  if (isCut && !into.isStopped) into.stop('too-many-bytes', limits.bytes);
  return { format, packets: into.packets, interfaces: into.interfaces, errors: into.errors };
}
