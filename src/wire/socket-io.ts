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
  /** How many binary frames follow. */
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

/** Everything before the JSON. The ack id ends where the JSON begins: `422["price",42]` is message, event, ack 2. */
const HEAD = /^(\d)(?:(\d+)-)?(?:(\/[^,]*),)?(\d+)?/;

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

const isEvent = (data: unknown): boolean => Array.isArray(data) && (typeof data[0] === 'string' || typeof data[0] === 'number');

/** Whether data may stand in a packet of this type. */
function isPayload(type: SocketPacketType, data: unknown): boolean {
  switch (type) {
    case 'CONNECT':
      return data === undefined || (typeof data === 'object' && data !== null && !Array.isArray(data));
    case 'DISCONNECT':
      return data === undefined;
    case 'CONNECT_ERROR':
      return typeof data === 'string' || (typeof data === 'object' && data !== null);
    case 'EVENT':
    case 'BINARY_EVENT':
      return isEvent(data);
    case 'ACK':
    case 'BINARY_ACK':
      return Array.isArray(data);
  }
}

/** Reads the text of one packet. Placeholders of attachments stay in the data; the frames that follow fill them. */
export function decodeSocketPacket(text: string): SocketResult {
  if (text.length === 0) return fail('empty', 0);
  const head = HEAD.exec(text);
  const type = head ? SOCKET_PACKETS[Number(head[1])] : undefined;
  if (!head || !type) return fail('unknown-type', 0);
  const isBinary = type === 'BINARY_EVENT' || type === 'BINARY_ACK';
  if (isBinary !== (head[2] !== undefined)) return fail('bad-attachments', 1);
  const rest = text.slice(head[0].length);
  const json: Parsed = rest === '' ? { ok: true, value: undefined } : parseJson(rest);
  if (!json.ok) return fail('bad-json', head[0].length);
  if (!isPayload(type, json.value)) return fail('bad-payload', head[0].length);
  const packet: SocketPacket = {
    type,
    namespace: head[3] ?? '/',
    attachments: Number(head[2] ?? 0),
    ...(head[4] !== undefined && { ackId: Number(head[4]) }),
    ...(json.value !== undefined && { data: json.value }),
  };
  return { ok: true, packet };
}

/** Writes the text of one packet. */
export function encodeSocketPacket({ type, namespace, ackId, attachments, data }: SocketPacket): string {
  const count = type === 'BINARY_EVENT' || type === 'BINARY_ACK' ? `${attachments}-` : '';
  const where = namespace === '/' ? '' : `${namespace},`;
  return `${SOCKET_PACKETS.indexOf(type)}${count}${where}${ackId ?? ''}${data === undefined ? '' : JSON.stringify(data)}`;
}
