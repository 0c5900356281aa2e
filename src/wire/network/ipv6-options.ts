/** The options inside the hop-by-hop and destination options headers of IPv6. Source: RFC 8200 §4.2. */
import type { Field } from '../field.ts';
import type { FieldSpec } from '../header.ts';
import { type OptionsRead, optionField, withUniqueIds } from './option-field.ts';

const PAD1 = 0;
const PADN = 1;
const JUMBO = 0xc2;
const HOME_ADDRESS = 0xc9;

/** What a node does with an option that it does not know. Source: RFC 8200 §4.2. */
const ACTIONS: readonly string[] = [
  'whoever does not know it skips it',
  'whoever does not know it drops the packet',
  'whoever does not know it drops the packet and says so',
  'whoever does not know it drops the packet and says so, unless it was multicast',
];

const TYPE = {
  id: 'type',
  name: 'Option Type',
  bits: 8,
  kind: 'group',
  wireshark: 'ipv6.opt.type',
  parts: [
    {
      id: 'action',
      name: 'Action',
      bits: 2,
      kind: 'number',
      wireshark: 'ipv6.opt.type.action',
      means: (action: number) => ACTIONS[action],
    },
    { id: 'change', name: 'May Change', bits: 1, kind: 'flag', wireshark: 'ipv6.opt.type.change' },
    { id: 'rest', name: 'Low-Order Bits', bits: 5, kind: 'hex', wireshark: 'ipv6.opt.type.rest' },
  ],
} as const satisfies FieldSpec;
/** Pad1 has no more than its type, and Wireshark does not take it apart. */
const LONE_TYPE = { id: 'type', name: 'Option Type', bits: 8, kind: 'hex', wireshark: 'ipv6.opt.type' } as const satisfies FieldSpec;
const LENGTH = { id: 'length', name: 'Opt Data Len', bits: 8, kind: 'number', unit: 'bytes', wireshark: 'ipv6.opt.length' } as const;

type Kind = {
  readonly id: string;
  readonly name: string;
  /** Its data, of this many bytes. */
  readonly data?: (bytes: number) => readonly FieldSpec[];
};

const zeros = (bytes: number): readonly FieldSpec[] =>
  bytes === 0 ? [] : [{ id: 'padding', name: 'Padding', bits: bytes * 8, kind: 'bytes', wireshark: 'ipv6.opt.padn' }];
const alertMeaning = (value: number): string | undefined => ({ 0: 'multicast listener discovery', 1: 'RSVP', 2: 'active networks' })[value];

const KINDS: Readonly<Record<number, Kind>> = {
  [PAD1]: { id: 'pad1', name: 'Pad1' },
  [PADN]: { id: 'padn', name: 'PadN', data: zeros },
  4: {
    id: 'tunnel-limit',
    name: 'Tunnel Encapsulation Limit',
    data: () => [{ id: 'limit', name: 'Limit', bits: 8, kind: 'number', wireshark: 'ipv6.opt.tel' }],
  },
  5: {
    id: 'router-alert',
    name: 'Router Alert',
    data: () => [{ id: 'value', name: 'Value', bits: 16, kind: 'number', wireshark: 'ipv6.opt.router_alert', means: alertMeaning }],
  },
  [JUMBO]: {
    id: 'jumbo',
    name: 'Jumbo Payload',
    data: () => [{ id: 'length', name: 'Payload Length', bits: 32, kind: 'number', unit: 'bytes', wireshark: 'ipv6.opt.jumbo' }],
  },
  [HOME_ADDRESS]: {
    id: 'home-address',
    name: 'Home Address',
    data: () => [{ id: 'address', name: 'Home Address', bits: 128, kind: 'ipv6', wireshark: 'ipv6.opt.mipv6.home_address' }],
  },
};
const UNKNOWN: Kind = { id: 'unknown', name: 'Unknown Option' };

type Found = { readonly type: number; readonly at: number; readonly end: number; readonly isBroken: boolean };

/** The options between two bytes. A broken one, which runs past the end, takes all that is left. */
function optionsBetween(bytes: Uint8Array, from: number, end: number): readonly Found[] {
  const found: Found[] = [];
  let at = from;
  while (at < end) {
    const type = bytes[at] ?? PAD1;
    const optionEnd = type === PAD1 ? at + 1 : at + 2 + (at + 1 < end ? (bytes[at + 1] ?? 0) : 0);
    found.push({ type, at, end: Math.min(optionEnd, end), isBroken: optionEnd > end });
    at = optionEnd;
  }
  return found;
}

/** A jumbo option is malformed too: it stands only where the length of the packet is zero, and there nobody reads on. Source: RFC 2675 §3. */
function fieldOf(bytes: Uint8Array, { type, at, end, isBroken }: Found): Field {
  const { id, name, data } = KINDS[type] ?? UNKNOWN;
  const length = end - at - 2;
  const specs = (!isBroken && data?.(length)) || [];
  const isFit = !data || specs.reduce((sum, { bits }) => sum + bits, 0) === length * 8;
  const isBad = isBroken || !isFit || type === JUMBO;
  const parts = type === PAD1 ? [LONE_TYPE] : [TYPE, LENGTH, ...specs];
  return optionField(bytes, { id, name, at, end, parts, ...(isBad && { error: 'bad-option' as const }) });
}

/** Reads the options between two bytes. */
export function readIpv6Options(bytes: Uint8Array, at: number, end: number): OptionsRead {
  const fields = optionsBetween(bytes, at, end).map((found) => fieldOf(bytes, found));
  return { fields: withUniqueIds(fields), badAt: fields.filter(({ error }) => error).map((field) => field.at / 8) };
}

const ADDRESS_BYTES = 16;

/** The address under which a mobile node that is away sends: checksums cover it and not the source. Source: RFC 6275 §6.3 and §11.3.1. */
export function homeAddress(bytes: Uint8Array, at: number, end: number): Uint8Array | undefined {
  const option = optionsBetween(bytes, at, end).find(({ type, isBroken }) => type === HOME_ADDRESS && !isBroken);
  return option && option.end - option.at === 2 + ADDRESS_BYTES ? bytes.slice(option.at + 2, option.end) : undefined;
}
