/** Bytes of a program's message, and the layers read from them. */
import type { Layer } from '../dissect.ts';

export type Reading = {
  /** As they were sent. For a message in several frames: the frames, one behind the other. */
  readonly bytes: Uint8Array;
  /** What came out of them where that is not a stretch of `bytes`: without mask, fragments joined, without chunks. */
  readonly decoded?: Uint8Array;
  /** Outermost first. A layer whose `source` is `decoded` stands in `decoded`, any other in `bytes`. */
  readonly layers: readonly Layer[];
};

/** The layers, as they stand in what was decoded. */
export const inDecoded = (layers: readonly Layer[]): readonly Layer[] => layers.map((layer) => ({ ...layer, source: 'decoded' }) as const);

/** Several pieces as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

const MAX_SUMMARY = 100;

/** A text that fits into one line. */
export const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > MAX_SUMMARY ? `${line.slice(0, MAX_SUMMARY - 1)}…` : line;
};

/** `1 byte`, `4 bytes`. */
export const countBytes = (count: number): string => (count === 1 ? '1 byte' : `${count} bytes`);
