/** What each place on the way of a frame says to it: passed, or stopped and why. Pure. */
import { decodeEnginePacket } from '#wire/application/engine-io.ts';
import { decodeSocketPacket } from '#wire/application/socket-io.ts';
import { decodeFrame } from '#wire/application/websocket/frame.ts';
import { CLOSE_CODE_FOR } from '#wire/application/websocket/frame-error.ts';
import type { Opcode } from '#wire/application/websocket/frame-head.ts';
import { ETHER_TYPES } from '#wire/link/ether-type.ts';
import type { EthernetHeader } from '#wire/link/ethernet.ts';
import type { Ipv4Layer } from '#wire/network/ipv4.ts';
import { seqDistance } from '#wire/transport/sequence-number.ts';
import type { TcpLayer } from '#wire/transport/tcp.ts';
import { CONNECTION } from './wrap.ts';

const { client, server, window, sequenceNumber: sequence, acknowledgmentNumber: acknowledgment } = CONNECTION;
const BROADCAST = 'ff:ff:ff:ff:ff:ff';
/** Prefixes that the router has a route to, three bytes long each. */
const NETWORKS = { near: '192.0.2.', far: '198.51.100.' } as const;

export type Verdict = { readonly isPassed: boolean; readonly text: string };
const pass = (text: string): Verdict => ({ isPassed: true, text });
const stop = (text: string): Verdict => ({ isPassed: false, text });

export function atCard(header: EthernetHeader | undefined, own: string, whose: string): Verdict {
  if (!header) return stop('The frame ends inside its header. The card throws it away.');
  const { destination, type } = header;
  const isForAll = destination === BROADCAST;
  if (destination !== own && !isForAll) {
    return stop(`The frame is for ${destination}, and ${whose} card is ${own}. So this card leaves it alone, and nobody is told.`);
  }
  if (type !== ETHER_TYPES.ipv4)
    return stop(`The type 0x${type.toString(16).padStart(4, '0')} does not say IPv4 (0x0800), so IP never sees what is inside.`);
  return pass(
    `${isForAll ? 'The frame is for every card of the link.' : 'The address is its own.'} The type 0x0800 says: give what is inside to IPv4.`,
  );
}

/** What every host and router checks of an IPv4 header. Source: RFC 1122 §3.2.1, RFC 1812 §5.2.2. */
function headerFault(ip: Ipv4Layer | undefined): string | undefined {
  const codes = ip?.errors.map(({ code }) => code) ?? ['truncated'];
  if (codes.includes('bad-version')) return 'The version is not 4. It is thrown away without a word.';
  if (codes.includes('bad-header-length') || codes.includes('bad-length') || !ip?.header)
    return 'The lengths do not fit the bytes that are there. It is thrown away without a word.';
  if (codes.includes('bad-checksum'))
    return 'The header checksum does not agree with the header. It is thrown away, and nobody is told: even the sender’s address may be what is wrong.';
  if (codes.includes('bad-option'))
    return 'The header says that it has options, and what stands there is none. It is thrown away, and the sender is told: ICMP “parameter problem”.';
  return undefined;
}

/** Whether an address stands for one computer, as this router sees it. Source: RFC 1812 §5.3.5 and §5.3.7. */
function isOfOneHost(address: string): boolean {
  const first = Number(address.split('.', 1)[0]);
  return first > 0 && first < 224 && first !== 127 && address !== `${NETWORKS.far}255`;
}

/** Why the router finds no way to an address; undefined for the server's. About an address of many, no error is sent (RFC 1812 §4.3.2.7). */
function noWayTo(destination: string): string | undefined {
  if (!isOfOneHost(destination))
    return `${destination} is not the address of one computer. The router does not pass it on, and tells nobody.`;
  if (destination.startsWith(NETWORKS.near)) return `${destination} lies on the side that the packet came from: the server never sees it.`;
  if (!destination.startsWith(NETWORKS.far))
    return `This router knows no way to ${destination}. It tells the sender so: ICMP “destination unreachable”.`;
  return destination === server.ip
    ? undefined
    : `The router asks on its other side who has ${destination}, and nobody answers. It tells the sender so: ICMP “host unreachable”.`;
}

export function atRouter(ip: Ipv4Layer | undefined, frame: EthernetHeader | undefined): Verdict {
  const fault = headerFault(ip);
  if (fault !== undefined || !ip?.header) return stop(fault ?? '');
  const { destination, ttl } = ip.header;
  if (frame?.destination === BROADCAST)
    return stop('The frame was for everybody on the link. A router must not pass on what comes so (RFC 1812 §5.3.4), and tells nobody.');
  if (ttl <= 1) return stop('Time to Live would become 0 here. The router throws it away and tells the sender so: ICMP “time exceeded”.');
  const noWay = noWayTo(destination);
  if (noWay !== undefined) return stop(noWay);
  return pass(
    `The destination is beyond: it goes out on the other side in a new frame. Time to Live becomes ${ttl - 1}, so the header checksum changes too. It reads no further than the IP header.`,
  );
}

/** What else than TCP every host reads. */
const OTHERS: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [17, 'UDP'],
]);

export function atIp(ip: Ipv4Layer | undefined): Verdict {
  const fault = headerFault(ip);
  if (fault !== undefined || !ip?.header) return stop(fault ?? '');
  const { protocol, moreFragments, fragmentOffset } = ip.header;
  if (moreFragments || fragmentOffset > 0)
    return stop(
      'It says that it is one piece of several. The host waits for the others, some 30 seconds on Linux, and then throws the piece away.',
    );
  const other = OTHERS.get(protocol);
  if (other) return stop(`The protocol says ${other}. The same bytes read as ${other} make no sense: it is thrown away.`);
  if (protocol !== 6) return stop(`Nobody on this host reads protocol ${protocol}. ICMP says “protocol unreachable” to the sender.`);
  return pass('The checksum of the header is right and the address is its own. Protocol 6 says: give what is inside to TCP.');
}

const isInWindow = (distance: number): boolean => distance >= 0 && distance < window * 128;

/** What a segment with RST does. Source: RFC 9293 §3.10.7.4. */
function atReset(distance: number): Verdict {
  if (distance === 0) return stop('The RST flag ends the connection at once. The data in it counts for nothing.');
  return isInWindow(distance)
    ? stop('An RST that is not exactly in place is not believed: the server answers with a challenge ACK.')
    : stop('An RST outside the window is dropped, and nobody is told.');
}

/** Where in the stream the segment begins, against what comes next. */
function atPlace(distance: number, length: number): Verdict {
  if (distance === 0)
    return pass(
      'The sequence number is the one that comes next, and the checksum is right: the bytes are appended to the stream, and an ACK goes back.',
    );
  if (isInWindow(distance))
    return stop(
      `${distance} bytes are missing before it. TCP keeps it, asks again for what is missing, and gives the program nothing past the gap.`,
    );
  if (distance < 0 && -distance < length)
    return stop(
      'It begins before what comes next: TCP has part of it already. What is new would be appended, and it would be read from the middle.',
    );
  return stop(
    `The sequence number ${distance < 0 ? 'says that TCP has all of this already' : 'lies outside the window'}. TCP drops the segment and answers with an ACK that says what it waits for.`,
  );
}

/** A segment of no connection that the server has. Source: RFC 9293 §3.10.7.1 and §3.10.7.2. */
function atStranger({ sourcePort, destinationPort, syn, rst, ack }: NonNullable<TcpLayer['header']>, source: string): Verdict {
  if (syn && !ack && !rst && destinationPort === server.port) {
    return stop(
      `${source}:${sourcePort} asks for a new connection. The listening socket answers SYN, ACK, and no program reads anything yet.`,
    );
  }
  const answer = rst ? 'A reset is never answered: it is dropped.' : 'The answer is a reset (RST).';
  return stop(`There is no connection ${source}:${sourcePort} to ${server.ip}:${destinationPort} here. ${answer}`);
}

export function atTcp(tcp: TcpLayer | undefined, source: string): Verdict {
  const codes = tcp?.errors.map(({ code }) => code) ?? ['truncated'];
  if (!tcp?.header || codes.some((code) => code !== 'bad-checksum' && code !== 'bad-option'))
    return stop('The header’s own length makes no sense. The segment is thrown away.');
  if (codes.includes('bad-checksum')) {
    return stop(
      'The checksum does not agree. It covers the data and the addresses too, so a change in them shows. The segment is thrown away; no ACK comes, and the sender will send it again.',
    );
  }
  if (codes.includes('bad-option'))
    return stop('The header says that it has options, and what stands there is none. RFC 9293 suggests to reset the connection.');
  const { sourcePort, destinationPort, syn, rst, ack, sequenceNumber } = tcp.header;
  const isKnown = source === client.ip && sourcePort === client.port && destinationPort === server.port;
  if (!isKnown) return atStranger(tcp.header, source);
  const distance = seqDistance(sequence, sequenceNumber);
  if (rst) return atReset(distance);
  if (syn) return stop('A SYN inside an open connection is not believed: the server answers with a challenge ACK (RFC 9293 §3.10.7.4).');
  if (!ack) return stop('Every segment of an open connection carries an ACK. This one does not, so it is dropped.');
  if (seqDistance(acknowledgment, tcp.header.acknowledgmentNumber) > 0) {
    return stop('It acknowledges bytes that the server has never sent. TCP drops it and answers with an ACK.');
  }
  return atPlace(distance, tcp.end - tcp.headEnd);
}

/** What becomes of a whole frame that is no text. Source: RFC 6455 §5.4 and §5.5; Socket.IO 4.8 for a binary message. */
const NOT_TEXT: Readonly<Record<Exclude<Opcode, 'text'>, string>> = {
  binary: 'The opcode says “binary”. No text has announced any bytes, so Socket.IO closes the connection.',
  continuation: 'The opcode says that this goes on with a message, and none was begun. The server closes with code 1002.',
  close: 'The opcode says “close”. The server answers with a close frame, and the connection ends.',
  ping: 'The opcode says “ping”. The server answers with a pong that carries the same bytes, and the program hears nothing of it.',
  pong: 'The opcode says “pong”. Nobody has asked for one, which is allowed: nothing happens.',
};

/** What a WebSocket server that is given these bytes of the stream reads. */
export function textIn(bytes: Uint8Array): Verdict & { readonly message?: string } {
  const read = decodeFrame(bytes, 0, { from: 'client', maxPayloadBytes: 1_000_000 });
  if (!read.ok && read.error.code === 'truncated')
    return stop('The frame says that it is longer than what has come. The server waits for the rest.');
  if (!read.ok)
    return stop(
      `This breaks the rules of WebSocket (${read.error.code.replaceAll('-', ' ')}). The server closes with code ${CLOSE_CODE_FOR[read.error.code]}.`,
    );
  const { opcode, fin, payload } = read.frame;
  if (opcode === 'continuation') return stop(NOT_TEXT.continuation);
  if (!fin) return stop('FIN is not set: more frames of this message are to come. The server waits.');
  if (opcode !== 'text') return stop(NOT_TEXT[opcode]);
  try {
    return {
      ...pass('One whole text message. Unmasked with the key, it is text again.'),
      message: new TextDecoder('utf-8', { fatal: true }).decode(payload),
    };
  } catch {
    return stop('Unmasked, it is not valid UTF-8. The server closes with code 1007.');
  }
}

/** What the program at the server is given. */
export type Heard = { readonly event: string; readonly args: readonly unknown[] };

export function eventIn(message: string): Verdict & { readonly heard?: Heard } {
  const engine = decodeEnginePacket(message);
  if (!engine.ok || typeof engine.packet.data !== 'string')
    return stop('The first character is no packet type of Engine.IO. It closes the connection.');
  if (engine.packet.type === 'ping')
    return stop('Engine.IO reads “ping”. In its version 4 only the server may ping, so it closes the connection.');
  if (engine.packet.type !== 'message') return stop(`Engine.IO reads “${engine.packet.type}”, not a message. Socket.IO sees nothing.`);
  const socket = decodeSocketPacket(engine.packet.data);
  if (!socket.ok) return stop('Socket.IO cannot read it (a quote or a bracket is gone?). It closes the connection.');
  const { type, namespace, data } = socket.packet;
  if (type !== 'EVENT' || !Array.isArray(data)) return stop(`Socket.IO reads a packet of type ${type}, not an event.`);
  if (namespace !== '/') return stop(`The client is not connected to the namespace ${namespace}. Socket.IO closes the connection.`);
  const [name, ...args]: unknown[] = data;
  const heard = { event: String(name), args };
  return heard.event === 'chat'
    ? { ...pass(`The handler of “chat” runs with ${JSON.stringify(args).slice(1, -1)}.`), heard }
    : { ...stop(`The event is called “${heard.event}”, and nobody listens to that. Nothing happens, and nobody is told.`), heard };
}
