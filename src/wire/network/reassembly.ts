/** Reassembly of IP fragments, at the host where they arrive. Source: RFC 791 §3.2; RFC 8200 §4.5. */
import { isTooLong, type Piece, pieceOf, wholeOf } from './fragment-piece.ts';

/**
 * How long a datagram waits for its missing pieces, from the first one to arrive, by version of IP.
 * Source: Linux (`net.ipv4.ipfrag_time`; RFC 1122 §3.3.2 would have 60 to 120 s); RFC 8200 §4.5.
 */
export const REASSEMBLY_TIMEOUT_MS = { 4: 30_000, 6: 60_000 } as const;

export const REASSEMBLY_LIMITS = {
  /** Pieces of one datagram: the longest one over the smallest link that IPv4 allows, of 68 bytes, is 1,366; cut twice, it is some more. Source: RFC 791 §3.2. */
  fragments: 2048,
  /** Datagrams that wait at once. */
  datagrams: 1024,
  /** Bytes of all pieces that wait. Source: Linux, `net.ipv4.ipfrag_high_thresh`. */
  bytes: 4 * 1024 * 1024,
} as const;
export type ReassemblyLimits = { readonly [Limit in keyof typeof REASSEMBLY_LIMITS]: number };

/** Why a piece, or all pieces of a datagram, are dropped. */
export const REASSEMBLY_ERRORS = {
  'not-ip': 'These bytes are no whole IP packet.',
  'bad-length': 'A piece is empty, or more follow and it is no whole number of eight bytes.',
  'too-long': 'The datagram would be longer than a datagram can be.',
  overlap: 'A piece holds some bytes that are there already, and some that are not.',
  'conflicting-end': 'The pieces do not agree where the datagram ends.',
  'too-many-fragments': 'The datagram has more pieces than are kept for one.',
  'too-many-datagrams': 'Too many datagrams wait for their pieces.',
  'too-many-bytes': 'The pieces that wait take all the memory that they may.',
} as const;
export type ReassemblyError = keyof typeof REASSEMBLY_ERRORS;

/** A datagram that waited too long. `first`: the piece with its beginning, which an ICMP error quotes; missing if it never came. */
export type Expired<Tag> = { readonly kind: 'expired'; readonly tags: readonly Tag[]; readonly first?: Uint8Array };

type Outcome<Tag> =
  /** Pieces are missing. `isDuplicate`: this one was there already, and is ignored. */
  | { readonly kind: 'waiting'; readonly tags: readonly Tag[]; readonly isDuplicate: boolean }
  /** The packet as it was sent, with the tags of its pieces from its beginning to its end. */
  | { readonly kind: 'whole'; readonly tags: readonly Tag[]; readonly datagram: Uint8Array }
  /** Dropped: this piece alone, or with it all that were there of its datagram; `tags` tells. */
  | { readonly kind: 'failed'; readonly tags: readonly Tag[]; readonly code: ReassemblyError };

/** `expired`: an older datagram with the same key, which this piece came too late for. */
export type Reassembly<Tag> = Outcome<Tag> & { readonly expired?: Expired<Tag> };

type Tagged<Tag> = Piece & { readonly tag: Tag };
type Waiting<Tag> = {
  readonly dueMs: number;
  /** In the order of their bytes. They never overlap. */
  readonly pieces: readonly Tagged<Tag>[];
};

const endOf = ({ offset, data }: Piece): number => offset + data.length;
const sizeOf = ({ head, data }: Piece): number => head.length + data.length;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const tagsOf = <Tag>(pieces: readonly Tagged<Tag>[]): readonly Tag[] => pieces.map(({ tag }) => tag);
const dataBytes = (pieces: readonly Piece[]): number => sum(pieces.map(({ data }) => data.length));

const isSame = (one: Piece, other: Piece): boolean =>
  one.offset === other.offset && one.data.length === other.data.length && one.data.every((byte, index) => byte === other.data[index]);

/**
 * How a piece stands to those that are there. IPv6: the same bytes again are a duplicate, all else that overlaps is an overlap
 * (RFC 8200 §4.5; RFC 5722). IPv4: what lies within bytes that are there is a duplicate, whatever it says, as Linux has it
 * (net/ipv4/inet_fragment.c, inet_frag_queue_insert). Deviation: RFC 791 lets a later piece replace an earlier one, which attackers used.
 */
function standingOf(piece: Piece, pieces: readonly Piece[]): 'new' | 'duplicate' | 'overlap' {
  const touched = pieces.filter((other) => other.offset < endOf(piece) && piece.offset < endOf(other));
  if (touched.length === 0) return 'new';
  const common = sum(touched.map((other) => Math.min(endOf(other), endOf(piece)) - Math.max(other.offset, piece.offset)));
  const isDuplicate = piece.version === 4 ? common === piece.data.length : touched.every((other) => isSame(other, piece));
  return isDuplicate ? 'duplicate' : 'overlap';
}

/** Where the datagram ends, as its last piece says. */
const lastEnd = (pieces: readonly Piece[]): number | undefined => {
  const last = pieces.find(({ more }) => !more);
  return last && endOf(last);
};

function endsAgree(piece: Piece, pieces: readonly Piece[]): boolean {
  const end = lastEnd(pieces);
  if (end !== undefined) return piece.more ? endOf(piece) <= end : endOf(piece) === end;
  return piece.more || pieces.every((other) => endOf(other) <= endOf(piece));
}

// #region join
/** The data of all pieces; undefined while some are missing. */
function joined(pieces: readonly Piece[]): Uint8Array | undefined {
  const end = lastEnd(pieces);
  if (end === undefined || dataBytes(pieces) !== end) return undefined;
  const data = new Uint8Array(end);
  for (const piece of pieces) data.set(piece.data, piece.offset);
  return data;
}
// #endregion join

function fault(piece: Piece): ReassemblyError | undefined {
  if (piece.data.length === 0 || (piece.more && piece.data.length % 8 !== 0)) return 'bad-length';
  return isTooLong(piece) ? 'too-long' : undefined;
}

function packetOf({ head, data }: Piece): Uint8Array {
  const packet = new Uint8Array(head.length + data.length);
  packet.set(head);
  packet.set(data, head.length);
  return packet;
}

function expiredOf<Tag>({ pieces }: Waiting<Tag>): Expired<Tag> {
  const [first] = pieces;
  const hasFirst = first?.offset === 0;
  return { kind: 'expired', tags: tagsOf(pieces), ...(hasFirst && { first: packetOf(first) }) };
}

/** A piece can be all there is: it has nothing to do with others of its key. Source: RFC 6946 §4. */
const isWhole = ({ offset, more }: Piece): boolean => offset === 0 && !more;

function finished<Tag>(pieces: readonly Tagged<Tag>[], data: Uint8Array): Outcome<Tag> {
  const [first] = pieces;
  const datagram = first && wholeOf(first, data);
  return datagram ? { kind: 'whole', datagram, tags: tagsOf(pieces) } : { kind: 'failed', code: 'too-long', tags: tagsOf(pieces) };
}

/**
 * Collects the pieces of datagrams until they are whole. Each piece carries a tag of the caller's, a packet number for example.
 * What it keeps is bounded; time comes as an argument, in milliseconds.
 */
export class Reassembler<Tag> {
  readonly #waiting = new Map<string, Waiting<Tag>>();
  readonly #limits: ReassemblyLimits;
  /** Of all pieces in `#waiting`. */
  #bytes = 0;

  constructor(limits: ReassemblyLimits = REASSEMBLY_LIMITS) {
    this.#limits = limits;
  }

  /** When the next datagram expires; undefined if none waits. */
  get nextExpiryMs(): number | undefined {
    const times = Array.from(this.#waiting.values(), ({ dueMs }) => dueMs);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** Takes a packet that begins with its IP header. One that is no piece is whole at once. */
  add(packet: Uint8Array, { tag, nowMs }: { readonly tag: Tag; readonly nowMs: number }): Reassembly<Tag> {
    const piece = pieceOf(packet);
    if (piece === 'not-ip') return { kind: 'failed', code: 'not-ip', tags: [tag] };
    if (piece === 'whole') return { kind: 'whole', datagram: packet, tags: [tag] };
    if (isWhole(piece)) return finished([{ ...piece, tag }], piece.data);
    const older = this.#waiting.get(piece.key);
    const expired = older && older.dueMs <= nowMs ? this.#drop(piece.key, older) : undefined;
    const outcome = this.#addPiece({ ...piece, tag }, nowMs);
    return expired ? { ...outcome, expired } : outcome;
  }

  /** Gives up every datagram whose time is over. */
  expire(nowMs: number): readonly Expired<Tag>[] {
    const expired: Expired<Tag>[] = [];
    for (const [key, waiting] of this.#waiting) if (waiting.dueMs <= nowMs) expired.push(this.#drop(key, waiting));
    return expired;
  }

  #drop(key: string, waiting: Waiting<Tag>): Expired<Tag> {
    this.#waiting.delete(key);
    this.#bytes -= sum(waiting.pieces.map(sizeOf));
    return expiredOf(waiting);
  }

  #addPiece(piece: Tagged<Tag>, nowMs: number): Outcome<Tag> {
    const code = fault(piece) ?? this.#refusal(piece);
    if (code) return { kind: 'failed', code, tags: [piece.tag] };
    const waiting = this.#waiting.get(piece.key) ?? { dueMs: nowMs + REASSEMBLY_TIMEOUT_MS[piece.version], pieces: [] };
    const standing = standingOf(piece, waiting.pieces);
    if (standing === 'duplicate') return { kind: 'waiting', isDuplicate: true, tags: tagsOf(waiting.pieces) };
    if (standing === 'overlap') return this.#giveUp(waiting, piece, 'overlap');
    if (!endsAgree(piece, waiting.pieces)) return this.#giveUp(waiting, piece, 'conflicting-end');
    if (waiting.pieces.length >= this.#limits.fragments) return this.#giveUp(waiting, piece, 'too-many-fragments');
    return this.#keep(waiting, piece);
  }

  /** Why a piece is not even looked at: what waits is left as it is. */
  #refusal({ key, head, data }: Piece): ReassemblyError | undefined {
    if (!this.#waiting.has(key) && this.#waiting.size >= this.#limits.datagrams) return 'too-many-datagrams';
    return this.#bytes + head.length + data.length > this.#limits.bytes ? 'too-many-bytes' : undefined;
  }

  #giveUp(waiting: Waiting<Tag>, piece: Tagged<Tag>, code: ReassemblyError): Outcome<Tag> {
    this.#drop(piece.key, waiting);
    return { kind: 'failed', code, tags: [...tagsOf(waiting.pieces), piece.tag] };
  }

  #keep({ dueMs, pieces: before }: Waiting<Tag>, piece: Tagged<Tag>): Outcome<Tag> {
    const pieces = [...before, piece].sort((one, other) => one.offset - other.offset);
    const waiting = { dueMs, pieces };
    this.#bytes += sizeOf(piece);
    this.#waiting.set(piece.key, waiting);
    const data = joined(pieces);
    if (!data) return { kind: 'waiting', isDuplicate: false, tags: tagsOf(pieces) };
    this.#drop(piece.key, waiting);
    return finished(pieces, data);
  }
}
