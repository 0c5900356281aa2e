/** A packet in one line, in the words of a list: who, to whom, what. */
import type { AppMessage } from '../application/conversation.ts';
import { dnsSummary } from '../application/dns/summary.ts';
import type { Layer } from '../dissect.ts';
import type { Field } from '../field.ts';
import type { Level, ProtocolName } from '../layer.ts';
import { icmpTypeName } from '../network/icmp-types.ts';
import { icmpv6TypeName } from '../network/icmpv6-types.ts';
import type { PlacedSegment } from '../transport/connections.ts';
import { tcpFlagNames } from '../transport/tcp.ts';
import { networkOf } from './source.ts';

/** What a list calls a protocol. */
export const PROTOCOL_NAMES: Readonly<Record<ProtocolName, string>> = {
  ethernet: 'Ethernet',
  vlan: 'VLAN',
  sll: 'Linux cooked',
  sll2: 'Linux cooked',
  loopback: 'Loopback',
  arp: 'ARP',
  ipv4: 'IPv4',
  ipv6: 'IPv6',
  'hop-by-hop': 'IPv6',
  routing: 'IPv6',
  'destination-options': 'IPv6',
  fragment: 'IPv6',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  udp: 'UDP',
  tcp: 'TCP',
  dns: 'DNS',
  http: 'HTTP',
  websocket: 'WebSocket',
  'engine.io': 'Engine.IO',
  'socket.io': 'Socket.IO',
  data: 'Data',
};

/** How much of a packet is known when its line is written. */
export type Known = {
  readonly layers: readonly Layer[];
  /** What its TCP segment means in its connection. */
  readonly placed?: PlacedSegment | undefined;
  /** Bytes that its TCP segment carried. */
  readonly segmentBytes?: number | undefined;
  /** Messages of programs that it completes. */
  readonly messages?: readonly AppMessage[] | undefined;
};

const countBytes = (count: number): string => (count === 1 ? '1 byte' : `${count.toLocaleString('en-US')} bytes`);
const textOf = (fields: readonly Field[], id: string): string | undefined => fields.find((field) => field.id === id)?.text;
const meaningOf = (fields: readonly Field[], id: string): string | undefined => {
  const field = fields.find((one) => one.id === id);
  return field?.meaning ?? field?.text;
};
const listed = (parts: readonly (string | undefined | false)[]): string => parts.filter((part) => part).join(', ');

type Of<Name extends ProtocolName> = Extract<Layer, { readonly protocol: Name }>;

function tcpInfo({ header }: Of<'tcp'>, { placed, segmentBytes = 0 }: Known): string {
  if (!header) return 'a segment that is cut short';
  const sequence = placed?.relativeSequenceNumber ?? header.sequenceNumber;
  const acknowledgment = placed?.relativeAcknowledgmentNumber ?? header.acknowledgmentNumber;
  return listed([
    `${header.sourcePort} → ${header.destinationPort}`,
    tcpFlagNames(header),
    `seq ${sequence}`,
    header.ack && `ack ${acknowledgment}`,
    `window ${placed?.windowBytes ?? header.window}`,
    segmentBytes > 0 && countBytes(segmentBytes),
  ]);
}

/** `SYN, ACK`, `seq 1 len 35`, `ack 36`. */
function tcpLabel({ header }: Of<'tcp'>, { placed, segmentBytes = 0 }: Known): string {
  if (!header) return 'TCP';
  const { syn, fin, rst } = header;
  const flags = (syn || fin || rst) && tcpFlagNames({ ...header, psh: false });
  const data = segmentBytes > 0 && `seq ${placed?.relativeSequenceNumber ?? header.sequenceNumber} len ${segmentBytes}`;
  return listed([flags, data]) || `ack ${placed?.relativeAcknowledgmentNumber ?? header.acknowledgmentNumber}`;
}

const udpInfo = ({ header, headEnd, end }: Of<'udp'>): string =>
  header ? `${header.sourcePort} → ${header.destinationPort}, ${countBytes(end - headEnd)}` : 'a datagram that is cut short';

function arpInfo({ header, fields }: Of<'arp'>): string {
  if (!header) return meaningOf(fields, 'operation') ?? 'a message that is cut short';
  const { operation, senderIp, senderMac, targetIp } = header;
  if (senderIp === targetIp) return `${senderIp} is at ${senderMac}: an announcement`;
  if (operation === 1) return senderIp === '0.0.0.0' ? `Does anybody use ${targetIp}?` : `Who has ${targetIp}? Tell ${senderIp}`;
  return operation === 2 ? `${senderIp} is at ${senderMac}` : (meaningOf(fields, 'operation') ?? '');
}

/** `destination unreachable: port unreachable`, `echo request, id 7069, seq 1`. */
function icmpInfo({ header, fields }: Of<'icmp'> | Of<'icmpv6'>, typeName: (type: number) => string | undefined): string {
  if (!header) return 'a message that is cut short';
  const { type, identifier, sequence, mtu } = header;
  const code = fields.find(({ id }) => id === 'code')?.meaning;
  const target = textOf(fields, 'target');
  return listed([
    `${typeName(type) ?? `type ${type}`}${code ? `: ${code}` : ''}`,
    target && `for ${target}`,
    identifier !== undefined && `id ${identifier}`,
    sequence !== undefined && `seq ${sequence}`,
    mtu !== undefined && `MTU ${mtu}`,
  ]);
}

function fragmentInfo(layers: readonly Layer[], identification: number, units: number): string {
  const carried = layers.at(-1);
  const from = units * 8;
  const length = carried ? carried.end - carried.headEnd : 0;
  return `fragment of 0x${identification.toString(16)}: bytes ${from} to ${from + length - 1}`;
}

function ipInfo(layers: readonly Layer[]): string {
  const piece = layers.findLast((layer) => layer.protocol === 'fragment' && !layer.quoted);
  if (piece?.protocol === 'fragment' && piece.header) return fragmentInfo(layers, piece.header.identification, piece.header.fragmentOffset);
  const network = networkOf(layers);
  if (network?.protocol === 'ipv4' && network.header && (network.header.moreFragments || network.header.fragmentOffset > 0))
    return fragmentInfo(layers, network.header.identification, network.header.fragmentOffset);
  const carries = network && meaningOf(network.fields, network.protocol === 'ipv4' ? 'protocol' : 'nextHeader');
  return carries ? `carries ${carries}` : 'a packet that is cut short';
}

function linkInfo(layer: Layer): string {
  return `${countBytes(layer.end - layer.headEnd)}, type ${textOf(layer.fields, 'type') ?? 'unknown'}`;
}

/** What the innermost header says that is the packet’s own: an ICMP message is told by itself, not by what it quotes. */
function layerInfo(layer: Layer, known: Known): string {
  switch (layer.protocol) {
    case 'tcp':
      return tcpInfo(layer, known);
    case 'udp':
      return udpInfo(layer);
    case 'arp':
      return arpInfo(layer);
    case 'icmp':
      return icmpInfo(layer, icmpTypeName);
    case 'icmpv6':
      return icmpInfo(layer, icmpv6TypeName);
    case 'dns':
      return dnsSummary(layer);
    case 'data':
      return countBytes(layer.end - layer.at);
    default:
      return layer.level === 'network' ? ipInfo(known.layers) : linkInfo(layer);
  }
}

export type PacketLine = {
  /** Its innermost protocol. */
  readonly protocol: ProtocolName;
  readonly level: Level;
  readonly source: string;
  readonly destination: string;
  /** Of its TCP segment or UDP datagram: the source's, the destination's. */
  readonly ports?: readonly [number, number];
  readonly info: string;
  /** In the few words that fit on an arrow: `SYN`, `seq 1 len 35`, `GET /hello`. */
  readonly label: string;
  /** The IP addresses of sender and receiver, those that ARP tells too; else what stands in `source` and `destination`. */
  readonly hosts: readonly [from: string, to: string];
};

function layerLabel(layer: Layer, known: Known): string {
  if (layer.protocol === 'tcp') return tcpLabel(layer, known);
  const info = layerInfo(layer, known);
  return layer.protocol === 'udp' ? `UDP ${info}` : info;
}

const EVERYBODY = 'ff:ff:ff:ff:ff:ff';

type Ends = Pick<PacketLine, 'source' | 'destination'>;

function endsOf(layers: readonly Layer[]): Ends {
  const network = networkOf(layers);
  if (network?.header) return { source: network.header.source, destination: network.header.destination };
  const [link] = layers;
  const fields = link?.fields ?? [];
  const destination = textOf(fields, 'destination') ?? '';
  return {
    source: textOf(fields, 'source') ?? textOf(fields, 'address') ?? '',
    destination: destination === EVERYBODY ? 'everybody' : destination,
  };
}

const isTold = (layer: Layer): boolean => !layer.quoted && layer.protocol !== 'data';

/** The messages that could be read, of those that a packet completes. */
export const readMessages = <Message extends AppMessage>(messages: readonly Message[]): readonly Message[] =>
  messages.filter(({ layers }) => layers.some(isTold));

/** The ports of the packet itself, not of one that it quotes. */
function portsOf(layers: readonly Layer[]): Pick<PacketLine, 'ports'> {
  const transport = layers.findLast(
    (layer): layer is Of<'tcp'> | Of<'udp'> => !layer.quoted && (layer.protocol === 'tcp' || layer.protocol === 'udp'),
  );
  return transport?.header ? { ports: [transport.header.sourcePort, transport.header.destinationPort] } : {};
}

function hostsOf(layers: readonly Layer[], { source, destination }: Ends): PacketLine['hosts'] {
  const arp = layers.find(({ protocol }) => protocol === 'arp');
  return arp?.protocol === 'arp' && arp.header ? [arp.header.senderIp, arp.header.targetIp] : [source, destination];
}

type Own = Pick<PacketLine, 'protocol' | 'level' | 'info' | 'label'>;

function messagesLine(messages: readonly AppMessage[]): Own | undefined {
  const told = messages.at(-1)?.layers.findLast(isTold);
  const info = messages.map(({ summary }) => summary).join(' · ');
  return told && { protocol: told.protocol, level: told.level, info, label: info };
}

function ownLine(known: Known): Own {
  const told = known.layers.findLast(isTold) ?? known.layers[0];
  if (!told) return { protocol: 'data', level: 'link', info: '', label: '' };
  return { protocol: told.protocol, level: told.level, info: layerInfo(told, known), label: layerLabel(told, known) };
}

/** The line of a packet. */
export function lineOf(known: Known): PacketLine {
  const ends = endsOf(known.layers);
  return {
    ...ends,
    ...portsOf(known.layers),
    hosts: hostsOf(known.layers, ends),
    ...(messagesLine(readMessages(known.messages ?? [])) ?? ownLine(known)),
  };
}
