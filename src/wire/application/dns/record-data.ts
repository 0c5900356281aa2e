/** What a resource record carries, by its type. What is not read by fields stands as bytes. */
import { type Field, fieldAt } from '../../field.ts';
import { type FieldSpec, type HeaderSpec, headerBytes, readHeader } from '../../header.ts';
import type { WireError } from '../../wire-error.ts';
import { type Message, nameField } from './name.ts';
import { DNS_TYPES } from './numbers.ts';

export type DataRead = {
  readonly fields: readonly Field[];
  /** What a person reads of it: `198.51.100.20`. */
  readonly text: string;
  readonly error?: WireError;
};

type NamePart = { readonly kind: 'domain'; readonly id: string; readonly name: string; readonly wireshark: string };
type FixedPart = { readonly kind: 'fixed'; readonly spec: HeaderSpec };

const domain = (id: string, name: string, wireshark: string): NamePart => ({ kind: 'domain', id, name, wireshark });
const fixed = (source: string, ...fields: readonly FieldSpec[]): FixedPart => ({ kind: 'fixed', spec: { title: 'Data', source, fields } });
const number16 = (id: string, name: string, wireshark: string): FieldSpec => ({ id, name, bits: 16, kind: 'number', wireshark });
const seconds = (id: string, name: string, wireshark: string): FieldSpec => ({
  id,
  name,
  bits: 32,
  kind: 'number',
  unit: 'seconds',
  wireshark,
});

const LAYOUTS: ReadonlyMap<number, readonly (NamePart | FixedPart)[]> = new Map([
  [DNS_TYPES.A, [fixed('RFC 1035 §3.4.1', { id: 'address', name: 'Address', bits: 32, kind: 'ipv4', wireshark: 'dns.a' })]],
  [DNS_TYPES.AAAA, [fixed('RFC 3596 §2.2', { id: 'address', name: 'Address', bits: 128, kind: 'ipv6', wireshark: 'dns.aaaa' })]],
  [DNS_TYPES.NS, [domain('nameServer', 'Name Server', 'dns.ns')]],
  [DNS_TYPES.CNAME, [domain('canonicalName', 'Canonical Name', 'dns.cname')]],
  [DNS_TYPES.PTR, [domain('domainName', 'Domain Name', 'dns.ptr.domain_name')]],
  [
    DNS_TYPES.MX,
    [
      fixed('RFC 1035 §3.3.9', number16('preference', 'Preference', 'dns.mx.preference')),
      domain('exchange', 'Mail Exchange', 'dns.mx.mail_exchange'),
    ],
  ],
  [
    DNS_TYPES.SOA,
    [
      domain('primary', 'Primary Name Server', 'dns.soa.mname'),
      domain('mailbox', 'Mailbox of Who Is Responsible', 'dns.soa.rname'),
      fixed(
        'RFC 1035 §3.3.13',
        { id: 'serial', name: 'Serial Number', bits: 32, kind: 'number', wireshark: 'dns.soa.serial_number' },
        seconds('refresh', 'Refresh Interval', 'dns.soa.refresh_interval'),
        seconds('retry', 'Retry Interval', 'dns.soa.retry_interval'),
        seconds('expire', 'Expire Limit', 'dns.soa.expire_limit'),
        seconds('minimum', 'Minimum TTL', 'dns.soa.minimum_ttl'),
      ),
    ],
  ],
  [
    DNS_TYPES.SRV,
    [
      fixed(
        'RFC 2782',
        number16('priority', 'Priority', 'dns.srv.priority'),
        number16('weight', 'Weight', 'dns.srv.weight'),
        number16('port', 'Port', 'dns.srv.port'),
      ),
      domain('target', 'Target', 'dns.srv.target'),
    ],
  ],
]);

type Place = { readonly type: number; readonly at: number; readonly end: number };
type PartRead = { readonly fields: readonly Field[]; readonly end: number; readonly error?: WireError };

/** The record says how long its data are: data that end before their fields do have a wrong length. */
const tooShort = (offset: number): WireError => ({ code: 'bad-length', offset });

function readPart(message: Message, part: NamePart | FixedPart, at: number): PartRead {
  if (part.kind === 'fixed') {
    const { fields, values } = readHeader(part.spec, message.bytes, { at, end: message.end });
    return { fields, end: at + headerBytes(part.spec), ...(!values && { error: tooShort(at) }) };
  }
  const { id, name, wireshark } = part;
  const { field, end, error } = nameField(message, at, { id, name, wireshark });
  return { fields: [field], end, ...(error && { error: error.code === 'truncated' ? tooShort(at) : error }) };
}

function readLayout(message: Message, layout: readonly (NamePart | FixedPart)[], { at, end }: Place): DataRead {
  const fields: Field[] = [];
  let here = at;
  let error: WireError | undefined;
  for (const part of layout) {
    const read = readPart({ ...message, end }, part, here);
    fields.push(...read.fields);
    here = read.end;
    error = read.error;
    if (error) break;
  }
  error ??= here === end ? undefined : tooShort(here);
  return { fields, text: fields.map(({ text }) => text).join(' '), ...(error && { error }) };
}

/** Strings of up to 255 bytes, each behind its length. Source: RFC 1035 §3.3.14. */
function readStrings({ bytes }: Message, { at, end }: Place): DataRead {
  const fields: Field[] = [];
  let here = at;
  while (here < end) {
    const next = here + 1 + (bytes[here] ?? 0);
    const nth = fields.length === 0 ? '' : String(fields.length / 2 + 1);
    const size = { id: `textLength${nth}`, name: 'Text Length', kind: 'number', unit: 'bytes', wireshark: 'dns.txt.length' } as const;
    fields.push(fieldAt(bytes, { at: here * 8, bits: 8 }, size));
    if (next > end) return { fields, text: '', error: tooShort(here) };
    const where = { at: here * 8 + 8, bits: (next - here - 1) * 8 };
    fields.push(fieldAt(bytes, where, { id: `text${nth}`, name: 'Text', kind: 'text', wireshark: 'dns.txt' }));
    here = next;
  }
  const texts = fields.filter(({ kind }) => kind === 'text').map(({ value }) => JSON.stringify(value));
  return { fields, text: texts.join(' ') };
}

const OPTION = {
  title: 'Option',
  source: 'RFC 6891 §6.1.2',
  fields: [
    { id: 'code', name: 'Option Code', bits: 16, kind: 'number', wireshark: 'dns.opt.code', means: (code) => OPTION_NAMES.get(code) },
    { id: 'length', name: 'Option Length', bits: 16, kind: 'number', unit: 'bytes', wireshark: 'dns.opt.len' },
  ],
} as const satisfies HeaderSpec;

/** Source: the IANA registry "DNS EDNS0 Option Codes (OPT)". */
const OPTION_NAMES: ReadonlyMap<number, string> = new Map([
  [3, 'name server identifier'],
  [8, 'client subnet'],
  [10, 'cookie'],
  [11, 'TCP keepalive'],
  [12, 'padding'],
  [15, 'extended error'],
]);

function readOptions({ bytes }: Message, { at, end }: Place): DataRead {
  const fields: Field[] = [];
  let here = at;
  while (here < end) {
    const { fields: head, values } = readHeader(OPTION, bytes, { at: here, end });
    const dataAt = here + headerBytes(OPTION);
    const next = dataAt + (values?.length ?? 0);
    if (!values || next > end) return { fields: [...fields, ...head], text: '', error: tooShort(here) };
    const data = fieldAt(
      bytes,
      { at: dataAt * 8, bits: values.length * 8 },
      { id: 'data', name: 'Option Data', kind: 'bytes', wireshark: 'dns.opt.data' },
    );
    const parts = values.length > 0 ? [...head, data] : head;
    const nth = fields.length + 1;
    const facts = { id: `option${nth}`, name: `Option ${nth}`, kind: 'bytes', wireshark: 'dns.opt', parts } as const;
    const meaning = OPTION_NAMES.get(values.code);
    fields.push(fieldAt(bytes, { at: here * 8, bits: (next - here) * 8 }, { ...facts, ...(meaning && { meaning }) }));
    here = next;
  }
  return { fields, text: '' };
}

/** Reads the data of a record of a type, between two bytes that lie in the message. */
export function readData(message: Message, place: Place): DataRead {
  const { type, at, end } = place;
  const layout = LAYOUTS.get(type);
  if (layout) return readLayout(message, layout, place);
  if (type === DNS_TYPES.TXT) return readStrings(message, place);
  if (type === DNS_TYPES.OPT) return readOptions(message, place);
  if (at === end) return { fields: [], text: '' };
  const data = fieldAt(
    message.bytes,
    { at: at * 8, bits: (end - at) * 8 },
    { id: 'data', name: 'Data', kind: 'bytes', wireshark: 'dns.data' },
  );
  return { fields: [data], text: `${end - at} bytes` };
}
