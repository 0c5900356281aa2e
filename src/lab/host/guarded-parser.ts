/**
 * Socket.IO's parser with bounds: how often, how much, how large and how deep. There is one Decoder for each connection, so
 * it holds that connection's rate. Throwing in it closes that connection and no other.
 */
import * as parser from 'socket.io-parser';
import { LIMITS } from '#lab/limits.ts';
import { tokenBucket } from './bucket.ts';
import { deeperThan } from './depth.ts';

export type Report = (what: string, detail: string) => void;

/** How much may be sent. Sizes are in characters or bytes. */
export type ParserBounds = {
  /** Of one packet. */
  readonly packetChars: number;
  /** By one connection: packets at once and a second. */
  readonly packetBurst: number;
  readonly packetsPerSecond: number;
  /** By one connection: in all its packets, at once and a second. */
  readonly burstChars: number;
  readonly charsPerSecond: number;
  /** By all connections, for as long as this parser lives. */
  readonly charsInAll: number;
};

/**
 * A lab's. Scenarios may remember all that they are told, and twenty times as much memory as it had characters (a list
 * of `{}`): so a lab is told only so much until its server is started again.
 */
const LAB_BOUNDS: ParserBounds = { ...LIMITS, burstChars: 262_144, charsPerSecond: 65_536, charsInAll: 1_048_576 };

/** What a Decoder takes of one packet; a message that names one attachment many times must not be sent on with many. */
const MAX_ATTACHMENTS = 10;

const sizeOf = (data: unknown): number => (typeof data === 'string' ? data.length : ArrayBuffer.isView(data) ? data.byteLength : 0);

/** A parser for `new Server({ parser })`. `now` is a clock in milliseconds; `report` hears of each refusal. */
export function guardedParser(report: Report, now: () => number, bounds: ParserBounds = LAB_BOUNDS) {
  let charsLeft = bounds.charsInAll;

  class Encoder extends parser.Encoder {
    override encode(packet: parser.Packet) {
      try {
        const parts = super.encode(packet);
        // The text, and then each attachment.
        if (parts.length <= 1 + MAX_ATTACHMENTS) return parts;
        report('encode failed', 'too many attachments');
        return [];
      } catch (error) {
        // A payload that cannot be written (too deep, circular) is dropped, whoever made it; a broadcast too.
        report('encode failed', error instanceof Error ? error.message : '');
        return [];
      }
    }
  }

  class Decoder extends parser.Decoder {
    readonly #takePackets = tokenBucket({ burst: bounds.packetBurst, perSecond: bounds.packetsPerSecond }, now);
    readonly #takeChars = tokenBucket({ burst: bounds.burstChars, perSecond: bounds.charsPerSecond }, now);

    override add(data: unknown): void {
      const size = sizeOf(data);
      this.#refuse(!this.#takePackets(1), 'too many events');
      this.#refuse(size > bounds.packetChars, 'too big');
      this.#refuse(!this.#takeChars(size), 'too much at once');
      charsLeft -= size;
      this.#refuse(charsLeft < 0, 'too much in all');
      this.#refuse(typeof data === 'string' && deeperThan(data, LIMITS.depth), 'too deep');
      super.add(data);
    }

    #refuse(guilty: boolean, what: string): void {
      if (!guilty) return;
      report(what, '');
      throw new Error(what);
    }
  }

  return { protocol: parser.protocol, PacketType: parser.PacketType, Encoder, Decoder };
}
