/**
 * Both directions of one TCP connection, read as what the programs say: requests and answers of HTTP/1.1 in pairs, then, after a
 * handshake, messages of a WebSocket, and the packets of Engine.IO and Socket.IO inside either. What cannot be read is data.
 */
import { decodeData } from '../data.ts';
import type { WireError } from '../wire-error.ts';
import { Arrivals } from './arrivals.ts';
import { ByteQueue } from './byte-queue.ts';
import { isHttp } from './first-bytes.ts';
import { upgradesTo } from './http/layer.ts';
import { type Asked, askedOf, httpSummary, readHttp } from './http/message-reading.ts';
import { type HttpMessage, HttpReader } from './http/reader.ts';
import { PacketLayers } from './packet-layers.ts';
import { countBytes, type Reading } from './reading.ts';
import { agreesOnDeflate } from './websocket/handshake.ts';
import { MessageReader } from './websocket/message.ts';
import { type FrameContext, messageSummary, readMessage, readUnread } from './websocket/message-reading.ts';

export type StreamSide = 'client' | 'server';

/** One message of a program, put together from the bytes of a connection. */
export type AppMessage = Reading & {
  readonly from: StreamSide;
  /** Where `bytes` begin in what its side sent (bytes that were not captured do not count); missing if they stand there in several pieces. */
  readonly at?: number;
  /** The packets (index in the capture) that carried it, in order; the last one completes it. */
  readonly packets: readonly number[];
  /** In one line: `GET /socket.io/?EIO=4…`, `101 Switching Protocols`, `42["chat","hi"]`. */
  readonly summary: string;
};

/** Most requests without an answer that are remembered. With more, answers are read without their requests. */
export const MAX_UNANSWERED = 1000;
/** Most bytes of a client that wait until it is known whether the connection switches protocols. */
export const MAX_WAITING_BYTES = 1_048_576;

/** How the bytes of one direction are read. `base`: where its reader begins in the stream. */
type Mode =
  | { readonly kind: 'unknown'; readonly held: ByteQueue }
  | { readonly kind: 'http'; readonly reader: HttpReader }
  | { readonly kind: 'websocket'; readonly reader: MessageReader; readonly base: number; readonly context: FrameContext }
  | { readonly kind: 'data' };

type Side = { readonly from: StreamSide; readonly arrivals: Arrivals; readonly packets: PacketLayers; mode: Mode };

const newSide = (from: StreamSide): Side => ({
  from,
  arrivals: new Arrivals(),
  packets: new PacketLayers(),
  mode: { kind: 'unknown', held: new ByteQueue() },
});

/** Reads a connection in the order in which its packets were captured. It never throws, and keeps no more than its named limits. */
export class Conversation {
  readonly #sides = { client: newSide('client'), server: newSide('server') };
  /** Requests whose answers are still to come, oldest first; undefined once there were too many. */
  #unanswered: Asked[] | undefined = [];
  /** The request that the client is still sending was answered already: too big, say. */
  #isAnsweredEarly = false;
  /** The request whose answer decides how the client's next bytes are read; they wait for it. */
  #awaited: { readonly asked: Asked; bytes: number } | undefined;

  /** Takes the next bytes of one side, and answers the messages that they complete: of the other side too, if those waited. */
  push(from: StreamSide, chunk: Uint8Array, packet: number): readonly AppMessage[] {
    if (chunk.length === 0) return [];
    const side = this.#sides[from];
    side.arrivals.note(chunk.length, packet);
    const early = this.#accept(side, chunk);
    return [...early, ...this.#readBoth(side)];
  }

  /** One side has ended, or the capture has: what it left unfinished. `packet` says so, and completes a body without a length. */
  end(from: StreamSide, packet: number): readonly AppMessage[] {
    return this.#breakOff(this.#sides[from], { packet });
  }

  /** So many bytes of one side were not captured: what it left unfinished. All that follows is data. */
  skip(from: StreamSide, missing: number): readonly AppMessage[] {
    return this.#breakOff(this.#sides[from], { missing });
  }

  #accept(side: Side, chunk: Uint8Array): readonly AppMessage[] {
    const { mode } = side;
    if (mode.kind === 'data') return this.#data(side, chunk);
    if (mode.kind !== 'unknown') {
      mode.reader.append(chunk);
      return this.#limitWaiting(side, chunk.length);
    }
    mode.held.append(chunk);
    const answer = isHttp(mode.held.bytes, side.from);
    if (answer === 'no') return this.#toData(side, mode.held.bytes.slice());
    if (answer === 'yes') {
      const reader = new HttpReader({ from: side.from, methodOf: () => this.#unanswered?.[0]?.method });
      reader.append(mode.held.bytes);
      side.mode = { kind: 'http', reader };
    }
    return [];
  }

  #limitWaiting(side: Side, length: number): readonly AppMessage[] {
    if (!this.#awaited || side.from !== 'client' || side.mode.kind !== 'http') return [];
    this.#awaited.bytes += length;
    return this.#awaited.bytes > MAX_WAITING_BYTES ? this.#toData(side, side.mode.reader.takeRest()) : [];
  }

  /** Reads a side, and the other one if that was waiting for it. */
  #readBoth(side: Side): readonly AppMessage[] {
    const awaited = this.#awaited;
    const messages = this.#read(side);
    const isFree = awaited !== undefined && this.#awaited === undefined;
    return isFree && side.from === 'server' ? [...messages, ...this.#read(this.#sides.client)] : messages;
  }

  #read(side: Side): readonly AppMessage[] {
    const messages: AppMessage[] = [];
    for (;;) {
      const { mode } = side;
      // One by one: what waited for an answer can be more messages than a call takes arguments.
      for (const message of this.#readMode(side)) messages.push(message);
      if (side.mode === mode) return messages;
    }
  }

  #readMode(side: Side): readonly AppMessage[] {
    const { mode } = side;
    if (mode.kind === 'http') return this.#readRequests(side, mode.reader);
    return mode.kind === 'websocket' ? this.#readFrames(side, mode) : [];
  }

  #readRequests(side: Side, reader: HttpReader): readonly AppMessage[] {
    const messages: AppMessage[] = [];
    while (side.mode.kind === 'http' && !(side.from === 'client' && this.#awaited)) {
      const event = reader.next();
      if (event.kind !== 'message') break;
      messages.push(this.#http(side, event.message));
      messages.push(...this.#follow(side, event.message, reader));
    }
    return messages;
  }

  /** One message of HTTP; a request is noted, so that its answer finds it. */
  #http(side: Side, message: HttpMessage, endedBy?: number): AppMessage {
    const asked = side.from === 'client' ? askedOf(message) : this.#unanswered?.[0];
    const carried = side.arrivals.between(message.at, message.end);
    const packets = endedBy === undefined || carried.includes(endedBy) ? carried : [...carried, endedBy];
    side.arrivals.forget(message.end);
    return { from: side.from, at: message.at, ...readHttp(message, asked, side.packets), packets, summary: httpSummary(message) };
  }

  /** What a message changes for what comes after it. */
  #follow(side: Side, message: HttpMessage, reader: HttpReader): readonly AppMessage[] {
    if (message.error) return this.#toData(side, reader.takeRest());
    if (side.from === 'client') this.#noteRequest(message);
    else return this.#noteAnswer(message);
    return [];
  }

  #noteRequest(message: HttpMessage): void {
    const asked = askedOf(message);
    const isAnswered = this.#isAnsweredEarly;
    this.#isAnsweredEarly = false;
    if (!asked || isAnswered) return;
    this.#unanswered?.push(asked);
    if (this.#unanswered && this.#unanswered.length > MAX_UNANSWERED) this.#unanswered = undefined;
    if (asked.isSwitch && this.#unanswered) this.#awaited = { asked, bytes: 0 };
  }

  /** An interim answer (1xx) leaves its request open. Source: RFC 9110 §15.2. */
  #noteAnswer(message: HttpMessage): readonly AppMessage[] {
    const { start } = message.head;
    const isInterim = start?.kind === 'response' && start.status.text.startsWith('1') && message.framing.kind !== 'switch';
    if (isInterim) return [];
    const asked = this.#unanswered?.shift();
    const { mode } = this.#sides.client;
    if (!asked && mode.kind === 'http' && mode.reader.isInsideMessage) this.#isAnsweredEarly = true;
    if (asked === this.#awaited?.asked) this.#awaited = undefined;
    if (message.framing.kind !== 'switch') return [];
    return [this.#sides.client, this.#sides.server].flatMap((side) => this.#switchTo(side, message, asked));
  }

  /** From here on both sides speak what the answer agreed on. */
  #switchTo(side: Side, { head }: HttpMessage, asked: Asked | undefined): readonly AppMessage[] {
    const { mode, from, packets } = side;
    if (mode.kind === 'data' || mode.kind === 'websocket') return [];
    const rest = mode.kind === 'http' ? mode.reader.takeRest() : mode.held.bytes.slice();
    // What a client has begun and not ended before the answer to an unread request is the rest of that request, and no frame.
    const isUnreadRequest = from === 'client' && !asked && rest.length > 0;
    if (isUnreadRequest || !upgradesTo(head.fields, 'websocket')) return this.#toData(side, rest);
    const hasDeflate = agreesOnDeflate(head.fields);
    const reader = new MessageReader({ from, hasDeflate });
    reader.append(rest);
    const context = { from, hasDeflate, ...(asked?.engine && { packets }) };
    side.mode = { kind: 'websocket', reader, base: side.arrivals.end - rest.length, context };
    return [];
  }

  #readFrames(side: Side, { reader, base, context }: Extract<Mode, { kind: 'websocket' }>): readonly AppMessage[] {
    const messages: AppMessage[] = [];
    for (;;) {
      const event = reader.next();
      if (event.kind === 'error') return [...messages, ...this.#breakFrames(side, event.error)];
      if (event.kind === 'stopped') return [...messages, ...this.#toData(side, reader.takeRest().rest.bytes)];
      if (event.kind !== 'message') return messages;
      const { message, frames } = event;
      const packets = frames.flatMap(({ at, bytes }) => side.arrivals.between(base + at, base + at + bytes.length));
      const reading = readMessage(message, frames, context);
      const [only] = frames.length === 1 ? frames : [];
      const at = only && { at: base + only.at };
      messages.push({ from: side.from, ...at, ...reading, packets: [...new Set(packets)], summary: messageSummary(message) });
      side.arrivals.forget(base + reader.unreadAt);
    }
  }

  /** The rest of a stream of frames, from where it breaks. */
  #breakFrames(side: Side, error: WireError): readonly AppMessage[] {
    if (side.mode.kind !== 'websocket') return [];
    const { reader, base, context } = side.mode;
    const unread = reader.takeRest();
    side.mode = { kind: 'data' };
    const reading = readUnread(unread, error, context);
    if (reading.bytes.length === 0) return [];
    const packets = [...unread.frames, unread.rest].flatMap(({ at, bytes }) => side.arrivals.between(base + at, base + at + bytes.length));
    const summary = error.code === 'truncated' ? 'WebSocket, cut short' : 'Broken WebSocket frame';
    return [{ from: side.from, ...reading, packets: [...new Set(packets)], summary }];
  }

  #breakOff(side: Side, why: { readonly packet?: number; readonly missing?: number }): readonly AppMessage[] {
    const messages = this.#finish(side, why.packet);
    side.mode = { kind: 'data' };
    if (side.from === 'client') this.#awaited = undefined;
    const { missing } = why;
    return missing === undefined
      ? messages
      : messages.map((message) => ({ ...message, summary: `${message.summary} (${countBytes(missing)} missing)` }));
  }

  #finish(side: Side, packet: number | undefined): readonly AppMessage[] {
    const { mode } = side;
    switch (mode.kind) {
      case 'data':
        return [];
      case 'unknown':
        return this.#toData(side, mode.held.bytes.slice());
      case 'websocket':
        return this.#breakFrames(side, mode.reader.end() ?? { code: 'truncated', offset: 0 });
      case 'http':
        return this.#finishHttp(side, mode.reader, packet);
    }
  }

  #finishHttp(side: Side, reader: HttpReader, packet: number | undefined): readonly AppMessage[] {
    if (this.#awaited && side.from === 'client') return this.#toData(side, reader.takeRest());
    const message = reader.end();
    if (!message) return [];
    const last = this.#http(side, message, message.error ? undefined : packet);
    if (side.from === 'server' && !message.error) this.#noteAnswer(message);
    return [last];
  }

  /** The side is no longer read; `bytes` are what came last. */
  #toData(side: Side, bytes: Uint8Array): readonly AppMessage[] {
    side.mode = { kind: 'data' };
    return bytes.length === 0 ? [] : this.#data(side, bytes);
  }

  /** The last bytes that came, as nobody reads them. */
  #data({ from, arrivals }: Side, bytes: Uint8Array): readonly AppMessage[] {
    const { end } = arrivals;
    const packets = arrivals.between(end - bytes.length, end);
    arrivals.forget(end);
    return [{ from, bytes, layers: [decodeData(bytes, { at: 0, end: bytes.length }).layer], packets, summary: countBytes(bytes.length) }];
  }
}
