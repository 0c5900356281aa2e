/** A layer as it stands in other bytes, which begin before its own. */
import type { Layer } from './dissect.ts';
import type { Field } from './field.ts';

const movedField = (field: Field, bits: number): Field => ({
  ...field,
  at: field.at + bits,
  ...(field.parts && { parts: field.parts.map((part) => movedField(part, bits)) }),
});

/** A layer as it stands where its bytes begin `by` bytes further on. */
export const movedLayer = <One extends Layer>(layer: One, by: number): One => ({
  ...layer,
  at: layer.at + by,
  headEnd: layer.headEnd + by,
  end: layer.end + by,
  fields: layer.fields.map((field) => movedField(field, by * 8)),
  errors: layer.errors.map(({ code, offset }) => ({ code, offset: offset + by })),
});
