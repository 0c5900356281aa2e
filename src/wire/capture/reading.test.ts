import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flatFields } from '../field.ts';
import { fromHex, toHex, utf8 } from '../hex.fixture.ts';
import { encodeIpv4 } from '../network/ipv4.ts';
import { encodeTcp, type TcpChoice } from '../transport/tcp.ts';
import { readCapture } from './capture.ts';
import { writePcap } from './pcap.ts';
import { CaptureReading } from './reading.ts';
import type { Source } from './source.ts';

const RAW_IP = 101;

function read(file: Uint8Array): CaptureReading {
  const reading = new CaptureReading();
  for (const packet of readCapture(file).packets) reading.push(packet);
  return reading;
}
const capture = (name: string): CaptureReading => read(readFileSync(`content/captures/${name}.pcap`));
const protocolsOf = ({ layers }: Source): string => layers.map(({ protocol }) => protocol).join(' ');
const sourcesOf = (reading: CaptureReading, number: number): readonly (readonly [string, string, number, readonly number[]])[] =>
  (reading.detail(number)?.sources ?? []).map((source) => [source.kind, protocolsOf(source), source.bytes.length, source.packets]);

/** Packets of one connection from 192.0.2.10:50000 to 198.51.100.20:80, in the order given. */
function connection(
  segments: readonly (readonly [from: 'client' | 'server', choice: Omit<TcpChoice, 'sourcePort' | 'destinationPort'>, data?: string])[],
): CaptureReading {
  const client = { source: '192.0.2.10', destination: '198.51.100.20' };
  const server = { source: client.destination, destination: client.source };
  const packets = segments.map(([from, choice, data = ''], index) => {
    const ends = from === 'client' ? client : server;
    const network = {
      version: 4,
      source: Uint8Array.from(ends.source.split('.'), Number),
      destination: Uint8Array.from(ends.destination.split('.'), Number),
    } as const;
    const ports = from === 'client' ? { sourcePort: 50_000, destinationPort: 80 } : { sourcePort: 80, destinationPort: 50_000 };
    const segment = encodeTcp({ ...ports, ...choice }, utf8(data), network);
    return { ns: BigInt(index) * 1_000_000n, bytes: encodeIpv4({ ...ends, protocol: 6 }, segment) };
  });
  return read(writePcap(packets, RAW_IP));
}
const HANDSHAKE = [
  ['client', { sequenceNumber: 99, syn: true }],
  ['server', { sequenceNumber: 999, acknowledgmentNumber: 100, syn: true, ack: true }],
  ['client', { sequenceNumber: 100, acknowledgmentNumber: 1000, ack: true }],
] as const;

describe('the line of a packet', () => {
  it('says who, to whom, and what, in one line', () => {
    const { summaries } = capture('arp-tcp-http');
    expect(summaries.map(({ name, source, destination, info }) => [name, source, destination, info]).slice(0, 6)).toEqual([
      ['ARP', '02:00:00:00:00:0a', 'everybody', 'Who has 192.0.2.1? Tell 192.0.2.10'],
      ['ARP', '02:00:00:00:00:01', '02:00:00:00:00:0a', '192.0.2.1 is at 02:00:00:00:00:01'],
      ['TCP', '192.0.2.10', '198.51.100.20', '55250 → 8080, SYN, seq 0, window 64240'],
      ['TCP', '198.51.100.20', '192.0.2.10', '8080 → 55250, SYN, ACK, seq 0, ack 1, window 65160'],
      ['TCP', '192.0.2.10', '198.51.100.20', '55250 → 8080, ACK, seq 1, ack 1, window 64512'],
      ['HTTP', '192.0.2.10', '198.51.100.20', 'GET /hello'],
    ]);
  });
  it.each([
    ['dns-over-udp', 4, 'DNS', 'answer 0x225c: server.example A 198.51.100.20'],
    ['dns-over-udp', 6, 'DNS', 'answer 0xab8b: refused, nowhere.example AAAA'],
    ['ping-and-traceroute', 3, 'ICMP', 'echo request, id 7069, seq 1'],
    ['ping-and-traceroute', 10, 'ICMP', 'time exceeded: time to live exceeded in transit'],
    ['ipv6-ping-tcp', 1, 'ICMPv6', 'neighbor solicitation, for 2001:db8:a::1'],
    ['udp-fragments', 4, 'IPv4', 'fragment of 0xd72d: bytes 1480 to 2959'],
    ['udp-fragments', 5, 'UDP', '37295 → 7000, 4,000 bytes'],
    ['socket-io-chat', 44, 'Socket.IO', '420["chat message","hello over Socket.IO"]'],
    ['socket-io-chat', 54, 'WebSocket', 'Close'],
  ])('of %s, packet %i', (name, number, protocol, info) => {
    expect(capture(name).summaries[number - 1]).toMatchObject({ name: protocol, info });
  });
  it('counts what is wrong, and tells what the analysis says', () => {
    const { summaries } = capture('tcp-retransmission');
    expect(summaries.filter(({ errors }) => errors > 0)).toEqual([]);
    expect(summaries[55]).toMatchObject({ marks: ['retransmission'], stream: 0 });
  });
  it('can be sent from a worker', () => {
    const { summaries } = capture('socket-io-chat');
    expect(structuredClone(summaries)).toEqual(summaries);
  });
});

describe('the detail of a packet', () => {
  it('has what it completes beside its frame: a datagram of fragments', () => {
    expect(sourcesOf(capture('udp-fragments'), 5)).toEqual([
      ['frame', 'ethernet ipv4 data', 1082, [5]],
      ['datagram', 'ipv4 udp data', 4028, [3, 4, 5]],
    ]);
  });
  it('a message of several segments', () => {
    expect(sourcesOf(capture('arp-tcp-http'), 10)).toEqual([
      ['frame', 'ethernet ipv4 tcp', 88, [10]],
      ['message', 'http', 160, [8, 10]],
    ]);
    expect(sourcesOf(capture('arp-tcp-http'), 8)).toEqual([['frame', 'ethernet ipv4 tcp data', 204, [8]]]);
  });
  it('what came out of a masked frame', () => {
    expect(sourcesOf(capture('socket-io-chat'), 44)).toEqual([
      ['frame', 'ethernet ipv4 tcp websocket', 114, [44]],
      ['decoded', 'websocket engine.io socket.io', 42, [44]],
    ]);
  });
  it('shows a message that stands in one segment in the frame itself', () => {
    const [frame] = capture('arp-tcp-http').detail(6)?.sources ?? [];
    const http = frame?.layers.at(-1);
    expect(http).toMatchObject({ protocol: 'http', at: 66, end: 153 });
    const target = flatFields(http?.fields ?? []).find(({ id }) => id === 'target');
    expect(target).toMatchObject({ text: '/hello', at: 70 * 8, bits: 6 * 8 });
  });
  it('says what its segment means in its connection', () => {
    expect(capture('tcp-retransmission').detail(73)?.segment).toEqual({
      stream: 0,
      marks: ['duplicate-ack'],
      length: 0,
      isFromClient: false,
      relativeSequenceNumber: 1,
      relativeAcknowledgmentNumber: 21_001,
      windowBytes: 79_872,
      duplicateOf: { packet: 59, nth: 1 },
    });
  });
  it('there is none of a packet that does not exist', () => {
    const reading = capture('closed-ports');
    expect([reading.detail(0), reading.detail(8), reading.follow(1)]).toEqual([undefined, undefined, undefined]);
  });
  it('is the same before and after packets that come later', () => {
    const reading = new CaptureReading();
    const { packets } = readCapture(readFileSync('content/captures/socket-io-chat.pcap'));
    const early = packets.flatMap((packet) => {
      reading.push(packet);
      return reading.detail(packet.number) ?? [];
    });
    expect(packets.map(({ number }) => reading.detail(number))).toEqual(early);
  });
});

describe('a packet of which the capture holds the beginning', () => {
  const whole = readCapture(readFileSync('content/captures/arp-tcp-http.pcap')).packets;
  const cut = read(
    writePcap(
      whole.map(({ ns, bytes, length }) => ({ ns: ns ?? 0n, bytes: bytes.subarray(0, 60), length })),
      1,
    ),
  );
  it('is not said to be wrong for what is missing', () => {
    expect(cut.summaries.filter(({ errors }) => errors > 0)).toEqual([]);
  });
  it('has no checksum judged that covers what is missing; the header of IPv4 is whole', () => {
    const fields = flatFields(cut.detail(6)?.sources[0]?.layers.flatMap((layer) => layer.fields) ?? []);
    expect(fields.find(({ wireshark }) => wireshark === 'ip.checksum')?.check).toMatchObject({ isGood: true });
    expect(fields.find(({ wireshark }) => wireshark === 'tcp.checksum')).toMatchObject({
      meaning: expect.stringMatching(/^cannot be judged/),
    });
    expect(fields.find(({ wireshark }) => wireshark === 'tcp.checksum')?.check).toBeUndefined();
  });
});

describe('a frame whose capture keeps the check sequence', () => {
  const FRAME = '02000000000102000000000a0800450000210001400040114e79c000020ac6336414c350270f000de54f68656c6c6f00000000000000000000000000';
  const file = writePcap([{ ns: 0n, bytes: fromHex(`${FRAME}11223344`), length: 64 }], 0x24000001);
  it('shows it as what it is, behind the padding', () => {
    const [ethernet] = read(file).detail(1)?.sources[0]?.layers ?? [];
    expect(ethernet).toMatchObject({ protocol: 'ethernet', end: 64, errors: [] });
    expect(ethernet?.fields.slice(-2)).toMatchObject([
      { id: 'padding', at: 47 * 8, bits: 13 * 8 },
      { id: 'fcs', wireshark: 'eth.fcs', at: 60 * 8, bits: 32, text: '11223344' },
    ]);
  });
  it('has none where the capture cut it away', () => {
    const cut = writePcap([{ ns: 0n, bytes: fromHex(FRAME), length: 64 }], 0x24000001);
    const detail = read(cut).detail(1);
    expect(detail?.sources[0]?.layers[0]?.fields.map(({ id }) => id)).not.toContain('fcs');
    expect(detail?.summary.errors).toBe(0);
  });
  it('is whole without it: its checksums are judged', () => {
    const bytes = fromHex(FRAME.slice(0, 47 * 2));
    const detail = read(writePcap([{ ns: 0n, bytes, length: bytes.length + 4 }], 0x24000001)).detail(1);
    const fields = flatFields(detail?.sources[0]?.layers.flatMap((layer) => layer.fields) ?? []);
    expect(fields.find(({ wireshark }) => wireshark === 'udp.checksum')?.check).toMatchObject({ isGood: true });
  });
});

describe('what is whole of a packet that was cut', () => {
  /** UDP 50000 → 9999, `hello`, with padding; the checksum of IPv4, of UDP, or none is wrong. */
  const frame = (ip: string, udp: string): string =>
    `02000000000102000000000a0800450000210001400040114e${ip}c000020ac6336414c350270f000de5${udp}68656c6c6f00000000000000000000000000`;
  const errorsOf = (hex: string, kept: number): readonly string[] => {
    const bytes = fromHex(hex).subarray(0, kept);
    const { layers = [] } = read(writePcap([{ ns: 0n, bytes, length: 60 }], 1)).detail(1)?.sources[0] ?? {};
    return layers.flatMap(({ protocol, errors }) => errors.map(({ code }) => `${protocol} ${code}`));
  };
  it('is judged: the header of IPv4 in the middle of its data, a datagram in the middle of its padding', () => {
    expect(errorsOf(frame('79', '4f'), 50)).toEqual([]);
    expect(errorsOf(frame('78', '4f'), 44)).toEqual(['ipv4 bad-checksum']);
    expect(errorsOf(frame('79', '4e'), 44)).toEqual([]);
    expect(errorsOf(frame('79', '4e'), 50)).toEqual(['udp bad-checksum']);
  });
});

describe('the index of connections', () => {
  it('tells who spoke with whom, how much, and what', () => {
    expect(
      capture('socket-io-chat').streams.map(({ index, packets, bytes, name, messages }) => [
        index,
        packets,
        bytes.client,
        bytes.server,
        name,
        messages,
      ]),
    ).toEqual([
      [0, 10, 154, 280, 'Engine.IO', 2],
      [1, 10, 241, 146, 'HTTP', 2],
      [2, 27, 699, 541, 'WebSocket', 14],
      [3, 10, 179, 193, 'Socket.IO', 2],
    ]);
  });
  it('follows a connection: its bytes in order, and its messages with the packet that completed each', () => {
    const followed = capture('arp-tcp-http').follow(0);
    expect(followed?.messages.map(({ from, summary, packets, completedBy }) => [from, summary, packets, completedBy])).toEqual([
      ['client', 'GET /hello', [6], 6],
      ['server', '200 OK', [8, 10], 10],
    ]);
    const bytes = followed?.events.flatMap((event) => (event.type === 'bytes' && event.from === 'server' ? [...event.bytes] : []));
    expect(toHex(Uint8Array.from(bytes ?? []))).toMatch(/^485454502f312e3120323030204f4b.*68656c6c6f2066726f6d20746865207365727665720a$/);
  });
  it('puts segments in order that came late: the one that fills the gap completes the message', () => {
    const reading = connection([
      ...HANDSHAKE,
      ['client', { sequenceNumber: 110, acknowledgmentNumber: 1000, ack: true }, '/1.1\r\nHost: a\r\n\r\n'],
      ['client', { sequenceNumber: 100, acknowledgmentNumber: 1000, ack: true }, 'GET / HTTP'],
    ]);
    expect(reading.summaries.slice(3).map(({ name, info }) => [name, info])).toEqual([
      ['TCP', '50000 → 80, ACK, seq 11, ack 1, window 65535, 17 bytes'],
      ['HTTP', 'GET /'],
    ]);
    expect(sourcesOf(reading, 5)[1]).toEqual(['message', 'http', 27, [5, 4]]);
  });
  it('passes over bytes that were not captured as soon as the other side acknowledges them', () => {
    const reading = connection([
      ...HANDSHAKE,
      ['client', { sequenceNumber: 103, acknowledgmentNumber: 1000, ack: true }, 'def'],
      ['server', { sequenceNumber: 1000, acknowledgmentNumber: 106, ack: true }],
    ]);
    const events = reading.follow(0)?.events.map(({ from, type, ...event }) => [from, type, 'at' in event && event.at]);
    expect(events).toEqual([
      ['client', 'gap', 0],
      ['client', 'bytes', 3],
    ]);
    expect(reading.follow(0)?.events[0]).toMatchObject({ length: 3, isAcknowledged: true });
  });
  it('tells what was never completed when the capture is over', () => {
    const reading = connection([...HANDSHAKE, ['client', { sequenceNumber: 100, acknowledgmentNumber: 1000, ack: true }, 'GET / HT']]);
    expect(reading.summaries.at(-1)).toMatchObject({ name: 'TCP' });
    expect(reading.follow(0)?.messages.map(({ layers }) => layers.flatMap(({ errors }) => errors.map(({ code }) => code)))).toEqual([
      ['truncated'],
    ]);
  });
});

it('a link that nobody reads gives bytes, and the capture says so', () => {
  const file = writePcap([{ ns: 0n, bytes: fromHex('0102') }], 147);
  expect(readCapture(file).errors).toEqual([{ code: 'unknown-link-type', offset: 24 }]);
  expect(read(file).summaries[0]).toMatchObject({ name: 'Data', info: '2 bytes' });
});
