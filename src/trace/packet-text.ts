/** What a packet is for and what it says, read from its text. Pure. */
import { decodeEnginePacket } from '#wire/application/engine-io.ts';
import { decodeSocketPacket, type SocketPacket } from '#wire/application/socket-io.ts';
import type { Message, MessageKind } from './trace.ts';

export type Reading = {
  readonly what: MessageKind;
  readonly label: string;
  readonly event?: NonNullable<Message['event']>;
  readonly socketPacket?: SocketPacket;
};

/** Longest label on an arrow, characters. */
const LABEL_CHARS = 28;

const shorten = (text: string): string => (text.length > LABEL_CHARS ? `${text.slice(0, LABEL_CHARS - 1)}…` : text);
const words = (args: readonly unknown[]): string => args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(', ');

/** `chat "one"`: an event's name and its arguments. */
export const eventLabel = (name: string, args: readonly unknown[]): string => shorten(args.length > 0 ? `${name} ${words(args)}` : name);

const CONTROL: Partial<Record<SocketPacket['type'], string>> = { CONNECT: 'connect', DISCONNECT: 'disconnect', CONNECT_ERROR: 'refused' };

/** Name and arguments from the JSON of `[event, …args]`; undefined if it is no such thing (cut short, say). */
export function readEventData(data: string): NonNullable<Message['event']> | undefined {
  try {
    const parsed: unknown = JSON.parse(data);
    if (!Array.isArray(parsed)) return undefined;
    const [name, ...args]: unknown[] = parsed;
    return { name: String(name), args };
  } catch {
    return undefined;
  }
}

function readSocketPacket(packet: SocketPacket): Reading {
  const control = CONTROL[packet.type];
  if (control) {
    const where = packet.namespace === '/' ? '' : ` ${packet.namespace}`;
    return { what: 'control', label: control + where, socketPacket: packet };
  }
  const data: unknown[] = Array.isArray(packet.data) ? packet.data : [];
  if (packet.type === 'ACK' || packet.type === 'BINARY_ACK') {
    return {
      what: 'ack',
      label: shorten(`ack ${packet.ackId ?? '?'} ${words(data)}`.trim()),
      event: { name: '', args: data },
      socketPacket: packet,
    };
  }
  const [name, ...args] = data;
  return { what: 'event', label: eventLabel(String(name), args), event: { name: String(name), args }, socketPacket: packet };
}

/** Reads the text of one packet as a record holds it. What cannot be read is an event with its text as label. */
export function readPacketText(text: string): Reading {
  if (text === '2') return { what: 'heartbeat', label: 'ping' };
  if (text === '3') return { what: 'heartbeat', label: 'pong' };
  const engine = decodeEnginePacket(text);
  if (!engine.ok || engine.packet.type !== 'message' || typeof engine.packet.data !== 'string')
    return { what: 'event', label: shorten(text) };
  const socket = decodeSocketPacket(engine.packet.data);
  return socket.ok ? readSocketPacket(socket.packet) : { what: 'event', label: shorten(text) };
}
