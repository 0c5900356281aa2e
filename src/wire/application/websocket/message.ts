/** Messages out of a stream of bytes: fragments joined, control frames in between. Source: RFC 6455 §5.4, §5.5 and §8.1. */
import { ByteQueue } from '../byte-queue.ts';
import { type Close, decodeClose } from './close.ts';
import { decodeFrame, type Frame } from './frame.ts';
import { type FrameError, type FrameFailure, failFrame } from './frame-error.ts';
import type { FrameRules } from './frame-head.ts';
import { scanUtf8, textOf, UTF8_START, type Utf8State } from './utf8.ts';

export type Message =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'binary' | 'ping' | 'pong'; readonly data: Uint8Array }
  /** A text or binary message as permessage-deflate sends it; nothing here makes it readable. Source: RFC 7692. */
  | { readonly type: 'compressed'; readonly data: Uint8Array }
  | ({ readonly type: 'close' } & Close);

/** What one piece of the stream completes, in order, and the error that ends the stream. */
export type MessagesRead = { readonly messages: readonly Message[]; readonly error?: FrameError };

/** A frame as it was sent. `at`: bytes from the beginning of the stream. */
export type SentFrame = { readonly at: number; readonly bytes: Uint8Array };

/** The next message and the frames that carried it; `stopped`: after an error, and after a close frame. */
export type MessageEvent =
  | { readonly kind: 'message'; readonly message: Message; readonly frames: readonly SentFrame[] }
  | { readonly kind: 'error'; readonly error: FrameError }
  | { readonly kind: 'need-data' | 'stopped' };

/** What was read of a message that has not ended, and what was not read. */
export type Unread = { readonly frames: readonly SentFrame[]; readonly rest: SentFrame };

export type ReaderOptions = {
  /** Who writes the stream. */
  readonly from: FrameRules['from'];
  /** Largest text or binary message, bytes over all of its fragments. Default: `MAX_MESSAGE_BYTES`. */
  readonly maxMessageBytes?: number;
  /** The handshake agreed on permessage-deflate. */
  readonly hasDeflate?: boolean;
};

/** Largest message unless told otherwise: Engine.IO announces the same as `maxPayload`. */
export const MAX_MESSAGE_BYTES = 1_000_000;
/** Most frames of one message: empty fragments cost a sender little, and a reader a frame each. */
export const MAX_FRAGMENTS = 1024;

/** A text, binary or compressed message whose last fragment is still to come. */
type OpenMessage = {
  readonly type: 'text' | 'binary' | 'compressed';
  readonly payload: ByteQueue;
  readonly frames: SentFrame[];
  utf8: Utf8State;
};
type Complete = { readonly message: Message; readonly frames: readonly SentFrame[] };
type FrameRead = { readonly ok: true; readonly complete: Complete | undefined } | FrameFailure;

const NOT_YET: FrameRead = { ok: true, complete: undefined };

/**
 * Reads one direction of a WebSocket, in pieces cut anywhere: `append` what came, then ask for the `next` message until it needs
 * more; `push` does both. After a close frame what follows is discarded (RFC 6455 §1.4).
 */
export class MessageReader {
  readonly #options: Required<ReaderOptions>;
  /** What has come of frames that are not complete. At most one frame, so `maxMessageBytes` and a head, and the last piece. */
  readonly #pending = new ByteQueue();
  /** Where `#pending` begins in the stream. */
  #position = 0;
  #open: OpenMessage | undefined;
  #error: FrameError | undefined;
  #isClosed = false;

  constructor({ from, maxMessageBytes = MAX_MESSAGE_BYTES, hasDeflate = false }: ReaderOptions) {
    this.#options = { from, maxMessageBytes, hasDeflate };
  }

  /** Where in the stream the first byte stands that is not part of a message that ended. */
  get unreadAt(): number {
    return this.#open?.frames[0]?.at ?? this.#position;
  }

  append(bytes: Uint8Array): void {
    if (!this.#error) this.#pending.append(bytes);
  }

  /** The next whole message, if its last byte has come. Offsets of errors count from the beginning of the stream. */
  next(): MessageEvent {
    if (this.#error || this.#isClosed) return { kind: 'stopped' };
    while (this.#pending.length > 0) {
      const read = this.#readFrame();
      if (read.ok && read.complete) return { kind: 'message', ...read.complete };
      if (!read.ok && read.error.code === 'truncated') break;
      if (!read.ok) return { kind: 'error', error: this.#stop(read.error) };
    }
    return { kind: 'need-data' };
  }

  /** Takes the next piece of the stream. After an error every call repeats it. */
  push(bytes: Uint8Array): MessagesRead {
    const messages: Message[] = [];
    this.append(bytes);
    let event = this.next();
    for (; event.kind === 'message'; event = this.next()) messages.push(event.message);
    if (this.#isClosed) this.takeRest();
    return this.#error ? { messages, error: this.#error } : { messages };
  }

  /** The stream is over: `truncated` if it ends inside a frame or a fragmented message. */
  end(): FrameError | undefined {
    const isWhole = this.#isClosed || (this.#pending.length === 0 && !this.#open);
    if (this.#error || isWhole) return this.#error;
    return { code: 'truncated', offset: this.#position + this.#pending.length };
  }

  /** Hands over what is not part of a message that ended. */
  takeRest(): Unread {
    const rest = { at: this.#position, bytes: this.#pending.bytes.slice() };
    const frames = this.#open?.frames ?? [];
    this.#open = undefined;
    this.#position += rest.bytes.length;
    this.#pending.drop(rest.bytes.length);
    return { frames, rest };
  }

  #stop(error: FrameError): FrameError {
    this.#error = error;
    return error;
  }

  #readFrame(): FrameRead {
    const { from, maxMessageBytes, hasDeflate } = this.#options;
    const isInsideMessage = this.#open !== undefined;
    const maxPayloadBytes = maxMessageBytes - (this.#open?.payload.length ?? 0);
    const read = decodeFrame(this.#pending.bytes, 0, { from, maxPayloadBytes, isInsideMessage, hasDeflate });
    if (!read.ok) return failFrame(read.error.code, this.#position + read.error.offset);
    const sent = { at: this.#position, bytes: this.#pending.bytes.slice(0, read.end) };
    const taken = this.#take(read.frame, sent);
    if (!taken.ok) return taken;
    this.#pending.drop(read.end);
    this.#position += read.end;
    return taken;
  }

  #take({ opcode, fin, payload, isCompressed }: Frame, sent: SentFrame): FrameRead {
    if (opcode === 'ping' || opcode === 'pong') return { ok: true, complete: { message: { type: opcode, data: payload }, frames: [sent] } };
    if (opcode === 'close') return this.#takeClose(payload, sent);
    if (opcode !== 'continuation') {
      this.#open = { type: isCompressed ? 'compressed' : opcode, payload: new ByteQueue(), frames: [], utf8: UTF8_START };
    }
    return this.#open ? this.#takeFragment(this.#open, { fin, payload, sent }) : failFrame('continuation-without-start', sent.at);
  }

  #takeClose(payload: Uint8Array, sent: SentFrame): FrameRead {
    const read = decodeClose(payload);
    if (!read.ok) return failFrame(read.error.code, sent.at + sent.bytes.length - payload.length + read.error.offset);
    this.#isClosed = true;
    return { ok: true, complete: { message: { type: 'close', ...read.close }, frames: [sent] } };
  }

  /** Text is checked fragment by fragment, so that a message which can no longer be UTF-8 ends at once. */
  #takeFragment(open: OpenMessage, { fin, payload, sent }: { fin: boolean; payload: Uint8Array; sent: SentFrame }): FrameRead {
    const end = sent.at + sent.bytes.length;
    const scan = open.type === 'text' ? scanUtf8(payload, open.utf8) : { ok: true as const, state: UTF8_START };
    if (!scan.ok) return failFrame('invalid-utf8', end - payload.length + scan.index);
    if (fin && scan.state.left > 0) return failFrame('invalid-utf8', end);
    if (open.frames.length === MAX_FRAGMENTS) return failFrame('message-too-big', sent.at);
    open.utf8 = scan.state;
    open.payload.append(payload);
    open.frames.push(sent);
    if (!fin) return NOT_YET;
    this.#open = undefined;
    const { bytes } = open.payload;
    const message: Message = open.type === 'text' ? { type: 'text', text: textOf(bytes) } : { type: open.type, data: bytes.slice() };
    return { ok: true, complete: { message, frames: open.frames } };
  }
}
