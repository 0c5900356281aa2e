/** What is read here of a capture, laid out as Wireshark lays it out: fields by their names there. */
import { TCP_MARKS } from '#wire/analysis/tcp-marks.ts';
import { readCapture } from '#wire/capture/capture.ts';
import { CaptureReading, type PacketDetail, type PacketSegment } from '#wire/capture/reading.ts';
import type { Source } from '#wire/capture/source.ts';
import type { Layer } from '#wire/dissect.ts';
import { type Field, flatFields } from '#wire/field.ts';
import { KINDS } from '#wire/field-kind.ts';
import type { ProtocolName } from '#wire/layer.ts';
import { movedLayer } from '#wire/moved-layer.ts';
import { DERIVED, SCALED } from './names.ts';

export type OurField = Pick<Field, 'at' | 'bits' | 'kind' | 'value' | 'text'> & {
  readonly protocol: ProtocolName;
  readonly id: string;
  /** As Wireshark calls it; missing where it has no such field. */
  readonly wireshark?: string;
  /** The value may be told in another unit: so many times larger. */
  readonly times: readonly number[];
  readonly hasParts: boolean;
  readonly isQuoted: boolean;
  /**
   * `exact`: Wireshark has it in the same bits. `loose`: of a message in several frames, which Wireshark tells one by one, in the
   * packet that brought each. `computed`: it stands in no bits.
   */
  readonly place: 'exact' | 'loose' | 'computed';
};

export type OurPacket = {
  readonly number: number;
  /** The capture holds its beginning alone. */
  readonly isCut: boolean;
  readonly protocols: readonly ProtocolName[];
  readonly fields: readonly OurField[];
};

const BASE = { times: [1], hasParts: false, isQuoted: false } as const;

/** The field under Wireshark’s name. */
function named({ protocol, quoted }: Layer, field: Field, place: OurField['place']): OurField {
  const { id, at, bits, kind, value, text, wireshark, parts } = field;
  const scaled = SCALED[`${protocol}.${id}`];
  const name = scaled?.wireshark ?? wireshark;
  const more = { times: scaled?.times ?? BASE.times, hasParts: parts !== undefined, isQuoted: quoted === true, place };
  return { protocol, id, at, bits, kind, value, text, ...more, ...(name && { wireshark: name }) };
}

/** What a layer carries, which is a field in Wireshark and not here. */
function carried({ protocol, headEnd, end, quoted }: Layer, bytes: Uint8Array): readonly OurField[] {
  const wireshark = DERIVED[protocol];
  if (!wireshark || headEnd >= end) return [];
  const where = { at: headEnd * 8, bits: (end - headEnd) * 8 };
  const value = KINDS.bytes.read(bytes, where);
  return [
    { ...BASE, ...where, protocol, id: 'carried', kind: 'bytes', value, text: '', wireshark, isQuoted: quoted === true, place: 'exact' },
  ];
}

const computed = (protocol: ProtocolName, wireshark: string, value: number | string): OurField => ({
  ...BASE,
  at: 0,
  bits: 0,
  kind: typeof value === 'number' ? 'number' : 'text',
  value,
  text: String(value),
  protocol,
  id: wireshark,
  wireshark,
  place: 'computed',
});

/** Whether a checksum is good, as far as that can be judged: 1 for good, 0 for bad. */
const statusesOf = ({ protocol, fields }: Layer): readonly OurField[] =>
  flatFields(fields).flatMap(({ check, wireshark }) =>
    check && wireshark?.endsWith('.checksum') ? [computed(protocol, `${wireshark}.status`, Number(check.isGood))] : [],
  );

const isFrame = ({ protocol }: Layer): boolean => protocol === 'websocket';

function fieldsOf({ layers, bytes }: Pick<Source, 'layers' | 'bytes'>, place: OurField['place']): readonly OurField[] {
  return layers.flatMap((layer) => [
    ...flatFields(layer.fields).map((field) => named(layer, field, place)),
    ...(place === 'exact' ? carried(layer, bytes) : []),
    ...statusesOf(layer),
  ]);
}

const isNetworkHead = ({ level, protocol }: Layer): boolean => level === 'network' && protocol !== 'icmp' && protocol !== 'icmpv6';

/** Wireshark counts the bytes of a datagram that was put together from behind its IP header, which it has told already. */
function withoutHead({ layers, bytes }: Source): Pick<Source, 'layers' | 'bytes'> {
  const first = layers.findIndex((layer) => !isNetworkHead(layer));
  const rest = first === -1 ? [] : layers.slice(first);
  const by = rest[0]?.at ?? 0;
  return { bytes: bytes.subarray(by), layers: rest.map((layer) => movedLayer(layer, -by)) };
}

/** The sources as Wireshark has them: a fragment that completes a datagram is told by what it completes. */
function laidOut(sources: readonly Source[]): readonly (Pick<Source, 'layers' | 'bytes'> & { readonly place: OurField['place'] })[] {
  const hasDatagram = sources.some(({ kind }) => kind === 'datagram');
  return sources.map((source) => {
    const place = source.kind !== 'frame' && source.layers.filter(isFrame).length > 1 ? 'loose' : 'exact';
    if (source.kind === 'datagram') return { ...withoutHead(source), place };
    const isPiece = source.kind === 'frame' && hasDatagram;
    return { bytes: source.bytes, place, layers: isPiece ? source.layers.filter(({ protocol }) => protocol !== 'data') : source.layers };
  });
}

/** What the analysis says of a segment. */
function segmentFields({
  stream,
  length,
  relativeSequenceNumber,
  relativeAcknowledgmentNumber,
  windowBytes,
  marks,
}: PacketSegment): readonly OurField[] {
  const told = (wireshark: string, value: number | string): OurField => computed('tcp', wireshark, value);
  return [
    told('tcp.stream', stream),
    told('tcp.len', length),
    told('tcp.seq', relativeSequenceNumber),
    told('tcp.ack', relativeAcknowledgmentNumber),
    told('tcp.window_size', windowBytes),
    ...marks.map((mark) => told(TCP_MARKS[mark].wireshark, '')),
  ];
}

function ourPacket({ packet, sources, segment }: PacketDetail): OurPacket {
  const laid = laidOut(sources);
  return {
    number: packet.number,
    isCut: packet.bytes.length < packet.length,
    protocols: laid.flatMap(({ layers }) => layers.map(({ protocol }) => protocol)),
    fields: [...laid.flatMap((source) => fieldsOf(source, source.place)), ...(segment ? segmentFields(segment) : [])],
  };
}

export function readOurs(file: Uint8Array): readonly OurPacket[] {
  const reading = new CaptureReading();
  const { packets } = readCapture(file);
  for (const packet of packets) reading.push(packet);
  return packets.flatMap(({ number }) => {
    const detail = reading.detail(number);
    return detail ? [ourPacket(detail)] : [];
  });
}
