/** Segments as a capture would hold them, without the bytes. */
import type { TcpSegment } from './segment.ts';
import type { TcpHeader } from './tcp.ts';
import type { TcpOption } from './tcp-options.ts';

export const CLIENT = { address: '192.0.2.10', port: 50_000 } as const;
export const SERVER = { address: '198.51.100.20', port: 80 } as const;

const HEADER: TcpHeader = {
  sourcePort: 0,
  destinationPort: 0,
  sequenceNumber: 0,
  acknowledgmentNumber: 0,
  dataOffset: 5,
  reserved: 0,
  ae: false,
  cwr: false,
  ece: false,
  urg: false,
  ack: false,
  psh: false,
  rst: false,
  syn: false,
  fin: false,
  window: 1000,
  checksum: 0,
  urgentPointer: 0,
};

export type Facts = Partial<TcpHeader> & {
  readonly packet?: number;
  readonly us?: number;
  readonly payload?: Uint8Array;
  readonly options?: readonly TcpOption[];
  readonly source?: TcpSegment['source'];
  readonly destination?: TcpSegment['source'];
};

/** A segment from the client, unless `source` and `destination` say otherwise. */
export function segment({
  packet = 1,
  us = 0,
  payload = new Uint8Array(),
  options = [],
  source = CLIENT,
  destination = SERVER,
  ...header
}: Facts): TcpSegment {
  const ports = { sourcePort: source.port, destinationPort: destination.port };
  return { packet, us, payload, length: payload.length, options, source, destination, header: { ...HEADER, ...ports, ...header } };
}

export const fromServer = (facts: Facts): TcpSegment => segment({ source: SERVER, destination: CLIENT, ...facts });
