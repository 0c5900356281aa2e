/**
 * A whole capture, read packet after packet: fragments put together, connections followed, messages of programs read. For every
 * packet it keeps one light line; all else about a packet is read again when somebody asks for it.
 */
import { type AnalysedSegment, TcpAnalysis } from '../analysis/tcp-analysis.ts';
import type { TcpMark } from '../analysis/tcp-marks.ts';
import type { AppMessage } from '../application/conversation.ts';
import { Reassembler } from '../network/reassembly.ts';
import { segmentOf, type TcpSegment } from '../transport/segment.ts';
import { FollowedConnection, type SideEvent } from './followed-connection.ts';
import { withMessages } from './message-source.ts';
import type { CapturedPacket } from './packet.ts';
import { lineOf, type PacketLine, PROTOCOL_NAMES, readMessages } from './packet-info.ts';
import { datagramOf, fragmentIn, frameOf, type Source } from './source.ts';
import { StreamRecord, type StreamSummary } from './stream-record.ts';

/** What a list shows of a packet. It is small and plain: it can be sent from a worker. */
export type PacketSummary = PacketLine & {
  readonly number: number;
  /** Microseconds since the first packet. */
  readonly us: number;
  /** Bytes on the link. */
  readonly length: number;
  /** Of its innermost protocol: `Socket.IO`. */
  readonly name: string;
  /** Its TCP connection, counted as Wireshark counts `tcp.stream`. */
  readonly stream?: number;
  /** What the analysis of its connection says of it. */
  readonly marks: readonly TcpMark[];
  /** How many things are wrong with it. */
  readonly errors: number;
};

/** What a segment means in its connection. */
export type PacketSegment = Pick<
  AnalysedSegment,
  'isFromClient' | 'relativeSequenceNumber' | 'relativeAcknowledgmentNumber' | 'windowBytes' | 'duplicateOf'
> & {
  readonly stream: number;
  readonly marks: readonly TcpMark[];
  /** Bytes it carried on the wire. */
  readonly length: number;
};

export type PacketDetail = {
  readonly summary: PacketSummary;
  readonly packet: CapturedPacket;
  /** The frame first. */
  readonly sources: readonly Source[];
  readonly segment?: PacketSegment;
};

/** A message, and the packet with which it was whole. */
export type CompletedMessage = AppMessage & { readonly completedBy: number };

/** Everything that was said on a connection. */
export type FollowedStream = {
  readonly summary: StreamSummary;
  /** Stretches of bytes, gaps and ends, in the order in which they became known. */
  readonly events: readonly SideEvent[];
  readonly messages: readonly CompletedMessage[];
};

/** A connection as it was read again. `at`: where the first byte of each packet stands in what its side sends. */
type Replay = FollowedStream & { readonly at: ReadonlyMap<number, number> };

/** What is kept of a packet: enough to read it again as it was read. */
type Kept = {
  readonly packet: CapturedPacket;
  readonly summary: PacketSummary;
  readonly segment?: PacketSegment;
  /** The fragments of the datagram that it completes. */
  readonly pieces?: readonly number[];
};

const US_PER_MS = 1000;

const errorsIn = (parts: readonly Pick<Source, 'layers'>[]): number =>
  parts.flatMap(({ layers }) => layers).reduce((count, { errors }) => count + errors.length, 0);

/** The segment that a packet carries, in its frame or in the datagram that it completes. */
function segmentIn(sources: readonly Source[], { number, us }: CapturedPacket): TcpSegment | undefined {
  const source = sources.at(-1);
  return source && segmentOf({ packet: number, us, bytes: source.bytes, layers: source.layers });
}

const factsOf = ({ length }: TcpSegment, { connection, marks, ...placed }: AnalysedSegment): PacketSegment => ({
  stream: connection.index,
  marks: [...marks],
  length,
  isFromClient: placed.isFromClient,
  relativeSequenceNumber: placed.relativeSequenceNumber,
  relativeAcknowledgmentNumber: placed.relativeAcknowledgmentNumber,
  windowBytes: placed.windowBytes,
  ...(placed.duplicateOf && { duplicateOf: placed.duplicateOf }),
});

export class CaptureReading {
  readonly #kept: Kept[] = [];
  readonly #reassembler = new Reassembler<number>();
  readonly #analysis = new TcpAnalysis();
  readonly #streams: StreamRecord[] = [];
  /** The connection that somebody looked at last. */
  #replay: Replay | undefined;

  /** The lines of all packets so far. */
  get summaries(): readonly PacketSummary[] {
    return this.#kept.map(({ summary }) => summary);
  }

  /** All TCP connections so far. */
  get streams(): readonly StreamSummary[] {
    return this.#streams.map(({ summary }) => summary);
  }

  /** Reads the next packet of the capture; packets come in the order of their numbers, from 1. */
  push(packet: CapturedPacket): PacketSummary {
    const sources = this.#sourcesOfNext(packet);
    const tcp = segmentIn(sources, packet);
    const placed = tcp && this.#analysis.push(tcp);
    const messages = tcp && placed ? this.#record(placed).push(tcp, placed) : [];
    const line = lineOf({ layers: sources.at(-1)?.layers ?? [], placed, segmentBytes: tcp?.length, messages });
    const summary: PacketSummary = {
      number: packet.number,
      us: packet.us,
      length: packet.length,
      ...line,
      name: PROTOCOL_NAMES[line.protocol],
      ...(placed && { stream: placed.connection.index }),
      marks: placed ? [...placed.marks] : [],
      errors: errorsIn(sources) + errorsIn(messages),
    };
    const pieces = sources[1]?.packets;
    this.#kept.push({ packet, summary, ...(tcp && placed && { segment: factsOf(tcp, placed) }), ...(pieces && { pieces }) });
    return summary;
  }

  /** Everything about one packet; undefined if there is none with this number. */
  detail(number: number): PacketDetail | undefined {
    const kept = this.#kept[number - 1];
    if (!kept) return undefined;
    const { packet, summary, segment } = kept;
    const sources = this.#sourcesOf(kept);
    if (!segment) return { summary, packet, sources };
    // A packet that completes no message is told as TCP: no need to read its connection again.
    const replay = summary.protocol === 'tcp' ? undefined : this.#read(segment.stream);
    const completed = readMessages(replay?.messages.filter(({ completedBy }) => completedBy === number) ?? []);
    return { summary, packet, segment, sources: withMessages(sources, completed, replay?.at.get(number)) };
  }

  /** Everything that was said on a connection; undefined if there is none with this index. */
  follow(stream: number): FollowedStream | undefined {
    return this.#read(stream);
  }

  #record({ connection }: AnalysedSegment): StreamRecord {
    const record = this.#streams[connection.index] ?? new StreamRecord(connection);
    this.#streams[connection.index] = record;
    return record;
  }

  /** The frame of a packet that comes for the first time, and the datagram that it completes. */
  #sourcesOfNext(packet: CapturedPacket): readonly Source[] {
    const frame = frameOf(packet);
    const fragment = fragmentIn(frame);
    if (!fragment) return [frame];
    const nowMs = packet.us / US_PER_MS;
    this.#reassembler.expire(nowMs);
    const outcome = this.#reassembler.add(fragment, { tag: packet.number, nowMs });
    return outcome.kind === 'whole' ? [frame, datagramOf(outcome.datagram, outcome.tags)] : [frame];
  }

  /** The same for a packet that was read before. */
  #sourcesOf({ packet, pieces }: Kept): readonly Source[] {
    const frame = frameOf(packet);
    if (!pieces) return [frame];
    const reassembler = new Reassembler<number>();
    for (const number of pieces) {
      const piece = this.#kept[number - 1];
      const fragment = piece && fragmentIn(frameOf(piece.packet));
      const outcome = fragment && reassembler.add(fragment, { tag: number, nowMs: 0 });
      if (outcome?.kind === 'whole') return [frame, datagramOf(outcome.datagram, outcome.tags)];
    }
    return [frame];
  }

  #read(stream: number): Replay | undefined {
    const record = this.#streams[stream];
    if (!record) return undefined;
    const isFresh = this.#replay?.summary.index === stream && this.#replay.summary.packets === record.packets.length;
    if (!isFresh) this.#replay = this.#readAgain(record);
    return this.#replay;
  }

  /** Reads a connection once more, from its first packet. */
  #readAgain(record: StreamRecord): Replay {
    const followed = new FollowedConnection(record.connection.server.endpoint.port);
    const events: SideEvent[] = [];
    const messages: CompletedMessage[] = [];
    const at = new Map<number, number>();
    const take = (news: ReturnType<FollowedConnection['push']>, completedBy: number): void => {
      for (const event of news.events) events.push(event);
      for (const message of news.messages) messages.push({ ...message, completedBy });
      if (news.at !== undefined) at.set(completedBy, news.at);
    };
    for (const number of record.packets) {
      const kept = this.#kept[number - 1];
      const tcp = kept && segmentIn(this.#sourcesOf(kept), kept.packet);
      if (tcp && kept.segment) take(followed.push(tcp, kept.segment.isFromClient ? 'client' : 'server'), number);
    }
    take(followed.finish(), record.packets.at(-1) ?? 0);
    return { summary: record.summary, events, messages, at };
  }
}
