/**
 * Socket.IO 5 packets: `<type>[<attachments>-][<namespace>,][<ack id>][JSON]`, inside an Engine.IO message.
 * Source: Socket.IO protocol 5, "Packet encoding" (https://socket.io/docs/v4/socket-io-protocol/).
 */

export const SOCKET_PACKETS = ['CONNECT', 'DISCONNECT', 'EVENT', 'ACK', 'CONNECT_ERROR', 'BINARY_EVENT', 'BINARY_ACK'] as const;
export type SocketPacketType = (typeof SOCKET_PACKETS)[number];

export type SocketPacket = {
  readonly type: SocketPacketType;
  /** `/` unless the packet says otherwise. */
  readonly namespace: string;
  readonly ackId?: number;
  /** How many binary frames follow: one or more for a binary packet, 0 for any other. */
  readonly attachments: number;
  /** The JSON, parsed; for an event `[name, …args]`. Missing when the packet has none. */
  readonly data?: unknown;
};

export type SocketError = {
  readonly code: 'empty' | 'unknown-type' | 'bad-attachments' | 'bad-json' | 'bad-payload';
  /** Characters from the packet's beginning. */
  readonly offset: number;
};
export type SocketResult = { readonly ok: true; readonly packet: SocketPacket } | { readonly ok: false; readonly error: SocketError };

const fail = (code: SocketError['code'], offset: number): SocketResult => ({ ok: false, error: { code, offset } });

/** Everything before the JSON: type, attachments, namespace, ack id. The ack id ends where the JSON begins: `422["price",42]` is message, event, ack 2. */
const HEAD = /^(\d)(?:(\d+)-)?(?:(\/[^,]*)(?:,|$))?(\d+)?/;

/** The pieces of a packet as they are written, in order; joined they are its text. `separator`s are the `-` and `,` behind a piece. */
export type SocketPiece = {
  readonly name: 'type' | 'attachments' | 'namespace' | 'ackId' | 'json' | 'separator';
  readonly text: string;
};

/** Takes a text apart without judging it. Undefined if it does not begin with a digit. */
export function socketPieces(text: string): readonly SocketPiece[] | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const [all, type = '', attachments = '', namespace = '', ackId = ''] = head;
  const comma = all.length - type.length - ackId.length - namespace.length - (attachments === '' ? 0 : attachments.length + 1);
  const pieces: readonly SocketPiece[] = [
    { name: 'type', text: type },
    { name: 'attachments', text: attachments },
    { name: 'separator', text: attachments === '' ? '' : '-' },
    { name: 'namespace', text: namespace },
    { name: 'separator', text: ','.repeat(comma) },
    { name: 'ackId', text: ackId },
    { name: 'json', text: text.slice(all.length) },
  ];
  return pieces.filter((piece) => piece.text !== '');
}

/** Events that the libraries emit on their own: on the wire they are refused. Source: https://socket.io/docs/v4/emit-cheatsheet/#reserved-events. */
const RESERVED_EVENTS = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']);

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

const isObject = (data: unknown): boolean => typeof data === 'object' && data !== null && !Array.isArray(data);
const isEventName = (name: unknown): boolean => typeof name === 'number' || (typeof name === 'string' && !RESERVED_EVENTS.has(name));

/** Whether data may stand in a packet of this type. */
function isPayload(type: SocketPacketType, data: unknown): boolean {
  switch (type) {
    case 'CONNECT':
      return data === undefined || isObject(data);
    case 'DISCONNECT':
      return data === undefined;
    case 'CONNECT_ERROR':
      return typeof data === 'string' || isObject(data);
    case 'EVENT':
    case 'BINARY_EVENT':
      return Array.isArray(data) && isEventName(data[0]);
    case 'ACK':
    case 'BINARY_ACK':
      return Array.isArray(data);
  }
}

const hasAttachments = (type: SocketPacketType): boolean => type === 'BINARY_EVENT' || type === 'BINARY_ACK';

/** Reads the text of one packet. Placeholders of attachments stay in the data; the frames that follow fill them. */
export function decodeSocketPacket(text: string): SocketResult {
  if (text.length === 0) return fail('empty', 0);
  const head = HEAD.exec(text);
  const type = head ? SOCKET_PACKETS[Number(head[1])] : undefined;
  if (!head || !type) return fail('unknown-type', 0);
  const attachments = Number(head[2] ?? 0);
  if (hasAttachments(type) ? attachments < 1 : head[2] !== undefined) return fail('bad-attachments', 1);
  const rest = text.slice(head[0].length);
  const json: Parsed = rest === '' ? { ok: true, value: undefined } : parseJson(rest);
  if (!json.ok) return fail('bad-json', head[0].length);
  if (!isPayload(type, json.value)) return fail('bad-payload', head[0].length);
  const packet: SocketPacket = {
    type,
    namespace: head[3] ?? '/',
    attachments,
    ...(head[4] !== undefined && { ackId: Number(head[4]) }),
    ...(json.value !== undefined && { data: json.value }),
  };
  return { ok: true, packet };
}

/** Writes the text of one packet. */
export function encodeSocketPacket({ type, namespace, ackId, attachments, data }: SocketPacket): string {
  const count = hasAttachments(type) ? `${attachments}-` : '';
  const where = namespace === '/' ? '' : `${namespace},`;
  return `${SOCKET_PACKETS.indexOf(type)}${count}${where}${ackId ?? ''}${data === undefined ? '' : JSON.stringify(data)}`;
}
