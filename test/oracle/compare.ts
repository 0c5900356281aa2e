/** Field by field: whether Wireshark reads a packet as it is read here. */

import { isSame } from './match.ts';
import {
  ALIASES,
  DEFLATE,
  MUST_COMPARE,
  NOT_READ,
  OURS_ALONE,
  PROTOCOLS,
  QUOTED_NAMES,
  RETRANSMISSION,
  SPECIAL_RETRANSMISSIONS,
  THEIRS_ALONE,
  UNREAD_DATA,
} from './names.ts';
import type { OurField, OurPacket } from './ours.ts';
import { bitsOf, type PdmlField, type PdmlPacket } from './pdml.ts';
import { fieldsIn, isKnown, protocolsIn, type TheirField } from './theirs.ts';

export type Difference = { readonly packet: number; readonly text: string };

/** How often something was compared, or left out and why: by the name of the field. */
export type Tally = Map<string, { count: number; readonly why?: string }>;

export type Comparison = {
  readonly packets: number;
  readonly compared: Tally;
  readonly leftOut: Tally;
  readonly differences: Difference[];
};

/** Frames of a message that ends in another packet: Wireshark tells each in its own packet, and here they wait for the last one. */
type Loose = Comparison & {
  readonly loose: { readonly packet: number; readonly field: OurField }[];
  readonly looseTheirs: { readonly field: TheirField; readonly difference: Difference }[];
};

function tell(tally: Tally, name: string, why?: string): void {
  const entry = tally.get(name);
  if (entry) entry.count += 1;
  else tally.set(name, { count: 1, ...(why !== undefined && { why }) });
}

/** Names that end with a star stand for all that begin like them. */
const whyAlone = (name: string): string | undefined =>
  THEIRS_ALONE.find(({ names }) => names.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one)))?.why;

/**
 * Protocols by name. Data are compared as a field; frames of a WebSocket too, because Wireshark tells each in the packet that brought
 * it, and here a message is told when it is whole. Wireshark has one name for both cooked headers, and none for the last two.
 */
const NOT_LISTED = ['data', 'websocket', 'engine.io', 'socket.io'];
const listOf = (names: readonly string[]): string =>
  names
    .map((name) => (name === 'sll2' ? 'sll' : name))
    .filter((name) => !NOT_LISTED.includes(name))
    .join(' ');

/** Fast and spurious retransmissions are retransmissions to Wireshark too. */
const isSaidAlready = ({ name }: PdmlField, { fields }: OurPacket): boolean =>
  name === RETRANSMISSION && fields.some(({ wireshark }) => SPECIAL_RETRANSMISSIONS.includes(wireshark ?? ''));

const placeOf = ({ at, bits }: { readonly at: number; readonly bits: number }): string =>
  `bits ${at} to ${at + bits} (byte ${Math.floor(at / 8)})`;

function told(ours: OurField, candidates: readonly PdmlField[]): string {
  const here = `${ours.protocol}.${ours.id} (${ours.wireshark}) is ${ours.value}, ${placeOf(ours)}`;
  const there = candidates.map((field) => `${field.show || field.value}, ${placeOf(bitsOf(field))}`).join('; or ');
  return candidates.length > 0 ? `${here}; Wireshark says ${there}` : `${here}; Wireshark has no such field in this packet`;
}

/** Neither good nor bad: there is none, or its packet is not whole. */
const isUnjudged = ({ name, show }: PdmlField): boolean =>
  name.endsWith('.checksum.status') && show !== '0' && show !== '1' && show !== 'Good' && show !== 'Bad';

/** Why Wireshark’s field needs no counterpart; undefined if it does. */
function reasonOf(field: TheirField, ours: OurPacket): string | undefined {
  const { name, isHidden, size } = field;
  if (isSaidAlready(field, ours)) return 'a fast or spurious retransmission is told as one';
  if (MUST_COMPARE.has(name) && !field.isQuoted && !isUnjudged(field)) return undefined;
  if (field.isQuoted && (name === 'tcp.window_size' || Object.hasOwn(QUOTED_NAMES, name))) return 'worked out for a packet that is quoted';
  if (isHidden) return 'a second name, hidden in Wireshark too';
  if (name === '') return 'a heading, or a remark';
  if (size === 0) return 'stands in no bytes: worked out by Wireshark';
  return whyAlone(name);
}

/** Wireshark’s fields of the name of ours. In a packet that ICMP quotes, a sequence number has no other name. */
function candidatesFor({ wireshark, isQuoted }: OurField, open: ReadonlySet<TheirField>): readonly TheirField[] {
  const names = [wireshark, ALIASES[wireshark ?? ''], ...(isQuoted ? [QUOTED_NAMES[wireshark ?? '']] : [])];
  return [...open].filter(({ name }) => names.includes(name));
}

type Open = { readonly ours: OurPacket; readonly theirs: readonly TheirField[]; readonly open: Set<TheirField>; readonly readsOn: boolean };

/** Why our field needs no counterpart; undefined if it does. The number of several of one kind does not matter. */
function aloneBecause({ protocol, id, wireshark }: OurField, readsOn: boolean): string | undefined {
  if (wireshark === 'data.data' && readsOn) return 'Wireshark reads these bytes further';
  return OURS_ALONE[`${protocol}.${id.replace(/-?\d+$/, '')}`] ?? OURS_ALONE[`${protocol}.*`];
}

/** Finds Wireshark’s counterpart of one of our fields, or says what is wrong. */
function compareField(field: OurField, { ours, theirs, open, readsOn }: Open, into: Loose): void {
  const id = `${field.protocol}.${field.id}`;
  if (field.wireshark === undefined && field.hasParts) return;
  const alone = aloneBecause(field, readsOn);
  const candidates = candidatesFor(field, open);
  const match = candidates.find((candidate) => isSame(field, candidate, theirs));
  if (match) {
    open.delete(match);
    tell(into.compared, match.name);
  } else if (alone !== undefined && (candidates.length === 0 || readsOn)) tell(into.leftOut, id, alone);
  else if (field.protocol === 'websocket' && field.wireshark !== undefined) into.loose.push({ packet: ours.number, field });
  else if (field.wireshark !== undefined) into.differences.push({ packet: ours.number, text: told(field, candidates) });
  else into.differences.push({ packet: ours.number, text: `${id} has no name in Wireshark, and no reason is given` });
}

function compareFields(ours: OurPacket, theirs: readonly TheirField[], readsOn: boolean, into: Loose): void {
  const open = new Set(theirs);
  for (const field of ours.fields) compareField(field, { ours, theirs, open, readsOn }, into);
  const compared = new Set(theirs.filter((field) => !open.has(field)).map(({ name }) => name));
  for (const field of open) {
    const { name, show, value } = field;
    const isOfMld = name === 'icmpv6.reserved' && theirs.some((other) => other.name === 'icmpv6.mldr.nb_mcast_records');
    const isBody = name === 'data.data' && ours.protocols.some((protocol) => protocol === 'http' || protocol === 'websocket');
    const isRepeated = MUST_COMPARE.has(name) && compared.has(name);
    const why =
      reasonOf(field, ours) ??
      (isOfMld ? NOT_READ : undefined) ??
      (isRepeated || isBody ? 'said already' : undefined) ??
      (ours.isCut ? 'the capture cut the packet here' : undefined);
    const text = `Wireshark has ${name} = ${show || value}, ${placeOf(bitsOf(field))}; here it is not read`;
    if (why) tell(into.leftOut, name, why);
    else if (name.startsWith('websocket.')) into.looseTheirs.push({ field, difference: { packet: ours.number, text } });
    else into.differences.push({ packet: ours.number, text });
  }
}

/** Behind these as the last protocol Wireshark may tell no data: a message begins that other packets end, or a reader gave up. */
const UNFINISHED = ['tcp', 'udp', 'websocket'];

/** Whether Wireshark reads further, or not at all, what is data here: another protocol, a piece of a message, bytes sent again. */
const readsOn = (protocols: readonly PdmlField[], fields: readonly PdmlField[]): boolean =>
  protocols.some((field) => !isKnown(field)) ||
  fields.some(({ name }) => whyAlone(name) === NOT_READ || UNREAD_DATA.includes(name)) ||
  UNFINISHED.includes(protocols.at(-1)?.name ?? '');

function comparePacket(ours: OurPacket, packet: PdmlPacket, into: Loose): void {
  const theirs = protocolsIn(packet);
  const fields = fieldsIn(theirs);
  const [here, there] = [listOf(ours.protocols), listOf(theirs.map(({ name }) => PROTOCOLS[name] ?? 'data'))];
  if (here !== there && !(ours.isCut && there.startsWith(here)))
    into.differences.push({ packet: ours.number, text: `protocols are ${here}; Wireshark says ${there}` });
  compareFields(ours, fields, readsOn(theirs, fields), into);
  for (const { name } of theirs) if (!(name in PROTOCOLS)) tell(into.leftOut, name, 'a protocol that is not read here');
}

const COMPRESSED = 'compressed messages are not read here';

/** What is still open of the frames of WebSockets, wherever it stands. The payload of a message in fragments Wireshark shows once, as a whole. */
function compareLoose({ loose, looseTheirs, ...into }: Loose): void {
  const open = new Set(looseTheirs);
  const hasDeflate = looseTheirs.some(({ field }) => field.name === 'websocket.pmc');
  for (const { packet, field } of loose) {
    const match = [...open].find(
      (theirs) => theirs.field.name === field.wireshark && isSame({ ...field, place: 'loose' }, theirs.field, []),
    );
    if (match) {
      open.delete(match);
      tell(into.compared, match.field.name);
    } else if (hasDeflate && field.wireshark === 'websocket.payload') tell(into.leftOut, field.wireshark, COMPRESSED);
    else if (field.place === 'loose' && field.wireshark?.startsWith('websocket.payload.'))
      tell(into.leftOut, field.wireshark, 'a piece of a payload');
    else into.differences.push({ packet, text: told(field, []) });
  }
  for (const { field, difference } of open) {
    if (hasDeflate && DEFLATE.includes(field.name)) tell(into.leftOut, field.name, COMPRESSED);
    else into.differences.push(difference);
  }
}

/** Compares two readings of one capture. */
export function compare(ours: readonly OurPacket[], theirs: readonly PdmlPacket[]): Comparison {
  const into: Loose = { packets: ours.length, compared: new Map(), leftOut: new Map(), differences: [], loose: [], looseTheirs: [] };
  if (ours.length !== theirs.length)
    into.differences.push({ packet: 0, text: `${ours.length} packets; Wireshark counts ${theirs.length}` });
  ours.forEach((packet, index) => {
    const other = theirs[index];
    if (other) comparePacket(packet, other, into);
  });
  compareLoose(into);
  return into;
}

function added(tallies: readonly Tally[]): Tally {
  const sum: Tally = new Map();
  for (const [name, { count, why }] of tallies.flatMap((tally) => [...tally])) {
    const before = sum.get(name)?.count ?? 0;
    sum.set(name, { count: before + count, ...(why !== undefined && { why }) });
  }
  return sum;
}

/** Several comparisons as one. */
export const together = (all: readonly Comparison[]): Comparison => ({
  packets: all.reduce((sum, { packets }) => sum + packets, 0),
  compared: added(all.map(({ compared }) => compared)),
  leftOut: added(all.map(({ leftOut }) => leftOut)),
  differences: all.flatMap(({ differences }) => differences),
});
