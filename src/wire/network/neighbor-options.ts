/** The options of neighbor discovery. Source: RFC 4861 §4.6; RFC 8106 §5.1 (name servers). */

import type { Field } from '../field.ts';
import type { FieldSpec } from '../header.ts';
import { type OptionsRead, optionField, withUniqueIds } from './option-field.ts';

const UNIT_BYTES = 8;
const FOREVER = 0xffff_ffff;

const TYPE = { id: 'type', name: 'Type', bits: 8, kind: 'number', wireshark: 'icmpv6.opt.type' } as const;
const lengthMeaning = (units: number): string => `${units * UNIT_BYTES} bytes`;
const LENGTH = {
  id: 'length',
  name: 'Length',
  bits: 8,
  kind: 'number',
  unit: '8-byte units',
  wireshark: 'icmpv6.opt.length',
  means: lengthMeaning,
} as const satisfies FieldSpec;

/** Wireshark names the reserved bits of these options, but gives them no value. */
const reserved = (bits: number): FieldSpec => ({ id: 'reserved', name: 'Reserved', bits, kind: 'bytes' });
const lifetime = (id: string, name: string, wireshark: string): FieldSpec => ({
  id,
  name,
  bits: 32,
  kind: 'number',
  unit: 'seconds',
  wireshark,
  means: (seconds) => (seconds === FOREVER ? 'for ever' : undefined),
});
const flag = (id: string, name: string, letter: string): FieldSpec & { readonly kind: 'flag' } => ({
  id,
  name,
  bits: 1,
  kind: 'flag',
  wireshark: `icmpv6.opt.prefix.flag.${letter}`,
});

const PREFIX: readonly FieldSpec[] = [
  { id: 'prefixLength', name: 'Prefix Length', bits: 8, kind: 'number', wireshark: 'icmpv6.opt.prefix.length' },
  {
    id: 'flags',
    name: 'Flags',
    bits: 8,
    kind: 'group',
    wireshark: 'icmpv6.opt.prefix.flag',
    parts: [
      flag('onLink', 'On-Link', 'l'),
      flag('autonomous', 'Autonomous Address-Configuration', 'a'),
      flag('routerAddress', 'Router Address', 'r'),
      { id: 'rest', name: 'Reserved', bits: 5, kind: 'number', wireshark: 'icmpv6.opt.prefix.flag.reserved' },
    ],
  },
  lifetime('validLifetime', 'Valid Lifetime', 'icmpv6.opt.prefix.valid_lifetime'),
  lifetime('preferredLifetime', 'Preferred Lifetime', 'icmpv6.opt.prefix.preferred_lifetime'),
  reserved(32),
  { id: 'prefix', name: 'Prefix', bits: 128, kind: 'ipv6', wireshark: 'icmpv6.opt.prefix' },
];
const LINK_ADDRESS: readonly FieldSpec[] = [
  { id: 'address', name: 'Link-Layer Address', bits: 48, kind: 'mac', wireshark: 'icmpv6.opt.linkaddr' },
];
const MTU: readonly FieldSpec[] = [
  reserved(16),
  { id: 'mtu', name: 'MTU', bits: 32, kind: 'number', unit: 'bytes', wireshark: 'icmpv6.opt.mtu' },
];

function nameServers(bytes: number): readonly FieldSpec[] {
  const count = Math.max(0, Math.floor((bytes - UNIT_BYTES) / 16));
  const servers = Array.from(
    { length: count },
    (_, index): FieldSpec => ({ id: `server-${index + 1}`, name: 'Name Server', bits: 128, kind: 'ipv6', wireshark: 'icmpv6.opt.rdnss' }),
  );
  return [reserved(16), lifetime('lifetime', 'Lifetime', 'icmpv6.opt.rdnss.lifetime'), ...servers];
}

type Kind = {
  readonly id: string;
  readonly name: string;
  /** What follows type and length, of an option of so many bytes. */
  readonly data?: (bytes: number) => readonly FieldSpec[];
  /** The one length that it can have, in units of 8 bytes. */
  readonly units?: number;
};

const KINDS: Readonly<Record<number, Kind>> = {
  1: { id: 'source-link-address', name: 'Source Link-Layer Address', data: (bytes) => (bytes === UNIT_BYTES ? LINK_ADDRESS : []) },
  2: { id: 'target-link-address', name: 'Target Link-Layer Address', data: (bytes) => (bytes === UNIT_BYTES ? LINK_ADDRESS : []) },
  3: { id: 'prefix-information', name: 'Prefix Information', data: () => PREFIX, units: 4 },
  4: { id: 'redirected-header', name: 'Redirected Header', data: () => [reserved(48)] },
  5: { id: 'mtu', name: 'MTU', data: () => MTU, units: 1 },
  14: { id: 'nonce', name: 'Nonce' },
  24: { id: 'route-information', name: 'Route Information' },
  25: { id: 'name-servers', name: 'Recursive DNS Servers', data: nameServers },
  31: { id: 'search-list', name: 'DNS Search List' },
};
const UNKNOWN: Kind = { id: 'unknown', name: 'Unknown Option' };

type Found = { readonly at: number; readonly end: number; readonly isBroken: boolean };

/** The option at byte `at`. One of length zero, or longer than the message, takes all that is left. Source: RFC 4861 §4.6. */
function optionAt(bytes: Uint8Array, at: number, end: number): Found {
  const length = at + 1 < end ? (bytes[at + 1] ?? 0) * UNIT_BYTES : 0;
  const isBroken = length === 0 || at + length > end;
  return { at, end: isBroken ? end : at + length, isBroken };
}

function fieldOf(bytes: Uint8Array, { at, end, isBroken }: Found): Field {
  const { id, name, data, units } = KINDS[bytes[at] ?? 0] ?? UNKNOWN;
  const isBad = isBroken || (units !== undefined && units * UNIT_BYTES !== end - at);
  const parts = [TYPE, LENGTH, ...((!isBroken && data?.(end - at)) || [])];
  return optionField(bytes, { id, name, at, end, parts, ...(isBad && { error: 'bad-option' as const }) });
}

/** Reads the options between two bytes. */
export function readNeighborOptions(bytes: Uint8Array, from: number, end: number): OptionsRead {
  const fields: Field[] = [];
  let at = from;
  while (at < end) {
    const found = optionAt(bytes, at, end);
    fields.push(fieldOf(bytes, found));
    at = found.end;
  }
  return { fields: withUniqueIds(fields), badAt: fields.filter(({ error }) => error).map((field) => field.at / 8) };
}

/** An option that tells a station's address on this link. Source: RFC 4861 §4.6.1. */
export const linkAddressOption = (whose: 'source' | 'target', mac: Uint8Array): Uint8Array =>
  Uint8Array.of(whose === 'source' ? 1 : 2, 1, ...mac);
