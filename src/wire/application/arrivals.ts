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
    let begin = Number.NEGATIVE_INFINITY;
    for (const mark of this.#marks) {
      if (begin >= end) break;
      if (mark.end > at) packets.add(mark.packet);
      begin = mark.end;
    }
    return [...packets];
  }

  /** Nobody will ask for what stands before byte `at`. */
  forget(at: number): void {
    const kept = this.#marks.findIndex(({ end }) => end > at);
    this.#marks.splice(0, kept === -1 ? this.#marks.length : kept);
  }
}
