/**
 * What becomes of a frame that leaves the client: the router, and the server's layers one after another,
 * each of which may refuse it. Pure.
 */
import { type Dissection, dissect } from '#wire/dissect.ts';
import type { Level } from '#wire/layer.ts';
import { ETHER_TYPES } from '#wire/link/ether-type.ts';
import { encodeEthernet } from '#wire/link/ethernet.ts';
import type { Ipv4Layer } from '#wire/network/ipv4.ts';
import { atCard, atIp, atRouter, atTcp, eventIn, type Heard, textIn, type Verdict } from './arrivals.ts';
import { repair } from './repair.ts';
import { CONNECTION } from './wrap.ts';

type Place = {
  readonly where: 'router' | 'server';
  readonly title: string;
  /** As a sentence calls it. */
  readonly who: string;
  readonly level: Level;
};

const PLACES = {
  routerCard: { where: 'router', title: 'Network card', who: 'the router’s network card', level: 'link' },
  router: { where: 'router', title: 'IP', who: 'the router', level: 'network' },
  card: { where: 'server', title: 'Network card', who: 'the server’s network card', level: 'link' },
  ip: { where: 'server', title: 'IP', who: 'the server’s IP', level: 'network' },
  tcp: { where: 'server', title: 'TCP', who: 'the server’s TCP', level: 'transport' },
  websocket: { where: 'server', title: 'WebSocket', who: 'the server’s WebSocket library', level: 'application' },
  program: { where: 'server', title: 'Socket.IO and the program', who: 'Socket.IO', level: 'application' },
} as const satisfies Record<string, Place>;

/** One place on the way, and whether the frame gets past it. */
export type Stop = Place & Pick<Verdict, 'isPassed' | 'text'>;

export type Journey = {
  readonly stops: readonly Stop[];
  /** What the program at the server was given; missing if the frame did not get so far. */
  readonly heard?: Heard;
  /** The frame behind the router: new addresses of the link, one hop less, a new header checksum. Missing if the router kept it. */
  readonly forwarded?: Uint8Array;
};

const { router, server } = CONNECTION;

const at = (place: keyof typeof PLACES, { isPassed, text }: Verdict): Stop => ({ ...PLACES[place], isPassed, text });

const layerOf = <Name extends Dissection['layers'][number]['protocol']>(packet: Dissection, name: Name) =>
  packet.layers.find((layer): layer is Extract<Dissection['layers'][number], { protocol: Name }> => layer.protocol === name);

/** The frame as the router sends it on. Source: RFC 1812 §5.3.1 (TTL), RFC 894 (a new frame for the next link). */
function forward(bytes: Uint8Array, ip: Ipv4Layer): Uint8Array {
  const datagram = bytes.slice(ip.at, ip.end);
  datagram[8] = (datagram[8] ?? 0) - 1;
  const frame = encodeEthernet({ destination: server.mac, source: router.far, type: ETHER_TYPES.ipv4 }, datagram);
  return repairHeaderOnly(frame, datagram.length);
}

/** A router mends its own change in the header checksum, and touches nothing else: a wrong TCP checksum stays wrong. */
function repairHeaderOnly(frame: Uint8Array, length: number): Uint8Array {
  const mended = repair(frame.slice(0, 14 + length)).bytes;
  const forwarded = frame.slice();
  forwarded.set(mended.subarray(24, 26), 24);
  return forwarded;
}

function serverStops(frame: Uint8Array): Omit<Journey, 'forwarded'> {
  const packet = dissect(frame);
  const ip = layerOf(packet, 'ipv4');
  const tcp = layerOf(packet, 'tcp');
  const stops: Stop[] = [at('card', atCard(layerOf(packet, 'ethernet')?.header, server.mac, 'the server’s'))];
  stops.push(at('ip', atIp(ip)));
  if (stops.at(-1)?.isPassed) stops.push(at('tcp', atTcp(tcp, ip?.header?.source ?? '')));
  if (!stops.at(-1)?.isPassed || !tcp) return { stops };
  const websocket = textIn(frame.subarray(tcp.headEnd, tcp.end));
  stops.push(at('websocket', websocket));
  if (websocket.message === undefined) return { stops };
  const event = eventIn(websocket.message);
  stops.push(at('program', event));
  return { stops, ...(event.heard && event.isPassed && { heard: event.heard }) };
}

/** The way of a frame from the client's card to the program at the server. */
export function journeyOf(frame: Uint8Array): Journey {
  const packet = dissect(frame);
  const ip = layerOf(packet, 'ipv4');
  const ethernet = layerOf(packet, 'ethernet')?.header;
  const card = at('routerCard', atCard(ethernet, router.near, 'the router’s'));
  if (!card.isPassed) return { stops: [card] };
  const routing = at('router', atRouter(ip, ethernet));
  if (!routing.isPassed || !ip) return { stops: [card, routing] };
  const forwarded = forward(frame, ip);
  const { stops, heard } = serverStops(forwarded);
  return { stops: [card, routing, ...stops], forwarded, ...(heard && { heard }) };
}
