/** ICMP: echo, and what routers and hosts say about packets that did not get through. Source: RFC 792. */
import { expectedChecksum } from '../checksum.ts';
import type { Field } from '../field.ts';
import { type HeaderSpec, headerBytes, readHeader, withFacts, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, Span } from '../layer.ts';
import { formOf, ICMP_BASE, ICMP_TITLE, type IcmpHeader } from './icmp-forms.ts';
import { icmpCodeName, isIcmpError } from './icmp-types.ts';
import { type Judged, judgeChecksum, notJudged } from './judge-checksum.ts';
import { quotationOf } from './quotation.ts';

export type IcmpLayer = LayerOf<'icmp', IcmpHeader>;

const CHECKSUM_AT = 2;
const LENGTH_AT = 5;

const messageChecksum = (bytes: Uint8Array, at: number, end: number): number =>
  expectedChecksum(bytes, { at, end, checksumAt: CHECKSUM_AT });

/** The message without its checksum judged: a quotation is seldom whole. */
function readMessage(
  bytes: Uint8Array,
  span: Span,
): { readonly form: HeaderSpec; readonly fields: readonly Field[]; readonly header?: IcmpHeader } {
  const { values: base } = readHeader(ICMP_BASE, bytes, span);
  const form = base ? formOf(base.type, base.code, (bytes[span.at + LENGTH_AT] ?? 0) > 0) : ICMP_BASE;
  const { fields, values } = readHeader(form, bytes, span);
  const meaning = base && icmpCodeName(base.type, base.code);
  const told = meaning ? withFacts(fields, 'code', { meaning }) : fields;
  return { form, fields: told, ...(base && values && { header: { ...values, ...base } }) };
}

function judge(bytes: Uint8Array, fields: readonly Field[], { checksum }: IcmpHeader, { at, end, network, quoted }: Span): Judged {
  if (quoted) return { fields, errors: [] };
  if (network?.isCut) return notJudged(fields);
  const expected = messageChecksum(bytes, at, end);
  return judgeChecksum(fields, { found: checksum, expected, at: at + CHECKSUM_AT, over: 'the message' });
}

export function decodeIcmp(bytes: Uint8Array, span: Span): Decoded<IcmpLayer> {
  const { at, end, quoted } = span;
  const { form, fields, header } = readMessage(bytes, span);
  const base = { protocol: 'icmp', title: ICMP_TITLE, level: 'network', at, end, ...(quoted && { quoted }) } as const;
  if (!header) return { layer: { ...base, headEnd: end, fields, errors: quoted ? [] : [{ code: 'truncated', offset: end }] } };
  const headEnd = at + headerBytes(form);
  const judged = judge(bytes, fields, header, span);
  if (!isIcmpError(header.type)) {
    return { layer: { ...base, ...judged, headEnd, header }, next: { protocol: 'data', at: headEnd, end, ...(quoted && { quoted }) } };
  }
  const quotation = quotationOf(bytes, { headEnd, end }, (header.length ?? 0) * 4);
  const allFields = [...judged.fields, ...quotation.extensions];
  const layer: IcmpLayer = { ...base, headEnd, header, errors: judged.errors, fields: allFields };
  return { layer, next: { protocol: 'ipv4', at: headEnd, end: quotation.end, quoted: true } };
}

/** What a sender chooses; the checksum is worked out, and what is left out is zero. */
export type IcmpChoice = Pick<IcmpHeader, 'type'> & Partial<Omit<IcmpHeader, 'checksum'>>;

/** A message with its checksum. `payload`: the data of an echo, the beginning of the packet that an error is about. */
export function encodeIcmp({ code = 0, ...choice }: IcmpChoice, payload: Uint8Array): Uint8Array {
  const head = writeHeader(formOf(choice.type, code, false), { checksum: 0, ...choice, code });
  const message = new Uint8Array(head.length + payload.length);
  message.set(head);
  message.set(payload, head.length);
  const checksum = messageChecksum(message, 0, message.length);
  message.set([checksum >> 8, checksum & 0xff], CHECKSUM_AT);
  return message;
}

/** Data that an error message quotes behind the header: enough to find whom it is for. Source: RFC 792 (64 bits). */
export const QUOTED_DATA_BYTES = 8;

/** The header of a datagram and the first bytes of what it carries, as an error message quotes them. */
export function quoteOfIpv4(datagram: Uint8Array, dataBytes = QUOTED_DATA_BYTES): Uint8Array {
  const headBytes = ((datagram[0] ?? 0) & 0xf) * 4;
  return datagram.slice(0, headBytes + dataBytes);
}
