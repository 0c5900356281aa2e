/** Messages of HTTP/1.1 out of one direction of a stream, in pieces cut anywhere. Source: RFC 9112. */
import { ByteQueue } from '../byte-queue.ts';
import { type Chunk, ChunkReader } from './chunks.ts';
import { type Framing, framingOf } from './framing.ts';
import { type HttpField, type HttpHead, readHead } from './head.ts';
import type { HttpError, HttpErrorCode } from './http-error.ts';

/** Longest head, bytes, with the empty lines before it. Node's own limit is the same. */
export const MAX_HEAD_BYTES = 16_384;
/** Most bytes of a body that are kept. A longer one is read to its end, and its rest is let go. */
export const MAX_BODY_BYTES = 1_048_576;

export type HttpMessage = {
  readonly head: HttpHead;
  readonly framing: Framing;
  /** As it was sent, head and framing included. */
  readonly bytes: Uint8Array;
  /** The body without chunks. */
  readonly body: Uint8Array;
  readonly chunks: readonly Chunk[];
  /** Fields behind the last chunk. Source: RFC 9112 §7.1.2. */
  readonly trailers: readonly HttpField[];
  /** Where it stands in the stream. */
  readonly at: number;
  readonly end: number;
  /** It was longer than is kept: `bytes` and `body` hold its beginning. */
  readonly isCut: boolean;
  /** It broke here, and with it the stream: nobody can say where the next message begins. */
  readonly error?: HttpError;
};

/** `stopped`: after an error, or where another protocol begins. */
export type HttpEvent = { readonly kind: 'message'; readonly message: HttpMessage } | { readonly kind: 'need-data' | 'stopped' };

export type HttpReaderOptions = {
  /** Who writes the stream: a client sends requests, a server responses. */
  readonly from: 'client' | 'server';
  /** The method of the request that the next response answers: the answer to HEAD has no body. */
  readonly methodOf?: () => string | undefined;
  readonly maxHeadBytes?: number;
  readonly maxBodyBytes?: number;
};

/** A message whose end is still to come. */
type Open = {
  readonly at: number;
  readonly head: HttpHead;
  readonly framing: Framing;
  readonly kept: ByteQueue;
  readonly body: ByteQueue;
  readonly chunked: ChunkReader;
  /** Bytes of a body with a length still to come. */
  left: number;
  isCut: boolean;
};

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const NEED_DATA = { kind: 'need-data' } as const;
const STOPPED = { kind: 'stopped' } as const;

/**
 * Reads one direction of a connection: `append` what came, then ask for the `next` message until it needs more.
 * After an error, and after a message that switches protocols, it stops; `takeRest` hands over what was not read.
 */
export class HttpReader {
  readonly #options: Required<Omit<HttpReaderOptions, 'methodOf'>> & Pick<HttpReaderOptions, 'methodOf'>;
  /** What came and was not read: at most a head, a line of chunks or trailers, and the last piece. */
  readonly #pending = new ByteQueue();
  /** Where `#pending` begins in the stream. */
  #position = 0;
  /** Where in `#pending` the line begins that may end the head, and whether a line with text stands before it. */
  #line = { at: 0, isAfterText: false };
  #open: Open | undefined;
  #isStopped = false;

  constructor({ maxHeadBytes = MAX_HEAD_BYTES, maxBodyBytes = MAX_BODY_BYTES, ...options }: HttpReaderOptions) {
    this.#options = { ...options, maxHeadBytes, maxBodyBytes };
  }

  /** A head was read, and the end of its message is still to come. */
  get isInsideMessage(): boolean {
    return this.#open !== undefined;
  }

  append(bytes: Uint8Array): void {
    this.#pending.append(bytes);
  }

  /** The next whole message, if its last byte has come. */
  next(): HttpEvent {
    if (this.#isStopped) return STOPPED;
    if (!this.#open) {
      const begun = this.#begin();
      if (begun) return begun;
    }
    return this.#open ? this.#readBody(this.#open) : NEED_DATA;
  }

  /** The stream is over: the message that ends with it, or that it cuts short; nothing if it ends between two messages. */
  end(): HttpMessage | undefined {
    if (this.#isStopped) return undefined;
    const open = this.#open;
    if (open?.framing.kind === 'until-close') return this.#finish(open);
    if (!open && this.#isBlank()) return undefined;
    const error: HttpError = { code: 'truncated', offset: this.#position + this.#pending.length - (open?.at ?? this.#position) };
    if (!open) return this.#failHead(this.#pending.length, error);
    this.#keep(open, this.#pending.length, false);
    return this.#finish(open, error);
  }

  /** Hands over what came and was not read. */
  takeRest(): Uint8Array {
    const rest = this.#pending.bytes.slice();
    this.#position += rest.length;
    this.#pending.drop(rest.length);
    return rest;
  }

  /** Nothing but the ends of empty lines is pending. */
  #isBlank(): boolean {
    return this.#pending.bytes.every((byte) => byte === CARRIAGE_RETURN || byte === LINE_FEED);
  }

  /** First byte after the head in what is pending; undefined while it is still to come. */
  #findHeadEnd(): number | undefined {
    const { bytes } = this.#pending;
    for (;;) {
      const feed = bytes.indexOf(LINE_FEED, this.#line.at);
      if (feed === -1) return undefined;
      const length = feed - this.#line.at - (bytes[feed - 1] === CARRIAGE_RETURN && feed > this.#line.at ? 1 : 0);
      if (length === 0 && this.#line.isAfterText) return feed + 1;
      this.#line = { at: feed + 1, isAfterText: this.#line.isAfterText || length > 0 };
    }
  }

  #begin(): HttpEvent | undefined {
    const end = this.#findHeadEnd();
    const { maxHeadBytes, from, methodOf } = this.#options;
    if ((end ?? this.#pending.length) > maxHeadBytes) {
      return { kind: 'message', message: this.#failHead(maxHeadBytes, { code: 'head-too-big', offset: maxHeadBytes }) };
    }
    if (end === undefined) return NEED_DATA;
    const head = readHead(this.#pending.bytes.subarray(0, end), from);
    if (head.error) return { kind: 'message', message: this.#failHead(end, head.error) };
    const framed = framingOf(head, methodOf?.());
    if (!framed.ok) return { kind: 'message', message: this.#failHead(end, framed) };
    this.#open = this.#openMessage(head, framed.framing);
    this.#keep(this.#open, end, false);
    return undefined;
  }

  #openMessage(head: HttpHead, framing: Framing): Open {
    this.#line = { at: 0, isAfterText: false };
    return {
      at: this.#position,
      head,
      framing,
      kept: new ByteQueue(),
      body: new ByteQueue(),
      chunked: new ChunkReader(),
      left: framing.kind === 'length' ? framing.bytes : 0,
      isCut: false,
    };
  }

  /** A head that is broken, or was not read to its end, in the first `end` bytes of what is pending. */
  #failHead(end: number, { code, offset }: { readonly code: HttpErrorCode; readonly offset: number }): HttpMessage {
    const head = readHead(this.#pending.bytes.subarray(0, end), this.#options.from);
    const open = this.#openMessage(head, { kind: 'none' });
    this.#keep(open, end, false);
    return this.#finish(open, { code, offset });
  }

  /** Reads the next bytes into the message; its body is kept up to a limit. */
  #keep(open: Open, count: number, isData: boolean): void {
    const bytes = this.#pending.bytes.subarray(0, count);
    const { maxHeadBytes, maxBodyBytes } = this.#options;
    const room = open.isCut ? 0 : Math.max(0, maxHeadBytes + maxBodyBytes - open.kept.length);
    const bodyRoom = open.isCut ? 0 : Math.max(0, maxBodyBytes - open.body.length);
    const fits = Math.min(room, isData ? bodyRoom : room);
    open.kept.append(bytes.subarray(0, fits));
    if (isData) open.body.append(bytes.subarray(0, fits));
    if (fits < count) open.isCut = true;
    this.#pending.drop(count);
    this.#position += count;
  }

  #readBody(open: Open): HttpEvent {
    switch (open.framing.kind) {
      case 'none':
      case 'switch':
        return { kind: 'message', message: this.#finish(open) };
      case 'until-close':
        this.#keep(open, this.#pending.length, true);
        return NEED_DATA;
      case 'length':
        return this.#readLength(open);
      case 'chunked':
        return this.#readChunks(open);
    }
  }

  #readLength(open: Open): HttpEvent {
    const count = Math.min(open.left, this.#pending.length);
    open.left -= count;
    this.#keep(open, count, true);
    return open.left > 0 ? NEED_DATA : { kind: 'message', message: this.#finish(open) };
  }

  #readChunks(open: Open): HttpEvent {
    for (;;) {
      const step = open.chunked.step(this.#pending.bytes, this.#position - open.at);
      if (step.kind === 'need-data') return NEED_DATA;
      if (step.kind === 'error') return { kind: 'message', message: this.#finish(open, { code: step.code, offset: step.offset }) };
      this.#keep(open, step.bytes, step.kind === 'take' && step.isData);
      if (step.kind === 'end') return { kind: 'message', message: this.#finish(open) };
    }
  }

  #finish({ head, framing, at, kept, body, chunked, isCut }: Open, error?: HttpError): HttpMessage {
    this.#open = undefined;
    this.#line = { at: 0, isAfterText: false };
    this.#isStopped = error !== undefined || framing.kind === 'switch';
    const { chunks, trailers } = chunked;
    const bytes = kept.bytes.slice();
    const end = this.#position;
    return { head, framing, bytes, body: body.bytes.slice(), chunks, trailers, at, end, isCut, ...(error && { error }) };
  }
}
