/**
 * SHA-1, here because a handshake is checked while a page waits, and browsers offer only a promise of it.
 * It is no longer safe for signatures; the handshake asks of it only that nobody gives the answer by accident (RFC 6455 §10.8).
 * Source: FIPS 180-4 §6.1.
 */

const BLOCK_BYTES = 64;
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0] as const;

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** The message, a one bit, zeros, and its length in bits at the end of the last block. Source: FIPS 180-4 §5.1.1. */
function padded(message: Uint8Array): DataView {
  const blocks = Math.ceil((message.length + 9) / BLOCK_BYTES);
  const bytes = new Uint8Array(blocks * BLOCK_BYTES);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return view;
}

/** Sixteen words of the block, stretched to eighty. */
function schedule(view: DataView, at: number): Int32Array {
  const words = new Int32Array(80);
  for (let t = 0; t < 16; t += 1) words[t] = view.getInt32(at + t * 4);
  const word = (t: number): number => words[t] ?? 0;
  for (let t = 16; t < 80; t += 1) words[t] = rotate(word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16), 1);
  return words;
}

/** The function and the constant of round `t`. Source: FIPS 180-4 §4.1.1 and §4.2.1. */
function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) ^ (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) ^ (b & d) ^ (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

type Hash = readonly [number, number, number, number, number];

function addBlock(hash: Hash, view: DataView, at: number): Hash {
  let [a, b, c, d, e] = hash;
  for (const [t, word] of schedule(view, at).entries()) {
    const next = (rotate(a, 5) + mix(t, b, c, d) + e + word) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  return [(hash[0] + a) | 0, (hash[1] + b) | 0, (hash[2] + c) | 0, (hash[3] + d) | 0, (hash[4] + e) | 0];
}

/** The digest, 20 bytes. */
export function sha1(message: Uint8Array): Uint8Array {
  const view = padded(message);
  let hash: Hash = START;
  for (let at = 0; at < view.byteLength; at += BLOCK_BYTES) hash = addBlock(hash, view, at);
  const digest = new DataView(new ArrayBuffer(20));
  for (const [index, word] of hash.entries()) digest.setInt32(index * 4, word);
  return new Uint8Array(digest.buffer);
}
