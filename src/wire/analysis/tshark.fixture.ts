/** What tshark says of the TCP segments of a capture, and what the code here says of them, in one form. */
import { execFileSync } from 'node:child_process';
import { findTshark } from '../../../scripts/tshark.mjs';
import { readCapture } from '../capture/capture.ts';
import { FollowedConnection } from '../capture/followed-connection.ts';
import { dissect } from '../dissect.ts';
import { toHex } from '../hex.fixture.ts';
import { firstProtocol } from '../link/link-type.ts';
import { segmentOf, type TcpSegment } from '../transport/segment.ts';
import { type AnalysedSegment, TcpAnalysis } from './tcp-analysis.ts';
import { TCP_MARKS, type TcpMark } from './tcp-marks.ts';

export type Verdict = {
  readonly packet: number;
  readonly stream: number;
  readonly seq: number;
  readonly ack: number;
  readonly windowBytes: number;
  readonly marks: readonly string[];
  /** `1 of 59`: the first repetition of the acknowledgment in packet 59. */
  readonly duplicateOf: string;
};

const NUMBERS = ['frame.number', 'tcp.stream', 'tcp.seq', 'tcp.ack', 'tcp.window_size'] as const;
const DUPLICATE = ['tcp.analysis.duplicate_ack_num', 'tcp.analysis.duplicate_ack_frame'] as const;
const MARKS: readonly TcpMark[] = Object.keys(TCP_MARKS).filter((mark): mark is TcpMark => mark in TCP_MARKS);
const FIELDS: readonly string[] = [...NUMBERS, ...DUPLICATE, ...MARKS.map((mark) => TCP_MARKS[mark].wireshark)];

/** Runs tshark with its own defaults, whatever the user's are. */
const tshark = (options: readonly string[]): string =>
  execFileSync(findTshark(), options, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, WIRESHARK_CONFIG_DIR: '/nonexistent' },
  });

/** What tshark says of the given fields, packet by packet, for those that have TCP of their own. */
export function tsharkRows(file: string, fields: readonly string[], settings: readonly string[] = []): readonly (readonly string[])[] {
  const chosen = fields.flatMap((field) => ['-e', field]);
  const options = ['-n', '-r', file, '-Y', 'tcp && !icmp && !icmpv6', '-T', 'fields', '-E', 'separator=;', ...chosen, ...settings];
  const output = tshark(options);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(';'));
}

/** Wireshark calls a fast and a spurious retransmission a retransmission too. */
function withoutGeneral(marks: readonly TcpMark[]): readonly TcpMark[] {
  const isSpecial = marks.includes('fast-retransmission') || marks.includes('spurious-retransmission');
  return isSpecial ? marks.filter((mark) => mark !== 'retransmission') : marks;
}

export function tsharkVerdicts(file: string): readonly Verdict[] {
  return tsharkRows(file, FIELDS).map((row) => {
    const [packet = 0, stream = 0, seq = 0, ack = 0, windowBytes = 0] = row.slice(0, NUMBERS.length).map(Number);
    const [nth, of] = row.slice(NUMBERS.length);
    const flags = row.slice(NUMBERS.length + DUPLICATE.length);
    const marks = withoutGeneral(MARKS.filter((_, index) => flags[index] !== ''));
    return { packet, stream, seq, ack, windowBytes, marks: [...marks].sort(), duplicateOf: nth === '' ? '' : `${nth} of ${of}` };
  });
}

/** The TCP segments of a capture file. */
export function segmentsOf(file: Uint8Array): readonly TcpSegment[] {
  return readCapture(file).packets.flatMap(({ number, us, bytes, linkType }) => {
    const segment = segmentOf({ packet: number, us, bytes, layers: dissect(bytes, firstProtocol(linkType, bytes)).layers });
    return segment ? [segment] : [];
  });
}

const verdictOf = ({ packet }: TcpSegment, analysed: AnalysedSegment): Verdict => ({
  packet,
  stream: analysed.connection.index,
  seq: analysed.relativeSequenceNumber,
  ack: analysed.relativeAcknowledgmentNumber,
  windowBytes: analysed.windowBytes,
  marks: [...analysed.marks].sort(),
  duplicateOf: analysed.duplicateOf ? `${analysed.duplicateOf.nth} of ${analysed.duplicateOf.packet}` : '',
});

export function ourVerdicts(file: Uint8Array): readonly Verdict[] {
  const analysis = new TcpAnalysis();
  return segmentsOf(file).map((segment) => verdictOf(segment, analysis.push(segment)));
}

/** The bytes of each direction of each connection, as hex; those of whoever sent first come first. */
export type StreamBytes = readonly (readonly [string, string])[];

/** Bytes as tshark follows them: it indents one direction's lines, and tells of connections in an order of its own. */
export function tsharkStreams(file: string, count: number): StreamBytes {
  const wanted = Array.from({ length: count }, (_, index) => ['-z', `follow,tcp,raw,${index}`]).flat();
  const sections = tshark(['-n', '-q', '-r', file, ...wanted])
    .split(/^Filter: tcp\.stream eq /m)
    .slice(1);
  const inOrder = sections.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return inOrder.map((section) => {
    const lines = section.slice(section.indexOf('\n'));
    const bytesOf = (line: RegExp): string => Array.from(lines.matchAll(line), ([, bytes]) => bytes).join('');
    return [bytesOf(/^([0-9a-f]{2,})$/gm), bytesOf(/^\t([0-9a-f]{2,})$/gm)];
  });
}

export function ourStreams(file: Uint8Array): StreamBytes {
  const analysis = new TcpAnalysis();
  const streams: { readonly followed: FollowedConnection; readonly bytes: { client: string; server: string } }[] = [];
  for (const segment of segmentsOf(file)) {
    const { connection, isFromClient } = analysis.push(segment);
    const stream = streams[connection.index] ?? {
      followed: new FollowedConnection(connection.server.endpoint.port),
      bytes: { client: '', server: '' },
    };
    streams[connection.index] = stream;
    for (const event of stream.followed.push(segment, isFromClient ? 'client' : 'server').events)
      if (event.type === 'bytes') stream.bytes[event.from] += toHex(event.bytes);
  }
  return streams.map(({ bytes: { client, server } }) => [client, server]);
}
