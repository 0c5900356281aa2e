/** The options of an IPv4 header. Source: RFC 791 §3.1; RFC 2113 (router alert); the IANA registry "IP Option Numbers". */
import { type Field, fieldAt } from '../field.ts';
import type { FieldSpec } from '../header.ts';
import { type OptionsRead, optionField, withUniqueIds } from './option-field.ts';

const END = 0;
const NO_OPERATION = 1;
const LOOSE_ROUTE = 131;
const STRICT_ROUTE = 137;

const CLASSES: Readonly<Record<number, string>> = { 0: 'control', 2: 'debugging and measurement' };

const TYPE = {
  id: 'type',
  name: 'Type',
  bits: 8,
  kind: 'group',
  wireshark: 'ip.opt.type',
  parts: [
    {
      id: 'copied',
      name: 'Copied',
      bits: 1,
      kind: 'flag',
      wireshark: 'ip.opt.type.copy',
      means: (copied: boolean) => (copied ? 'copied into every fragment' : 'in the first fragment alone'),
    },
    { id: 'class', name: 'Class', bits: 2, kind: 'number', wireshark: 'ip.opt.type.class', means: (value: number) => CLASSES[value] },
    { id: 'number', name: 'Number', bits: 5, kind: 'number', wireshark: 'ip.opt.type.number' },
  ],
} as const satisfies FieldSpec;
const LENGTH = { id: 'length', name: 'Length', bits: 8, kind: 'number', unit: 'bytes', wireshark: 'ip.opt.len' } as const;
const POINTER = { id: 'pointer', name: 'Pointer', bits: 8, kind: 'number', unit: 'bytes', wireshark: 'ip.opt.ptr' } as const;

/** Where an option stands: `at` is the byte of its type. */
type Place = { readonly bytes: Uint8Array; readonly at: number; readonly length: number };
type Kind = {
  readonly id: string;
  readonly name: string;
  readonly wireshark?: string;
  /** Whether it can be as long as it says; any length will do where this is missing. */
  readonly fits?: (place: Place) => boolean;
  /** What follows type and length. */
  readonly contents?: (place: Place) => readonly FieldSpec[];
};

const ADDRESS_BYTES = 4;
/** Type, length, pointer: the addresses of a route begin behind them. */
const ROUTE_AT = 3;

/** The pointer counts from 1 and names the next address to use. Source: RFC 791 §3.1. */
const pointerOf = ({ bytes, at }: Place): number => bytes[at + 2] ?? 0;
const slots = ({ length }: Place): readonly number[] =>
  Array.from({ length: Math.floor((length - ROUTE_AT) / ADDRESS_BYTES) }, (_, slot) => ROUTE_AT + slot * ADDRESS_BYTES);
const fitsRoute = (place: Place): boolean => place.length >= ROUTE_AT && (place.length - ROUTE_AT) % ADDRESS_BYTES === 0;

const address = (nth: number, name: string, wireshark: string): FieldSpec => ({
  id: `address-${nth}`,
  name,
  bits: 32,
  kind: 'ipv4',
  wireshark,
});
const isUsed = (place: Place, slot: number): boolean => slot + 1 < pointerOf(place);

const recordedRoute = (place: Place): readonly FieldSpec[] => [
  POINTER,
  ...slots(place).map((slot, index) =>
    isUsed(place, slot) ? address(index + 1, 'Recorded Route', 'ip.rec_rt') : address(index + 1, 'Empty Route', 'ip.empty_rt'),
  ),
];

/** Wireshark takes the last stop of a route for the destination. */
const sourceRoute = (place: Place): readonly FieldSpec[] => [
  POINTER,
  ...slots(place).map((slot, index, all) => {
    if (isUsed(place, slot)) return address(index + 1, 'Recorded Route', 'ip.rec_rt');
    return index === all.length - 1 ? address(index + 1, 'Last Stop', 'ip.dst') : address(index + 1, 'Source Route', 'ip.src_rt');
  }),
];

const TIMES_AT = 4;
const TIME_FLAGS: Readonly<Record<number, string>> = {
  0: 'times alone',
  1: 'each router’s address and time',
  3: 'times of the routers named',
};
const timesHaveAddresses = ({ bytes, at }: Place): boolean => ((bytes[at + 3] ?? 0) & 0xf) !== 0;
const timeEntryBytes = (place: Place): number => (timesHaveAddresses(place) ? 8 : 4);
const fitsTimes = (place: Place): boolean => place.length >= TIMES_AT && (place.length - TIMES_AT) % timeEntryBytes(place) === 0;

function times(place: Place): readonly FieldSpec[] {
  const count = Math.floor((place.length - TIMES_AT) / timeEntryBytes(place));
  const entry = (nth: number): readonly FieldSpec[] => {
    const time = {
      id: `time-${nth}`,
      name: 'Timestamp',
      bits: 32,
      kind: 'number',
      unit: 'milliseconds',
      wireshark: 'ip.opt.time_stamp',
    } as const;
    return timesHaveAddresses(place) ? [address(nth, 'Address', 'ip.opt.time_stamp_addr'), time] : [time];
  };
  return [
    POINTER,
    { id: 'overflow', name: 'Overflow', bits: 4, kind: 'number', wireshark: 'ip.opt.overflow' },
    { id: 'flag', name: 'Flag', bits: 4, kind: 'number', wireshark: 'ip.opt.flag', means: (flag) => TIME_FLAGS[flag] },
    ...Array.from({ length: count }, (_, index) => entry(index + 1)).flat(),
  ];
}

const alertMeaning = (value: number): string => (value === 0 ? 'every router examines this packet' : 'reserved');
const ALERT = { id: 'value', name: 'Value', bits: 16, kind: 'number', wireshark: 'ip.opt.ra', means: alertMeaning } as const;
const STREAM = { id: 'stream', name: 'Stream Identifier', bits: 16, kind: 'number', wireshark: 'ip.opt.sid' } as const;
const isFour = ({ length }: Place): boolean => length === 4;

const KINDS: Readonly<Record<number, Kind>> = {
  [END]: { id: 'end', name: 'End of Option List', wireshark: 'ip.options.eol' },
  [NO_OPERATION]: { id: 'no-operation', name: 'No Operation', wireshark: 'ip.options.nop' },
  7: { id: 'record-route', name: 'Record Route', wireshark: 'ip.options.record_route', fits: fitsRoute, contents: recordedRoute },
  68: { id: 'timestamp', name: 'Internet Timestamp', wireshark: 'ip.options.timestamp', fits: fitsTimes, contents: times },
  130: { id: 'security', name: 'Security', wireshark: 'ip.options.security' },
  [LOOSE_ROUTE]: {
    id: 'loose-route',
    name: 'Loose Source and Record Route',
    wireshark: 'ip.options.route',
    fits: fitsRoute,
    contents: sourceRoute,
  },
  136: { id: 'stream', name: 'Stream Identifier', wireshark: 'ip.options.sid', fits: isFour, contents: () => [STREAM] },
  [STRICT_ROUTE]: {
    id: 'strict-route',
    name: 'Strict Source and Record Route',
    wireshark: 'ip.options.source_route',
    fits: fitsRoute,
    contents: sourceRoute,
  },
  148: { id: 'router-alert', name: 'Router Alert', wireshark: 'ip.options.routeralert', fits: isFour, contents: () => [ALERT] },
};
const UNKNOWN: Kind = { id: 'unknown', name: 'Unknown Option' };

const isSingle = (type: number): boolean => type === END || type === NO_OPERATION;

/** `isBroken`: its length cannot be. It takes all that is left, for nobody can say where the next one begins. */
type Found = Place & { readonly type: number; readonly isBroken: boolean };

/** The options between two bytes, up to the end of the list. */
function optionsBetween(bytes: Uint8Array, from: number, end: number): readonly Found[] {
  const found: Found[] = [];
  let at = from;
  while (at < end && found.at(-1)?.type !== END) {
    const type = bytes[at] ?? END;
    const least = isSingle(type) ? 1 : 2;
    const claimed = isSingle(type) ? 1 : (bytes[at + 1] ?? 0);
    const isBroken = claimed < least || at + claimed > end;
    const length = isBroken ? end - at : claimed;
    found.push({ bytes, at, length, type, isBroken });
    at += length;
  }
  return found;
}

function fieldOf(option: Found): Field {
  const { bytes, at, length, type, isBroken } = option;
  const { id, name, wireshark, fits, contents } = KINDS[type] ?? UNKNOWN;
  const isGood = !isBroken && (fits?.(option) ?? true);
  const head = isSingle(type) ? [TYPE] : [TYPE, LENGTH];
  return optionField(bytes, {
    id,
    name,
    at,
    end: at + length,
    parts: [...head, ...((!isBroken && contents?.(option)) || [])],
    ...(wireshark && { wireshark }),
    ...(!isGood && { error: 'bad-option' as const }),
  });
}

/** Reads the options between two bytes. What follows the end of the list is padding. */
export function readIpv4Options(bytes: Uint8Array, at: number, end: number): OptionsRead {
  const found = optionsBetween(bytes, at, end);
  const listEnd = found.reduce((_, option) => option.at + option.length, at);
  const padding = { id: 'padding', name: 'Padding', kind: 'bytes' } as const;
  const fields = found.map(fieldOf);
  if (listEnd < end) fields.push(fieldAt(bytes, { at: listEnd * 8, bits: (end - listEnd) * 8 }, padding));
  return { fields: withUniqueIds(fields), badAt: fields.filter(({ error }) => error).map((field) => field.at / 8) };
}

/** The last address of a source route that is not used up, where the packet goes in the end; undefined if there is none. */
export function lastStop(bytes: Uint8Array, at: number, end: number): Uint8Array | undefined {
  const route = optionsBetween(bytes, at, end).find(({ type }) => type === LOOSE_ROUTE || type === STRICT_ROUTE);
  const last = route && !route.isBroken && fitsRoute(route) ? slots(route).at(-1) : undefined;
  if (!route || last === undefined || isUsed(route, last)) return undefined;
  return bytes.slice(route.at + last, route.at + last + ADDRESS_BYTES);
}

const COPIED = 0x80;

/** The options that every fragment carries, padded to whole 4-byte words. Source: RFC 791 §3.1 (copied flag). */
export function copiedOptions(bytes: Uint8Array, at: number, end: number): Uint8Array {
  const copied = optionsBetween(bytes, at, end).filter(({ type, isBroken }) => type >= COPIED && !isBroken);
  const options = new Uint8Array(Math.ceil(copied.reduce((sum, { length }) => sum + length, 0) / 4) * 4);
  let here = 0;
  for (const place of copied) {
    options.set(bytes.subarray(place.at, place.at + place.length), here);
    here += place.length;
  }
  return options;
}
