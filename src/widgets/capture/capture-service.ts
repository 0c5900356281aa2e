/** A capture, read and asked about. It lives in a worker, so that the page stays quick; it knows no worker, so that tests and the build can use it. */
import { readCapture } from '#wire/capture/capture.ts';
import type { CaptureError } from '#wire/capture/capture-error.ts';
import type { CapturedPacket } from '#wire/capture/packet.ts';
import { CaptureReading, type FollowedStream, type PacketDetail, type PacketSummary } from '#wire/capture/reading.ts';
import type { StreamSummary } from '#wire/capture/stream-record.ts';

export type CaptureRequest =
  | { readonly kind: 'open'; readonly bytes: Uint8Array }
  | { readonly kind: 'detail'; readonly number: number }
  | { readonly kind: 'follow'; readonly stream: number };

export type CaptureAnswer =
  /** So many of the packets are read; these are the lines that are new. */
  | { readonly kind: 'read'; readonly lines: readonly PacketSummary[]; readonly of: number }
  | { readonly kind: 'opened'; readonly streams: readonly StreamSummary[]; readonly errors: readonly CaptureError[] }
  | { readonly kind: 'detail'; readonly detail: PacketDetail | undefined }
  | { readonly kind: 'followed'; readonly stream: FollowedStream | undefined };

/** Lines in one answer: what a page takes at once without a visible pause. */
const BATCH = 2000;

export class CaptureService {
  #reading = new CaptureReading();

  /** Answers as they come: an opened capture in several pieces. */
  *answer(request: CaptureRequest): Generator<CaptureAnswer> {
    switch (request.kind) {
      case 'open':
        yield* this.#open(request.bytes);
        break;
      case 'detail':
        yield { kind: 'detail', detail: this.#reading.detail(request.number) };
        break;
      case 'follow':
        yield { kind: 'followed', stream: this.#reading.follow(request.stream) };
    }
  }

  *#open(bytes: Uint8Array): Generator<CaptureAnswer> {
    const { packets, errors } = readCapture(bytes);
    this.#reading = new CaptureReading();
    for (let from = 0; from < packets.length; from += BATCH) {
      yield { kind: 'read', lines: this.#push(packets.slice(from, from + BATCH)), of: packets.length };
    }
    yield { kind: 'opened', streams: this.#reading.streams, errors };
  }

  #push(packets: readonly CapturedPacket[]): readonly PacketSummary[] {
    return packets.map((packet) => this.#reading.push(packet));
  }
}
