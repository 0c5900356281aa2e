/**
 * Bodies in chunks: `size[;extensions] CRLF data CRLF`, a last chunk of size 0, trailer fields, an empty line. Source: RFC 9112 §7.1.
 *
 * Lines of this framing end with CRLF and nothing else: a reader that takes LF here as well can be made to see another body than its neighbour.
 */
import { charsOf, type HttpField, linesOf, readFieldLine, type Word } from './head.ts';
import type { HttpErrorCode } from './http-error.ts';

/** Longest line with a chunk's size and extensions, bytes with its end. */
export const MAX_CHUNK_LINE_BYTES = 4096;
/** Longest trailer section, bytes. */
export const MAX_TRAILER_BYTES = 16_384;
/** Most chunks that are listed one by one; those after them are read, and not listed. */
export const MAX_LISTED_CHUNKS = 1000;

/** One chunk, and where it stands: bytes from the beginning of the message. The data lie between `dataAt` and `dataEnd`. */
export type Chunk = { readonly size: Word; readonly extensions?: Word; readonly dataAt: number; readonly dataEnd: number };

/** `take`: so many of the next bytes are read; `isData` says whether they are the body's own. */
export type ChunkStep =
  | { readonly kind: 'take'; readonly bytes: number; readonly isData: boolean }
  | { readonly kind: 'need-data' }
  | { readonly kind: 'end'; readonly bytes: number }
  | { readonly kind: 'error'; readonly code: HttpErrorCode; readonly offset: number };

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const SIZE_LINE = /^([0-9a-f]{1,13})(?:[ \t]*;([\t\x20-\x7e\x80-\xff]*))?$/i;
const LONE_LINE_FEED = /(?<!\r)\n/;
const NEED_DATA: ChunkStep = { kind: 'need-data' };

/** Says, of the bytes that come, what they are. It keeps none of them. */
export class ChunkReader {
  readonly chunks: Chunk[] = [];
  trailers: readonly HttpField[] = [];
  #phase: 'size' | 'data' | 'data-end' | 'trailers' = 'size';
  /** Bytes of the chunk's data still to come. */
  #left = 0;
  /** Where in what is pending the line of trailers begins that may be the empty one. */
  #trailerLine = 0;
  /** What stands before was looked at. */
  #trailerSeen = 0;

  /** What the next bytes are. `pending`: all that came and was not taken; `at`: where they begin in the message. */
  step(pending: Uint8Array, at: number): ChunkStep {
    switch (this.#phase) {
      case 'size':
        return this.#readSize(pending, at);
      case 'data':
        return this.#readData(pending);
      case 'data-end':
        return this.#readDataEnd(pending, at);
      case 'trailers':
        return this.#readTrailers(pending, at);
    }
  }

  #readSize(pending: Uint8Array, at: number): ChunkStep {
    const feed = pending.subarray(0, MAX_CHUNK_LINE_BYTES).indexOf(LINE_FEED);
    if (feed === -1 && pending.length >= MAX_CHUNK_LINE_BYTES) return { kind: 'error', code: 'chunk-line-too-long', offset: at };
    if (feed === -1) return NEED_DATA;
    const isWhole = pending[feed - 1] === CARRIAGE_RETURN;
    const [, size = '', extensions] = SIZE_LINE.exec(charsOf(pending.subarray(0, feed - 1))) ?? [];
    if (!isWhole || size === '') return { kind: 'error', code: 'bad-chunk-size', offset: at };
    this.#begin({ text: size, at, end: at + size.length }, extensions, at + feed + 1);
    return { kind: 'take', bytes: feed + 1, isData: false };
  }

  #begin(size: Word, extensions: string | undefined, dataAt: number): void {
    this.#left = Number.parseInt(size.text, 16);
    this.#phase = this.#left === 0 ? 'trailers' : 'data';
    if (this.chunks.length === MAX_LISTED_CHUNKS) return;
    const lineEnd = dataAt - 2;
    const more = extensions && { extensions: { text: extensions, at: lineEnd - extensions.length, end: lineEnd } };
    this.chunks.push({ size, dataAt, dataEnd: dataAt + this.#left, ...(more || {}) });
  }

  #readData(pending: Uint8Array): ChunkStep {
    const bytes = Math.min(this.#left, pending.length);
    if (bytes === 0) return NEED_DATA;
    this.#left -= bytes;
    if (this.#left === 0) this.#phase = 'data-end';
    return { kind: 'take', bytes, isData: true };
  }

  #readDataEnd([first, second]: Uint8Array, at: number): ChunkStep {
    if (first !== undefined && first !== CARRIAGE_RETURN) return { kind: 'error', code: 'bad-chunk-end', offset: at };
    if (second === undefined) return NEED_DATA;
    if (second !== LINE_FEED) return { kind: 'error', code: 'bad-chunk-end', offset: at + 1 };
    this.#phase = 'size';
    return { kind: 'take', bytes: 2, isData: false };
  }

  /** First byte after the empty line that ends the trailers; each byte is looked at once, however slowly they come. */
  #findTrailerEnd(pending: Uint8Array): number | undefined {
    for (;;) {
      const feed = pending.indexOf(LINE_FEED, this.#trailerSeen);
      this.#trailerSeen = feed === -1 ? pending.length : feed + 1;
      if (feed === -1) return undefined;
      if (pending[feed - 1] !== CARRIAGE_RETURN) continue;
      if (feed - 1 === this.#trailerLine) return feed + 1;
      this.#trailerLine = feed + 1;
    }
  }

  #readTrailers(pending: Uint8Array, at: number): ChunkStep {
    const end = this.#findTrailerEnd(pending.subarray(0, MAX_TRAILER_BYTES));
    if (end === undefined) return pending.length < MAX_TRAILER_BYTES ? NEED_DATA : { kind: 'error', code: 'head-too-big', offset: at };
    const fields: HttpField[] = [];
    const text = charsOf(pending.subarray(0, end - 2));
    const lone = LONE_LINE_FEED.exec(text);
    if (lone) return { kind: 'error', code: 'bad-field-value', offset: at + lone.index };
    for (const line of linesOf(text, at)) {
      const read = readFieldLine(line);
      if (!read.ok) return { kind: 'error', ...read.error };
      fields.push(read.field);
    }
    this.trailers = fields;
    return { kind: 'end', bytes: end };
  }
}
