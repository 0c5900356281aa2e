/**
 * Socket.IO's parser with bounds: how often, how much, how large and how deep. There is one Decoder for each connection, so
 * it holds that connection's rate. Throwing in it closes that connection and no other.
 */
import * as parser from 'socket.io-parser';
import { LIMITS } from '#lab/limits.ts';
import { TokenBucket } from './bucket.ts';
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

/** A text that attachments follow: BINARY_EVENT or BINARY_ACK. */
const BINARY = /^[56]/;

/**
 * Whether a text names more attachments than a packet may have. Socket.IO lets one be named any number of times: 16 kB of
 * names would become megabytes when they are written down or sent on. Throws what is no JSON, as Socket.IO would.
 */
function namesTooMany(text: string): boolean {
  if (!BINARY.test(text)) return false;
  let names = 0;
  const count = (key: string, value: unknown) => {
    if (key === '_placeholder') names += 1;
    return value;
  };
  JSON.parse(text.slice(text.indexOf('[')), count);
  return names > LIMITS.attachments;
}

const sizeOf = (data: unknown): number => (typeof data === 'string' ? data.length : ArrayBuffer.isView(data) ? data.byteLength : 0);

/** A parser for `new Server({ parser })`. `now` is a clock in milliseconds; `report` hears of each refusal. */
export function guardedParser(report: Report, now: () => number, bounds: ParserBounds = LIMITS) {
  let charsLeft = bounds.charsInAll;
  const packetRate = { burst: bounds.packetBurst, perSecond: bounds.packetsPerSecond };
  const charRate = { burst: bounds.burstChars, perSecond: bounds.charsPerSecond };

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
    readonly #packets = new TokenBucket(packetRate, now());
    readonly #chars = new TokenBucket(charRate, now());

    override add(data: unknown): void {
      const size = sizeOf(data);
      const at = now();
      this.#refuse(!this.#packets.take(1, packetRate, at), 'too many events');
      this.#refuse(size > bounds.packetChars, 'too big');
      this.#refuse(!this.#chars.take(size, charRate, at), 'too much at once');
      charsLeft -= size;
      this.#refuse(charsLeft < 0, 'too much in all');
      this.#refuse(typeof data === 'string' && deeperThan(data, LIMITS.depth), 'too deep');
      this.#refuse(typeof data === 'string' && namesTooMany(data), 'too many attachments');
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
