/** How an Engine.IO packet is written down in a record: as it crosses a WebSocket, cut where it is long. */
import type { ServerRecord } from '#trace/records.ts';
import { LIMITS } from './limits.ts';

/** An Engine.IO packet as both engines' events carry it. */
export type EnginePacket = { readonly type: string; readonly data?: unknown };

const DIGITS: Record<string, string> = { ping: '2', pong: '3', message: '4' };
/** Attachments are shown by their beginning only, bytes. */
const ATTACHMENT_BYTES = 64;

const cut = (text: string): string => (text.length > LIMITS.recordChars ? `${text.slice(0, LIMITS.recordChars)}…` : text);

function bytesOf(data: unknown): Uint8Array | undefined {
  if (data instanceof ArrayBuffer) return new Uint8Array(data, 0, Math.min(data.byteLength, ATTACHMENT_BYTES));
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, Math.min(data.byteLength, ATTACHMENT_BYTES));
  return undefined;
}

/** Whether a packet is written down at all: a message, a ping or a pong. */
export const isRecorded = ({ type }: EnginePacket): boolean => DIGITS[type] !== undefined;

/**
 * The text of a message, ping or pong packet (`42["chat","hi"]`, `2`, `bAQIDBA==`); undefined for packets that only
 * open, upgrade or close a session.
 * Source: Engine.IO protocol 4, "Packet encoding".
 */
export function recordText({ type, data }: EnginePacket): string | undefined {
  const digit = DIGITS[type];
  if (digit === undefined) return undefined;
  const bytes = bytesOf(data);
  if (bytes) return `b${btoa(String.fromCharCode(...bytes))}`;
  return cut(digit + (typeof data === 'string' ? data : ''));
}

/** The JSON of an event's name and arguments, cut where it is long; empty when it has none (a cycle, say). */
export function eventData(event: readonly unknown[]): string {
  try {
    return cut(JSON.stringify(event) ?? '');
  } catch {
    return '';
  }
}

/** A batch of the server's records, as the control plane carries it. Our own server wrote it, so its shape is trusted. */
export const readBatch = (text: string): readonly ServerRecord[] => JSON.parse(text);
