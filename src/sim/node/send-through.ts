/** Out through an interface, cut if it must be. Source: RFC 791 §3.2. */
import { fragmentIpv4 } from '#wire/network/fragmentation.ts';
import { FRAME_HEAD_BYTES, hopOf, type Interface } from './interface.ts';
import type { Node } from './node.ts';
import { takeOneHop } from './packet.ts';

/** `isForwarded`: the packet comes from another node, so that it has one hop less to live. */
type Leave = { readonly via: Interface; readonly isForwarded: boolean };

function offer(node: Node, { via, isForwarded }: Leave, packet: Uint8Array): void {
  const hop = hopOf(via, packet, node.kernel.nowUs);
  // The frame is a copy, and nobody has seen it yet.
  if (isForwarded) takeOneHop(hop.bytes, FRAME_HEAD_BYTES);
  node.log.add(hop);
  via.channel.offer(hop);
}

/** Offers a packet to a link, in pieces where the link carries no more. False, and nothing sent, if it is too big and must not be cut. */
export function sendThrough(node: Node, leave: Leave, packet: Uint8Array): boolean {
  const { mtu } = leave.via;
  if (packet.length <= mtu) {
    offer(node, leave, packet);
    return true;
  }
  const division = fragmentIpv4(packet, mtu);
  if (division.ok) for (const piece of division.fragments) offer(node, leave, piece);
  return division.ok;
}
