/** Questions and resource records. Source: RFC 1035 §4.1.2 and §4.1.3; RFC 6891 §6.1 (OPT). */
import type { Field } from '../../field.ts';
import { type FieldSpec, type HeaderSpec, headerBytes, readHeader } from '../../header.ts';
import type { WireError } from '../../wire-error.ts';
import { type Message, nameField } from './name.ts';
import { DNS_TYPES, dnsClassName, dnsTypeName } from './numbers.ts';
import { readData } from './record-data.ts';

const QUESTION_TAIL = {
  title: 'Question',
  source: 'RFC 1035 §4.1.2',
  fields: [
    { id: 'type', name: 'Type', bits: 16, kind: 'number', wireshark: 'dns.qry.type', means: dnsTypeName },
    { id: 'class', name: 'Class', bits: 16, kind: 'hex', wireshark: 'dns.qry.class', means: dnsClassName },
  ],
} as const satisfies HeaderSpec;

/** Multicast DNS keeps the first bit of a class for itself. Source: RFC 6762 §5.4 (questions) and §10.2 (records). */
const MULTICAST_BIT = 0x80;
const multicastClass = (
  bit: { readonly id: string; readonly name: string; readonly wireshark: string; readonly meaning: string },
  wireshark: string,
) =>
  ({
    id: 'classAndBit',
    name: 'Class, with a Bit of Multicast DNS',
    bits: 16,
    kind: 'group',
    parts: [
      {
        id: bit.id,
        name: bit.name,
        bits: 1,
        kind: 'flag',
        wireshark: bit.wireshark,
        means: (isSet: boolean) => (isSet ? bit.meaning : undefined),
      },
      { id: 'class', name: 'Class', bits: 15, kind: 'hex', wireshark, means: dnsClassName },
    ],
  }) as const satisfies FieldSpec;

const MULTICAST_QUESTION_TAIL = {
  title: 'Question',
  source: 'RFC 6762 §18.12',
  fields: [
    QUESTION_TAIL.fields[0],
    multicastClass(
      { id: 'unicastResponse', name: 'Unicast Response (QU)', wireshark: 'dns.qry.qu', meaning: 'an answer to the asker alone will do' },
      'dns.qry.class',
    ),
  ],
} as const satisfies HeaderSpec;

const TYPE = {
  title: 'Type',
  source: 'RFC 1035 §4.1.3',
  fields: [{ id: 'type', name: 'Type', bits: 16, kind: 'number', wireshark: 'dns.resp.type', means: dnsTypeName }],
} as const satisfies HeaderSpec;

const DATA_LENGTH = { id: 'dataLength', name: 'Data Length', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'dns.resp.len' } as const;

const RECORD_TAIL = {
  title: 'Resource Record',
  source: 'RFC 1035 §4.1.3',
  fields: [
    { id: 'class', name: 'Class', bits: 16, kind: 'hex', wireshark: 'dns.resp.class', means: dnsClassName },
    { id: 'ttl', name: 'Time to Live', bits: 32, kind: 'number', unit: 'seconds', wireshark: 'dns.resp.ttl' },
    DATA_LENGTH,
  ],
} as const satisfies HeaderSpec;

const MULTICAST_RECORD_TAIL = {
  title: 'Resource Record',
  source: 'RFC 6762 §18.13',
  fields: [
    multicastClass(
      { id: 'cacheFlush', name: 'Cache Flush', wireshark: 'dns.resp.cache_flush', meaning: 'what was known of this name and type is over' },
      'dns.resp.class',
    ),
    RECORD_TAIL.fields[1],
    DATA_LENGTH,
  ],
} as const satisfies HeaderSpec;

/** OPT has another use for class and time to live: it says what the sender can do. Source: RFC 6891 §6.1.2 and §6.1.3. */
const OPT_TAIL = {
  title: 'OPT',
  source: 'RFC 6891 §6.1.2',
  fields: [
    { id: 'udpPayloadSize', name: 'UDP Payload Size', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'dns.rr.udp_payload_size' },
    { id: 'extendedRcode', name: 'Higher Bits in Extended RCODE', bits: 8, kind: 'hex', wireshark: 'dns.resp.ext_rcode' },
    { id: 'ednsVersion', name: 'EDNS Version', bits: 8, kind: 'number', wireshark: 'dns.resp.edns0_version' },
    {
      id: 'z',
      name: 'Z',
      bits: 16,
      kind: 'group',
      wireshark: 'dns.resp.z',
      parts: [
        {
          id: 'dnssecOk',
          name: 'DNSSEC OK',
          bits: 1,
          kind: 'flag',
          wireshark: 'dns.resp.z.do',
          means: (isSet) => (isSet ? 'signatures are welcome' : undefined),
        },
        { id: 'zReserved', name: 'Reserved', bits: 15, kind: 'hex', wireshark: 'dns.resp.z.reserved' },
      ],
    },
    DATA_LENGTH,
  ],
} as const satisfies HeaderSpec;

/** One question or record, as far as it could be read; `field` holds its parts. */
export type EntryRead = { readonly field: Field; readonly end: number; readonly errors: readonly WireError[] };

/** Which entry it is: `answer2`, `Answer 2`. */
type Label = { readonly id: string; readonly name: string };

type Draft = {
  readonly at: number;
  readonly end: number;
  readonly parts: readonly Field[];
  readonly text: string;
  readonly error?: WireError | undefined;
};

const entry = ({ id, name }: Label, { at, end, parts, text, error }: Draft): EntryRead => ({
  field: { id, name, kind: 'bytes', at: at * 8, bits: (end - at) * 8, value: text, text, parts, ...(error && { error: error.code }) },
  end,
  errors: error ? [error] : [],
});

const truncated = ({ end }: Message): WireError => ({ code: 'truncated', offset: end });
const typeText = (type: number): string => dnsTypeName(type) ?? `type ${type}`;

const hasMulticastBit = ({ bytes }: Message, classAt: number): boolean => ((bytes[classAt] ?? 0) & MULTICAST_BIT) !== 0;

export function readQuestion(message: Message, at: number, label: Label): EntryRead {
  const name = nameField(message, at, { id: 'name', name: 'Name', wireshark: 'dns.qry.name' });
  if (name.error) return entry(label, { at, end: name.end, parts: [name.field], text: name.field.text, error: name.error });
  const spec = hasMulticastBit(message, name.end + headerBytes(TYPE)) ? MULTICAST_QUESTION_TAIL : QUESTION_TAIL;
  const { fields, values } = readHeader(spec, message.bytes, { at: name.end, end: message.end });
  const parts = [name.field, ...fields];
  if (!values) return entry(label, { at, end: message.end, parts, text: name.field.text, error: truncated(message) });
  return entry(label, { at, end: name.end + headerBytes(QUESTION_TAIL), parts, text: `${name.field.text} ${typeText(values.type)}` });
}

function recordTail(message: Message, type: number | undefined, at: number) {
  if (type === DNS_TYPES.OPT) return OPT_TAIL;
  return hasMulticastBit(message, at) ? MULTICAST_RECORD_TAIL : RECORD_TAIL;
}

export function readRecord(message: Message, at: number, label: Label): EntryRead {
  const name = nameField(message, at, { id: 'name', name: 'Name', wireshark: 'dns.resp.name' });
  if (name.error) return entry(label, { at, end: name.end, parts: [name.field], text: name.field.text, error: name.error });
  const type = readHeader(TYPE, message.bytes, { at: name.end, end: message.end });
  const tailAt = name.end + headerBytes(TYPE);
  const spec = recordTail(message, type.values?.type, tailAt);
  const tail = type.values ? readHeader(spec, message.bytes, { at: tailAt, end: message.end }) : { fields: [] };
  const head = [name.field, ...type.fields, ...tail.fields];
  const text = type.values ? `${name.field.text} ${typeText(type.values.type)}` : name.field.text;
  if (!type.values || !tail.values) return entry(label, { at, end: message.end, parts: head, text, error: truncated(message) });
  const dataAt = tailAt + headerBytes(spec);
  const end = dataAt + tail.values.dataLength;
  if (end > message.end) return entry(label, { at, end: message.end, parts: head, text, error: truncated(message) });
  const data = readData(message, { type: type.values.type, at: dataAt, end });
  const shown = data.text === '' ? text : `${text} ${data.text}`;
  return entry(label, { at, end, parts: [...head, ...data.fields], text: shown, error: data.error });
}
