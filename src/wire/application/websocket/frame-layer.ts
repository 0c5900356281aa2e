/** A WebSocket frame as fields, and the payload behind its mask. Source: RFC 6455 §5.2. */
import { type Field, type FieldFacts, fieldAt } from '../../field.ts';
import { headerBytes, readHeader, withFacts } from '../../header.ts';
import type { Decoded, LayerOf, Span } from '../../layer.ts';
import type { WireError } from '../../wire-error.ts';
import { closeCodeMeaning, decodeClose } from './close.ts';
import { decodeFrame, type Frame, KEY_BYTES } from './frame.ts';
import { extendedLengthSpec, FRAME_START, type FrameHead, type FrameRules, type Opcode } from './frame-head.ts';
import { MAX_MESSAGE_BYTES } from './message.ts';
import { scanUtf8 } from './utf8.ts';

export type WebsocketLayer = LayerOf<'websocket', FrameHead>;
type Stretch = { readonly at: number; readonly end: number };

/** What a payload is, besides the kinds of frames. */
export type PayloadKind = Opcode | 'compressed';

const PAYLOADS: Readonly<Record<PayloadKind, Omit<FieldFacts, 'id'>>> = {
  text: { name: 'Text', kind: 'text', wireshark: 'websocket.payload.text' },
  binary: { name: 'Payload', kind: 'bytes', wireshark: 'websocket.payload' },
  continuation: { name: 'Continuation', kind: 'bytes', wireshark: 'websocket.payload.continue' },
  ping: { name: 'Ping', kind: 'bytes', wireshark: 'websocket.payload.ping' },
  pong: { name: 'Pong', kind: 'bytes', wireshark: 'websocket.payload.pong' },
  close: { name: 'Close', kind: 'bytes', wireshark: 'websocket.payload.close' },
  compressed: { name: 'Payload', kind: 'bytes', wireshark: 'websocket.payload', meaning: 'compressed' },
};

const fieldOf = (bytes: Uint8Array, { at, end }: Stretch, facts: FieldFacts): Field =>
  fieldAt(bytes, { at: at * 8, bits: (end - at) * 8 }, facts);

/** The code and the reason of a close frame. Source: RFC 6455 §5.5.1. */
function closeFields(bytes: Uint8Array, { at, end }: Stretch): readonly Field[] {
  if (end - at < 2) return [];
  const code = { id: 'closeCode', name: 'Status Code', kind: 'number', wireshark: 'websocket.payload.close.status_code' } as const;
  const field = fieldOf(bytes, { at, end: at + 2 }, code);
  const meaning = closeCodeMeaning(Number(field.value));
  const reason = { id: 'reason', name: 'Reason', kind: 'text', wireshark: 'websocket.payload.close.reason' } as const;
  return [{ ...field, ...(meaning && { meaning }) }, ...(end > at + 2 ? [fieldOf(bytes, { at: at + 2, end }, reason)] : [])];
}

/** The fields of a payload without a mask. */
function payloadFields(bytes: Uint8Array, { at, end }: Stretch, kind: PayloadKind): readonly Field[] {
  if (end <= at) return [];
  const parts = kind === 'close' ? closeFields(bytes, { at, end }) : [];
  return [fieldOf(bytes, { at, end }, { id: 'payload', ...PAYLOADS[kind], ...(parts.length > 0 && { parts }) })];
}

type Tail = { readonly fields: readonly Field[]; readonly payload: Stretch };

/** What stands behind the first two bytes, as far as it is there. */
function readTail(bytes: Uint8Array, { at, end }: Stretch, start: { readonly masked: boolean; readonly payloadLength: number }): Tail {
  const spec = extendedLengthSpec(start.payloadLength);
  const extended = spec ? readHeader(spec, bytes, { at, end }).fields : [];
  const keyAt = Math.min(end, at + (spec ? headerBytes(spec) : 0));
  const length = spec ? Number(extended[0]?.value ?? 0) : start.payloadLength;
  const payloadAt = Math.min(end, keyAt + (start.masked ? KEY_BYTES : 0));
  const key = { id: 'maskingKey', name: 'Masking Key', kind: 'bytes', wireshark: 'websocket.masking_key' } as const;
  const hasKey = start.masked && keyAt + KEY_BYTES <= end;
  return {
    fields: [...extended, ...(hasKey ? [fieldOf(bytes, { at: keyAt, end: payloadAt }, key)] : [])],
    payload: { at: payloadAt, end: Math.min(end, payloadAt + length) },
  };
}

const MASKED_PAYLOAD = { id: 'maskedPayload', name: 'Masked Payload', kind: 'bytes', wireshark: 'websocket.masked_payload' } as const;

/** What is wrong with a payload by itself. */
function payloadError({
  opcode,
  fin,
  payload,
  isCompressed,
}: Frame): { readonly code: WireError['code']; readonly offset: number } | undefined {
  if (opcode === 'close') {
    const close = decodeClose(payload);
    return close.ok ? undefined : close.error;
  }
  if (opcode !== 'text' || isCompressed) return undefined;
  const scan = scanUtf8(payload);
  if (!scan.ok) return { code: 'invalid-utf8', offset: scan.index };
  return fin && scan.state.left > 0 ? { code: 'invalid-utf8', offset: payload.length } : undefined;
}

/** The frame that begins at byte `at`; it may be cut short. */
export function frameLayer(bytes: Uint8Array, { at, end }: Stretch, rules: FrameRules): WebsocketLayer {
  const { fields, values } = readHeader(FRAME_START, bytes, { at, end });
  const base = { protocol: 'websocket', title: FRAME_START.title, level: 'application', at } as const;
  const read = decodeFrame(bytes.subarray(0, end), at, rules);
  if (!values) return { ...base, headEnd: end, end, fields, errors: [{ code: 'truncated', offset: end }] };
  const tail = readTail(bytes, { at: at + headerBytes(FRAME_START), end }, values);
  const frame = read.ok ? read.frame : undefined;
  const kind = frame?.isCompressed ? 'compressed' : (frame?.opcode ?? 'binary');
  const hidden = tail.payload.end > tail.payload.at ? [fieldOf(bytes, tail.payload, MASKED_PAYLOAD)] : [];
  const inside = frame && payloadError(frame);
  const noted = read.ok ? inside && { code: inside.code, offset: tail.payload.at + inside.offset } : read.error;
  const started = frame?.isCompressed
    ? withFacts(fields, 'rsv1', { meaning: 'the message is compressed', wireshark: 'websocket.pmc' })
    : fields;
  return {
    ...base,
    headEnd: tail.payload.at,
    end: tail.payload.end,
    fields: [...started, ...tail.fields, ...(values.masked ? hidden : payloadFields(bytes, tail.payload, kind))],
    errors: noted ? [noted] : [],
    ...(frame && { header: headOf(frame) }),
  };
}

const headOf = ({ fin, opcode, maskKey, payload, isCompressed }: Frame): FrameHead => ({
  fin,
  opcode,
  masked: maskKey !== undefined,
  length: payload.length,
  ...(isCompressed && { isCompressed }),
});

/** The payload of a message in bytes of its own: without mask, its fragments joined. */
export const payloadLayer = (decoded: Uint8Array, kind: PayloadKind, title: string): WebsocketLayer => ({
  protocol: 'websocket',
  title,
  level: 'application',
  at: 0,
  headEnd: 0,
  end: decoded.length,
  fields: payloadFields(decoded, { at: 0, end: decoded.length }, kind),
  errors: [],
  source: 'decoded',
});

/** Who wrote a frame that stands alone: its mask says so. */
export const writerOf = (bytes: Uint8Array, at: number): FrameRules['from'] => {
  const { values } = readHeader(FRAME_START, bytes, { at, end: bytes.length });
  return values?.masked === false ? 'server' : 'client';
};

/** Reads one frame by itself: its place among the fragments of a message is not judged. */
export function decodeWebsocket(bytes: Uint8Array, { at, end }: Span): Decoded<WebsocketLayer> {
  const layer = frameLayer(bytes, { at, end }, { from: writerOf(bytes, at), maxPayloadBytes: MAX_MESSAGE_BYTES });
  return { layer, next: { protocol: layer.end < end && layer.errors.length === 0 ? 'websocket' : 'data', at: layer.end, end } };
}
