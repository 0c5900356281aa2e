/** What a router does with a packet for somebody else, in the order of RFC 1812 §5.2.1 and §5.3. */
import { addressText } from './address.ts';
import type { Interface } from './interface.ts';
import type { Node } from './node.ts';
import { ipField } from './packet.ts';
import { sendThrough } from './send-through.ts';

/** Sends a packet on towards its destination, or destroys it and says so to its sender. */
export function forward(node: Node, from: Interface, packet: Uint8Array): void {
  const destination = ipField(packet, 'destination');
  const route = node.routes.find(destination);
  const via = route?.via;
  if (ipField(packet, 'ttl') <= 1) {
    // Where it would have gone is known only if there is a way.
    node.drop(via ?? from, packet, 'ttl');
    node.refuse(packet, { what: 'ttl' });
  } else if (!via) {
    node.note(`no route to ${addressText(destination)}`);
    node.refuse(packet, { what: 'network' });
  } else if (route.isDirect && destination !== via.neighbourAddress) {
    node.note(`nobody on this link is ${addressText(destination)}`);
    node.refuse(packet, { what: 'host' });
  } else if (!sendThrough(node, { via, isForwarded: true }, packet)) {
    node.drop(via, packet, 'too-big');
    node.refuse(packet, { what: 'too-big', mtu: via.mtu });
  }
}
