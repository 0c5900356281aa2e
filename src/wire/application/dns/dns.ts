/** DNS messages. Source: RFC 1035 §4.1. */
import type { Field } from '../../field.ts';
import { type HeaderSpec, headerBytes, readHeader, type Values, writeHeader } from '../../header.ts';
import type { Decoded, LayerOf, Span } from '../../layer.ts';
import type { WireError } from '../../wire-error.ts';
import { type Message, writeName } from './name.ts';
import { DNS_TYPES, type DnsTypeName, dnsOpcodeName, dnsResponseName } from './numbers.ts';
import { type EntryRead, readQuestion, readRecord } from './record.ts';

/** Source: RFC 1035 §4.1.1; RFC 4035 §3.1.6 and §3.2.2 (AD, CD). */
export const DNS = {
  title: 'Domain Name System',
  source: 'RFC 1035 §4.1.1',
  fields: [
    { id: 'id', name: 'Transaction ID', short: 'ID', bits: 16, kind: 'hex', wireshark: 'dns.id' },
    {
      id: 'flags',
      name: 'Flags',
      bits: 16,
      kind: 'group',
      wireshark: 'dns.flags',
      parts: [
        {
          id: 'isResponse',
          name: 'Response (QR)',
          short: 'QR',
          bits: 1,
          kind: 'flag',
          wireshark: 'dns.flags.response',
          means: (isResponse) => (isResponse ? 'an answer' : 'a question'),
        },
        { id: 'opcode', name: 'Opcode', bits: 4, kind: 'number', wireshark: 'dns.flags.opcode', means: dnsOpcodeName },
        {
          id: 'authoritative',
          name: 'Authoritative Answer (AA)',
          short: 'AA',
          bits: 1,
          kind: 'flag',
          wireshark: 'dns.flags.authoritative',
          means: (isSet) => (isSet ? 'from a server that is responsible for the name' : undefined),
        },
        {
          id: 'truncated',
          name: 'Truncated (TC)',
          short: 'TC',
          bits: 1,
          kind: 'flag',
          wireshark: 'dns.flags.truncated',
          means: (isSet) => (isSet ? 'too long for UDP: ask again over TCP' : undefined),
        },
        {
          id: 'recursionDesired',
          name: 'Recursion Desired (RD)',
          short: 'RD',
          bits: 1,
          kind: 'flag',
          wireshark: 'dns.flags.recdesired',
          means: (isSet) => (isSet ? 'ask other servers for me' : undefined),
        },
        {
          id: 'recursionAvailable',
          name: 'Recursion Available (RA)',
          short: 'RA',
          bits: 1,
          kind: 'flag',
          wireshark: 'dns.flags.recavail',
          means: (isSet) => (isSet ? 'this server asks others' : undefined),
        },
        { id: 'reserved', name: 'Reserved (Z)', short: 'Z', bits: 1, kind: 'flag', wireshark: 'dns.flags.z' },
        { id: 'authenticData', name: 'Authentic Data (AD)', short: 'AD', bits: 1, kind: 'flag', wireshark: 'dns.flags.authenticated' },
        { id: 'checkingDisabled', name: 'Checking Disabled (CD)', short: 'CD', bits: 1, kind: 'flag', wireshark: 'dns.flags.checkdisable' },
        {
          id: 'responseCode',
          name: 'Response Code (RCODE)',
          short: 'RCODE',
          bits: 4,
          kind: 'number',
          wireshark: 'dns.flags.rcode',
          means: dnsResponseName,
        },
      ],
    },
    { id: 'questions', name: 'Questions', short: 'QDCOUNT', bits: 16, kind: 'number', wireshark: 'dns.count.queries' },
    { id: 'answers', name: 'Answers', short: 'ANCOUNT', bits: 16, kind: 'number', wireshark: 'dns.count.answers' },
    { id: 'authorities', name: 'Authority Records', short: 'NSCOUNT', bits: 16, kind: 'number', wireshark: 'dns.count.auth_rr' },
    { id: 'additionals', name: 'Additional Records', short: 'ARCOUNT', bits: 16, kind: 'number', wireshark: 'dns.count.add_rr' },
  ],
} as const satisfies HeaderSpec;

export type DnsHeader = Values<typeof DNS>;
export type DnsLayer = LayerOf<'dns', DnsHeader>;

const HEAD_BYTES = headerBytes(DNS);

type Section = { readonly count: keyof DnsHeader; readonly id: string; readonly name: string; readonly read: typeof readRecord };

/** In the order in which they stand. Source: RFC 1035 §4.1. */
const SECTIONS: readonly Section[] = [
  { count: 'questions', id: 'question', name: 'Question', read: readQuestion },
  { count: 'answers', id: 'answer', name: 'Answer', read: readRecord },
  { count: 'authorities', id: 'authority', name: 'Authority', read: readRecord },
  { count: 'additionals', id: 'additional', name: 'Additional', read: readRecord },
];

type Entries = { readonly fields: readonly Field[]; readonly end: number; readonly errors: readonly WireError[] };

/** Reads the sections until one of their entries is broken: where the next one would begin is then unknown. */
function readEntries(message: Message, header: DnsHeader): Entries {
  const fields: Field[] = [];
  let end = message.at + HEAD_BYTES;
  for (const { count, id, name, read } of SECTIONS) {
    for (let nth = 1; nth <= Number(header[count]); nth += 1) {
      const entry: EntryRead = read(message, end, { id: `${id}${nth}`, name: `${name} ${nth}` });
      fields.push(entry.field);
      end = entry.end;
      if (entry.errors.length > 0) return { fields, end: message.end, errors: entry.errors };
    }
  }
  return { fields, end, errors: [] };
}

/** Reads one message. What stands behind its last record is data of nobody. */
export function decodeDns(bytes: Uint8Array, { at, end, quoted }: Span): Decoded<DnsLayer> {
  const { fields, values } = readHeader(DNS, bytes, { at, end });
  const base = { protocol: 'dns', title: DNS.title, level: 'application', at, ...(quoted && { quoted }) } as const;
  const cut: readonly WireError[] = quoted ? [] : [{ code: 'truncated', offset: end }];
  if (!values) return { layer: { ...base, headEnd: end, end, fields, errors: cut } };
  const entries = readEntries({ bytes, at, end, work: { followed: 0 } }, values);
  const layer: DnsLayer = {
    ...base,
    headEnd: entries.end,
    end: entries.end,
    fields: [...fields, ...entries.fields],
    errors: quoted ? [] : entries.errors,
    header: values,
  };
  return { layer, next: { protocol: 'data', at: entries.end, end, ...(quoted && { quoted }) } };
}

const QUERY: DnsHeader = {
  id: 0,
  isResponse: false,
  opcode: 0,
  authoritative: false,
  truncated: false,
  recursionDesired: true,
  recursionAvailable: false,
  reserved: false,
  authenticData: false,
  checkingDisabled: false,
  responseCode: 0,
  questions: 1,
  answers: 0,
  authorities: 0,
  additionals: 0,
};

export type DnsQuestion = { readonly id: number; readonly name: string; readonly type: Exclude<DnsTypeName, 'OPT'> };

const word = (value: number): readonly number[] => [value >> 8, value & 0xff];
const INTERNET = 1;

/** The bytes of one question, as a host asks its resolver; undefined if the name is none. */
export function encodeDnsQuery({ id, name, type }: DnsQuestion): Uint8Array | undefined {
  const labels = writeName(name);
  return labels && Uint8Array.of(...writeHeader(DNS, { ...QUERY, id }), ...labels, ...word(DNS_TYPES[type]), ...word(INTERNET));
}

const ADDRESS_BYTES: Readonly<Record<'A' | 'AAAA', number>> = { A: 4, AAAA: 16 };

/**
 * The answer of a resolver with one address for the question; undefined if the name is none. The answer's name is a pointer to the
 * question's. Throws a RangeError for an address of the wrong length.
 */
export function encodeDnsAnswer(
  question: DnsQuestion & { readonly type: 'A' | 'AAAA' },
  { address, ttl }: { readonly address: Uint8Array; readonly ttl: number },
): Uint8Array | undefined {
  if (address.length !== ADDRESS_BYTES[question.type]) throw new RangeError(`No ${question.type} record has ${address.length} bytes`);
  const query = encodeDnsQuery(question);
  if (!query) return undefined;
  const header = writeHeader(DNS, { ...QUERY, id: question.id, isResponse: true, recursionAvailable: true, answers: 1 });
  const record = [
    ...word(0xc000 | HEAD_BYTES),
    ...word(DNS_TYPES[question.type]),
    ...word(INTERNET),
    ...word(ttl >>> 16),
    ...word(ttl & 0xffff),
    ...word(address.length),
    ...address,
  ];
  return Uint8Array.of(...header, ...query.subarray(HEAD_BYTES), ...record);
}
