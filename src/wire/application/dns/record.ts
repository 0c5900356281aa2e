/** Questions and resource records. Source: RFC 1035 §4.1.2 and §4.1.3; RFC 6891 §6.1 (OPT). */
import type { Field } from '../../field.ts';
import { type HeaderSpec, headerBytes, readHeader } from '../../header.ts';
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

export function readQuestion(message: Message, at: number, label: Label): EntryRead {
  const name = nameField(message, at, { id: 'name', name: 'Name', wireshark: 'dns.qry.name' });
  if (name.error) return entry(label, { at, end: name.end, parts: [name.field], text: name.field.text, error: name.error });
  const { fields, values } = readHeader(QUESTION_TAIL, message.bytes, { at: name.end, end: message.end });
  const parts = [name.field, ...fields];
  if (!values) return entry(label, { at, end: message.end, parts, text: name.field.text, error: truncated(message) });
  return entry(label, { at, end: name.end + headerBytes(QUESTION_TAIL), parts, text: `${name.field.text} ${typeText(values.type)}` });
}

export function readRecord(message: Message, at: number, label: Label): EntryRead {
  const name = nameField(message, at, { id: 'name', name: 'Name', wireshark: 'dns.resp.name' });
  if (name.error) return entry(label, { at, end: name.end, parts: [name.field], text: name.field.text, error: name.error });
  const type = readHeader(TYPE, message.bytes, { at: name.end, end: message.end });
  const tailAt = name.end + headerBytes(TYPE);
  const spec = type.values?.type === DNS_TYPES.OPT ? OPT_TAIL : RECORD_TAIL;
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
