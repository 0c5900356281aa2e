/** Which packet brought which bytes of one direction of a stream. */
export class Arrivals {
  /** In order; each says where the bytes of its packet end. */
  readonly #marks: { readonly end: number; readonly packet: number }[] = [];
  #end = 0;

  /** How many bytes have come, which is where the next ones begin. */
  get end(): number {
    return this.#end;
  }

  note(length: number, packet: number): void {
    this.#end += length;
    this.#marks.push({ end: this.#end, packet });
  }

  /** The packets of the bytes from `at` up to `end`, in order, each once. */
  between(at: number, end: number): readonly number[] {
    const packets = new Set<number>();
    let begin = at;
    for (let index = this.#search(at); begin < end; index += 1) {
      const mark = this.#marks[index];
      if (!mark) break;
      packets.add(mark.packet);
      begin = mark.end;
    }
    return [...packets];
  }

  /** Nobody will ask for what stands before byte `at`. */
  forget(at: number): void {
    const gone = this.#search(at);
    if (gone > 0) this.#marks.splice(0, gone);
  }

  /** The first mark that ends behind byte `at`: a long message with many others inside it leaves many marks. */
  #search(at: number): number {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#marks[middle]?.end ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
