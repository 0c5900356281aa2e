/** Bytes that nobody here reads further: the payload of a program, a fragment, an unknown protocol. */
import type { Decoded, LayerOf, Span } from './layer.ts';

export type DataLayer = LayerOf<'data', null>;

export function decodeData(_bytes: Uint8Array, { at, end, quoted }: Span): Decoded<DataLayer> {
  const layer: DataLayer = {
    protocol: 'data',
    title: 'Data',
    level: 'application',
    at,
    headEnd: at,
    end,
    fields: [],
    errors: [],
    header: null,
    ...(quoted && { quoted }),
  };
  return { layer };
}
