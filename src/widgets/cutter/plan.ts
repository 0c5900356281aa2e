/** How a text will be cut, before anything is sent: by its sender, and again by a router. Cut by the code that the run uses. Pure. */
import { LEAST_MTU } from '#sim/build.ts';
import type { ByteRange, CutterRefusal, CutterSettings } from '#sim/scenes/packet-cutter.ts';
import { pieceOf } from '#wire/network/fragment-piece.ts';
import { fragmentIpv4 } from '#wire/network/fragmentation.ts';
import { IP_PROTOCOLS } from '#wire/network/ip-protocol.ts';
import { encodeIpv4 } from '#wire/network/ipv4.ts';

export const IP_HEAD_BYTES = 20;
export const UDP_HEAD_BYTES = 8;
/** Longest text of one UDP datagram over IPv4, bytes. */
export const LONGEST_TEXT = 0xffff - IP_HEAD_BYTES - UDP_HEAD_BYTES;
export const MTUS = { least: LEAST_MTU, most: 0xffff } as const;
/** Of all links together: more than that is neither drawn nor followed. */
export const MOST_PIECES = 300;

export type PlannedPiece = {
  /** Its link and where its data begins: the same before and after it has been sent. */
  readonly key: string;
  readonly hop: 1 | 2;
  /** `2`; `2.1` for the first part of piece 2, if a router cuts it again. */
  readonly name: string;
  /** The piece of the link before from which it was cut. */
  readonly parent?: string;
  /** Of the packet, header included, bytes. */
  readonly length: number;
  /** Which bytes of the datagram’s data it carries, the UDP header among them. */
  readonly data: ByteRange;
  /** Which bytes of the text. */
  readonly carries: ByteRange;
  readonly moreFollow: boolean;
};

export type Plan = {
  readonly textBytes: number;
  /** With both headers. */
  readonly datagramBytes: number;
  readonly mtus: CutterSettings['mtus'];
  /** The pieces on each link, in order of their bytes. */
  readonly hops: readonly (readonly PlannedPiece[])[];
};

export type PlanRefusal = CutterRefusal | 'too-many-pieces';
export type PlanResult =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly code: PlanRefusal; readonly textBytes: number; readonly pieces?: number };

export const keyOf = (hop: 1 | 2, from: number): string => `${hop}:${from}`;
export const hopOfKey = (key: string): number => Number(key.split(':')[0]);

/** Lengths alone matter here. */
const NOBODY = '0.0.0.0';
const fragmentsOf = (packet: Uint8Array, mtu: number): readonly Uint8Array[] => {
  const cut = fragmentIpv4(packet, mtu);
  return cut.ok ? cut.fragments : [];
};

function describe(packet: Uint8Array, hop: 1 | 2, name: string): PlannedPiece {
  const piece = pieceOf(packet);
  const { offset, more } = typeof piece === 'string' ? { offset: 0, more: false } : piece;
  const data: ByteRange = [offset, offset + packet.length - IP_HEAD_BYTES];
  const inText = (at: number): number => Math.max(0, at - UDP_HEAD_BYTES);
  return { key: keyOf(hop, offset), hop, name, length: packet.length, data, carries: [inText(data[0]), inText(data[1])], moreFollow: more };
}

type Cut = { readonly packet: Uint8Array; readonly piece: PlannedPiece };

/** The parts of one piece on the second link. */
function partsOf({ packet, piece }: Cut, mtu: number, isOnly: boolean): readonly PlannedPiece[] {
  const parts = fragmentsOf(packet, mtu);
  const nameOf = (index: number): string => {
    if (parts.length === 1) return piece.name;
    return isOnly ? String(index + 1) : `${piece.name}.${index + 1}`;
  };
  return parts.map((part, index) => ({ ...describe(part, 2, nameOf(index)), parent: piece.name }));
}

function hopsOf(textBytes: number, [first, second]: CutterSettings['mtus']): Plan['hops'] {
  const payload = new Uint8Array(UDP_HEAD_BYTES + textBytes);
  const datagram = encodeIpv4({ source: NOBODY, destination: NOBODY, protocol: IP_PROTOCOLS.udp }, payload);
  const cuts = fragmentsOf(datagram, first).map((packet, index) => ({ packet, piece: describe(packet, 1, String(index + 1)) }));
  const pieces = cuts.map(({ piece }) => piece);
  return second === undefined ? [pieces] : [pieces, cuts.flatMap((cut) => partsOf(cut, second, cuts.length === 1))];
}

const isMtu = (mtu: number): boolean => Number.isInteger(mtu) && mtu >= MTUS.least && mtu <= MTUS.most;

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Plans the cuts of a text over one link or two. Refuses what the scene refuses, and more pieces than can be followed. */
export function planOf(text: string, mtus: CutterSettings['mtus']): PlanResult {
  const textBytes = bytesOf(text).length;
  if (textBytes > LONGEST_TEXT) return { ok: false, code: 'text-too-long', textBytes };
  if (!mtus.every(isMtu)) return { ok: false, code: 'bad-mtu', textBytes };
  const hops = hopsOf(textBytes, mtus);
  const pieces = hops.flat().length;
  if (pieces > MOST_PIECES) return { ok: false, code: 'too-many-pieces', textBytes, pieces };
  return { ok: true, plan: { textBytes, datagramBytes: IP_HEAD_BYTES + UDP_HEAD_BYTES + textBytes, mtus, hops } };
}

/** The pieces that are to arrive: those of the last link. */
export const lastOf = ({ hops }: Plan): readonly PlannedPiece[] => hops.at(-1) ?? [];
