/** One protocol's part of a packet, and what a decoder is given and answers. */
import type { Field } from './field.ts';
import type { WireError } from './wire-error.ts';

/** The layer of the Internet's own model, as the course colours it. Source: RFC 1122 §1.1.3 (`network` is its Internet layer). */
export type Level = 'link' | 'network' | 'transport' | 'application';

/**
 * The protocols that a packet, or a stream inside packets, is read as. `data`: bytes that nobody here reads further.
 * `hop-by-hop` to `fragment` are the extension headers of IPv6.
 */
export type ProtocolName =
  | 'ethernet'
  | 'vlan'
  | 'sll'
  | 'sll2'
  | 'loopback'
  | 'arp'
  | 'ipv4'
  | 'ipv6'
  | 'hop-by-hop'
  | 'routing'
  | 'destination-options'
  | 'fragment'
  | 'icmp'
  | 'icmpv6'
  | 'udp'
  | 'tcp'
  | 'dns'
  | 'http'
  | 'websocket'
  | 'engine.io'
  | 'socket.io'
  | 'data';

/** What every layer says. `at`, `headEnd` and `end` are bytes from the beginning of the input. */
export type LayerOf<Name extends ProtocolName, Header> = {
  readonly protocol: Name;
  /** `Internet Protocol Version 4`. */
  readonly title: string;
  readonly level: Level;
  /** First byte of its header. */
  readonly at: number;
  /** First byte after its header. */
  readonly headEnd: number;
  /** First byte after what it carries. */
  readonly end: number;
  readonly fields: readonly Field[];
  readonly errors: readonly WireError[];
  /** The header's values; missing if the bytes end inside it, or if it is not what it claims to be. */
  readonly header?: Header;
  /** It stands in an ICMP message, which quotes the beginning of another packet. */
  readonly quoted?: true;
  /** It stands not in the bytes as sent but in what came out of them: a payload without its mask, a body without its chunks. */
  readonly source?: 'decoded';
};

/** What the network layer tells the layer above: checksums there cover the addresses too. */
export type NetworkContext = {
  readonly version: 4 | 6;
  /** The addresses, 4 or 16 bytes each. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** The packet is longer than the bytes that are here: no checksum over all of it can be judged. */
  readonly isCut?: boolean;
};

/** The stretch of bytes that a decoder reads. */
export type Span = {
  readonly at: number;
  readonly end: number;
  readonly network?: NetworkContext;
  /** Only the beginning of the packet is there, as ICMP quotes it: what is missing is no error, and no checksum can be judged. */
  readonly quoted?: true;
};

/** `next`: who reads what this layer carries; `data` where nobody does. */
export type Decoded<Layer> = { readonly layer: Layer; readonly next?: Span & { readonly protocol: ProtocolName } };
