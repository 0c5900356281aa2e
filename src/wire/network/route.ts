/** What a routing header of IPv6 lists, and where its packet goes in the end. */
import { type Field, fieldAt } from '../field.ts';
import { type FieldSpec, readHeader } from '../header.ts';

const ADDRESS_BYTES = 16;
/** Reserved, or entry, flags and tag: the addresses begin behind it. */
const BEFORE_ADDRESSES = 4;

type Kind = {
  readonly before: readonly FieldSpec[];
  /** As Wireshark calls an address. */
  readonly wireshark: string;
  /** Which of the addresses is the last stop. */
  readonly last: (count: number) => number;
  /** How many addresses it has; the others find that in the length. */
  readonly countAt?: number;
};

const reserved = (wireshark: string): readonly FieldSpec[] => [{ id: 'reserved', name: 'Reserved', bits: 32, kind: 'bytes', wireshark }];

/** Source: RFC 2460 §4.4 (0; deprecated by RFC 5095), RFC 6275 §6.4 (2), RFC 8754 §2 (4: its list runs backwards). */
const KINDS: Readonly<Record<number, Kind>> = {
  0: { before: reserved('ipv6.routing.src.reserved'), wireshark: 'ipv6.routing.src.addr', last: (count) => count - 1 },
  2: { before: reserved('ipv6.routing.mipv6.reserved'), wireshark: 'ipv6.routing.mipv6.home_address', last: () => 0 },
  4: {
    before: [
      { id: 'lastEntry', name: 'Last Entry', bits: 8, kind: 'number', wireshark: 'ipv6.routing.srh.last_entry' },
      { id: 'flags', name: 'Flags', bits: 8, kind: 'hex', wireshark: 'ipv6.routing.srh.flags' },
      { id: 'tag', name: 'Tag', bits: 16, kind: 'bytes', wireshark: 'ipv6.routing.srh.tag' },
    ],
    wireshark: 'ipv6.routing.srh.addr',
    last: () => 0,
    countAt: 0,
  },
};
/** What is known of the names of kinds. Source: the IANA registry "IPv6 Routing Types". */
const NAMES: Readonly<Record<number, string>> = {
  0: 'source route (deprecated)',
  2: 'mobile IPv6',
  3: 'RPL source route',
  4: 'segment routing',
};
export const routingTypeName = (type: number): string | undefined => NAMES[type];

const UNREAD = { id: 'data', name: 'Type-Specific Data', kind: 'bytes', wireshark: 'ipv6.routing.unknown_data' } as const;

type Span = { readonly at: number; readonly end: number };
type Routing = { readonly type: number; readonly segmentsLeft: number };

export type Route = {
  readonly fields: readonly Field[];
  /** It does not say that more stops are left than it lists. */
  readonly isGood: boolean;
  /** The last stop, which checksums cover; missing if the packet has no stop before it. Source: RFC 8200 §8.1. */
  readonly destination?: Uint8Array | 'unknown';
};

function countOf({ countAt }: Kind, bytes: Uint8Array, { at, end }: Span): number {
  const room = Math.max(0, Math.floor((end - at - BEFORE_ADDRESSES) / ADDRESS_BYTES));
  return countAt === undefined ? room : Math.min(room, (bytes[at + countAt] ?? 0) + 1);
}

const address = (index: number, wireshark: string): FieldSpec => ({
  id: `address-${index}`,
  name: `Address ${index}`,
  bits: ADDRESS_BYTES * 8,
  kind: 'ipv6',
  wireshark,
});

/** Reads what stands behind the fixed part of a routing header, up to the end of that header. */
export function readRoute(bytes: Uint8Array, { type, segmentsLeft }: Routing, span: Span): Route {
  const kind = KINDS[type];
  if (!kind) {
    const data = fieldAt(bytes, { at: span.at * 8, bits: (span.end - span.at) * 8 }, UNREAD);
    return { fields: [data], isGood: true, ...(segmentsLeft > 0 && { destination: 'unknown' }) };
  }
  const count = countOf(kind, bytes, span);
  const addresses = Array.from({ length: count }, (_, index) => address(index, kind.wireshark));
  const { fields } = readHeader({ title: '', source: '', fields: [...kind.before, ...addresses] }, bytes, span);
  if (segmentsLeft > count) return { fields, isGood: false, destination: 'unknown' };
  const lastAt = span.at + BEFORE_ADDRESSES + kind.last(count) * ADDRESS_BYTES;
  return { fields, isGood: true, ...(segmentsLeft > 0 && { destination: bytes.slice(lastAt, lastAt + ADDRESS_BYTES) }) };
}
