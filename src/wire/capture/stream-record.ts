/** What is kept of a TCP connection of a capture, and its line in the index. */
import type { AppMessage, StreamSide } from '../application/conversation.ts';
import type { ProtocolName } from '../layer.ts';
import type { PlacedSegment, TcpConnection } from '../transport/connections.ts';
import type { TcpEndpoint, TcpSegment } from '../transport/segment.ts';
import { FollowedConnection } from './followed-connection.ts';
import { PROTOCOL_NAMES, readMessages } from './packet-info.ts';

/** A TCP connection in the index of a capture. */
export type StreamSummary = {
  /** As Wireshark counts `tcp.stream`, from 0. */
  readonly index: number;
  readonly client: TcpEndpoint;
  readonly server: TcpEndpoint;
  readonly packets: number;
  readonly firstPacket: number;
  /** Of its first and its last packet, microseconds since the capture began. */
  readonly firstUs: number;
  readonly lastUs: number;
  /** Bytes that the segments of each side carried; those that were sent twice count twice. */
  readonly bytes: Readonly<Record<StreamSide, number>>;
  /** What the two speak, as far as it could be read: `Socket.IO`; `TCP` if it could not. */
  readonly name: string;
  /** Messages that could be read. */
  readonly messages: number;
};

export class StreamRecord {
  readonly connection: TcpConnection;
  /** The numbers of its packets. */
  readonly packets: number[] = [];
  readonly #live: FollowedConnection;
  readonly #bytes = { client: 0, server: 0 };
  #firstUs = 0;
  #lastUs = 0;
  #protocol: ProtocolName = 'tcp';
  #messages = 0;

  constructor(connection: TcpConnection) {
    this.connection = connection;
    this.#live = new FollowedConnection(connection.server.endpoint.port);
  }

  /** Takes its next segment, and answers the messages that it completes. */
  push(segment: TcpSegment, { isFromClient }: PlacedSegment): readonly AppMessage[] {
    const from = isFromClient ? 'client' : 'server';
    if (this.packets.length === 0) this.#firstUs = segment.us;
    this.packets.push(segment.packet);
    this.#lastUs = segment.us;
    this.#bytes[from] += segment.length;
    const messages = readMessages(this.#live.push(segment, from).messages);
    this.#messages += messages.length;
    this.#protocol = messages.at(-1)?.layers.findLast(({ protocol }) => protocol !== 'data')?.protocol ?? this.#protocol;
    return messages;
  }

  get summary(): StreamSummary {
    const { index, client, server } = this.connection;
    return {
      index,
      client: client.endpoint,
      server: server.endpoint,
      packets: this.packets.length,
      firstPacket: this.packets[0] ?? 0,
      firstUs: this.#firstUs,
      lastUs: this.#lastUs,
      bytes: { ...this.#bytes },
      name: PROTOCOL_NAMES[this.#protocol],
      messages: this.#messages,
    };
  }
}
