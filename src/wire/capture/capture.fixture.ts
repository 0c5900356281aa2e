/** Capture files, written by hand in either byte order. */
import { fromHex } from '../hex.fixture.ts';

export type Order = 'big' | 'little';
/** A number of 1, 2, 4 or 8 bytes. */
type Num = readonly [value: number | bigint, bytes: 1 | 2 | 4 | 8];

/** Numbers in a byte order, and hex as it stands. */
export function packed(order: Order, parts: readonly (Num | string)[]): Uint8Array {
  const pieces = parts.map((part) => {
    if (typeof part === 'string') return fromHex(part);
    const [value, length] = part;
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt.asUintN(64, BigInt(value)));
    const bytes = new Uint8Array(view.buffer).slice(8 - length);
    return order === 'big' ? bytes : bytes.reverse();
  });
  return joined(pieces);
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** One block of pcapng: type, lengths and padding are added to the body. */
export function block(order: Order, type: number, body: readonly (Num | string)[]): Uint8Array {
  const inner = packed(order, body);
  const padding = new Uint8Array((4 - (inner.length % 4)) % 4);
  const length = 12 + inner.length + padding.length;
  return joined([
    packed(order, [
      [type, 4],
      [length, 4],
    ]),
    inner,
    padding,
    packed(order, [[length, 4]]),
  ]);
}

export const section = (order: Order): Uint8Array =>
  block(order, 0x0a0d0d0a, [
    [0x1a2b3c4d, 4],
    [1, 2],
    [0, 2],
    [-1, 8],
  ]);
export const iface = (order: Order, linkType: number, options: readonly (Num | string)[] = []): Uint8Array =>
  block(order, 1, [[linkType, 2], [0, 2], [65_535, 4], ...options]);
export const enhanced = (order: Order, { via, ticks, hex }: { via: number; ticks: bigint; hex: string }): Uint8Array =>
  block(order, 6, [[via, 4], [ticks >> 32n, 4], [ticks & 0xffffffffn, 4], [hex.length / 2, 4], [hex.length / 2, 4], hex]);
