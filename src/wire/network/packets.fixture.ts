/** Packets written by hand, as the RFCs draw them; what tshark says of each is what the tests expect. */
import { internetChecksum } from '../checksum.ts';
import type { Layer } from '../dissect.ts';
import { dissect, errorsOf } from '../dissect.ts';
import { type Field, flatFields } from '../field.ts';
import { fromHex } from '../hex.fixture.ts';
import type { ProtocolName } from '../layer.ts';

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(/\s/g, ''));
const byte = (value: number): string => value.toString(16).padStart(2, '0');
const word = (value: number): string => value.toString(16).padStart(4, '0');

const A = `20010db8${'00'.repeat(11)}0a`;
const B = `20010db8${'00'.repeat(11)}14`;
/** 2001:db8::99. */
export const OTHER = `20010db8${'00'.repeat(11)}99`;
export const MAC = '02000000000a';

/** From 2001:db8::a to 2001:db8::14. */
export function ipv6Packet(nextHeader: number, payload: string): Uint8Array {
  const { length } = hex(payload);
  return hex(`60000000 ${word(length)} ${byte(nextHeader)} 40 ${A} ${B} ${payload}`);
}

/** From 192.0.2.10 to 198.51.100.20, its header checksum filled in; `options` are padded. */
export function ipv4Packet(protocol: number, payload: string, options = ''): Uint8Array {
  const padded = hex(options).length % 4 === 0 ? options : `${options} ${'00'.repeat(4 - (hex(options).length % 4))}`;
  const headBytes = 20 + hex(padded).length;
  const total = headBytes + hex(payload).length;
  const bytes = hex(
    `4${(headBytes / 4).toString(16)}00 ${word(total)} 0001 0000 40 ${byte(protocol)} 0000 c000020a c6336414 ${padded} ${payload}`,
  );
  const checksum = internetChecksum(bytes, { end: headBytes });
  bytes.set([checksum >> 8, checksum & 0xff], 10);
  return bytes;
}

/** UDP 50000 to 9999, `hello`, over the addresses of `ipv6Packet`. */
export const UDP_OVER_IPV6 = 'c350270f000d761268656c6c6f';
/** The same datagram without checksum. */
export const UDP_WITHOUT_CHECKSUM = 'c350270f000d000068656c6c6f';
/** The beginning of a datagram, as ICMP quotes it. */
export const QUOTED_IPV4 = '45000021000140004011 4e79 c000020a c6336414 c350270f000de54f';
export const QUOTED_IPV6 = `6000000000081140 ${A} ${B} c350270f000d7612`;

export const ICMP = {
  hostUnreachable: ipv4Packet(1, `0301 2d42 00000000 ${QUOTED_IPV4}`),
  fragmentationNeeded: ipv4Packet(1, `0304 27c7 00000578 ${QUOTED_IPV4}`),
  redirect: ipv4Packet(1, `0501 6940 c0000201 ${QUOTED_IPV4}`),
  timeExceeded: ipv4Packet(1, `0b00 2543 00000000 ${QUOTED_IPV4}`),
  parameterProblem: ipv4Packet(1, `0c00 1043 14000000 ${QUOTED_IPV4}`),
  echo: ipv4Packet(1, '0800 8793 0001 0002 7069'),
  timestamp: ipv4Packet(1, '0d00 f2fb 0001 0002 00000001 00000000 00000000'),
  withExtensions: ipv4Packet(1, `0b00 1c14 00 07 0000 ${QUOTED_IPV4} 0000000000200000 0000080801`),
  addressMask: ipv4Packet(1, '1100 eefd 0001 0001 00000000'),
} as const;

export const ICMPV6 = {
  unreachable: ipv6Packet(58, `0100 75a5 00000000 ${QUOTED_IPV6}`),
  packetTooBig: ipv6Packet(58, `0200 6fa5 00000500 ${QUOTED_IPV6}`),
  timeExceeded: ipv6Packet(58, `0301 73a4 00000000 ${QUOTED_IPV6}`),
  parameterProblem: ipv6Packet(58, `0401 727c 00000028 ${QUOTED_IPV6}`),
  echo: ipv6Packet(58, '8000 b3be 0001 0002 7069'),
  routerSolicitation: ipv6Packet(58, `8500 1c1a 00000000 0101 ${MAC}`),
  routerAdvertisement: ipv6Packet(
    58,
    `8600 8f0e 40 c8 0708 00000000 00000000 0101 ${MAC} 0304 40 c0 00278d00 00093a80 00000000 20010db8${'00'.repeat(12)} 0501 0000 000005dc`,
  ),
  neighborSolicitation: ipv6Packet(58, `8700 ebb7 00000000 ${OTHER} 0101 ${MAC}`),
  neighborAdvertisement: ipv6Packet(58, `8800 89b7 60000000 ${OTHER} 0201 ${MAC}`),
  listenerReport: ipv6Packet(58, `8f00 e2c5 00000001 04000000 ${OTHER}`),
  nameServers: ipv6Packet(58, `8600 5465 40 18 0708 00000000 00000000 1903 0000 00000e10 ${OTHER} 1f02 0000 00000e10 00000000 00000000`),
  optionOfLengthZero: ipv6Packet(58, `8700 ebb8 00000000 ${OTHER} 0100 ${MAC}`),
} as const;

export const EXTENDED = {
  hopByHop: ipv6Packet(0, `1100 05020000 0100 ${UDP_OVER_IPV6}`),
  sourceRoute: ipv6Packet(43, `1102 00 01 00000000 ${OTHER} c350270f000d758d68656c6c6f`),
  mobileRoute: ipv6Packet(43, `1102 02 01 00000000 ${OTHER} c350270f000d758d68656c6c6f`),
  segments: ipv6Packet(43, `1102 04 01 00000000 ${OTHER} c350270f000d758d68656c6c6f`),
  unknownRoute: ipv6Packet(43, `1101 63 01 ${'00'.repeat(12)} ${UDP_OVER_IPV6}`),
  destinationOptions: ipv6Packet(60, `1100 0102 0000 00 00 ${UDP_OVER_IPV6}`),
  homeAddress: ipv6Packet(60, `1102 c910 ${OTHER} 01020000 c350270f000d758368656c6c6f`),
  fragment: ipv6Packet(44, '1100 0001 00001234 c350270f000d7612'),
} as const;

export const OPTIONS = {
  recordRoute: ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '07 0b 08 c0000201 00000000 94040000'),
  looseRoute: ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '01 01 83 0b 08 c0000201 c6336401 00'),
  strictRoute: ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '89 0b 04 c0000201 c6336401 82 03 00 88 04 00 01'),
  timestamps: ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '44 08 05 00 00000001 44 0c 09 01 c6336401 00000005 01 01 01 01'),
  overflowed: ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '44 0c 0d 23 c6336401 00000005'),
  beyondTheEnd: ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '07 40 08 c0000201'),
  tooShort: ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '44 01 05 00'),
} as const;

const FRAMES: readonly (readonly [ProtocolName, string])[] = [
  ['ethernet', '02000000000102000000000a88a820018100006408004500001e0002400040114e7bc000020ac6336414c350270f000ac0be68690000'],
  ['ethernet', `02000000000102000000000a0006aabb0312345600${'00'.repeat(39)}`],
  ['ethernet', `ffffffffffff02000000000a0806000108000604000102000000000ac000020a000000000000c0000201${'00'.repeat(18)}`],
  ['arp', '0006080008040002 0102030405060708 c000020a 0102030405060708 c0000201'.replaceAll(' ', '')],
  ['sll', `000000010006${MAC}000008004500001e0002400040114e7bc000020ac6336414c350270f000ac0be6869`],
  ['sll2', `080000000000000200010406${MAC}00004500001e0002400040114e7bc000020ac6336414c350270f000ac0be6869`],
  ['loopback', '020000004500001e0002400040114e7bc000020ac6336414c350270f000ac0be6869'],
];

export type Example = { readonly first: ProtocolName; readonly bytes: Uint8Array };

/** One packet at least of everything that is read. */
export const EXAMPLES: readonly Example[] = [
  ...FRAMES.map(([first, text]) => ({ first, bytes: hex(text) })),
  ...[ICMP, OPTIONS].flatMap((group) => Object.values(group).map((bytes) => ({ first: 'ipv4' as const, bytes }))),
  ...[ICMPV6, EXTENDED].flatMap((group) => Object.values(group).map((bytes) => ({ first: 'ipv6' as const, bytes }))),
];

/** What the tests ask of a packet. */
export function read(bytes: Uint8Array, first: ProtocolName = (bytes[0] ?? 0) >> 4 === 6 ? 'ipv6' : 'ipv4') {
  const dissection = dissect(bytes, first);
  const fields: readonly Field[] = flatFields(dissection.layers.flatMap((layer: Layer) => layer.fields));
  return {
    layers: dissection.layers,
    errors: errorsOf(dissection),
    protocols: dissection.layers.map(({ protocol, quoted }) => (quoted ? `${protocol} (quoted)` : protocol)),
    /** The values of the fields that Wireshark, or the field itself, calls so. */
    values: (name: string) => fields.filter(({ wireshark, id }) => wireshark === name || id === name).map(({ value }) => value),
    field: (name: string) => fields.find(({ wireshark, id }) => wireshark === name || id === name),
  };
}
