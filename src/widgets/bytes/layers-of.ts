/** The layers of a frame, those that its TCP segment carries among them. Pure. */
import { PacketLayers } from '#wire/application/packet-layers.ts';
import { maskPayload } from '#wire/application/websocket/frame.ts';
import { frameLayer, type WebsocketLayer } from '#wire/application/websocket/frame-layer.ts';
import { dissect } from '#wire/dissect.ts';
import { movedLayer } from '#wire/moved-layer.ts';
import type { TcpLayer } from '#wire/transport/tcp.ts';
import type { LayerLike } from './field-rows.ts';

const KEY_BYTES = 4;

/** The WebSocket frame that stands first in the segment, if there is one. */
function websocketIn(frame: Uint8Array): WebsocketLayer | undefined {
  const tcp = dissect(frame).layers.find((layer): layer is TcpLayer => layer.protocol === 'tcp');
  if (!tcp || tcp.headEnd >= tcp.end) return undefined;
  return frameLayer(frame, { at: tcp.headEnd, end: tcp.end }, { from: 'client', maxPayloadBytes: tcp.end - tcp.headEnd });
}

/** The same frame with the payload of its WebSocket frame unmasked; applied twice it is the frame again. Source: RFC 6455 §5.3. */
export function withoutMask(frame: Uint8Array): Uint8Array {
  const websocket = websocketIn(frame);
  if (!websocket?.header?.masked) return frame;
  const { headEnd, end } = websocket;
  const unmasked = frame.slice();
  unmasked.set(maskPayload(frame.subarray(headEnd, end), frame.subarray(headEnd - KEY_BYTES, headEnd)), headEnd);
  return unmasked;
}

/**
 * All layers of a frame. What a mask hides is read without it, and stands at the bytes that carry it: masking keeps every byte in its place.
 * Such layers say `source: 'decoded'`.
 */
export function layersOf(frame: Uint8Array): readonly LayerLike[] {
  const { layers } = dissect(frame);
  const websocket = websocketIn(frame);
  if (!websocket) return layers;
  const outer = layers.filter(({ protocol }) => protocol !== 'data');
  const { header, headEnd, end } = websocket;
  if (header?.opcode !== 'text' || !header.fin) return [...outer, websocket];
  const text = withoutMask(frame).slice(headEnd, end);
  const inner = new PacketLayers().readText(text, { at: 0, end: text.length });
  return [...outer, websocket, ...inner.map((layer) => ({ ...movedLayer(layer, headEnd), source: 'decoded' as const }))];
}
