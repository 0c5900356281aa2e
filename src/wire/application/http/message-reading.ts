/** A message of HTTP as layers, with the packets of Engine.IO in its body if it is a poll. */

import { decodeData } from '../../data.ts';
import type { Layer } from '../../dissect.ts';
import type { Field } from '../../field.ts';
import { withFacts } from '../../header.ts';
import type { PacketLayers } from '../packet-layers.ts';
import { inDecoded, type Reading, shortened } from '../reading.ts';
import { acceptKeyOf } from '../websocket/handshake.ts';
import { listOf, valuesOf } from './head.ts';
import { type HttpLayer, httpLayer } from './layer.ts';
import type { HttpMessage } from './reader.ts';

/** What a request asked for, as far as its answer depends on it. */
export type Asked = {
  readonly method: string;
  /** It asks to speak another protocol afterwards: with Upgrade, or with CONNECT. */
  readonly isSwitch: boolean;
  /** `Sec-WebSocket-Key`. */
  readonly key?: string;
  /** Its query names Engine.IO 4, and maybe the transport. */
  readonly engine?: { readonly isPolling: boolean };
};

/** Undefined if the message is no request that could be read. */
export function askedOf({ head }: HttpMessage): Asked | undefined {
  const { start, fields } = head;
  if (start?.kind !== 'request') return undefined;
  const query = new URLSearchParams(start.target.text.split('?')[1] ?? '');
  const method = start.method.text;
  const [key] = valuesOf(fields, 'sec-websocket-key');
  return {
    method,
    isSwitch: method === 'CONNECT' || listOf(fields, 'upgrade').length > 0,
    ...(key && { key: key.text }),
    ...(query.get('EIO') === '4' && { engine: { isPolling: query.get('transport') === 'polling' } }),
  };
}

/** Whether the body holds packets: what a client posts, and what a server answers to a poll. An answer to a post is `ok`. */
function holdsPackets({ head, isCut, error }: HttpMessage, asked: Asked | undefined): boolean {
  if (!asked?.engine?.isPolling || isCut || error || listOf(head.fields, 'content-encoding').length > 0) return false;
  return head.start?.kind === 'request' ? asked.method === 'POST' : asked.method === 'GET' && head.start?.status.text === '200';
}

/** The answer to the key of a handshake, judged. Source: RFC 6455 §4.1. */
function withAccept(layer: HttpLayer, asked: Asked | undefined): HttpLayer {
  const accept = layer.fields.find(({ id }) => id === 'sec-websocket-accept');
  const value = accept?.parts?.find(({ id }) => id === 'value');
  if (!accept || !value || asked?.key === undefined) return layer;
  const expected = acceptKeyOf(asked.key);
  const isGood = value.value === expected;
  const check = { check: { isGood, expected }, meaning: isGood ? 'good: it answers the key' : `wrong: the key gives ${expected}` };
  const parts = withFacts(accept.parts ?? [], 'value', { ...check, ...(!isGood && { error: 'bad-accept' as const }) });
  const fields = layer.fields.map((field): Field => (field === accept ? { ...field, parts } : field));
  return { ...layer, fields, errors: [...layer.errors, ...(isGood ? [] : [{ code: 'bad-accept', offset: value.at / 8 } as const])] };
}

/** The message, and what its body holds. A body in chunks has bytes of its own. */
export function readHttp(message: HttpMessage, asked: Asked | undefined, packets: PacketLayers): Reading {
  const { bytes, body, framing } = message;
  const layer = withAccept(httpLayer(message), asked);
  const isPoll = body.length > 0 && holdsPackets(message, asked);
  const inside = (source: Uint8Array, at: number): readonly Layer[] => {
    const span = { at, end: source.length };
    return isPoll ? packets.readPolling(source, span) : [decodeData(source, span).layer];
  };
  if (framing.kind === 'chunked' && body.length > 0) return { bytes, decoded: body, layers: [layer, ...inDecoded(inside(body, 0))] };
  return { bytes, layers: isPoll ? [layer, ...inside(bytes, layer.headEnd)] : [layer] };
}

/** A message in one line: `GET /chat`, `101 Switching Protocols`. */
export function httpSummary({ head: { start } }: HttpMessage): string {
  if (!start) return 'Broken HTTP';
  return shortened(
    start.kind === 'request' ? `${start.method.text} ${start.target.text}` : `${start.status.text} ${start.reason.text}`.trim(),
  );
}
