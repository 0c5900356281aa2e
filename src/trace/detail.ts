/** What an opened arrow shows: the layers that an event wears on the wire, and the bytes of each. Pure. */
import { decodeEnginePacket } from '#wire/application/engine-io.ts';
import { decodeSocketPacket, SOCKET_PACKETS, type SocketPacketType, socketPieces } from '#wire/application/socket-io.ts';
import { encodeFrameHead } from '#wire/application/websocket/frame-head.ts';
import type { Message } from './trace.ts';

export type LayerName = 'frame' | 'engine' | 'packet' | 'event';

/** One layer, outermost first. `sign`: its own bytes or text; `words`: what they say. */
export type Layer = { readonly name: LayerName; readonly title: string; readonly sign: string; readonly words: string };

/** One byte of the frame; `hex` is `··` where a page cannot know it. */
export type ByteView = { readonly layer: LayerName; readonly hex: string; readonly char: string };

export type Detail = {
  readonly layers: readonly Layer[];
  readonly bytes: readonly ByteView[];
  /** Length of the whole frame on the wire, bytes. */
  readonly size: number;
  readonly isCut: boolean;
};

const PACKET_WORDS: Record<SocketPacketType, string> = {
  CONNECT: 'joins a namespace',
  DISCONNECT: 'leaves a namespace',
  EVENT: 'event',
  ACK: 'acknowledgement',
  CONNECT_ERROR: 'the connection was refused',
  BINARY_EVENT: 'event with attachments',
  BINARY_ACK: 'acknowledgement with attachments',
};
const KEY_BYTES = 4;
const utf8 = new TextEncoder();

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');
const charOf = (byte: number): string => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');
const bytesOf = (layer: LayerName, text: string): readonly ByteView[] =>
  [...utf8.encode(text)].map((byte) => ({ layer, hex: hexOf(byte), char: charOf(byte) }));

function frameBytes(masked: boolean, length: number): readonly ByteView[] {
  const head = [...encodeFrameHead({ fin: true, opcode: 'text', masked, length })].map(
    (byte): ByteView => ({ layer: 'frame', hex: hexOf(byte), char: '·' }),
  );
  const key = Array.from({ length: masked ? KEY_BYTES : 0 }, (): ByteView => ({ layer: 'frame', hex: '··', char: 'k' }));
  return [...head, ...key];
}

const frameWords = (masked: boolean, length: number): string =>
  `text, final, ${masked ? 'masked with a key that a page cannot see' : 'not masked'}, ${length} ${length === 1 ? 'byte follows' : 'bytes follow'}`;

type Inside = { readonly layers: readonly Layer[]; readonly parts: readonly (readonly [LayerName, string])[] };

/** The Socket.IO packet and what is in it. The digit, and all that stands before the JSON, belongs to the packet. */
function insideMessage(text: string): Inside {
  const decoded = decodeSocketPacket(text);
  if (!decoded.ok) return { layers: [], parts: [['event', text]] };
  const { type, namespace, ackId, attachments } = decoded.packet;
  const json = socketPieces(text)?.find(({ name }) => name === 'json')?.text ?? '';
  const head = text.slice(0, text.length - json.length);
  const facts = [
    PACKET_WORDS[type],
    `in the namespace ${namespace}`,
    ...(ackId === undefined ? [] : [`ack id ${ackId}`]),
    ...(attachments > 0 ? [`${attachments} binary ${attachments === 1 ? 'frame follows' : 'frames follow'}`] : []),
  ];
  const packet: Layer = { name: 'packet', title: 'Socket.IO packet', sign: String(SOCKET_PACKETS.indexOf(type)), words: facts.join(', ') };
  const event: Layer[] =
    json === ''
      ? []
      : [
          {
            name: 'event',
            title: type === 'ACK' ? 'Answer' : type === 'EVENT' ? 'Event' : 'Data',
            sign: json,
            words: 'what the program said',
          },
        ];
  return {
    layers: [packet, ...event],
    parts: [
      ['packet', head],
      ['event', json],
    ],
  };
}

/** The layers and bytes of a message as it crosses a WebSocket; undefined if no packet was ever made of it. */
export function detailOf({ text, to }: Message): Detail | undefined {
  const engine = decodeEnginePacket(text);
  if (!engine.ok || typeof engine.packet.data !== 'string') return undefined;
  const { type, data } = engine.packet;
  const masked = to === 'server';
  const length = utf8.encode(text).length;
  const inside: Inside = type === 'message' ? insideMessage(data) : { layers: [], parts: [['engine', data]] };
  const head = frameBytes(masked, length);
  const sign = head.map(({ hex }) => hex).join(' ');
  const layers: readonly Layer[] = [
    { name: 'frame', title: 'WebSocket frame', sign, words: frameWords(masked, length) },
    { name: 'engine', title: 'Engine.IO packet', sign: text.charAt(0), words: type },
    ...inside.layers,
  ];
  const bytes = [...head, ...bytesOf('engine', text.charAt(0)), ...inside.parts.flatMap(([layer, part]) => bytesOf(layer, part))];
  return { layers, bytes, size: head.length + length, isCut: text.endsWith('…') };
}
