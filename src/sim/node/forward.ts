/**
 * What a router does with a packet for somebody else, in the order of RFC 1812 §5.2.1.2, as Linux does: the way is looked for first, so
 * that a packet without one is told so, however short its life.
 */
import { addressText } from './address.ts';
import type { Node } from './node.ts';
import { ipField } from './packet.ts';
import { sendThrough } from './send-through.ts';

/** Sends a packet on towards its destination, or destroys it and says so to its sender. */
export function forward(node: Node, packet: Uint8Array): void {
  const destination = ipField(packet, 'destination');
  const route = node.routes.find(destination);
  const via = route?.via;
  if (!via) {
    node.note(`no route to ${addressText(destination)}`);
    node.refuse(packet, { what: 'network' });
  } else if (ipField(packet, 'ttl') <= 1) {
    node.drop(via, packet, 'ttl');
    node.refuse(packet, { what: 'ttl' });
  } else if (route.isDirect && destination !== via.neighbourAddress) {
    node.note(`nobody on this link is ${addressText(destination)}`);
    node.refuse(packet, { what: 'host' });
  } else if (!sendThrough(node, { via, isForwarded: true }, packet)) {
    node.drop(via, packet, 'too-big');
    node.refuse(packet, { what: 'too-big', mtu: via.mtu });
  }
}
