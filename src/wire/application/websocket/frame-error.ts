/**
 * What can be wrong with WebSocket frames, and the close code with which an endpoint says so.
 * Source: RFC 6455 §7.4.1 (the codes), §5.2 to §5.5 and §8.1 (the rules).
 */
export const CLOSE_CODE_FOR = {
  /** The input ends before the frame or the message does. No peer sends 1006: it stands for an end without a close frame. */
  truncated: 1006,
  'rsv-without-extension': 1002,
  'reserved-opcode': 1002,
  'fragmented-control': 1002,
  'control-too-long': 1002,
  'unmasked-client-frame': 1002,
  'masked-server-frame': 1002,
  'non-minimal-length': 1002,
  /** The most significant bit of a 64-bit length is set. */
  'length-out-of-range': 1002,
  'continuation-without-start': 1002,
  'data-inside-message': 1002,
  'one-byte-close': 1002,
  'bad-close-code': 1002,
  'invalid-utf8': 1007,
  'message-too-big': 1009,
} as const;

export type FrameErrorCode = keyof typeof CLOSE_CODE_FOR;

export type FrameError = {
  readonly code: FrameErrorCode;
  /** Bytes from the beginning of the input: the byte that breaks the rule, or the input's end. */
  readonly offset: number;
};

export type FrameFailure = { readonly ok: false; readonly error: FrameError };

export const failFrame = (code: FrameErrorCode, offset: number): FrameFailure => ({ ok: false, error: { code, offset } });
