/** The head of a WebSocket frame, as tables: of its first two bytes, and of a longer length behind them. Source: RFC 6455 §5.2. */
import { type HeaderSpec, headerBytes, readHeader, type Values, writeHeader } from '../../header.ts';
import { type FrameErrorCode, type FrameFailure, failFrame } from './frame-error.ts';

export const OPCODES = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;
export type Opcode = keyof typeof OPCODES;

const TITLE = 'WebSocket';
const SOURCE = 'RFC 6455 §5.2';

const isSetMeans = (meaning: string) => (isSet: boolean) => (isSet ? meaning : undefined);

/** It stands alone because a broken first byte is refused before the second one comes. */
const FIRST_BYTE = {
  title: TITLE,
  source: SOURCE,
  fields: [
    {
      id: 'fin',
      name: 'Final Fragment (FIN)',
      short: 'FIN',
      bits: 1,
      kind: 'flag',
      wireshark: 'websocket.fin',
      means: (isSet) => (isSet ? 'the message ends with this frame' : 'the message goes on in another frame'),
    },
    {
      id: 'rsv',
      name: 'Reserved (RSV1 to RSV3)',
      short: 'RSV',
      bits: 3,
      kind: 'group',
      wireshark: 'websocket.rsv',
      parts: [
        { id: 'rsv1', name: 'Reserved 1 (RSV1)', short: 'RSV1', bits: 1, kind: 'flag', means: isSetMeans('an extension uses it') },
        { id: 'rsv2', name: 'Reserved 2 (RSV2)', short: 'RSV2', bits: 1, kind: 'flag', means: isSetMeans('an extension uses it') },
        { id: 'rsv3', name: 'Reserved 3 (RSV3)', short: 'RSV3', bits: 1, kind: 'flag', means: isSetMeans('an extension uses it') },
      ],
    },
    { id: 'opcode', name: 'Opcode', bits: 4, kind: 'number', wireshark: 'websocket.opcode', means: (opcode) => OPCODE_OF.get(opcode) },
  ],
} as const satisfies HeaderSpec;

const SECOND_BYTE = {
  title: TITLE,
  source: SOURCE,
  fields: [
    {
      id: 'masked',
      name: 'Mask',
      bits: 1,
      kind: 'flag',
      wireshark: 'websocket.mask',
      means: (isSet) => (isSet ? 'masked, as a client must: a key follows' : 'not masked, as a server must'),
    },
    {
      id: 'payloadLength',
      name: 'Payload Length',
      bits: 7,
      kind: 'number',
      wireshark: 'websocket.payload_length',
      means: (length) => (length < LENGTH_16 ? undefined : `the length stands in the next ${length === LENGTH_16 ? 2 : 8} bytes`),
    },
  ],
} as const satisfies HeaderSpec;

/** What every frame begins with. */
export const FRAME_START = {
  title: TITLE,
  source: SOURCE,
  fields: [...FIRST_BYTE.fields, ...SECOND_BYTE.fields],
} as const satisfies HeaderSpec;

const LENGTH_16 = 126;
const LENGTH_64 = 127;
const EXTENDED = { id: 'extendedLength', name: 'Extended Payload Length', kind: 'number', unit: 'bytes' } as const;

/** The longer length, by what the seven bits say. */
const EXTENDED_LENGTHS = {
  [LENGTH_16]: { title: TITLE, source: SOURCE, fields: [{ ...EXTENDED, bits: 16, wireshark: 'websocket.payload_length_ext_16' }] },
  [LENGTH_64]: { title: TITLE, source: SOURCE, fields: [{ ...EXTENDED, bits: 64, wireshark: 'websocket.payload_length_ext_64' }] },
} as const satisfies Readonly<Record<number, HeaderSpec>>;

/** The table of the longer length; undefined if the seven bits are the length. */
export const extendedLengthSpec = (payloadLength: number): HeaderSpec | undefined =>
  payloadLength === LENGTH_16 || payloadLength === LENGTH_64 ? EXTENDED_LENGTHS[payloadLength] : undefined;

export type FrameHead = {
  readonly fin: boolean;
  readonly opcode: Opcode;
  /** Client to server, every frame is masked; server to client, none. */
  readonly masked: boolean;
  /** Payload length, bytes. */
  readonly length: number;
  /** The message that begins here is compressed. Source: RFC 7692 §6. */
  readonly isCompressed?: true;
};

/** What the reader of a frame knows before its first byte. */
export type FrameRules = {
  /** Who wrote the frame: a client masks, a server does not. */
  readonly from: 'client' | 'server';
  /** Largest payload of a text, binary or continuation frame. */
  readonly maxPayloadBytes: number;
  /** Whether a fragmented message is under way. Missing, the frame is read by itself and its place is not judged. */
  readonly isInsideMessage?: boolean;
  /** The handshake agreed on permessage-deflate, so a message may be compressed. Source: RFC 7692. */
  readonly hasDeflate?: boolean;
};

/** `end`: where the length field ends, and the masking key or the payload begins. */
export type HeadResult = { readonly ok: true; readonly head: FrameHead; readonly end: number } | FrameFailure;

/** Largest payload of a close, ping or pong. Source: RFC 6455 §5.5. */
export const MAX_CONTROL_BYTES = 125;

const SEVEN_BITS = 125;
const SIXTEEN_BITS = 0xffff;
const OPCODE_OF = new Map(Object.entries(OPCODES).map(([name, value]) => [value as number, name as Opcode]));

/** The length field in its shortest form, as it must be written: the seven bits, and the bytes behind them. */
function lengthOf(length: number): { readonly payloadLength: number; readonly more: Uint8Array } {
  if (length <= SEVEN_BITS) return { payloadLength: length, more: new Uint8Array() };
  const payloadLength = length <= SIXTEEN_BITS ? LENGTH_16 : LENGTH_64;
  return { payloadLength, more: writeHeader(EXTENDED_LENGTHS[payloadLength], { extendedLength: length }) };
}

/** The bytes of a head up to the masking key, which is not part of it: 2, 4 or 10. */
export function encodeFrameHead({ fin, opcode, masked, length, isCompressed }: FrameHead): Uint8Array {
  const { payloadLength, more } = lengthOf(length);
  const start = { fin, rsv1: isCompressed === true, rsv2: false, rsv3: false, opcode: OPCODES[opcode], masked, payloadLength };
  return Uint8Array.of(...writeHeader(FRAME_START, start), ...more);
}

/** Close, ping and pong: short, whole, and allowed between the fragments of a message. Source: RFC 6455 §5.5. */
export const isControl = (opcode: Opcode): boolean => OPCODES[opcode] >= OPCODES.close;

/** Whether the frame is out of place among the fragments of a message. Source: RFC 6455 §5.4. */
function misplaced(opcode: Opcode, isInsideMessage: boolean | undefined): FrameErrorCode | undefined {
  if (isInsideMessage === undefined || isControl(opcode)) return undefined;
  if (opcode === 'continuation') return isInsideMessage ? undefined : 'continuation-without-start';
  return isInsideMessage ? 'data-inside-message' : undefined;
}

/** Whether reserved bits are set that nothing allows. RSV1 marks the first frame of a compressed message. Source: RFC 7692 §6. */
function hasUnknownBits({ rsv1, rsv2, rsv3 }: Values<typeof FIRST_BYTE>, opcode: Opcode | undefined, rules: FrameRules): boolean {
  const mayCompress = rules.hasDeflate === true && (opcode === 'text' || opcode === 'binary');
  return rsv2 || rsv3 || (rsv1 && !mayCompress);
}

/** What is wrong with the first byte of a frame: FIN, RSV, opcode. */
function firstByteError(first: Values<typeof FIRST_BYTE>, opcode: Opcode | undefined, rules: FrameRules): FrameErrorCode | undefined {
  if (hasUnknownBits(first, opcode, rules)) return 'rsv-without-extension';
  if (opcode === undefined) return 'reserved-opcode';
  if (isControl(opcode) && !first.fin) return 'fragmented-control';
  return misplaced(opcode, rules.isInsideMessage);
}

/** What is wrong with the second byte of a frame: MASK, and a length of seven bits. */
function secondByteError(second: Values<typeof SECOND_BYTE>, opcode: Opcode, rules: FrameRules): FrameErrorCode | undefined {
  if (isControl(opcode) && second.payloadLength > MAX_CONTROL_BYTES) return 'control-too-long';
  if (second.masked && rules.from === 'server') return 'masked-server-frame';
  return !second.masked && rules.from === 'client' ? 'unmasked-client-frame' : undefined;
}

type LengthResult = { readonly ok: true; readonly length: bigint; readonly end: number } | FrameFailure;

/** Reads a length whose seven bits are `payloadLength`; `at` is the byte after them. A length may have more bits than a number is exact in. */
function readLength(bytes: Uint8Array, at: number, payloadLength: number): LengthResult {
  const spec = extendedLengthSpec(payloadLength);
  if (!spec) return { ok: true, length: BigInt(payloadLength), end: at };
  const end = at + headerBytes(spec);
  if (end > bytes.length) return failFrame('truncated', bytes.length);
  const length = bytes.subarray(at, end).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  if (length >> 63n !== 0n) return failFrame('length-out-of-range', at);
  if (length <= (payloadLength === LENGTH_16 ? SEVEN_BITS : SIXTEEN_BITS)) return failFrame('non-minimal-length', at);
  return { ok: true, length, end };
}

/** Reads a head and judges it byte by byte, so that a broken frame is refused before its payload arrives. Source: RFC 6455 §5.2. */
export function decodeFrameHead(bytes: Uint8Array, offset: number, rules: FrameRules): HeadResult {
  const first = readHeader(FIRST_BYTE, bytes, { at: offset, end: offset + 1 }).values;
  if (!first) return failFrame('truncated', bytes.length);
  const opcode = OPCODE_OF.get(first.opcode);
  const firstError = firstByteError(first, opcode, rules);
  if (firstError || opcode === undefined) return failFrame(firstError ?? 'reserved-opcode', offset);
  const second = readHeader(SECOND_BYTE, bytes, { at: offset + 1, end: offset + 2 }).values;
  if (!second) return failFrame('truncated', bytes.length);
  const secondError = secondByteError(second, opcode, rules);
  if (secondError) return failFrame(secondError, offset + 1);
  const read = readLength(bytes, offset + 2, second.payloadLength);
  if (!read.ok) return read;
  if (!isControl(opcode) && read.length > rules.maxPayloadBytes) return failFrame('message-too-big', offset + 1);
  const { fin, rsv1 } = first;
  const head = { fin, opcode, masked: second.masked, length: Number(read.length), ...(rsv1 && { isCompressed: rsv1 }) };
  return { ok: true, head, end: read.end };
}
