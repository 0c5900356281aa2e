/** TCP segments. Source: RFC 9293 §3.1. */
import { type Field, fieldAt } from '../field.ts';
import { type HeaderSpec, headerBytes, readHeader, type Values, withFacts, writeHeader } from '../header.ts';
import type { Decoded, LayerOf, NetworkContext, Span } from '../layer.ts';
import { IP_PROTOCOLS } from '../network/ip-protocol.ts';
import { type Judged, judgeChecksum, notJudged } from '../network/judge-checksum.ts';
import { pseudoHeaderSum, transportChecksum } from '../network/pseudo-header.ts';
import type { WireError } from '../wire-error.ts';
import { portName } from './port.ts';
import { readTcpOptions, type TcpOption, writeTcpOptions } from './tcp-options.ts';

const flag = <const Id extends string>(id: Id, name: string, wireshark: string, meaning: string) =>
  ({
    id,
    name,
    short: id.toUpperCase(),
    bits: 1,
    kind: 'flag',
    wireshark,
    means: (isSet: boolean) => (isSet ? meaning : undefined),
  }) as const;

/** Source: RFC 9293 §3.1; RFC 9768 (AE; before it, RFC 3540 tried that bit as a nonce sum, NS). */
export const TCP = {
  title: 'Transmission Control Protocol',
  source: 'RFC 9293 §3.1',
  fields: [
    { id: 'sourcePort', name: 'Source Port', bits: 16, kind: 'number', wireshark: 'tcp.srcport', means: portName },
    { id: 'destinationPort', name: 'Destination Port', bits: 16, kind: 'number', wireshark: 'tcp.dstport', means: portName },
    { id: 'sequenceNumber', name: 'Sequence Number', bits: 32, kind: 'number', wireshark: 'tcp.seq_raw' },
    { id: 'acknowledgmentNumber', name: 'Acknowledgment Number', bits: 32, kind: 'number', wireshark: 'tcp.ack_raw' },
    {
      id: 'dataOffset',
      name: 'Data Offset',
      short: 'DOffset',
      bits: 4,
      kind: 'number',
      unit: '4-byte words',
      means: (words) => `${words * 4} bytes`,
    },
    {
      id: 'flags',
      name: 'Flags',
      bits: 12,
      kind: 'group',
      wireshark: 'tcp.flags',
      parts: [
        { id: 'reserved', name: 'Reserved', short: 'Rsrvd', bits: 3, kind: 'number', wireshark: 'tcp.flags.res' },
        { id: 'ae', name: 'Accurate ECN (AE)', short: 'AE', bits: 1, kind: 'flag', wireshark: 'tcp.flags.ae' },
        { id: 'cwr', name: 'Congestion Window Reduced (CWR)', short: 'CWR', bits: 1, kind: 'flag', wireshark: 'tcp.flags.cwr' },
        { id: 'ece', name: 'ECN-Echo (ECE)', short: 'ECE', bits: 1, kind: 'flag', wireshark: 'tcp.flags.ece' },
        flag('urg', 'Urgent (URG)', 'tcp.flags.urg', 'the urgent pointer counts'),
        flag('ack', 'Acknowledgment (ACK)', 'tcp.flags.ack', 'the acknowledgment number counts'),
        flag('psh', 'Push (PSH)', 'tcp.flags.push', 'hand what has arrived to the program'),
        flag('rst', 'Reset (RST)', 'tcp.flags.reset', 'the connection is over at once'),
        flag('syn', 'Synchronize (SYN)', 'tcp.flags.syn', 'the sequence numbers begin here'),
        flag('fin', 'Finish (FIN)', 'tcp.flags.fin', 'the sender has no more data'),
      ],
    },
    { id: 'window', name: 'Window', bits: 16, kind: 'number', wireshark: 'tcp.window_size_value' },
    { id: 'checksum', name: 'Checksum', bits: 16, kind: 'hex', wireshark: 'tcp.checksum' },
    { id: 'urgentPointer', name: 'Urgent Pointer', bits: 16, kind: 'number', wireshark: 'tcp.urgent_pointer' },
  ],
} as const satisfies HeaderSpec;

export type TcpHeader = Values<typeof TCP>;
export type TcpLayer = LayerOf<'tcp', TcpHeader> & { readonly options: readonly TcpOption[] };

const FIXED_BYTES = headerBytes(TCP);
const CHECKSUM_AT = 16;
const LEAST_WORDS = FIXED_BYTES / 4;

const FLAG_NAMES = ['syn', 'fin', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr', 'ae'] as const satisfies readonly (keyof TcpHeader)[];

/** The flags that are set, as people write them: `SYN, ACK`; `none`. */
export const tcpFlagNames = (header: TcpHeader): string =>
  FLAG_NAMES.filter((flag) => header[flag])
    .map((flag) => flag.toUpperCase())
    .join(', ') || 'none';

/** The checksum that the segment between two bytes ought to have. */
const tcpChecksum = (bytes: Uint8Array, network: NetworkContext, at: number, end: number): number =>
  transportChecksum(bytes, network, { at, end, checksumAt: CHECKSUM_AT, protocol: IP_PROTOCOLS.tcp });

const LEFT_TO_THE_CARD = 'not finished: the sum of the addresses alone, as a system leaves it for its network card to complete';

/** Whether the checksum can be judged, and is good. One that was captured before the network card finished it is no mystery. */
function judge(bytes: Uint8Array, fields: readonly Field[], { checksum }: TcpHeader, { network, quoted, at, end }: Span): Judged {
  if (!network || quoted) return { fields, errors: [] };
  if (network.isCut) return notJudged(fields);
  const expected = tcpChecksum(bytes, network, at, end);
  const judged = judgeChecksum(fields, { found: checksum, expected, at: at + CHECKSUM_AT, over: 'addresses, header and data' });
  const isUnfinished = judged.errors.length > 0 && checksum === pseudoHeaderSum(network, IP_PROTOCOLS.tcp, end - at);
  return isUnfinished ? { ...judged, fields: withFacts(judged.fields, 'checksum', { meaning: LEFT_TO_THE_CARD }) } : judged;
}

type Head = { readonly headEnd: number; readonly fields: readonly Field[]; readonly options: readonly TcpOption[] };

/** The options behind the fixed part, and where the header ends. */
function readHead(bytes: Uint8Array, dataOffset: number, { at, end, quoted }: Span): Head & { readonly errors: readonly WireError[] } {
  const optionsAt = at + FIXED_BYTES;
  const badLength: WireError = { code: 'bad-header-length', offset: at + 12 };
  if (dataOffset < LEAST_WORDS) return { headEnd: optionsAt, fields: [], options: [], errors: [badLength] };
  const headEnd = at + dataOffset * 4;
  if (headEnd > end) return { headEnd: end, fields: [], options: [], errors: quoted ? [] : [badLength] };
  if (headEnd === optionsAt) return { headEnd, fields: [], options: [], errors: [] };
  const { fields: parts, options, errors } = readTcpOptions(bytes, { at: optionsAt, end: headEnd });
  const where = { at: optionsAt * 8, bits: (headEnd - optionsAt) * 8 };
  const field = fieldAt(bytes, where, { id: 'options', name: 'Options', kind: 'bytes', wireshark: 'tcp.options', parts });
  return { headEnd, fields: [field], options, errors };
}

export function decodeTcp(bytes: Uint8Array, span: Span): Decoded<TcpLayer> {
  const { at, end, quoted } = span;
  const { fields, values } = readHeader(TCP, bytes, span);
  const base = { protocol: 'tcp', title: TCP.title, level: 'transport', at, end, ...(quoted && { quoted }) } as const;
  if (!values) {
    const errors: readonly WireError[] = quoted ? [] : [{ code: 'truncated', offset: end }];
    return { layer: { ...base, headEnd: end, fields, options: [], errors } };
  }
  const head = readHead(bytes, values.dataOffset, span);
  const named = withFacts(fields, 'flags', { meaning: tcpFlagNames(values) });
  const judged = judge(bytes, named, values, span);
  const layer: TcpLayer = {
    ...base,
    headEnd: head.headEnd,
    fields: [...judged.fields, ...head.fields],
    options: head.options,
    errors: [...head.errors, ...judged.errors],
    header: values,
  };
  return { layer, next: { protocol: 'data', at: head.headEnd, end, ...(quoted && { quoted }) } };
}

/** What a sender chooses; the length of the header and the checksum are worked out. Flags that are not named are not set. */
export type TcpChoice = Pick<TcpHeader, 'sourcePort' | 'destinationPort' | 'sequenceNumber'> &
  Partial<Omit<TcpHeader, 'dataOffset' | 'checksum'>> & { readonly options?: readonly TcpOption[] };

const DEFAULTS = {
  acknowledgmentNumber: 0,
  reserved: 0,
  ae: false,
  cwr: false,
  ece: false,
  urg: false,
  ack: false,
  psh: false,
  rst: false,
  syn: false,
  fin: false,
  window: 0xffff,
  urgentPointer: 0,
} as const;

/** A segment with its data offset and checksum worked out. Throws a RangeError if its options are longer than 40 bytes. */
export function encodeTcp({ options = [], ...choice }: TcpChoice, payload: Uint8Array, network: NetworkContext): Uint8Array {
  const optionBytes = writeTcpOptions(options);
  const headLength = FIXED_BYTES + optionBytes.length;
  const segment = new Uint8Array(headLength + payload.length);
  segment.set(writeHeader(TCP, { ...DEFAULTS, ...choice, dataOffset: headLength / 4, checksum: 0 }));
  segment.set(optionBytes, FIXED_BYTES);
  segment.set(payload, headLength);
  const checksum = tcpChecksum(segment, network, 0, segment.length);
  segment.set([checksum >> 8, checksum & 0xff], CHECKSUM_AT);
  return segment;
}
