/**
 * Socket.IO's parser with bounds: how often, how large and how deep. There is one Decoder for each connection, so
 * it holds that connection's rate. Throwing in it closes that connection and no other.
 */
import * as parser from 'socket.io-parser';
import { LIMITS } from '#lab/limits.ts';
import { deeperThan } from './depth.ts';

export type Report = (what: string, detail: string) => void;

/** How much one connection may send: the size of a packet in characters or bytes, and packets at once and a second. */
export type ParserBounds = { readonly packetChars: number; readonly packetBurst: number; readonly packetsPerSecond: number };

const sizeOf = (data: unknown): number => (typeof data === 'string' ? data.length : ArrayBuffer.isView(data) ? data.byteLength : 0);

/** A parser for `new Server({ parser })`. `now` is a clock in milliseconds; `report` hears of each refusal. */
export function guardedParser(report: Report, now: () => number, bounds: ParserBounds = LIMITS) {
  class Encoder extends parser.Encoder {
    override encode(packet: parser.Packet) {
      try {
        return super.encode(packet);
      } catch (error) {
        // A payload that cannot be written (too deep, circular) is dropped, whoever made it; a broadcast too.
        report('encode failed', error instanceof Error ? error.message : '');
        return [];
      }
    }
  }

  class Decoder extends parser.Decoder {
    #tokens = bounds.packetBurst;
    #filledAt = now();

    override add(data: unknown): void {
      this.#refuse(this.#isTooFast(), 'too many events');
      this.#refuse(sizeOf(data) > bounds.packetChars, 'too big');
      this.#refuse(typeof data === 'string' && deeperThan(data, LIMITS.depth), 'too deep');
      super.add(data);
    }

    /** A token bucket: `packetBurst` at once, `packetsPerSecond` for long. */
    #isTooFast(): boolean {
      const at = now();
      const earned = ((at - this.#filledAt) * bounds.packetsPerSecond) / 1000;
      this.#tokens = Math.min(bounds.packetBurst, this.#tokens + earned) - 1;
      this.#filledAt = at;
      return this.#tokens < 0;
    }

    #refuse(guilty: boolean, what: string): void {
      if (!guilty) return;
      report(what, '');
      throw new Error(what);
    }
  }

  return { protocol: parser.protocol, PacketType: parser.PacketType, Encoder, Decoder };
}
