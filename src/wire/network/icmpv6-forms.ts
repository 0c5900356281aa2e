/** The layouts of ICMPv6 messages: they begin alike, and differ in what follows the checksum. Source: RFC 4443; RFC 4861 §4. */
import type { FieldSpec, HeaderSpec } from '../header.ts';
import { ICMPV6_TYPES, icmpv6TypeName, isIcmpv6Error } from './icmpv6-types.ts';

export const ICMPV6_TITLE = 'Internet Control Message Protocol v6';

/** How every message begins. Source: RFC 4443 §2.1. */
const BASE = [
  { id: 'type', name: 'Type', bits: 8, kind: 'number', wireshark: 'icmpv6.type', means: icmpv6TypeName },
  { id: 'code', name: 'Code', bits: 8, kind: 'number', wireshark: 'icmpv6.code' },
  { id: 'checksum', name: 'Checksum', bits: 16, kind: 'hex', wireshark: 'icmpv6.checksum' },
] as const satisfies readonly FieldSpec[];
const RESERVED = { id: 'reserved', name: 'Reserved', bits: 32, kind: 'bytes', wireshark: 'icmpv6.reserved' } as const;

/** How much of a packet a message quotes, if extensions stand behind that. Source: RFC 4884 §4. */
const QUOTED: readonly FieldSpec[] = [
  { id: 'length', name: 'Length', bits: 8, kind: 'number', unit: '8-byte units', wireshark: 'icmpv6.length' },
  { id: 'reserved', name: 'Reserved', bits: 24, kind: 'bytes', wireshark: 'icmpv6.reserved' },
];

const target = (wireshark: string) => ({ id: 'target', name: 'Target Address', bits: 128, kind: 'ipv6', wireshark }) as const;
const flag = (id: string, name: string, wireshark: string) => ({ id, name, bits: 1, kind: 'flag', wireshark }) as const;
const PREFERENCES: readonly string[] = ['medium', 'high', 'reserved', 'low'];

const ADVERTISEMENT: readonly FieldSpec[] = [
  { id: 'hopLimit', name: 'Cur Hop Limit', bits: 8, kind: 'number', unit: 'hops', wireshark: 'icmpv6.nd.ra.cur_hop_limit' },
  {
    id: 'flags',
    name: 'Flags',
    bits: 8,
    kind: 'group',
    wireshark: 'icmpv6.nd.ra.flag',
    parts: [
      flag('managed', 'Managed Address Configuration', 'icmpv6.nd.ra.flag.m'),
      flag('other', 'Other Configuration', 'icmpv6.nd.ra.flag.o'),
      flag('homeAgent', 'Home Agent', 'icmpv6.nd.ra.flag.h'),
      {
        id: 'preference',
        name: 'Default Router Preference',
        bits: 2,
        kind: 'number',
        wireshark: 'icmpv6.nd.ra.flag.prf',
        means: (preference) => PREFERENCES[preference],
      },
      flag('proxy', 'Proxy', 'icmpv6.nd.ra.flag.p'),
      { id: 'flagsRest', name: 'Reserved', bits: 2, kind: 'number', wireshark: 'icmpv6.nd.ra.flag.rsv' },
    ],
  },
  { id: 'lifetime', name: 'Router Lifetime', bits: 16, kind: 'number', unit: 'seconds', wireshark: 'icmpv6.nd.ra.router_lifetime' },
  { id: 'reachableTime', name: 'Reachable Time', bits: 32, kind: 'number', unit: 'milliseconds', wireshark: 'icmpv6.nd.ra.reachable_time' },
  { id: 'retransTimer', name: 'Retrans Timer', bits: 32, kind: 'number', unit: 'milliseconds', wireshark: 'icmpv6.nd.ra.retrans_timer' },
];

const NEIGHBOR_FLAGS: FieldSpec = {
  id: 'flags',
  name: 'Flags',
  bits: 32,
  kind: 'group',
  wireshark: 'icmpv6.nd.na.flag',
  parts: [
    flag('router', 'Router', 'icmpv6.nd.na.flag.r'),
    flag('solicited', 'Solicited', 'icmpv6.nd.na.flag.s'),
    flag('override', 'Override', 'icmpv6.nd.na.flag.o'),
    { id: 'flagsRest', name: 'Reserved', bits: 29, kind: 'number', wireshark: 'icmpv6.nd.na.flag.rsv' },
  ],
};

const message = (source: string, ...fields: readonly FieldSpec[]): HeaderSpec => ({
  title: ICMPV6_TITLE,
  source,
  fields: [...BASE, ...fields],
});

/** How a message begins, whatever it is. */
export const ICMPV6_BASE = { title: ICMPV6_TITLE, source: 'RFC 4443 §2.1', fields: BASE } as const satisfies HeaderSpec;
const ECHO = message(
  'RFC 4443 §4.1',
  { id: 'identifier', name: 'Identifier', bits: 16, kind: 'hex', wireshark: 'icmpv6.echo.identifier' },
  { id: 'sequence', name: 'Sequence Number', bits: 16, kind: 'number', wireshark: 'icmpv6.echo.sequence_number' },
);

const NEIGHBOR_SOLICITATION = message('RFC 4861 §4.3', RESERVED, target('icmpv6.nd.ns.target_address'));

const FORMS: ReadonlyMap<number, HeaderSpec> = new Map([
  [ICMPV6_TYPES.unreachable, message('RFC 4443 §3.1', RESERVED)],
  [
    ICMPV6_TYPES.packetTooBig,
    message('RFC 4443 §3.2', { id: 'mtu', name: 'MTU', bits: 32, kind: 'number', unit: 'bytes', wireshark: 'icmpv6.mtu' }),
  ],
  [ICMPV6_TYPES.timeExceeded, message('RFC 4443 §3.3', RESERVED)],
  [
    ICMPV6_TYPES.parameterProblem,
    message('RFC 4443 §3.4', { id: 'pointer', name: 'Pointer', bits: 32, kind: 'number', unit: 'bytes', wireshark: 'icmpv6.pointer' }),
  ],
  [ICMPV6_TYPES.echoRequest, ECHO],
  [ICMPV6_TYPES.echoReply, ECHO],
  [ICMPV6_TYPES.routerSolicitation, message('RFC 4861 §4.1', RESERVED)],
  [ICMPV6_TYPES.routerAdvertisement, message('RFC 4861 §4.2', ...ADVERTISEMENT)],
  [ICMPV6_TYPES.neighborSolicitation, NEIGHBOR_SOLICITATION],
  [ICMPV6_TYPES.neighborAdvertisement, message('RFC 4861 §4.4', NEIGHBOR_FLAGS, target('icmpv6.nd.na.target_address'))],
  [
    ICMPV6_TYPES.redirect,
    message('RFC 4861 §4.5', RESERVED, target('icmpv6.nd.rd.target_address'), {
      id: 'destination',
      name: 'Destination Address',
      bits: 128,
      kind: 'ipv6',
      wireshark: 'icmpv6.rd.na.destination_address',
    }),
  ],
]);
const EXTENDED: ReadonlyMap<number, HeaderSpec> = new Map([
  [ICMPV6_TYPES.unreachable, message('RFC 4884 §4.4', ...QUOTED)],
  [ICMPV6_TYPES.timeExceeded, message('RFC 4884 §4.5', ...QUOTED)],
]);

/** The layout of a message. */
export const formOf = (type: number, hasLength = false): HeaderSpec => (hasLength && EXTENDED.get(type)) || FORMS.get(type) || ICMPV6_BASE;

/** Whether a message reports trouble with a packet, which it quotes; one that nobody here knows is left alone. */
export const quotesPacket = (type: number): boolean => isIcmpv6Error(type) && FORMS.has(type);

/** Messages that end with options. Source: RFC 4861 §4. */
export const hasOptions = (type: number): boolean => type >= ICMPV6_TYPES.routerSolicitation && type <= ICMPV6_TYPES.redirect;

/** Each message has its own fields behind the first three. */
export type Icmpv6Header = {
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
  readonly identifier?: number;
  readonly sequence?: number;
  /** Bytes. */
  readonly mtu?: number;
  readonly pointer?: number;
  /** The address asked for, or told of. */
  readonly target?: string;
  readonly destination?: string;
  readonly router?: boolean;
  readonly solicited?: boolean;
  readonly override?: boolean;
  readonly hopLimit?: number;
  readonly managed?: boolean;
  readonly other?: boolean;
  /** Of what is quoted, 8-byte units; missing where nothing stands behind it. */
  readonly length?: number;
  /** Of a router, seconds. */
  readonly lifetime?: number;
};
