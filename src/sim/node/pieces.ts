/** Pieces of datagrams that wait for the others. Source: RFC 791 §3.2; RFC 1122 §3.3.2: at the destination, and nowhere else. */
import { type Expired, REASSEMBLY_ERRORS, Reassembler } from '#wire/network/reassembly.ts';
import type { Scheduled } from '../kernel/event-queue.ts';
import type { Node } from './node.ts';

const US_PER_MS = 1000;

export class Pieces {
  readonly #node: Node;
  readonly #reassembler = new Reassembler<null>();
  #alarm: Scheduled | undefined;

  constructor(node: Node) {
    this.#node = node;
  }

  /** Keeps a piece. The datagram, if this was the last that was missing. */
  add(packet: Uint8Array): Uint8Array | undefined {
    const { nowUs } = this.#node.kernel;
    const outcome = this.#reassembler.add(packet, { tag: null, nowMs: nowUs / US_PER_MS });
    if (outcome.expired) this.#giveUp(outcome.expired);
    if (outcome.kind === 'failed') this.#node.note(REASSEMBLY_ERRORS[outcome.code]);
    this.#setAlarm();
    return outcome.kind === 'whole' ? outcome.datagram : undefined;
  }

  /** Wakes when the next datagram has waited long enough; not at all while none waits. */
  #setAlarm(): void {
    const { kernel } = this.#node;
    const dueMs = this.#reassembler.nextExpiryMs;
    const dueUs = dueMs === undefined ? undefined : Math.round(dueMs * US_PER_MS);
    if (dueUs === this.#alarm?.timeUs) return;
    kernel.cancel(this.#alarm);
    this.#alarm = dueUs === undefined ? undefined : kernel.at(dueUs, () => this.#expire());
  }

  #expire(): void {
    this.#alarm = undefined;
    for (const expired of this.#reassembler.expire(this.#node.kernel.nowUs / US_PER_MS)) this.#giveUp(expired);
    this.#setAlarm();
  }

  /** The sender is told only if the piece with the header came. Source: RFC 792, "Time Exceeded Message". */
  #giveUp({ tags, first }: Expired<null>): void {
    this.#node.note(`gives up: ${tags.length === 1 ? '1 piece has' : `${tags.length} pieces have`} come, the rest has not`);
    if (first) this.#node.refuse(first, { what: 'reassembly' });
  }
}
