/** A packet, taken apart layer by layer. Never throws: what cannot be read is a coded error in the layer where reading stopped. */
import { type DnsLayer, decodeDns } from './application/dns/dns.ts';
import { decodeEngine, type EngineLayer } from './application/engine-layer.ts';
import { decodeHttp, type HttpLayer } from './application/http/layer.ts';
import { decodeSocket, type SocketLayer } from './application/socket-layer.ts';
import { decodeWebsocket, type WebsocketLayer } from './application/websocket/frame-layer.ts';
import { type DataLayer, decodeData } from './data.ts';
import { fieldAt } from './field.ts';
import type { Decoded, ProtocolName, Span } from './layer.ts';
import { decodeSll, decodeSll2, type Sll2Layer, type SllLayer } from './link/cooked.ts';
import { decodeEthernet, type EthernetLayer } from './link/ethernet.ts';
import { decodeLoopback, type LoopbackLayer } from './link/loopback.ts';
import { decodeVlan, type VlanLayer } from './link/vlan.ts';
import { type ArpLayer, decodeArp } from './network/arp.ts';
import {
  type DestinationOptionsLayer,
  decodeDestinationOptions,
  decodeHopByHop,
  decodeRouting,
  type HopByHopLayer,
  type RoutingLayer,
} from './network/extension.ts';
import { decodeFragment, type FragmentLayer } from './network/fragment.ts';
import { decodeIcmp, type IcmpLayer } from './network/icmp.ts';
import { decodeIcmpv6, type Icmpv6Layer } from './network/icmpv6.ts';
import { decodeIpv4, type Ipv4Layer } from './network/ipv4.ts';
import { decodeIpv6, type Ipv6Layer } from './network/ipv6.ts';
import { decodeTcp, type TcpLayer } from './transport/tcp.ts';
import { decodeUdp, type UdpLayer } from './transport/udp.ts';
import type { WireError } from './wire-error.ts';

type LinkLayer = EthernetLayer | VlanLayer | SllLayer | Sll2Layer | LoopbackLayer;
type ExtensionLayer = HopByHopLayer | RoutingLayer | DestinationOptionsLayer | FragmentLayer;
type NetworkLayer = ArpLayer | Ipv4Layer | Ipv6Layer | ExtensionLayer | IcmpLayer | Icmpv6Layer;
export type Layer =
  | LinkLayer
  | NetworkLayer
  | TcpLayer
  | UdpLayer
  | DnsLayer
  | HttpLayer
  | WebsocketLayer
  | EngineLayer
  | SocketLayer
  | DataLayer;

export type Dissection = { readonly layers: readonly Layer[] };

/** Most headers in one packet: tags, extension headers and quoted packets included. */
const MAX_LAYERS = 24;

type Decode = (bytes: Uint8Array, span: Span) => Decoded<Layer>;

const DECODERS: Readonly<Partial<Record<ProtocolName, Decode>>> = {
  ethernet: decodeEthernet,
  vlan: decodeVlan,
  sll: decodeSll,
  sll2: decodeSll2,
  loopback: decodeLoopback,
  arp: decodeArp,
  ipv4: decodeIpv4,
  ipv6: decodeIpv6,
  'hop-by-hop': decodeHopByHop,
  routing: decodeRouting,
  'destination-options': decodeDestinationOptions,
  fragment: decodeFragment,
  icmp: decodeIcmp,
  icmpv6: decodeIcmpv6,
  tcp: decodeTcp,
  udp: decodeUdp,
  dns: decodeDns,
  http: decodeHttp,
  websocket: decodeWebsocket,
  'engine.io': decodeEngine,
  'socket.io': decodeSocket,
  data: decodeData,
};

/** What a link adds behind a short packet. It is not part of what the frame carries. Source: RFC 894. */
function withPadding(bytes: Uint8Array, layers: readonly Layer[]): readonly Layer[] {
  const [link] = layers;
  const end = layers.find(({ level }) => level !== 'link')?.end ?? layers.at(-1)?.headEnd;
  if (link?.protocol !== 'ethernet' || end === undefined || end >= link.end) return layers;
  const where = { at: end * 8, bits: (link.end - end) * 8 };
  const padding = fieldAt(bytes, where, {
    id: 'padding',
    name: 'Padding',
    kind: 'bytes',
    wireshark: 'eth.padding',
    meaning: 'not part of the packet',
  });
  return [{ ...link, fields: [...link.fields, padding] }, ...layers.slice(1)];
}

/** Reading stops in the middle of a packet: the last layer that was read says so. */
function tooDeep(layers: readonly Layer[], offset: number): readonly Layer[] {
  const last = layers.at(-1);
  return last ? [...layers.slice(0, -1), { ...last, errors: [...last.errors, { code: 'too-deep', offset }] }] : layers;
}

type Next = NonNullable<Decoded<Layer>['next']>;
const isNothing = ({ protocol, at, end }: Next): boolean => protocol === 'data' && at >= end;

/** Takes `bytes` apart, beginning with the given protocol. Offsets and bits count from the beginning of `bytes`. */
export function dissect(bytes: Uint8Array, first: ProtocolName = 'ethernet'): Dissection {
  const layers: Layer[] = [];
  let next: Next | undefined = { protocol: first, at: 0, end: bytes.length };
  while (next && !isNothing(next)) {
    if (layers.length === MAX_LAYERS) return { layers: withPadding(bytes, tooDeep(layers, next.at)) };
    const { protocol, ...span }: Next = next;
    const decoded: Decoded<Layer> = (DECODERS[protocol] ?? decodeData)(bytes, span);
    layers.push(decoded.layer);
    next = decoded.next;
  }
  return { layers: withPadding(bytes, layers) };
}

/** Everything that is wrong with a packet, outermost layer first. */
export const errorsOf = ({ layers }: Dissection): readonly WireError[] => layers.flatMap(({ errors }) => errors);
