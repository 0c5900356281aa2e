/**
 * One direction of a link: a queue, a sender that puts one frame after another on the wire, and the wire.
 *
 *     offered → [ queue ] → sender (size ÷ rate) → wire (delay) → arrived
 */
import type { Scheduled } from '../kernel/event-queue.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import { befalls, type Chance, type Leaving } from './chance.ts';
import type { Death, End, Hop } from './hop.ts';

export type ChannelSpec = {
  /** Left out: putting a frame on the wire takes no time. */
  readonly rateBitsPerSecond?: number;
  /** From one end to the other, whole µs. */
  readonly delayUs: number;
  /**
   * Bytes that each packet takes beside its own, 0 if left out. An Ethernet has 38: header 14, check sequence 4, preamble 8
   * and a gap of 12.
   */
  readonly overheadBytes?: number;
  /** How many may wait, the one that is being sent not counted. Left out: any number. A frame that does not fit is dropped. */
  readonly queue?: { readonly packets?: number; readonly bytes?: number };
  readonly loss?: Chance;
  /** A second copy arrives `laterUs` after the first, 1 if left out. Deviation: it takes no room on the wire. */
  readonly duplication?: Chance & { readonly laterUs?: number };
  /** These are held on the way for so long, and what was sent after them may arrive before. */
  readonly reordering?: Chance & { readonly heldUs: number };
};

export type Luck = { readonly loss: Random; readonly duplication: Random; readonly reordering: Random };

const MICRO = 1_000_000;

export class Channel {
  readonly #kernel: Kernel;
  readonly #spec: ChannelSpec;
  readonly #luck: Luck;
  readonly #deliver: (frame: Uint8Array) => void;
  readonly #whenSent = (): void => this.#sent();
  readonly #queue: Hop[] = [];
  #queueBytes = 0;
  #sending: { readonly hop: Hop; readonly done: Scheduled } | undefined;
  readonly #onWire = new Map<Scheduled, Hop>();
  #isUp = true;
  #count = 0;
  /** When the sender was last done: whole µs, and a rest in parts of `rate` so that nothing is ever rounded away. */
  #doneUs = 0;
  #rest = 0;

  constructor(kernel: Kernel, spec: ChannelSpec, luck: Luck, deliver: (frame: Uint8Array) => void) {
    this.#kernel = kernel;
    this.#spec = spec;
    this.#luck = luck;
    this.#deliver = deliver;
  }

  // #region queue
  /** Takes a frame: sends it, lets it wait, or drops it. */
  offer(hop: Hop): void {
    if (!this.#isUp) this.#end(hop, 'link-down', 'device');
    else if (!this.#sending) this.#start(hop, false);
    else if (this.#hasRoom(hop)) {
      this.#queue.push(hop);
      this.#queueBytes += hop.size;
    } else this.#end(hop, 'queue-full', 'device');
  }
  // #endregion queue

  /** Plugs the link in, or pulls it out: what waits, is being sent or is on the wire then is gone. */
  setUp(isUp: boolean): void {
    this.#isUp = isUp;
    if (isUp) return;
    for (const hop of this.#queue.splice(0)) this.#end(hop, 'link-down', 'device');
    this.#queueBytes = 0;
    if (this.#sending) {
      this.#kernel.cancel(this.#sending.done);
      this.#end(this.#sending.hop, 'link-down', 'wire');
      this.#sending = undefined;
    }
    for (const [arrival, hop] of this.#onWire) {
      this.#kernel.cancel(arrival);
      if (hop.arrivedUs === undefined) this.#end(hop, 'link-down', 'wire');
    }
    this.#onWire.clear();
  }

  #hasRoom({ size }: Hop): boolean {
    const { packets = Number.POSITIVE_INFINITY, bytes = Number.POSITIVE_INFINITY } = this.#spec.queue ?? {};
    return this.#queue.length < packets && this.#queueBytes + size <= bytes;
  }

  /** `isNext`: the frame before it has just been sent, perhaps within this very microsecond. */
  #start(hop: Hop, isNext: boolean): void {
    hop.startedUs = this.#kernel.nowUs;
    const done = this.#kernel.at(this.#occupy(hop.size, isNext), this.#whenSent);
    this.#sending = { hop, done };
  }

  // #region transmission
  /** When a frame is sent that is begun now, or as soon as the one before it is out. */
  #occupy(size: number, isNext: boolean): number {
    const { rateBitsPerSecond: rate, overheadBytes = 0 } = this.#spec;
    if (!isNext) [this.#doneUs, this.#rest] = [this.#kernel.nowUs, 0];
    if (rate !== undefined) {
      const parts = this.#rest + (size + overheadBytes) * 8 * MICRO;
      this.#doneUs += Math.floor(parts / rate);
      this.#rest = parts % rate;
    }
    return this.#doneUs + (this.#rest > 0 ? 1 : 0);
  }
  // #endregion transmission

  #sent(): void {
    if (!this.#sending) return;
    const { hop } = this.#sending;
    hop.sentUs = this.#kernel.nowUs;
    this.#sending = undefined;
    this.#propagate(hop);
    const next = this.#queue.shift();
    if (!next) return;
    this.#queueBytes -= next.size;
    this.#start(next, true);
  }

  #propagate(hop: Hop): void {
    this.#count += 1;
    const { loss, duplication, reordering, delayUs } = this.#spec;
    const frame: Leaving = { nth: this.#count, bytes: hop.bytes, atUs: this.#kernel.nowUs };
    const isLost = befalls(loss, frame, this.#luck.loss);
    const isTwice = befalls(duplication, frame, this.#luck.duplication);
    const heldUs = befalls(reordering, frame, this.#luck.reordering) ? (reordering?.heldUs ?? 0) : 0;
    const arriveUs = this.#kernel.nowUs + delayUs + heldUs;
    if (isLost) hop.end = { cause: 'loss', place: 'wire', atUs: arriveUs };
    else {
      this.#arriveAt(arriveUs, hop);
      if (isTwice) this.#arriveAt(arriveUs + (duplication?.laterUs ?? 1), hop);
    }
  }

  #arriveAt(timeUs: number, hop: Hop): void {
    const arrival = this.#kernel.at(timeUs, () => {
      this.#onWire.delete(arrival);
      if (hop.arrivedUs === undefined) hop.arrivedUs = timeUs;
      else hop.copiesUs.push(timeUs);
      this.#deliver(hop.bytes);
    });
    this.#onWire.set(arrival, hop);
  }

  #end(hop: Hop, cause: Death, place: End['place']): void {
    hop.end = { cause, place, atUs: this.#kernel.nowUs };
  }
}
