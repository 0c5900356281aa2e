/** Pieces of a stream that do not overlap, in the order of their places. Of two that claim the same place, the first counts. */

/** `at`: bytes from the beginning of the stream; `packet`: the number of the packet that brought them. */
export type Held = { readonly at: number; readonly bytes: Uint8Array; readonly packet: number };

/** A stretch for which a later packet brings other bytes; `first` is the packet whose bytes count. */
export type Conflict = { readonly at: number; readonly length: number; readonly first: number };

const endOf = ({ at, bytes }: Held): number => at + bytes.length;

/** Where two pieces differ: from the first byte that does to the last. */
function difference(held: Held, later: Held): Conflict | undefined {
  const begin = Math.max(held.at, later.at);
  const end = Math.min(endOf(held), endOf(later));
  const differs = (at: number): boolean => held.bytes[at - held.at] !== later.bytes[at - later.at];
  let first = begin;
  while (first < end && !differs(first)) first += 1;
  if (first >= end) return undefined;
  let last = end - 1;
  while (!differs(last)) last -= 1;
  return { at: first, length: last - first + 1, first: held.packet };
}

export class HeldBytes {
  /** Sorted by place, from `#begin`. What stands before was dropped, and is cut away now and then. */
  #pieces: Held[] = [];
  #begin = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#pieces.length - this.#begin;
  }

  get first(): Held | undefined {
    return this.#pieces[this.#begin];
  }

  /** The first piece that ends behind a place. */
  #search(at: number): number {
    let low = this.#begin;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const piece = this.#pieces[middle];
      if (piece && endOf(piece) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The pieces that share a place with this one. */
  #overlapping(held: Held): readonly Held[] {
    const from = this.#search(held.at);
    let to = from;
    while (to < this.#pieces.length && (this.#pieces[to]?.at ?? 0) < endOf(held)) to += 1;
    return this.#pieces.slice(from, to);
  }

  /** Where a later piece differs from those that are here; the first `most` of such places. */
  conflicts(later: Held, most: number): readonly Conflict[] {
    const found: Conflict[] = [];
    for (const held of this.#overlapping(later)) {
      if (found.length === most) break;
      const conflict = difference(held, later);
      if (conflict) found.push(conflict);
    }
    return found;
  }

  #insert(piece: Held): void {
    this.#pieces.splice(this.#search(piece.at), 0, piece);
    this.#bytes += piece.bytes.length;
  }

  /** Adds those bytes whose places are free. */
  add(held: Held): void {
    let at = held.at;
    const part = (to: number): Held => ({ ...held, at, bytes: held.bytes.subarray(at - held.at, to - held.at) });
    for (const taken of this.#overlapping(held)) {
      if (taken.at > at) this.#insert(part(taken.at));
      at = Math.max(at, endOf(taken));
    }
    if (at < endOf(held)) this.#insert(part(endOf(held)));
  }

  dropFirst(): void {
    this.#bytes -= this.first?.bytes.length ?? 0;
    this.#begin += 1;
    if (this.#begin * 2 <= this.#pieces.length) return;
    this.#pieces = this.#pieces.slice(this.#begin);
    this.#begin = 0;
  }

  /** Adds a piece that lies behind all others, and forgets the oldest if there are more than `most`. */
  keep(held: Held, most: number): void {
    this.#insert(held);
    if (this.count > most) this.dropFirst();
  }
}
