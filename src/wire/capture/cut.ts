/**
 * Packets of which the capture holds the beginning alone (its snap length). What is missing there is no fault of the packet, and no
 * checksum over it can be judged.
 */

import type { Layer } from '../dissect.ts';
import type { Field } from '../field.ts';
import { CUT_SHORT } from '../network/judge-checksum.ts';
import type { WireErrorCode } from '../wire-error.ts';

/** What can be wrong with a layer only because bytes are missing. */
const OF_THE_CUT: readonly WireErrorCode[] = ['truncated', 'bad-length', 'bad-header-length', 'bad-option', 'bad-checksum'];

function unjudged({ check, error, ...field }: Field): Field {
  const meaning = check ? { meaning: CUT_SHORT } : {};
  return { ...field, ...meaning, ...(field.parts && { parts: field.parts.map(unjudged) }) };
}

/** The checksum of IPv4 covers its header alone, which may be whole. */
const isWhole = ({ protocol, header, headEnd }: Layer, end: number): boolean =>
  protocol === 'ipv4' && header !== undefined && headEnd < end;

/** A layer of a packet that was cut at byte `end`, without what is wrong with it for that reason. */
export function asCut<One extends Layer>(layer: One, end: number): One {
  if (layer.end < end) return layer;
  const keeps = isWhole(layer, end);
  const errors = layer.errors.filter(({ code }) => !OF_THE_CUT.includes(code) || (keeps && code === 'bad-checksum'));
  return { ...layer, errors, ...(!keeps && { fields: layer.fields.map(unjudged) }) };
}
