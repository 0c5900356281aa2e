/** A layer whose header has a fixed length: whole, or cut short. */
import { type HeaderSpec, headerBytes, readHeader, type Values } from './header.ts';
import type { LayerOf, Level, ProtocolName, Span } from './layer.ts';

export type FixedLayerOf<Name extends ProtocolName, Header extends HeaderSpec> = LayerOf<Name, Values<Header>>;

/** Reads the header at the beginning of the span; all that follows is what the layer carries. What a quotation leaves out is no error. */
export function fixedLayer<const Name extends ProtocolName, const Header extends HeaderSpec>(
  { protocol, level, spec }: { readonly protocol: Name; readonly level: Level; readonly spec: Header },
  bytes: Uint8Array,
  { at, end, quoted }: Span,
): FixedLayerOf<Name, Header> {
  const { fields, values } = readHeader(spec, bytes, { at, end });
  return {
    protocol,
    title: spec.title,
    level,
    at,
    headEnd: Math.min(at + headerBytes(spec), end),
    end,
    fields,
    errors: values || quoted ? [] : [{ code: 'truncated', offset: end }],
    ...(values && { header: values }),
    ...(quoted && { quoted }),
  };
}
