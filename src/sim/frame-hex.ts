/** Bytes as hex, quickly: a trace holds every frame. */

const DIGITS = new TextEncoder().encode('0123456789abcdef');
const ascii = new TextDecoder();

/** The two digits of each byte, as they lie in memory side by side. */
const PAIRS = new Uint16Array(
  Uint8Array.from({ length: 512 }, (_, index) => DIGITS[index % 2 === 0 ? index >> 5 : (index >> 1) & 15] ?? 0).buffer,
);

/** Room for the longest packet that there is. */
const pairs = new Uint16Array(0xffff + 64);

/** Two digits a byte. */
export function frameHex(bytes: Uint8Array): string {
  for (let index = 0; index < bytes.length; index += 1) pairs[index] = PAIRS[bytes[index] ?? 0] ?? 0;
  return ascii.decode(pairs.subarray(0, bytes.length));
}
