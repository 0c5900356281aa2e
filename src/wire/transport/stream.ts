/**
 * The bytes of one direction of a TCP connection, put in order again from segments as a capture holds them: late, twice,
 * overlapping, or not at all. Source: RFC 9293 §3.4 (numbers), §3.10.7.4 (what a receiver takes).
 */
import { type Held, HeldBytes } from './held-bytes.ts';
import type { TcpSegment } from './segment.ts';
import { seqAdd, seqDistance } from './sequence-number.ts';

/** Most bytes that wait behind a gap. A segment that finds no room is left out, and reported. */
export const MAX_WAITING_BYTES = 16_000_000;
/** Most segments that wait behind a gap. */
export const MAX_WAITING_SEGMENTS = 20_000;
/** How far ahead of the next byte a segment may lie: no window is larger. Source: RFC 7323 §2.3 (below 2^30). */
export const MAX_AHEAD_BYTES = 2 ** 30;
/** How many of the chunks that were given are kept, to hold a late copy against them. */
export const MAX_KEPT_CHUNKS = 2000;
/** Most conflicts that are told of one segment, with what was given and with what waits each: it can lie over thousands of others. */
export const MAX_CONFLICTS = 100;

/** Bytes that follow on those before, and the packet that brought them. `at`: bytes from the first byte of the stream. */
export type StreamChunk = { readonly type: 'bytes'; readonly at: number; readonly bytes: Uint8Array; readonly packet: number };

export type StreamEvent =
  | StreamChunk
  /** Bytes that no packet brought. `isAcknowledged`: the other side has them, so they were not captured; else nobody knows. */
  | { readonly type: 'gap'; readonly at: number; readonly length: number; readonly isAcknowledged: boolean }
  /** The packet brings other bytes than `first` did for the same place. Those of `first` count. */
  | { readonly type: 'conflict'; readonly at: number; readonly length: number; readonly packet: number; readonly first: number }
  /** A segment that is left out: further ahead than any window is, behind the end, or one too many to wait. */
  | { readonly type: 'left-out'; readonly reason: 'out-of-window' | 'behind-the-end' | 'too-many'; readonly packet: number }
  /** All bytes up to the FIN are given. */
  | { readonly type: 'end'; readonly at: number; readonly packet: number }
  /** The connection was broken off. */
  | { readonly type: 'reset'; readonly packet: number };

/** What a stream has to know of a segment. */
export type StreamSegment = Pick<TcpSegment, 'packet' | 'payload'> & {
  readonly header: Pick<TcpSegment['header'], 'sequenceNumber' | 'syn' | 'fin' | 'rst'>;
};

type End = { readonly at: number; readonly packet: number };

/**
 * One direction of a connection. The stream begins behind its SYN; if its SYN is not the first segment that is pushed, with that
 * first segment. What comes before that is left out silently: it was read before the capture began.
 */
export class TcpStream {
  /** The sequence number of byte `#given`. */
  #nextNumber: number | undefined;
  /** Bytes that were given or passed over: the next chunk begins here. */
  #given = 0;
  /** The other side has everything before this byte. */
  #acknowledged = 0;
  #end: End | undefined;
  #hasEnded = false;
  readonly #waiting = new HeldBytes();
  readonly #kept = new HeldBytes();

  /** Bytes that were given, or passed over as not captured. */
  get length(): number {
    return this.#given;
  }

  /** Bytes that wait for others to come before them. */
  get waitingBytes(): number {
    return this.#waiting.bytes;
  }

  /** Where a sequence number lies, bytes from the beginning of the stream; before the first segment, undefined. */
  offsetOf(sequenceNumber: number): number | undefined {
    return this.#nextNumber === undefined ? undefined : this.#given + seqDistance(this.#nextNumber, sequenceNumber);
  }

  /** Takes the next segment of this direction, as captured. */
  push({ header: { sequenceNumber, syn, fin, rst }, payload, packet }: StreamSegment): readonly StreamEvent[] {
    // What a RST carries says why, for people: it is no part of the stream. Source: RFC 9293 §3.5.3.
    if (rst) return [{ type: 'reset', packet }];
    const first = seqAdd(sequenceNumber, Number(syn));
    this.#nextNumber ??= first;
    const at = this.#given + seqDistance(this.#nextNumber, first);
    if (at - this.#given > MAX_AHEAD_BYTES) return [{ type: 'left-out', reason: 'out-of-window', packet }];
    if (fin) this.#end ??= { at: Math.max(at + payload.length, this.#given), packet };
    const taken = payload.length > 0 ? this.#take({ at, bytes: payload, packet }) : [];
    return [...taken, ...this.#give()];
  }

  /**
   * Takes an acknowledgment from the other direction. It shows that a gap is one of the capture, not of the connection:
   * what waits behind it can be given.
   */
  acknowledge(acknowledgmentNumber: number): readonly StreamEvent[] {
    const at = this.offsetOf(acknowledgmentNumber);
    if (at === undefined || at - this.#given > MAX_AHEAD_BYTES) return [];
    this.#acknowledged = Math.max(this.#acknowledged, at);
    return this.#give();
  }

  /** The capture is over: reports the bytes that never came. What waits behind a gap that nobody acknowledged is not given. */
  finish(): readonly StreamEvent[] {
    if (this.#hasEnded) return [];
    const last = Math.min(this.#acknowledged, this.#end?.at ?? this.#acknowledged);
    const missing = this.#pass(last);
    const given = this.#give();
    const waitsAt = this.#waiting.first?.at ?? this.#end?.at ?? this.#given;
    return [...missing, ...given, ...(waitsAt > this.#given ? [this.#gap(waitsAt, false)] : [])];
  }

  #gap(to: number, isAcknowledged: boolean): StreamEvent {
    return { type: 'gap', at: this.#given, length: to - this.#given, isAcknowledged };
  }

  /** Passes over bytes that were not captured. */
  #pass(to: number): readonly StreamEvent[] {
    if (to <= this.#given || this.#nextNumber === undefined) return [];
    const gap = this.#gap(to, true);
    this.#advance(to);
    return [gap];
  }

  #advance(to: number): void {
    this.#nextNumber = seqAdd(this.#nextNumber ?? 0, to - this.#given);
    this.#given = to;
  }

  /** Holds a segment against what is known of its place, and lets the rest of it wait. */
  #take(held: Held): readonly StreamEvent[] {
    const { at, bytes, packet } = held;
    const end = this.#end?.at ?? Number.POSITIVE_INFINITY;
    const isBehindEnd = at + bytes.length > end;
    const inside = isBehindEnd ? { ...held, bytes: bytes.subarray(0, Math.max(end - at, 0)) } : held;
    // A single byte before the next one is a keep-alive, and may be any byte. Source: RFC 9293 §3.8.4.
    const isKeepAlive = bytes.length === 1 && at === this.#given - 1;
    const conflicts = isKeepAlive
      ? []
      : [...this.#kept.conflicts(inside, MAX_CONFLICTS), ...this.#waiting.conflicts(inside, MAX_CONFLICTS)];
    const skip = Math.max(this.#given - at, 0);
    const news = skip < inside.bytes.length ? { at: at + skip, bytes: inside.bytes.subarray(skip), packet } : undefined;
    const hasRoom = !news || news.at === this.#given || this.#hasRoom(news.bytes.length);
    if (news && hasRoom) this.#waiting.add(news);
    return [
      ...conflicts.map((conflict): StreamEvent => ({ type: 'conflict', packet, ...conflict })),
      ...(isBehindEnd ? [{ type: 'left-out', reason: 'behind-the-end', packet } as const] : []),
      ...(hasRoom ? [] : [{ type: 'left-out', reason: 'too-many', packet } as const]),
    ];
  }

  #hasRoom(bytes: number): boolean {
    return this.#waiting.bytes + bytes <= MAX_WAITING_BYTES && this.#waiting.count < MAX_WAITING_SEGMENTS;
  }

  /** Gives what follows on what was given. */
  #give(): readonly StreamEvent[] {
    const events: StreamEvent[] = [];
    for (let first = this.#waiting.first; first; first = this.#waiting.first) {
      const isAfterGap = first.at > this.#given;
      if ((isAfterGap && this.#acknowledged < first.at) || first.at >= (this.#end?.at ?? Number.POSITIVE_INFINITY)) break;
      events.push(...this.#pass(first.at), { type: 'bytes', ...first });
      this.#waiting.dropFirst();
      this.#kept.keep(first, MAX_KEPT_CHUNKS);
      this.#advance(first.at + first.bytes.length);
    }
    if (this.#end && !this.#hasEnded && this.#given >= this.#end.at) {
      this.#hasEnded = true;
      events.push({ type: 'end', ...this.#end });
    }
    return events;
  }
}
