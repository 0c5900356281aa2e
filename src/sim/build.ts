/** From plain data to nodes, links and routes. Throws for a network that cannot be: that is a mistake of the program. */

import { hexPair } from '#wire/bits.ts';
import { ETHER_TYPES } from '#wire/link/ether-type.ts';
import { encodeEthernet } from '#wire/link/ethernet.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { Channel } from './link/channel.ts';
import { type Link, linkOf } from './link/link.ts';
import type { SimLog } from './log.ts';
import { addressOf, prefixOf } from './node/address.ts';
import { FRAME_HEAD_BYTES, type Interface } from './node/interface.ts';
import { Node } from './node/node.ts';
import { EVERYWHERE } from './node/routes.ts';
import { type EndSpec, type LinkSpec, linkIdOf, type NetworkSpec, type RouteSpec } from './topology.ts';

const USUAL_MTU = 1500;
/** Source: RFC 791 §3.2: so much goes through every link in one piece. */
export const LEAST_MTU = 68;

export type Parts = { readonly nodes: ReadonlyMap<string, Node>; readonly links: ReadonlyMap<string, Link> };

function put<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (map.has(key)) throw new TypeError(`Two parts of the network are called ${key}`);
  map.set(key, value);
}

function nodesOf({ hosts, routers = [] }: NetworkSpec, kernel: Kernel, log: SimLog): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const { id } of hosts) put(nodes, id, new Node({ id, isRouter: false }, kernel, log));
  for (const { id } of routers) put(nodes, id, new Node({ id, isRouter: true }, kernel, log));
  return nodes;
}

function nodeIn(nodes: ReadonlyMap<string, Node>, id: string): Node {
  const node = nodes.get(id);
  if (!node) throw new TypeError(`There is no host or router ${id}`);
  return node;
}

/** Addresses that no maker of cards gives away. Source: IEEE 802, the bit "locally administered". */
const macOf = (nth: number): string => `02:00:00:00:${hexPair(nth >> 8)}:${hexPair(nth & 0xff)}`;

type End = EndSpec & { readonly mac: string };

const frameHeadOf = (source: End, destination: End): Uint8Array =>
  encodeEthernet({ destination: destination.mac, source: source.mac, type: ETHER_TYPES.ipv4 }, new Uint8Array()).slice(0, FRAME_HEAD_BYTES);

function interfaceOf(own: End, other: End, spec: LinkSpec, channel: Channel): Interface {
  const mtu = spec.mtu ?? USUAL_MTU;
  if (!(mtu >= LEAST_MTU)) throw new RangeError(`A link carries packets of ${LEAST_MTU} bytes at least, not of ${mtu}`);
  return {
    link: linkIdOf(spec),
    node: own.node,
    neighbour: other.node,
    address: prefixOf(own.address).address,
    neighbourAddress: prefixOf(other.address).address,
    mtu,
    frameHead: frameHeadOf(own, other),
    channel,
  };
}

/** Connects two nodes. `nth`: how many links were there before. */
function connect(spec: LinkSpec, nth: number, around: { kernel: Kernel; seed: number; nodes: ReadonlyMap<string, Node> }): Link {
  const [one, two] = spec.ends.map((end, side): End => ({ ...end, mac: end.mac ?? macOf(2 * nth + side + 1) }));
  if (!one || !two) throw new TypeError('A link has two ends');
  const [first, second] = [nodeIn(around.nodes, one.node), nodeIn(around.nodes, two.node)];
  const link: Link = linkOf(spec, around, [(frame) => second.receive(frame), (frame) => first.receive(frame)]);
  const ends = [interfaceOf(one, two, spec, link.forth), interfaceOf(two, one, spec, link.back)] as const;
  first.interfaces.push(ends[0]);
  second.interfaces.push(ends[1]);
  for (const [node, end, { address }] of [
    [first, ends[0], one],
    [second, ends[1], two],
  ] as const) {
    node.routes.add({ prefix: prefixOf(address), via: end, isDirect: true });
  }
  return link;
}

function addGiven(node: Node, routes: readonly RouteSpec[]): void {
  for (const { to, via } of routes) {
    const through = node.interfaces.find(({ neighbourAddress }) => neighbourAddress === addressOf(via));
    if (!through) throw new TypeError(`${node.id} has no neighbour ${via}`);
    node.routes.add({ prefix: prefixOf(to), via: through, isDirect: false });
  }
}

/** From near to far, so that of two ways to a link the shorter is kept. Hosts pass nothing on. */
function addShortest(node: Node, nodes: ReadonlyMap<string, Node>, links: readonly LinkSpec[]): void {
  const prefixes = (id: string) => links.flatMap(({ ends }) => (ends.some((end) => end.node === id) ? [prefixOf(ends[0].address)] : []));
  const reached = new Set([node.id]);
  const waiting = node.interfaces.map((via) => ({ via, id: via.neighbour }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { via, id } = next;
    if (reached.has(id)) continue;
    reached.add(id);
    for (const prefix of prefixes(id)) node.routes.add({ prefix, via, isDirect: false });
    const there = nodeIn(nodes, id);
    if (there.isRouter) waiting.push(...there.interfaces.map(({ neighbour }) => ({ via, id: neighbour })));
  }
  const [first] = node.interfaces;
  if (!node.isRouter && first) node.routes.add({ prefix: EVERYWHERE, via: first, isDirect: false });
}

/** Builds what the data describes. */
export function build(spec: NetworkSpec, kernel: Kernel, log: SimLog): Parts {
  const nodes = nodesOf(spec, kernel, log);
  const links = new Map<string, Link>();
  for (const [nth, link] of spec.links.entries()) {
    put(links, linkIdOf(link), connect(link, nth, { kernel, seed: spec.seed ?? 1, nodes }));
  }
  for (const { id, routes } of [...spec.hosts, ...(spec.routers ?? [])]) {
    const node = nodeIn(nodes, id);
    if (routes) addGiven(node, routes);
    else addShortest(node, nodes, spec.links);
  }
  return { nodes, links };
}
