/**
 * Engine.IO 4 packets as they cross a WebSocket: one digit, then data; binary data is a frame of its own.
 * Source: Engine.IO protocol 4, "Packet encoding" (https://socket.io/docs/v4/engine-io-protocol/).
 */

export const ENGINE_PACKETS = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'] as const;
export type EnginePacketType = (typeof ENGINE_PACKETS)[number];

/** Only a message may carry bytes. */
export type EnginePacket =
  | { readonly type: EnginePacketType; readonly data: string }
  | { readonly type: 'message'; readonly data: Uint8Array };

export type EngineError = { readonly code: 'empty' | 'unknown-type' | 'bad-base64'; readonly offset: number };
export type EngineResult = { readonly ok: true; readonly packet: EnginePacket } | { readonly ok: false; readonly error: EngineError };

/** Separates packets in the body of one HTTP response or request of long polling. */
export const RECORD_SEPARATOR = '\u001e';

const fail = (code: EngineError['code'], offset: number): EngineResult => ({ ok: false, error: { code, offset } });

function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Reads one packet: a text as above, bytes as a message, or `b` + base64, which is how polling carries bytes. */
export function decodeEnginePacket(input: string | Uint8Array): EngineResult {
  if (typeof input !== 'string') return { ok: true, packet: { type: 'message', data: input } };
  if (input.length === 0) return fail('empty', 0);
  if (input.startsWith('b')) {
    const data = fromBase64(input.slice(1));
    return data ? { ok: true, packet: { type: 'message', data } } : fail('bad-base64', 1);
  }
  const type = /^\d/.test(input) ? ENGINE_PACKETS[Number(input[0])] : undefined;
  return type ? { ok: true, packet: { type, data: input.slice(1) } } : fail('unknown-type', 0);
}

/** Writes one packet for a WebSocket: text, or bytes for a binary message. */
export function encodeEnginePacket({ type, data }: EnginePacket): string | Uint8Array {
  return typeof data === 'string' ? `${ENGINE_PACKETS.indexOf(type)}${data}` : data;
}

/** Reads the body of one polling request or response, packet by packet. */
export const decodePollingBody = (body: string): readonly EngineResult[] =>
  body.split(RECORD_SEPARATOR).map((part) => decodeEnginePacket(part));

/** Writes the body of one polling request or response. */
export function encodePollingBody(packets: readonly EnginePacket[]): string {
  const encode = (packet: EnginePacket): string => {
    const encoded = encodeEnginePacket(packet);
    return typeof encoded === 'string' ? encoded : `b${toBase64(encoded)}`;
  };
  return packets.map(encode).join(RECORD_SEPARATOR);
}
