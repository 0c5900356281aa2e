/** A TCP segment of a capture: what connections, streams and the analysis need to know of a packet. */
import type { Layer } from '../dissect.ts';
import type { TcpHeader, TcpLayer } from './tcp.ts';
import type { TcpOption } from './tcp-options.ts';

export type TcpEndpoint = { readonly address: string; readonly port: number };

export type TcpSegment = {
  /** Number of the packet, from 1. */
  readonly packet: number;
  /** Microseconds since the capture began. */
  readonly us: number;
  readonly source: TcpEndpoint;
  readonly destination: TcpEndpoint;
  readonly header: TcpHeader;
  readonly options: readonly TcpOption[];
  /** The bytes it carries that the capture holds. */
  readonly payload: Uint8Array;
  /** Bytes that it carried on the wire: more than `payload` has, if the capture cut the packet. */
  readonly length: number;
};

type NetworkLayer = Extract<Layer, { readonly protocol: 'ipv4' | 'ipv6' }>;

const isNetwork = (layer: Layer): layer is NetworkLayer => layer.protocol === 'ipv4' || layer.protocol === 'ipv6';
const isOwnTcp = (layer: Layer): layer is TcpLayer => layer.protocol === 'tcp' && !layer.quoted;

/**
 * Where the datagram ended on the wire, bytes from the beginning of the packet. A length of zero is no length: an offloading
 * network card fills it in after the capture, or it is a jumbogram.
 */
function endOnTheWire({ at, headEnd, end, header }: NetworkLayer): number {
  if (!header) return end;
  const [length, from] = 'totalLength' in header ? [header.totalLength, at] : [header.payloadLength, headEnd];
  return length === 0 ? end : from + length;
}

/** The packet as it was captured: its number, its time, its bytes, and the layers that they were read as. */
export type DissectedPacket = Pick<TcpSegment, 'packet' | 'us'> & { readonly bytes: Uint8Array; readonly layers: readonly Layer[] };

/** The segment in a packet; undefined if there is none, or none with a whole header. One that ICMP quotes is none. */
export function segmentOf({ packet, us, bytes, layers }: DissectedPacket): TcpSegment | undefined {
  const position = layers.findIndex(isOwnTcp);
  const tcp = layers[position];
  const network = layers.slice(0, Math.max(position, 0)).findLast(isNetwork);
  if (tcp?.protocol !== 'tcp' || !tcp.header || !network?.header) return undefined;
  const { sourcePort, destinationPort, dataOffset } = tcp.header;
  if (tcp.headEnd - tcp.at !== dataOffset * 4) return undefined;
  return {
    packet,
    us,
    source: { address: network.header.source, port: sourcePort },
    destination: { address: network.header.destination, port: destinationPort },
    header: tcp.header,
    options: tcp.options,
    payload: bytes.subarray(tcp.headEnd, tcp.end),
    length: Math.max(endOnTheWire(network) - tcp.headEnd, 0),
  };
}
