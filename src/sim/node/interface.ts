/** Where a node meets a link: an address, a neighbour at the other end, and the frames that go out. */
import { headerBytes } from '#wire/header.ts';
import { ETHERNET, MIN_FRAME_BYTES } from '#wire/link/ethernet.ts';
import type { Channel } from '../link/channel.ts';
import type { Hop } from '../link/hop.ts';
import { ipField } from './packet.ts';

export const FRAME_HEAD_BYTES = headerBytes(ETHERNET);

export type Interface = {
  readonly link: string;
  readonly node: string;
  readonly neighbour: string;
  readonly address: number;
  readonly neighbourAddress: number;
  /** Longest packet that the link carries, bytes. */
  readonly mtu: number;
  /**
   * The header of every frame that leaves here.
   * Deviation: a link has two ends that know each other's address from the beginning, so there is no ARP; what a node sends to an address
   * that nobody on the link has goes to the other end all the same.
   */
  readonly frameHead: Uint8Array;
  readonly channel: Channel;
};

const SLAB_BYTES = 65_536;
let slab = new Uint8Array(SLAB_BYTES);
let used = 0;

/** Zeros for one frame. Frames share larger pieces of memory, as Node's buffers do: making each its own takes twice as long. */
function room(bytes: number): Uint8Array {
  if (bytes > SLAB_BYTES / 8) return new Uint8Array(bytes);
  if (used + bytes > SLAB_BYTES) [slab, used] = [new Uint8Array(SLAB_BYTES), 0];
  used += bytes;
  return slab.subarray(used - bytes, used);
}

/** A frame that carries an IPv4 packet, padded as Ethernet asks. */
function frameOf(head: Uint8Array, packet: Uint8Array): Uint8Array {
  const frame = room(Math.max(MIN_FRAME_BYTES, head.length + packet.length));
  frame.set(head);
  frame.set(packet, head.length);
  return frame;
}

/** The packet that a frame carries, without the padding. */
export const packetIn = (frame: Uint8Array): Uint8Array =>
  frame.subarray(FRAME_HEAD_BYTES, FRAME_HEAD_BYTES + ipField(frame, 'totalLength', FRAME_HEAD_BYTES));

/** What is to be known of a packet that leaves, or was to leave, through an interface. */
export const hopOf = ({ node, neighbour, link, frameHead }: Interface, packet: Uint8Array, offeredUs: number): Hop => ({
  from: node,
  to: neighbour,
  link,
  bytes: frameOf(frameHead, packet),
  size: packet.length,
  offeredUs,
  copiesUs: [],
});
