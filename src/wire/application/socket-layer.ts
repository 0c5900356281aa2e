/** A packet of Socket.IO as fields, and the bytes that follow it. */
import { type Field, type FieldFacts, fieldAt } from '../field.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import { decodeSocketPacket, SOCKET_PACKETS, type SocketPacket, type SocketPiece, socketPieces } from './socket-io.ts';
import { scanUtf8, textOf } from './websocket/utf8.ts';

export type SocketLayer = LayerOf<'socket.io', SocketPacket>;

const TITLE = 'Socket.IO';
const BYTES = new TextEncoder();

const FACTS: Readonly<Record<SocketPiece['name'], Omit<FieldFacts, 'kind'>>> = {
  type: { id: 'type', name: 'Packet Type' },
  attachments: { id: 'attachments', name: 'Attachments' },
  namespace: { id: 'namespace', name: 'Namespace' },
  ackId: { id: 'ackId', name: 'Acknowledgement ID' },
  json: { id: 'data', name: 'Data' },
  separator: { id: 'separator', name: 'Separator' },
};

function meaningOf({ name, text }: SocketPiece): string | undefined {
  if (name === 'type') return SOCKET_PACKETS[Number(text)];
  if (name !== 'attachments') return undefined;
  return text === '1' ? 'one binary message follows' : `${text} binary messages follow`;
}

function fieldsOf(bytes: Uint8Array, pieces: readonly SocketPiece[], from: number): readonly Field[] {
  let at = from;
  return pieces.map((piece) => {
    const length = BYTES.encode(piece.text).length;
    const meaning = meaningOf(piece);
    const field = fieldAt(bytes, { at: at * 8, bits: length * 8 }, { ...FACTS[piece.name], kind: 'text', ...(meaning && { meaning }) });
    at += length;
    return field;
  });
}

/** Reads one packet. Its text is UTF-8, or nothing of it is read. */
export function socketLayer(bytes: Uint8Array, { at, end }: Pick<Span, 'at' | 'end'>): SocketLayer {
  const own = bytes.subarray(at, end);
  const base = { protocol: 'socket.io', title: TITLE, level: 'application', at, end } as const;
  const scan = scanUtf8(own);
  if (!scan.ok || scan.state.left > 0) {
    return { ...base, headEnd: end, fields: [], errors: [{ code: 'invalid-utf8', offset: scan.ok ? end : at + scan.index }] };
  }
  const text = textOf(own);
  const fields = fieldsOf(bytes, socketPieces(text) ?? [], at);
  const read = decodeSocketPacket(text);
  const data = fields.find(({ id }) => id === 'data');
  const headEnd = data ? data.at / 8 : end;
  if (read.ok) return { ...base, headEnd, fields, errors: [], header: read.packet };
  const { code, offset } = read.error;
  return { ...base, headEnd, fields, errors: [{ code, offset: at + BYTES.encode(text.slice(0, offset)).length }] };
}

export const decodeSocket = (bytes: Uint8Array, span: Span): Decoded<SocketLayer> => ({ layer: socketLayer(bytes, span) });

/** Which of a packet's attachments a binary message is. */
export type AttachmentPlace = { readonly nth: number; readonly of: number };

/** One attachment: the bytes of a whole message, or base64 as polling carries them. */
export function attachmentLayer(
  bytes: Uint8Array,
  { at, end }: Pick<Span, 'at' | 'end'>,
  { nth, of, kind }: AttachmentPlace & { readonly kind: 'bytes' | 'text' },
): SocketLayer {
  const meaning = of === 1 ? 'the bytes that the packet before has a place for' : `attachment ${nth} of ${of} of the packet before`;
  const field = fieldAt(bytes, { at: at * 8, bits: (end - at) * 8 }, { id: 'attachment', name: 'Attachment', kind, meaning });
  const fields = end > at ? [field] : [];
  return { protocol: 'socket.io', title: `${TITLE} attachment`, level: 'application', at, headEnd: at, end, fields, errors: [] };
}
