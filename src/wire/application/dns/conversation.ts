/** Both directions of a TCP connection that carries DNS: messages, each behind its length. Source: RFC 1035 §4.2.2; RFC 7766 §8. */
import { readBits } from '../../bits.ts';
import { decodeData } from '../../data.ts';
import { fieldAt } from '../../field.ts';
import { movedLayer } from '../../moved-layer.ts';
import { Arrivals } from '../arrivals.ts';
import { ByteQueue } from '../byte-queue.ts';
import type { AppMessage, StreamSide } from '../conversation.ts';
import { countBytes } from '../reading.ts';
import { decodeDns } from './dns.ts';
import { dnsSummary } from './summary.ts';

const LENGTH_BYTES = 2;
const LENGTH = { id: 'messageLength', name: 'Length', kind: 'number', unit: 'bytes', wireshark: 'dns.length' } as const;

/** `isLost`: bytes are missing, and nobody knows where the next message begins. */
type Side = { readonly from: StreamSide; readonly held: ByteQueue; readonly arrivals: Arrivals; isLost: boolean };
const newSide = (from: StreamSide): Side => ({ from, held: new ByteQueue(), arrivals: new Arrivals(), isLost: false });

/** Of the next message, with the two bytes of its own; while those are not here, more than there is. */
const lengthOf = ({ held }: Side): number =>
  held.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + readBits(held.bytes, 0, LENGTH_BYTES * 8);

/** The message that begins with its length; `bytes` hold all of it, or what came before it broke off. */
function layerOf(bytes: Uint8Array) {
  const { layer } = decodeDns(bytes.subarray(LENGTH_BYTES), { at: 0, end: bytes.length - LENGTH_BYTES });
  const moved = movedLayer(layer, LENGTH_BYTES);
  return { ...moved, at: 0, end: bytes.length, fields: [fieldAt(bytes, { at: 0, bits: LENGTH_BYTES * 8 }, LENGTH), ...moved.fields] };
}

function unread(from: StreamSide, bytes: Uint8Array, packet: number): AppMessage {
  const { layer } = decodeData(bytes, { at: 0, end: bytes.length });
  return { from, bytes, layers: [layer], packets: [packet], summary: countBytes(bytes.length) };
}

/** Reads a connection in the order in which its packets were captured. It keeps at most one message of 65,537 bytes for each side. */
export class DnsConversation {
  readonly #sides = { client: newSide('client'), server: newSide('server') };

  /** Takes the next bytes of one side, and answers the messages that they complete. */
  push(from: StreamSide, chunk: Uint8Array, packet: number): readonly AppMessage[] {
    const side = this.#sides[from];
    if (side.isLost) return [unread(from, chunk, packet)];
    side.held.append(chunk);
    side.arrivals.note(chunk.length, packet);
    const messages: AppMessage[] = [];
    for (let length = lengthOf(side); length <= side.held.length; length = lengthOf(side)) messages.push(this.#take(side, length));
    return messages;
  }

  /** One side has ended: the message that it left unfinished. */
  end(from: StreamSide): readonly AppMessage[] {
    const side = this.#sides[from];
    return side.held.length >= LENGTH_BYTES ? [this.#take(side, side.held.length)] : [];
  }

  /** Bytes of one side were not captured: what it left unfinished. All that follows is data. */
  skip(from: StreamSide): readonly AppMessage[] {
    const unfinished = this.end(from);
    this.#sides[from].isLost = true;
    return unfinished;
  }

  #take({ from, held, arrivals }: Side, length: number): AppMessage {
    const at = arrivals.end - held.length;
    const bytes = held.bytes.slice(0, length);
    const packets = arrivals.between(at, at + length);
    held.drop(length);
    arrivals.forget(at + length);
    const layer = layerOf(bytes);
    return { from, at, bytes, layers: [layer], packets, summary: dnsSummary(layer) };
  }
}
