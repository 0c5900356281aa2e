/** The layouts of ICMP messages: they begin alike, and differ in what follows the checksum. Source: RFC 792. */
import type { FieldSpec, HeaderSpec } from '../header.ts';
import { ICMP_TYPES, icmpTypeName, UNREACHABLE } from './icmp-types.ts';

export const ICMP_TITLE = 'Internet Control Message Protocol';
const SOURCE = 'RFC 792';

/** How every message begins. */
const BASE = [
  { id: 'type', name: 'Type', bits: 8, kind: 'number', wireshark: 'icmp.type', means: icmpTypeName },
  { id: 'code', name: 'Code', bits: 8, kind: 'number', wireshark: 'icmp.code' },
  { id: 'checksum', name: 'Checksum', bits: 16, kind: 'hex', wireshark: 'icmp.checksum' },
] as const satisfies readonly FieldSpec[];

const unused = (bits: number, id = 'unused'): FieldSpec => ({ id, name: 'Unused', bits, kind: 'bytes', wireshark: 'icmp.unused' });
/** How much of a packet a message quotes. Source: RFC 4884 §4. */
const QUOTE_LENGTH = {
  id: 'length',
  name: 'Length',
  bits: 8,
  kind: 'number',
  unit: '4-byte words',
  wireshark: 'icmp.length',
  means: (words: number) => `${words * 4} bytes of the packet, then extensions`,
} as const satisfies FieldSpec;

const MTU = { id: 'mtu', name: 'Next-Hop MTU', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'icmp.mtu' } as const;
const POINTER = { id: 'pointer', name: 'Pointer', bits: 8, kind: 'number', unit: 'bytes', wireshark: 'icmp.pointer' } as const;

/** Echo request and reply. Source: RFC 792, "Echo or Echo Reply Message". */
export const ICMP_ECHO = {
  title: ICMP_TITLE,
  source: SOURCE,
  fields: [
    ...BASE,
    { id: 'identifier', name: 'Identifier', bits: 16, kind: 'number', wireshark: 'icmp.ident' },
    { id: 'sequence', name: 'Sequence Number', bits: 16, kind: 'number', wireshark: 'icmp.seq' },
  ],
} as const satisfies HeaderSpec;

/** What follows the checksum, of the messages that differ in it. Source: RFC 792; RFC 1191 §4 (MTU); RFC 4884 §4 (length). */
const FORMS = {
  echo: ICMP_ECHO,
  timestamp: {
    ...ICMP_ECHO,
    fields: [
      ...ICMP_ECHO.fields,
      {
        id: 'originated',
        name: 'Originate Timestamp',
        bits: 32,
        kind: 'number',
        unit: 'milliseconds',
        wireshark: 'icmp.originate_timestamp',
      },
      { id: 'received', name: 'Receive Timestamp', bits: 32, kind: 'number', unit: 'milliseconds', wireshark: 'icmp.receive_timestamp' },
      {
        id: 'transmitted',
        name: 'Transmit Timestamp',
        bits: 32,
        kind: 'number',
        unit: 'milliseconds',
        wireshark: 'icmp.transmit_timestamp',
      },
    ],
  },
  tooBig: {
    title: ICMP_TITLE,
    source: 'RFC 1191 §4',
    fields: [...BASE, unused(16), MTU],
  },
  redirect: {
    title: ICMP_TITLE,
    source: SOURCE,
    fields: [...BASE, { id: 'gateway', name: 'Gateway Internet Address', bits: 32, kind: 'ipv4', wireshark: 'icmp.redir_gw' }],
  },
  pointer: {
    title: ICMP_TITLE,
    source: SOURCE,
    fields: [...BASE, POINTER, unused(24)],
  },
  /** Wireshark leaves the unused word of this one unnamed. */
  quench: { title: ICMP_TITLE, source: SOURCE, fields: [...BASE, { id: 'unused', name: 'Unused', bits: 32, kind: 'bytes' }] },
  quote: { title: ICMP_TITLE, source: SOURCE, fields: [...BASE, unused(32)] },
  bare: { title: ICMP_TITLE, source: SOURCE, fields: BASE },
} as const satisfies Record<string, HeaderSpec>;

const FORM_OF_TYPE: ReadonlyMap<number, keyof typeof FORMS> = new Map<number, keyof typeof FORMS>([
  [ICMP_TYPES.echoRequest, 'echo'],
  [ICMP_TYPES.echoReply, 'echo'],
  [ICMP_TYPES.timestampRequest, 'timestamp'],
  [ICMP_TYPES.timestampReply, 'timestamp'],
  [ICMP_TYPES.unreachable, 'quote'],
  [ICMP_TYPES.timeExceeded, 'quote'],
  [ICMP_TYPES.sourceQuench, 'quench'],
  [ICMP_TYPES.redirect, 'redirect'],
  [ICMP_TYPES.parameterProblem, 'pointer'],
]);

/** The same with the length of what is quoted, for messages that have extensions behind that. Source: RFC 4884 §4. */
const EXTENDED: Partial<Record<keyof typeof FORMS, HeaderSpec>> = {
  quote: { title: ICMP_TITLE, source: 'RFC 4884 §4', fields: [...BASE, unused(8), QUOTE_LENGTH, unused(16, 'unused-2')] },
  tooBig: { title: ICMP_TITLE, source: 'RFC 4884 §4', fields: [...BASE, unused(8), QUOTE_LENGTH, MTU] },
  pointer: { title: ICMP_TITLE, source: 'RFC 4884 §4', fields: [...BASE, POINTER, QUOTE_LENGTH, unused(16)] },
};

/** The layout of a message. */
export function formOf(type: number, code: number, hasLength: boolean): HeaderSpec {
  const isTooBig = type === ICMP_TYPES.unreachable && code === UNREACHABLE.fragmentationNeeded;
  const form = isTooBig ? 'tooBig' : (FORM_OF_TYPE.get(type) ?? 'bare');
  return (hasLength && EXTENDED[form]) || FORMS[form];
}

/** Each message has its own fields behind the first three. */
export type IcmpHeader = {
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
  readonly identifier?: number;
  readonly sequence?: number;
  /** Bytes. */
  readonly mtu?: number;
  readonly gateway?: string;
  readonly pointer?: number;
  /** Of what is quoted, 4-byte words; missing where nothing stands behind it. */
  readonly length?: number;
};

/** How a message begins, whatever it is. */
export const ICMP_BASE = FORMS.bare;
