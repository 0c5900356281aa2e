/** One WebSocket frame, whole: head, masking key, payload. Source: RFC 6455 §5.2 and §5.3. */
import { type FrameFailure, failFrame } from './frame-error.ts';
import { decodeFrameHead, encodeFrameHead, type FrameRules, type Opcode } from './frame-head.ts';

export type Frame = {
  readonly fin: boolean;
  readonly opcode: Opcode;
  /** Its message is compressed, which the first frame says. The payload is what was sent, compressed as it is. Source: RFC 7692 §6. */
  readonly isCompressed?: true;
  /** Four bytes, chosen by chance for every frame of a client; missing in a frame of a server. */
  readonly maskKey?: Uint8Array;
  /** Never masked: the key is applied on the way to the wire and back. */
  readonly payload: Uint8Array;
};

/** `end`: the offset after the frame's last byte. */
export type FrameResult = { readonly ok: true; readonly frame: Frame; readonly end: number } | FrameFailure;

export const KEY_BYTES = 4;

/** A copy of the payload, masked or unmasked: the same act. Source: RFC 6455 §5.3. */
export const maskPayload = (payload: Uint8Array, key: Uint8Array): Uint8Array =>
  payload.map((byte, index) => byte ^ (key[index % KEY_BYTES] ?? 0));

/**
 * The bytes of a frame, masked if it has a key. It writes what it is given, also what `decodeFrame` refuses (a fragmented ping, say).
 * Throws a `RangeError` for a key that is not four bytes long. Source: RFC 6455 §5.2.
 */
export function encodeFrame({ fin, opcode, maskKey, payload, isCompressed }: Frame): Uint8Array {
  if (maskKey && maskKey.length !== KEY_BYTES) throw new RangeError(`a masking key has ${KEY_BYTES} bytes, not ${maskKey.length}`);
  const head = encodeFrameHead({
    fin,
    opcode,
    masked: maskKey !== undefined,
    length: payload.length,
    ...(isCompressed && { isCompressed }),
  });
  const bodyAt = head.length + (maskKey ? KEY_BYTES : 0);
  const bytes = new Uint8Array(bodyAt + payload.length);
  bytes.set(head);
  if (maskKey) bytes.set(maskKey, head.length);
  bytes.set(maskKey ? maskPayload(payload, maskKey) : payload, bodyAt);
  return bytes;
}

/**
 * Reads the frame that begins at `offset` (0 or more); its payload is a copy. It never throws.
 * Errors: all of `FrameErrorCode` but those of close payloads and UTF-8; `truncated` means that the rest may still come.
 * Source: RFC 6455 §5.2.
 */
export function decodeFrame(bytes: Uint8Array, offset: number, rules: FrameRules): FrameResult {
  const read = decodeFrameHead(bytes, offset, rules);
  if (!read.ok) return read;
  const { fin, opcode, masked, length, isCompressed } = read.head;
  const facts = { fin, opcode, ...(isCompressed && { isCompressed }) };
  const bodyAt = read.end + (masked ? KEY_BYTES : 0);
  const end = bodyAt + length;
  if (end > bytes.length) return failFrame('truncated', bytes.length);
  // Not `slice`, which of a Buffer of Node makes no copy.
  const body = new Uint8Array(bytes.subarray(bodyAt, end));
  if (!masked) return { ok: true, frame: { ...facts, payload: body }, end };
  const maskKey = new Uint8Array(bytes.subarray(read.end, bodyAt));
  return { ok: true, frame: { ...facts, maskKey, payload: maskPayload(body, maskKey) }, end };
}
