/** Fields as wide as a number of bits, big-endian, at any bit of a byte array. */

const BYTE = 8;

function readBytes(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let here = at; here < at + length; here += 1) value = value * 256 + (bytes[here] ?? 0);
  return value;
}

/** The unsigned number in `bits` bits (0 to 53) from bit `at`; what lies behind the end reads as zero. */
export function readBits(bytes: Uint8Array, at: number, bits: number): number {
  if (at % BYTE === 0 && bits % BYTE === 0) return readBytes(bytes, at / BYTE, bits / BYTE);
  let value = 0;
  let here = at;
  const end = at + bits;
  while (here < end) {
    const inByte = here % BYTE;
    const take = Math.min(BYTE - inByte, end - here);
    const byte = bytes[Math.floor(here / BYTE)] ?? 0;
    value = value * 2 ** take + ((byte >> (BYTE - inByte - take)) & (2 ** take - 1));
    here += take;
  }
  return value;
}

/** Writes an unsigned number into `bits` bits (0 to 53) from bit `at`, in place. Too large a number loses its high bits. */
export function writeBits(bytes: Uint8Array, at: number, bits: number, value: number): void {
  let rest = value;
  let end = at + bits;
  while (end > at) {
    const take = Math.min(end % BYTE || BYTE, end - at);
    const index = Math.ceil(end / BYTE) - 1;
    const shift = (index + 1) * BYTE - end;
    const mask = (2 ** take - 1) << shift;
    bytes[index] = ((bytes[index] ?? 0) & ~mask) | ((rest % 2 ** take) << shift);
    rest = Math.floor(rest / 2 ** take);
    end -= take;
  }
}

/** Text is made for every byte of a capture: from a table. */
const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `0a`. */
export const hexPair = (byte: number): string => PAIRS[byte] ?? '';
