const SMALLEST_BYTES = 64;
/** Most connections of a large capture never hold a byte: the first one makes room. */
const EMPTY = new Uint8Array();

/** Bytes in the order they came. It grows by doubling, so many small pieces cost no more than one large piece. */
export class ByteQueue {
  #store = EMPTY;
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** What is in the queue, without a copy: good until the next `append`. */
  get bytes(): Uint8Array {
    return this.#store.subarray(this.#start, this.#end);
  }

  append(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#store.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** Forgets the first `count` bytes. */
  drop(count: number): void {
    this.#start += Math.min(count, this.length);
  }

  #makeRoom(count: number): void {
    if (this.#end + count <= this.#store.length) return;
    const held = this.bytes;
    const isWide = this.length + count <= this.#store.length / 2;
    const store = isWide ? this.#store : new Uint8Array(Math.max(SMALLEST_BYTES, 2 * (this.length + count)));
    store.set(held);
    this.#store = store;
    this.#end = held.length;
    this.#start = 0;
  }
}
