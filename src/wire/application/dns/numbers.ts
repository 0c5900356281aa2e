/** The numbers of DNS and their names. Source: RFC 1035 §3.2 and §4.1.1, and the IANA registry "Domain Name System (DNS) Parameters". */

export const DNS_TYPES = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  OPT: 41,
  SVCB: 64,
  HTTPS: 65,
  ANY: 255,
} as const;
export type DnsTypeName = keyof typeof DNS_TYPES;

const TYPE_NAMES = new Map(Object.entries(DNS_TYPES).map(([name, type]) => [type as number, name as DnsTypeName]));
const CLASS_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'IN'],
  [3, 'CH'],
  [4, 'HS'],
  [254, 'NONE'],
  [255, 'ANY'],
]);
const OPCODES: ReadonlyMap<number, string> = new Map([
  [0, 'standard query'],
  [1, 'inverse query'],
  [2, 'server status request'],
  [4, 'notify'],
  [5, 'update'],
]);
const RESPONSE_CODES: ReadonlyMap<number, string> = new Map([
  [0, 'no error'],
  [1, 'format error'],
  [2, 'server failure'],
  [3, 'no such name'],
  [4, 'not implemented'],
  [5, 'refused'],
]);

/** Undefined for a type that is not read by fields here. */
export const dnsTypeName = (type: number): DnsTypeName | undefined => TYPE_NAMES.get(type);
export const dnsClassName = (number: number): string | undefined => CLASS_NAMES.get(number);
export const dnsOpcodeName = (opcode: number): string | undefined => OPCODES.get(opcode);
export const dnsResponseName = (code: number): string | undefined => RESPONSE_CODES.get(code);
