/** What a close frame carries: nothing, or a code and a reason. Source: RFC 6455 §5.5.1 and §7.4. */
import { type FrameFailure, failFrame } from './frame-error.ts';
import { MAX_CONTROL_BYTES } from './frame-head.ts';
import { scanUtf8, textOf } from './utf8.ts';

/** The codes with a meaning of their own. Source: RFC 6455 §7.4.1; 1012 to 1014 from the IANA registry. */
export const CLOSE_CODES = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no code received',
  1006: 'abnormal closure',
  1007: 'invalid payload data',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'mandatory extension',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
  1015: 'TLS handshake',
} as const;

/** Codes that report how a connection ended, and never cross the wire. Source: RFC 6455 §7.4.1. */
const LOCAL_CODES = new Set([1005, 1006, 1015]);
const CODE_BYTES = 2;
const utf8 = new TextEncoder();

export type Close = {
  /** Missing when the frame is empty, which a page then sees as 1005. */
  readonly code?: number;
  readonly reason: string;
};
export type CloseResult = { readonly ok: true; readonly close: Close } | FrameFailure;
export type ClosePayload = { readonly ok: true; readonly payload: Uint8Array } | FrameFailure;

/** Whether a close frame may carry the code: registered, of a library (3000 to 3999), or private (4000 to 4999). Source: RFC 6455 §7.4.2. */
export const isCloseCode = (code: number): boolean =>
  (Object.hasOwn(CLOSE_CODES, code) && !LOCAL_CODES.has(code)) || (Number.isInteger(code) && code >= 3000 && code <= 4999);

/** Where a code is from that has no meaning of its own. Source: RFC 6455 §7.4.2. */
const RANGES: readonly { readonly to: number; readonly meaning: string }[] = [
  { to: 999, meaning: 'not used' },
  { to: 2999, meaning: 'kept for the protocol' },
  { to: 3999, meaning: 'of a library or framework, registered with IANA' },
  { to: 4999, meaning: 'of the program itself' },
];

const MEANINGS = new Map<number, string>(Object.entries(CLOSE_CODES).map(([code, meaning]) => [Number(code), meaning]));

/** What a close code says: `normal closure`. Undefined above 4999, where no code is. */
export const closeCodeMeaning = (code: number): string | undefined => MEANINGS.get(code) ?? RANGES.find(({ to }) => code <= to)?.meaning;

/** Reads the unmasked payload of a close frame. Errors: `one-byte-close`, `bad-close-code`, `invalid-utf8`. Source: RFC 6455 §5.5.1. */
export function decodeClose(payload: Uint8Array): CloseResult {
  const [high, low] = payload;
  if (high === undefined) return { ok: true, close: { reason: '' } };
  if (low === undefined) return failFrame('one-byte-close', 0);
  const code = high * 256 + low;
  if (!isCloseCode(code)) return failFrame('bad-close-code', 0);
  const bytes = payload.subarray(CODE_BYTES);
  const scan = scanUtf8(bytes);
  if (!scan.ok) return failFrame('invalid-utf8', CODE_BYTES + scan.index);
  if (scan.state.left > 0) return failFrame('invalid-utf8', payload.length);
  return { ok: true, close: { code, reason: textOf(bytes) } };
}

/** Writes the payload of a close frame. Errors: `bad-close-code`, `control-too-long` (a reason over 123 bytes). Source: RFC 6455 §5.5.1. */
export function encodeClose({ code, reason }: Close): ClosePayload {
  if (code === undefined) return { ok: true, payload: new Uint8Array() };
  if (!isCloseCode(code)) return failFrame('bad-close-code', 0);
  const text = utf8.encode(reason);
  if (CODE_BYTES + text.length > MAX_CONTROL_BYTES) return failFrame('control-too-long', MAX_CONTROL_BYTES);
  return { ok: true, payload: Uint8Array.of(code >> 8, code & 0xff, ...text) };
}
