/** A packet of Engine.IO as fields. */
import { type Field, fieldAt } from '../field.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import { decodeEnginePacket, ENGINE_PACKETS, type EnginePacketType } from './engine-io.ts';
import { scanUtf8, textOf } from './websocket/utf8.ts';

export type EngineLayer = LayerOf<'engine.io', { readonly type: EnginePacketType }>;

type Stretch = Pick<Span, 'at' | 'end'>;

const TITLE = 'Engine.IO';
/** `b`, before bytes as base64. */
export const BASE64 = 0x62;

const textField = (bytes: Uint8Array, { at, end }: Stretch, id: string, name: string, meaning?: string): Field =>
  fieldAt(bytes, { at: at * 8, bits: (end - at) * 8 }, { id, name, kind: 'text', ...(meaning && { meaning }) });

/** What each kind of packet is for. Source: Engine.IO protocol 4, "Packet encoding". */
const MEANINGS: Readonly<Record<EnginePacketType, string>> = {
  open: 'open: the session and its times',
  close: 'close: this transport may be closed',
  ping: 'ping: are you there?',
  pong: 'pong: I am',
  message: 'message',
  upgrade: 'upgrade: from here on this transport',
  noop: 'noop: nothing, but the poll is answered',
};

function typeMeaning(first: string): string | undefined {
  if (first === 'b') return 'bytes as base64';
  const type = /^\d$/.test(first) ? ENGINE_PACKETS[Number(first)] : undefined;
  return type && MEANINGS[type];
}

/** Reads a packet of text; what a message carries begins at `headEnd`. */
export function engineLayer(bytes: Uint8Array, { at, end }: Stretch): EngineLayer {
  const base = { protocol: 'engine.io', title: TITLE, level: 'application', at, end } as const;
  const own = bytes.subarray(at, end);
  const scan = scanUtf8(own);
  if (!scan.ok || scan.state.left > 0) {
    return { ...base, headEnd: end, fields: [], errors: [{ code: 'invalid-utf8', offset: scan.ok ? end : at + scan.index }] };
  }
  const text = textOf(own);
  const read = decodeEnginePacket(text);
  if (text === '') return { ...base, headEnd: end, fields: [], errors: [{ code: 'empty', offset: at }] };
  const first = textField(bytes, { at, end: at + 1 }, 'type', 'Packet Type', typeMeaning(text.charAt(0)));
  if (!read.ok) {
    const fields = text.charCodeAt(0) < 0x80 ? [first] : [];
    return { ...base, headEnd: at + fields.length, fields, errors: [{ code: read.error.code, offset: at + read.error.offset }] };
  }
  const { type } = read.packet;
  const isInside = type === 'message';
  const data = isInside || end === at + 1 ? [] : [textField(bytes, { at: at + 1, end }, 'data', 'Data')];
  return { ...base, headEnd: at + 1, fields: [first, ...data], errors: [], header: { type } };
}

/** Reads one packet by itself. */
export function decodeEngine(bytes: Uint8Array, { at, end }: Span): Decoded<EngineLayer> {
  const layer = engineLayer(bytes, { at, end });
  if (layer.header?.type !== 'message') return { layer };
  return { layer, next: { protocol: bytes[at] === BASE64 ? 'data' : 'socket.io', at: layer.headEnd, end } };
}

/** A packet whose message is bytes: a binary message of a WebSocket has no digit before them. */
export const binaryLayer = ({ at, end }: Stretch): EngineLayer => ({
  protocol: 'engine.io',
  title: `${TITLE} message of bytes`,
  level: 'application',
  at,
  headEnd: at,
  end,
  fields: [],
  errors: [],
  header: { type: 'message' },
});
