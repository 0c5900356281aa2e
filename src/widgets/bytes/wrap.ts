/** A chat message, wrapped layer by layer as a browser's computer does it. Pure. */

import { parseIpv4 } from '#wire/addresses.ts';
import { encodeEnginePacket } from '#wire/application/engine-io.ts';
import { encodeSocketPacket } from '#wire/application/socket-io.ts';
import { encodeFrame } from '#wire/application/websocket/frame.ts';
import type { Level, NetworkContext } from '#wire/layer.ts';
import { ETHER_TYPES } from '#wire/link/ether-type.ts';
import { encodeEthernet } from '#wire/link/ethernet.ts';
import { IP_PROTOCOLS } from '#wire/network/ip-protocol.ts';
import { encodeIpv4 } from '#wire/network/ipv4.ts';
import { encodeTcp } from '#wire/transport/tcp.ts';

/**
 * An open connection between two hosts with a router between them. Addresses: reserved for documentation (RFC 5737).
 * A real client draws a new masking key for every frame (RFC 6455 §5.3); here it is always the same, so that bytes can be compared.
 */
export const CONNECTION = {
  client: { mac: '02:00:00:00:00:0a', ip: '192.0.2.10', port: 50_000 },
  router: { near: '02:00:00:00:00:01', far: '02:00:00:00:00:02' },
  server: { mac: '02:00:00:00:00:14', ip: '198.51.100.20', port: 3000 },
  sequenceNumber: 1001,
  acknowledgmentNumber: 9001,
  window: 502,
  maskKey: Uint8Array.of(0x37, 0xfa, 0x21, 0x3d),
} as const;

/** One layer put around what was there before. `text`: what it looks like, where it is text. */
export type Wrapping = {
  readonly id: 'message' | 'event' | 'websocket' | 'tcp' | 'ipv4' | 'ethernet';
  readonly title: string;
  readonly level: Level;
  readonly bytes: Uint8Array;
  /** Bytes that this layer added. */
  readonly added: number;
  readonly why: string;
};

const address = (text: string): Uint8Array => parseIpv4(text) ?? new Uint8Array(4);
export const networkOf = (source: string, destination: string): NetworkContext => ({
  version: 4,
  source: address(source),
  destination: address(destination),
});

const eventText = (message: string): string =>
  String(
    encodeEnginePacket({
      type: 'message',
      data: encodeSocketPacket({ type: 'EVENT', namespace: '/', attachments: 0, data: ['chat', message] }),
    }),
  );

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What each layer makes of the message, innermost first. */
type Wrapped = Readonly<Record<Wrapping['id'], Uint8Array>>;

// #region wrap
/** Each line puts one header in front of what the line before has made. */
function encapsulate(message: string): Wrapped {
  const { client, server, router, maskKey, ...place } = CONNECTION;
  const network = networkOf(client.ip, server.ip);

  const event = utf8(eventText(message)); // 42["chat","hi"]
  const websocket = encodeFrame({ fin: true, opcode: 'text', maskKey, payload: event });
  const ports = { sourcePort: client.port, destinationPort: server.port };
  const tcp = encodeTcp({ ...ports, ...place, psh: true, ack: true }, websocket, network);
  const hosts = { source: client.ip, destination: server.ip };
  const ipv4 = encodeIpv4({ ...hosts, protocol: IP_PROTOCOLS.tcp, identification: 0x1002, dontFragment: true }, tcp);
  const cards = { source: client.mac, destination: router.near };
  const ethernet = encodeEthernet({ ...cards, type: ETHER_TYPES.ipv4 }, ipv4);

  return { message: utf8(message), event, websocket, tcp, ipv4, ethernet };
}
// #endregion wrap

type Description = Pick<Wrapping, 'id' | 'title' | 'level' | 'why'>;

const DESCRIPTIONS: readonly Description[] = [
  { id: 'message', title: 'Your message', level: 'application', why: 'the text that you wrote, in UTF-8' },
  { id: 'event', title: 'Socket.IO packet', level: 'application', why: 'the name of the event, quotes, and 42: a message, an event' },
  { id: 'websocket', title: 'WebSocket frame', level: 'application', why: 'where the message ends, and a key that masks it' },
  { id: 'tcp', title: 'TCP segment', level: 'transport', why: 'which program on each side, and which bytes of the stream' },
  { id: 'ipv4', title: 'IPv4 packet', level: 'network', why: 'from which host to which host' },
  { id: 'ethernet', title: 'Ethernet frame', level: 'link', why: 'from this network card to the next one, the router’s' },
];

/** The message and what each layer makes of it, innermost first. The last one is the frame that leaves the computer. */
export function wrap(message: string): readonly Wrapping[] {
  const wrapped = encapsulate(message);
  return DESCRIPTIONS.map((description, index): Wrapping => {
    const bytes = wrapped[description.id];
    const inside = DESCRIPTIONS[index - 1];
    return { ...description, bytes, added: bytes.length - (inside ? wrapped[inside.id].length : 0) };
  });
}
