/** A message of a WebSocket as layers: its frames, its payload, and the packets of Engine.IO in it. */
import type { Layer } from '../../dissect.ts';
import type { WireError } from '../../wire-error.ts';
import type { PacketLayers } from '../packet-layers.ts';
import { countBytes, inDecoded, joined, type Reading, shortened } from '../reading.ts';
import { closeCodeMeaning } from './close.ts';
import { decodeFrame } from './frame.ts';
import type { FrameRules } from './frame-head.ts';
import { frameLayer, payloadLayer, type WebsocketLayer } from './frame-layer.ts';
import { MAX_MESSAGE_BYTES, type Message, type SentFrame, type Unread } from './message.ts';

export type FrameContext = {
  readonly from: FrameRules['from'];
  readonly hasDeflate?: boolean;
  /** Reads what the messages carry; missing if that is not Engine.IO. */
  readonly packets?: PacketLayers;
};

const rulesOf = ({ from, hasDeflate = false }: FrameContext): FrameRules => ({ from, hasDeflate, maxPayloadBytes: MAX_MESSAGE_BYTES });

/** The frames as layers of their bytes, one behind the other. */
function frameLayers(frames: readonly SentFrame[], bytes: Uint8Array, context: FrameContext): readonly WebsocketLayer[] {
  let at = 0;
  return frames.map((frame) => {
    const end = at + frame.bytes.length;
    const layer = frameLayer(bytes, { at, end }, rulesOf(context));
    at = end;
    return layer;
  });
}

const payloadOf = ({ bytes }: SentFrame, context: FrameContext): Uint8Array => {
  const read = decodeFrame(bytes, 0, rulesOf(context));
  return read.ok ? read.frame.payload : new Uint8Array();
};

function packetLayers({ packets }: FrameContext, message: Message, bytes: Uint8Array, at: number): readonly Layer[] {
  const span = { at, end: bytes.length };
  if (message.type === 'text') return packets?.readText(bytes, span) ?? [];
  return message.type === 'binary' ? (packets?.readBinary(bytes, span) ?? []) : [];
}

/** A whole message. Its payload has bytes of its own if it was masked or came in fragments. */
export function readMessage(message: Message, frames: readonly SentFrame[], context: FrameContext): Reading {
  const bytes = joined(frames.map((frame) => frame.bytes));
  const layers = frameLayers(frames, bytes, context);
  const [only] = layers;
  if (layers.length === 1 && only?.header?.masked === false) {
    return { bytes, layers: [only, ...packetLayers(context, message, bytes, only.headEnd)] };
  }
  const decoded = joined(frames.map((frame) => payloadOf(frame, context)));
  if (decoded.length === 0) return { bytes, layers };
  const title = frames.length === 1 ? 'WebSocket payload without its mask' : `WebSocket payload of ${frames.length} frames`;
  const inside = [payloadLayer(decoded, message.type, title), ...packetLayers(context, message, decoded, 0)];
  return { bytes, decoded, layers: [...layers, ...inDecoded(inside)] };
}

/** What was read of a message that breaks off, and the frame that breaks it. `error`: where, from the beginning of the stream. */
export function readUnread({ frames, rest }: Unread, error: WireError, context: FrameContext): Reading {
  const bytes = joined([...frames.map((frame) => frame.bytes), rest.bytes]);
  const before = frameLayers(frames, bytes, context);
  const at = bytes.length - rest.bytes.length;
  const broken = rest.bytes.length > 0 ? [frameLayer(bytes, { at, end: bytes.length }, rulesOf(context))] : [];
  const offset = Math.max(0, Math.min(bytes.length, error.offset - rest.at + at));
  const layers = [...before, ...broken].map((layer, index, { length }) =>
    index === length - 1 ? { ...layer, errors: [{ code: error.code, offset }] } : layer,
  );
  return { bytes, layers };
}

/** A message in one line. */
export function messageSummary(message: Message): string {
  switch (message.type) {
    case 'text':
      return shortened(message.text);
    case 'close':
      return message.code === undefined
        ? 'Close'
        : shortened(`Close ${message.code} ${message.reason || (closeCodeMeaning(message.code) ?? '')}`);
    case 'ping':
      return 'Ping';
    case 'pong':
      return 'Pong';
    default:
      return `${message.type === 'binary' ? 'Binary' : 'Compressed'}, ${countBytes(message.data.length)}`;
  }
}
