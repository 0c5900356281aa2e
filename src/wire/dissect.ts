/** A packet, taken apart layer by layer. Never throws: what cannot be read is a coded error in the layer where reading stopped. */
import { type DataLayer, decodeData } from './data.ts';
import { fieldAt } from './field.ts';
import type { Decoded, ProtocolName, Span } from './layer.ts';
import { decodeEthernet, type EthernetLayer } from './link/ethernet.ts';
import { decodeIpv4, type Ipv4Layer } from './network/ipv4.ts';
import { decodeUdp, type UdpLayer } from './transport/udp.ts';
import type { WireError } from './wire-error.ts';

export type Layer = EthernetLayer | Ipv4Layer | UdpLayer | DataLayer;

export type Dissection = { readonly layers: readonly Layer[] };

/** Most headers in one packet: tags, extension headers and quoted packets included. */
const MAX_LAYERS = 24;

type Decode = (bytes: Uint8Array, span: Span) => Decoded<Layer>;

const DECODERS: Readonly<Partial<Record<ProtocolName, Decode>>> = {
  ethernet: decodeEthernet,
  ipv4: decodeIpv4,
  udp: decodeUdp,
  data: decodeData,
};

/** What a link adds behind a short packet. It is not part of what the frame carries. Source: RFC 894. */
function withPadding(bytes: Uint8Array, layers: readonly Layer[]): readonly Layer[] {
  const [link, carried] = layers;
  if (link?.protocol !== 'ethernet' || !carried || carried.end >= link.end || carried.protocol === 'data') return layers;
  const where = { at: carried.end * 8, bits: (link.end - carried.end) * 8 };
  const padding = fieldAt(bytes, where, {
    id: 'padding',
    name: 'Padding',
    kind: 'bytes',
    wireshark: 'eth.padding',
    meaning: 'not part of the packet',
  });
  return [{ ...link, fields: [...link.fields, padding] }, ...layers.slice(1)];
}

/** Takes `bytes` apart, beginning with the given protocol. Offsets and bits count from the beginning of `bytes`. */
export function dissect(bytes: Uint8Array, first: ProtocolName = 'ethernet'): Dissection {
  const layers: Layer[] = [];
  let next: Decoded<Layer>['next'] = { protocol: first, at: 0, end: bytes.length };
  while (next && (next.at < next.end || next.protocol !== 'data') && layers.length < MAX_LAYERS) {
    const { protocol, ...span }: Span & { readonly protocol: ProtocolName } = next;
    const decoded: Decoded<Layer> = (DECODERS[protocol] ?? decodeData)(bytes, span);
    layers.push(decoded.layer);
    next = decoded.next;
  }
  return { layers: withPadding(bytes, layers) };
}

/** Everything that is wrong with a packet, outermost layer first. */
export const errorsOf = ({ layers }: Dissection): readonly WireError[] => layers.flatMap(({ errors }) => errors);
