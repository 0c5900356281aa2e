/** What Wireshark says of a packet: its protocols in order, and the fields of those that are read here too. */
import { NO_PROTOCOLS, PROTOCOLS } from './names.ts';
import type { PdmlField, PdmlPacket } from './pdml.ts';

/** What Wireshark tells of the capture itself. */
const OF_THE_FRAME = ['geninfo', 'frame'];

/** Top level elements are protocols, but for wrappers; and so is, further inside, what bears a protocol’s name: ICMP quotes packets. */
export const isKnown = ({ name, parts }: PdmlField): boolean => parts.length > 0 && name in PROTOCOLS;

const knownIn = (fields: readonly PdmlField[]): readonly PdmlField[] =>
  fields.flatMap((field) => (isKnown(field) ? [field, ...knownIn(field.parts)] : knownIn(field.parts)));

/** The protocols of a packet in order; those that are not read here are `data`. */
export function protocolsIn({ protocols }: PdmlPacket): readonly PdmlField[] {
  const unwrapped = protocols.flatMap((field) => (field.name === 'fake-field-wrapper' ? field.parts : [field]));
  return unwrapped
    .filter(({ name }) => !OF_THE_FRAME.includes(name) && !(name in NO_PROTOCOLS))
    .flatMap((field) => (isKnown(field) ? knownIn([field]) : [field]));
}

export type TheirField = PdmlField & { readonly isQuoted: boolean };

function ownFields(fields: readonly PdmlField[], isQuoted: boolean): readonly TheirField[] {
  return fields.flatMap((field) => (isKnown(field) ? [] : [{ ...field, isQuoted }, ...ownFields(field.parts, isQuoted)]));
}

const QUOTES = ['icmp', 'icmpv6'];

/** Fields in what is not read here are nobody’s business. Behind a header of ICMP stands a packet that it quotes. */
export function fieldsIn(protocols: readonly PdmlField[]): readonly TheirField[] {
  const known = protocols.filter(isKnown);
  const quoting = known.findIndex(({ name }) => QUOTES.includes(name));
  return known.flatMap(({ parts }, index) => ownFields(parts, quoting >= 0 && index > quoting));
}
