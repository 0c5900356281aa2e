/** The Internet checksum. Source: RFC 1071 §1 and §2. */

/**
 * The one's complement sum of the 16-bit words from `at` to `end` (bytes), folded to 16 bits, on top of `initial`.
 * An odd length is padded with one zero byte, for the sum only.
 */
export function onesComplementSum(bytes: Uint8Array, { at = 0, end = bytes.length, initial = 0 } = {}): number {
  let sum = initial;
  for (let here = at; here < end; here += 2) {
    const low = here + 1 < end ? (bytes[here + 1] ?? 0) : 0;
    sum += ((bytes[here] ?? 0) << 8) | low;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum;
}

/** The checksum of a header whose checksum field is zero; over a header that includes its checksum it is 0 if all is well. */
export const internetChecksum = (bytes: Uint8Array, range: { at?: number; end?: number; initial?: number } = {}): number =>
  ~onesComplementSum(bytes, range) & 0xffff;

/** Where a message stands, where in it (bytes from its beginning) its own checksum does, and the sum of what else that covers. */
export type Checksummed = { readonly at: number; readonly end: number; readonly checksumAt: number; readonly initial?: number };

/** The checksum that a message ought to have. Its own is passed over, not set to zero: the bytes may be somebody else's. */
export function expectedChecksum(bytes: Uint8Array, { at, end, checksumAt, initial = 0 }: Checksummed): number {
  const before = onesComplementSum(bytes, { at, end: Math.min(end, at + checksumAt), initial });
  return internetChecksum(bytes, { at: at + checksumAt + 2, end, initial: before });
}
