/** What waits at the receiver, by the very code that puts fragments together: fed with the frames that arrived. Pure. */

import { pointOf } from '#sim/captures.ts';
import { packetIn } from '#sim/node/interface.ts';
import type { ByteRange, Cut } from '#sim/scenes/packet-cutter.ts';
import { pieceOf } from '#wire/network/fragment-piece.ts';
import { Reassembler } from '#wire/network/reassembly.ts';

/** The shelf after one more piece has come. */
export type Shelf = {
  readonly atUs: number;
  /** Which bytes of the datagram’s data are there, in order. */
  readonly held: readonly ByteRange[];
  /** How often the whole has been given to the program. */
  readonly handed: number;
  /** How many pieces were there already, and were thrown away. */
  readonly ignored: number;
};

export type Shelves = {
  /** In order of time; the first is empty. */
  readonly moments: readonly Shelf[];
  /** When what is left at the end is thrown away. */
  readonly dropsAtUs?: number;
  /** The datagram as it was put together, if it was. */
  readonly datagram?: Uint8Array;
};

const EMPTY: Shelf = { atUs: 0, held: [], handed: 0, ignored: 0 };
const US_PER_MS = 1000;

const rangeOf = (packet: Uint8Array): ByteRange => {
  const piece = pieceOf(packet);
  return typeof piece === 'string' ? [0, packet.length] : [piece.offset, piece.offset + piece.data.length];
};

type Taken = { readonly shelf: Shelf; readonly datagram?: Uint8Array };

function taken(before: Shelf, packet: Uint8Array, atUs: number, reassembler: Reassembler<ByteRange>): Taken {
  const outcome = reassembler.add(packet, { tag: rangeOf(packet), nowMs: atUs / US_PER_MS });
  if (outcome.kind === 'whole') return { shelf: { ...before, atUs, held: [], handed: before.handed + 1 }, datagram: outcome.datagram };
  const isIgnored = outcome.kind === 'failed' || outcome.isDuplicate;
  return { shelf: isIgnored ? { ...before, atUs, ignored: before.ignored + 1 } : { ...before, atUs, held: outcome.tags } };
}

/** What stood on Bo’s shelf, from the first piece to the last. `hops`: how many links lead there. */
export function shelvesOf({ captures }: Cut, hops: number): Shelves {
  const reassembler = new Reassembler<ByteRange>();
  const moments: Shelf[] = [EMPTY];
  let whole: Uint8Array | undefined;
  for (const { us, bytes, way } of captures[pointOf('bo', `hop-${hops}`)] ?? []) {
    if (way === 'out') continue;
    const { shelf, datagram } = taken(moments.at(-1) ?? EMPTY, packetIn(bytes), us, reassembler);
    moments.push(shelf);
    whole ??= datagram;
  }
  const dueMs = reassembler.nextExpiryMs;
  return { moments, ...(dueMs !== undefined && { dropsAtUs: Math.round(dueMs * US_PER_MS) }), ...(whole && { datagram: whole }) };
}

export const shelfAt = ({ moments }: Shelves, us: number): Shelf => moments.findLast(({ atUs }) => atUs <= us) ?? EMPTY;

/** The ranges of `whole` bytes that are not held. */
export function gapsIn(held: readonly ByteRange[], whole: number): readonly ByteRange[] {
  const edges = [...held.flat(), whole];
  return [0, ...edges]
    .flatMap((from, index): readonly ByteRange[] => (index % 2 === 0 ? [[from, edges[index] ?? whole]] : []))
    .filter(([from, to]) => to > from);
}
