/** Sets lengths and checksums of a frame to what they ought to be. Pure. */
import { type Dissection, dissect } from '#wire/dissect.ts';
import { editField, type Field, flatFields } from '#wire/field.ts';
import { MIN_FRAME_BYTES } from '#wire/link/ethernet.ts';

export type Repair = {
  readonly bytes: Uint8Array;
  /** Names of the fields that were set, in the order of the frame. */
  readonly fields: readonly string[];
};

const fieldsOf = ({ layers }: Dissection): readonly Field[] => flatFields(layers.flatMap(({ fields }) => fields));

function set(bytes: Uint8Array, field: Field, text: string): Uint8Array {
  const edited = editField(bytes, field, text);
  return edited.ok ? edited.bytes : bytes;
}

/** The Total Length that agrees with the frame; undefined if it does, or if padding hides how long the datagram is. */
function lengthOf(bytes: Uint8Array): { readonly field: Field; readonly length: number } | undefined {
  const ip = dissect(bytes).layers.find((layer) => layer.protocol === 'ipv4');
  const field = ip?.fields.find(({ id }) => id === 'totalLength');
  if (!ip || !field) return undefined;
  const length = bytes.length - ip.at;
  const isWrong = bytes.length > MIN_FRAME_BYTES ? field.value !== length : ip.errors.some(({ code }) => code === 'bad-length');
  return isWrong ? { field, length } : undefined;
}

/** A copy in which the length of the datagram and all checksums agree with the rest. */
export function repair(bytes: Uint8Array): Repair {
  const wrong = lengthOf(bytes);
  const withLength = wrong ? set(bytes, wrong.field, String(wrong.length)) : bytes;
  const bad = fieldsOf(dissect(withLength)).filter(({ check }) => check && !check.isGood);
  const repaired = bad.reduce((so, field) => set(so, field, field.check?.expected ?? field.text), withLength);
  return { bytes: repaired, fields: [...(wrong ? [wrong.field.name] : []), ...bad.map(({ name }) => name)] };
}
