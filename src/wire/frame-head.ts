/**
 * The head of a WebSocket frame. Source: RFC 6455 §5.2.
 *
 *   FIN RSV1-3 opcode | MASK length (7 bits) | length (0, 2 or 8 bytes more) | masking key (0 or 4 bytes)
 */

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

const FIN = 0x80;
const MASK = 0x80;
const SEVEN_BITS = 125;
const SIXTEEN_BITS = 0xffff;

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
