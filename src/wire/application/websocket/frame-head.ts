/**
 * The head of a WebSocket frame. Source: RFC 6455 §5.2.
 *
 *   FIN RSV1-3 opcode | MASK length (7 bits) | length (0, 2 or 8 bytes more) | masking key (0 or 4 bytes)
 */
import { type FrameErrorCode, type FrameFailure, failFrame } from './frame-error.ts';

export const OPCODES = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;
export type Opcode = keyof typeof OPCODES;

export type FrameHead = {
  readonly fin: boolean;
  readonly opcode: Opcode;
  /** Client to server, every frame is masked; server to client, none. */
  readonly masked: boolean;
  /** Payload length, bytes. */
  readonly length: number;
};

/** What the reader of a frame knows before its first byte. */
export type FrameRules = {
  /** Who wrote the frame: a client masks, a server does not. */
  readonly from: 'client' | 'server';
  /** Largest payload of a text, binary or continuation frame. */
  readonly maxPayloadBytes: number;
  /** Whether a fragmented message is under way. Missing, the frame is read by itself and its place is not judged. */
  readonly isInsideMessage?: boolean;
};

/** `end`: where the length field ends, and the masking key or the payload begins. */
export type HeadResult = { readonly ok: true; readonly head: FrameHead; readonly end: number } | FrameFailure;

/** Largest payload of a close, ping or pong. Source: RFC 6455 §5.5. */
export const MAX_CONTROL_BYTES = 125;

const FIN = 0x80;
const RSV = 0x70;
const OPCODE = 0x0f;
const MASK = 0x80;
const LENGTH = 0x7f;
const SEVEN_BITS = 125;
const SIXTEEN_BITS = 0xffff;
const OPCODE_OF = new Map(Object.entries(OPCODES).map(([name, value]) => [value as number, name as Opcode]));

/** The length field in its shortest form, as it must be written. */
function lengthBytes(length: number): readonly number[] {
  if (length <= SEVEN_BITS) return [length];
  if (length <= SIXTEEN_BITS) return [126, length >> 8, length & 0xff];
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length));
  return [127, ...bytes];
}

/** The bytes of a head up to the masking key, which is not part of it: 2, 4 or 10. */
export function encodeFrameHead({ fin, opcode, masked, length }: FrameHead): Uint8Array {
  const [first = 0, ...more] = lengthBytes(length);
  return Uint8Array.of((fin ? FIN : 0) | OPCODES[opcode], (masked ? MASK : 0) | first, ...more);
}

/** Close, ping and pong: short, whole, and allowed between the fragments of a message. Source: RFC 6455 §5.5. */
export const isControl = (opcode: Opcode): boolean => OPCODES[opcode] >= OPCODES.close;

/** Whether the frame is out of place among the fragments of a message. Source: RFC 6455 §5.4. */
function misplaced(opcode: Opcode, isInsideMessage: boolean | undefined): FrameErrorCode | undefined {
  if (isInsideMessage === undefined || isControl(opcode)) return undefined;
  if (opcode === 'continuation') return isInsideMessage ? undefined : 'continuation-without-start';
  return isInsideMessage ? 'data-inside-message' : undefined;
}

/** What is wrong with the first byte of a frame: FIN, RSV, opcode. */
function firstByteError(byte: number, opcode: Opcode | undefined, rules: FrameRules): FrameErrorCode | undefined {
  if ((byte & RSV) !== 0) return 'rsv-without-extension';
  if (opcode === undefined) return 'reserved-opcode';
  if (isControl(opcode) && (byte & FIN) === 0) return 'fragmented-control';
  return misplaced(opcode, rules.isInsideMessage);
}

/** What is wrong with the second byte of a frame: MASK, and a length of seven bits. */
function secondByteError(byte: number, opcode: Opcode, rules: FrameRules): FrameErrorCode | undefined {
  const masked = (byte & MASK) !== 0;
  if (isControl(opcode) && (byte & LENGTH) > MAX_CONTROL_BYTES) return 'control-too-long';
  if (masked && rules.from === 'server') return 'masked-server-frame';
  return !masked && rules.from === 'client' ? 'unmasked-client-frame' : undefined;
}

type LengthResult = { readonly ok: true; readonly length: bigint; readonly end: number } | FrameFailure;

/** Reads a length whose seven bits are `short`; `at` is the byte after them. */
function readLength(bytes: Uint8Array, at: number, short: number): LengthResult {
  if (short <= SEVEN_BITS) return { ok: true, length: BigInt(short), end: at };
  const end = at + (short === 126 ? 2 : 8);
  if (end > bytes.length) return failFrame('truncated', bytes.length);
  const length = bytes.subarray(at, end).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  if (length >> 63n !== 0n) return failFrame('length-out-of-range', at);
  if (length <= (short === 126 ? SEVEN_BITS : SIXTEEN_BITS)) return failFrame('non-minimal-length', at);
  return { ok: true, length, end };
}

/** Reads a head and judges it byte by byte, so that a broken frame is refused before its payload arrives. Source: RFC 6455 §5.2. */
export function decodeFrameHead(bytes: Uint8Array, offset: number, rules: FrameRules): HeadResult {
  const [first, second] = bytes.subarray(offset, offset + 2);
  if (first === undefined) return failFrame('truncated', bytes.length);
  const opcode = OPCODE_OF.get(first & OPCODE);
  const firstError = firstByteError(first, opcode, rules);
  if (firstError || opcode === undefined) return failFrame(firstError ?? 'reserved-opcode', offset);
  if (second === undefined) return failFrame('truncated', bytes.length);
  const secondError = secondByteError(second, opcode, rules);
  if (secondError) return failFrame(secondError, offset + 1);
  const read = readLength(bytes, offset + 2, second & LENGTH);
  if (!read.ok) return read;
  if (!isControl(opcode) && read.length > rules.maxPayloadBytes) return failFrame('message-too-big', offset + 1);
  const head: FrameHead = { fin: (first & FIN) !== 0, opcode, masked: (second & MASK) !== 0, length: Number(read.length) };
  return { ok: true, head, end: read.end };
}
