/** One TCP connection of a capture: the bytes of both sides put in order, and the messages of programs read from them. */
import { type AppMessage, Conversation, type StreamSide } from '../application/conversation.ts';
import { DnsConversation } from '../application/dns/conversation.ts';
import { DNS_PORT } from '../transport/port.ts';
import type { TcpSegment } from '../transport/segment.ts';
import { seqAdd } from '../transport/sequence-number.ts';
import { type StreamEvent, TcpStream } from '../transport/stream.ts';

/** What happens to the bytes of one side. */
export type SideEvent = StreamEvent & { readonly from: StreamSide };

/** What one packet brings: stretches of bytes, and the messages that they complete. */
export type Followed = {
  readonly events: readonly SideEvent[];
  readonly messages: readonly AppMessage[];
  /** Where its own first byte stands in what its side sends. */
  readonly at?: number;
};

const otherSide = (side: StreamSide): StreamSide => (side === 'client' ? 'server' : 'client');

/** Follows a connection, segment after segment. Its memory is bounded by the limits of streams and conversations. */
export class FollowedConnection {
  readonly #streams = { client: new TcpStream(), server: new TcpStream() };
  readonly #conversation: Pick<Conversation, 'push' | 'end' | 'skip'>;
  #lastPacket = 0;

  /** `serverPort` tells what is spoken where the bytes themselves do not. */
  constructor(serverPort: number) {
    this.#conversation = serverPort === DNS_PORT ? new DnsConversation() : new Conversation();
  }

  /** Takes the next segment of either side. */
  push(segment: TcpSegment, from: StreamSide): Followed {
    this.#lastPacket = segment.packet;
    const other = otherSide(from);
    const { ack, acknowledgmentNumber } = segment.header;
    // First what its acknowledgment tells of the other side: an answer comes after what it answers, captured or not.
    const acknowledged = ack ? this.#streams[other].acknowledge(acknowledgmentNumber).map((event) => ({ ...event, from: other })) : [];
    const own = this.#streams[from].push(segment).map((event) => ({ ...event, from }));
    const { syn, sequenceNumber } = segment.header;
    const at = this.#streams[from].offsetOf(seqAdd(sequenceNumber, Number(syn)));
    return { ...this.#read([...acknowledged, ...own]), ...(at !== undefined && { at }) };
  }

  /** The capture is over: what is still waiting, and what was never completed. */
  finish(): Followed {
    const events = (['client', 'server'] as const).flatMap((from) => this.#streams[from].finish().map((event) => ({ ...event, from })));
    const { messages } = this.#read(events);
    const unfinished = (['client', 'server'] as const).flatMap((from) => this.#conversation.end(from, this.#lastPacket));
    return { events, messages: [...messages, ...unfinished] };
  }

  #read(events: readonly SideEvent[]): Followed {
    return { events, messages: events.flatMap((event) => this.#messagesOf(event)) };
  }

  #messagesOf(event: SideEvent): readonly AppMessage[] {
    switch (event.type) {
      case 'bytes':
        return this.#conversation.push(event.from, event.bytes, event.packet);
      case 'gap':
        return this.#conversation.skip(event.from, event.length);
      case 'end':
        return this.#conversation.end(event.from, event.packet);
      case 'reset':
        return [...this.#conversation.end(event.from, event.packet), ...this.#conversation.end(otherSide(event.from), event.packet)];
      default:
        return [];
    }
  }
}
