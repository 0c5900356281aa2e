/** Messages out of a stream of bytes: fragments joined, control frames in between. Source: RFC 6455 §5.4, §5.5 and §8.1. */
import { ByteQueue } from './byte-queue.ts';
import { type Close, decodeClose } from './close.ts';
import { decodeFrame, type Frame } from './frame.ts';
import { type FrameError, type FrameFailure, failFrame } from './frame-error.ts';
import type { FrameRules } from './frame-head.ts';
import { scanUtf8, textOf, UTF8_START, type Utf8State } from './utf8.ts';

export type Message =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'binary' | 'ping' | 'pong'; readonly data: Uint8Array }
  | ({ readonly type: 'close' } & Close);

/** What one piece of the stream completes, in order, and the error that ends the stream. */
export type MessagesRead = { readonly messages: readonly Message[]; readonly error?: FrameError };

export type ReaderOptions = {
  /** Who writes the stream. */
  readonly from: FrameRules['from'];
  /** Largest text or binary message, bytes over all of its fragments. Default: `MAX_MESSAGE_BYTES`. */
  readonly maxMessageBytes?: number;
};

/** Largest message unless told otherwise: Engine.IO announces the same as `maxPayload`. */
export const MAX_MESSAGE_BYTES = 1_000_000;

/** A text or binary message whose last fragment is still to come. */
type OpenMessage = { readonly type: 'text' | 'binary'; readonly payload: ByteQueue; utf8: Utf8State };
type FrameRead = { readonly ok: true; readonly message: Message | undefined } | FrameFailure;

/**
 * Reads one direction of a WebSocket, in pieces cut anywhere.
 * After an error every call repeats it; after a close frame what follows is discarded (RFC 6455 §1.4).
 */
export class MessageReader {
  readonly #from: FrameRules['from'];
  readonly #maxMessageBytes: number;
  /** What has come of frames that are not complete. At most one frame, so `#maxMessageBytes` and a head, and the last piece. */
  readonly #pending = new ByteQueue();
  /** Where `#pending` begins in the stream. */
  #position = 0;
  #open: OpenMessage | undefined;
  #error: FrameError | undefined;
  #isClosed = false;

  constructor({ from, maxMessageBytes = MAX_MESSAGE_BYTES }: ReaderOptions) {
    this.#from = from;
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Takes the next piece of the stream. Offsets of errors count from the beginning of the stream. */
  push(bytes: Uint8Array): MessagesRead {
    const messages: Message[] = [];
    if (!this.#error && !this.#isClosed) this.#pending.append(bytes);
    while (!this.#error && !this.#isClosed && this.#pending.length > 0) {
      const read = this.#readFrame();
      if (read.ok && read.message) messages.push(read.message);
      if (!read.ok && read.error.code === 'truncated') break;
      if (!read.ok) this.#error = read.error;
    }
    return this.#error ? { messages, error: this.#error } : { messages };
  }

  /** The stream is over: `truncated` if it ends inside a frame or a fragmented message. */
  end(): FrameError | undefined {
    const isWhole = this.#isClosed || (this.#pending.length === 0 && !this.#open);
    if (this.#error || isWhole) return this.#error;
    return { code: 'truncated', offset: this.#position + this.#pending.length };
  }

  #readFrame(): FrameRead {
    const isInsideMessage = this.#open !== undefined;
    const maxPayloadBytes = this.#maxMessageBytes - (this.#open?.payload.length ?? 0);
    const read = decodeFrame(this.#pending.bytes, 0, { from: this.#from, maxPayloadBytes, isInsideMessage });
    if (!read.ok) return failFrame(read.error.code, this.#position + read.error.offset);
    this.#pending.drop(read.end);
    this.#position += read.end;
    return this.#take(read.frame);
  }

  #take({ opcode, fin, payload }: Frame): FrameRead {
    if (opcode === 'ping' || opcode === 'pong') return { ok: true, message: { type: opcode, data: payload } };
    if (opcode === 'close') return this.#takeClose(payload);
    if (opcode !== 'continuation') this.#open = { type: opcode, payload: new ByteQueue(), utf8: UTF8_START };
    return this.#open ? this.#takeFragment(this.#open, fin, payload) : failFrame('continuation-without-start', this.#position);
  }

  #takeClose(payload: Uint8Array): FrameRead {
    const read = decodeClose(payload);
    if (!read.ok) return failFrame(read.error.code, this.#position - payload.length + read.error.offset);
    this.#isClosed = true;
    return { ok: true, message: { type: 'close', ...read.close } };
  }

  /** Text is checked fragment by fragment, so that a message which can no longer be UTF-8 ends at once. */
  #takeFragment(open: OpenMessage, fin: boolean, payload: Uint8Array): FrameRead {
    const scan = open.type === 'text' ? scanUtf8(payload, open.utf8) : { ok: true as const, state: UTF8_START };
    if (!scan.ok) return failFrame('invalid-utf8', this.#position - payload.length + scan.index);
    if (fin && scan.state.left > 0) return failFrame('invalid-utf8', this.#position);
    open.utf8 = scan.state;
    open.payload.append(payload);
    if (!fin) return { ok: true, message: undefined };
    this.#open = undefined;
    const { bytes } = open.payload;
    return { ok: true, message: open.type === 'text' ? { type: 'text', text: textOf(bytes) } : { type: 'binary', data: bytes.slice() } };
  }
}
