/** Packets of every kind that is written here, each choice by a seeded chance. */
import fc from 'fast-check';
import { parseIp } from '#wire/addresses.ts';
import { encodeDnsAnswer, encodeDnsQuery } from '#wire/application/dns/dns.ts';
import { encodeChunk, encodeHead, encodeLastChunk } from '#wire/application/http/encode.ts';
import { encodeFrame } from '#wire/application/websocket/frame.ts';
import { acceptKeyOf } from '#wire/application/websocket/handshake.ts';
import { utf8 } from '#wire/hex.fixture.ts';
import type { NetworkContext } from '#wire/layer.ts';
import { encodeEthernet } from '#wire/link/ethernet.ts';
import { encodeVlan } from '#wire/link/vlan.ts';
import { encodeArp } from '#wire/network/arp.ts';
import { fragmentIpv4, fragmentIpv6 } from '#wire/network/fragmentation.ts';
import { encodeIcmp, quoteOfIpv4 } from '#wire/network/icmp.ts';
import { encodeIcmpv6 } from '#wire/network/icmpv6.ts';
import { encodeIpv4 } from '#wire/network/ipv4.ts';
import { encodeIpv6 } from '#wire/network/ipv6.ts';
import { encodeTcp, type TcpChoice } from '#wire/transport/tcp.ts';
import { encodeUdp } from '#wire/transport/udp.ts';

const MACS = { source: '02:00:00:00:00:0a', destination: '02:00:00:00:00:01' } as const;
const V4 = { source: '192.0.2.10', destination: '198.51.100.20' } as const;
const V6 = { source: '2001:db8:a::10', destination: '2001:db8:b::20' } as const;
const TYPES = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd } as const;
const MTU = 576;
const IPV6_MTU = 1280;

type Version = 4 | 6;
type Ends = { readonly source: string; readonly destination: string };

const bytesOf = (address: string): Uint8Array => parseIp(address) ?? new Uint8Array();
const networkOf = (version: Version, { source, destination }: Ends): NetworkContext => ({
  version,
  source: bytesOf(source),
  destination: bytesOf(destination),
});
const back = ({ source, destination }: Ends): Ends => ({ source: destination, destination: source });
const endsOf = (version: Version): Ends => (version === 4 ? V4 : V6);

const frame = (type: number, packet: Uint8Array): Uint8Array => encodeEthernet({ ...MACS, type }, packet);
const tagged = (packet: Uint8Array, vlan: number): Uint8Array =>
  frame(TYPES.vlan, encodeVlan({ priority: vlan % 8, dropEligible: vlan % 2 === 0, vlan, type: TYPES.ipv4 }, packet));

function packet(version: Version, ends: Ends, protocol: number, payload: Uint8Array, identification = 1): Uint8Array {
  if (version === 4) return encodeIpv4({ ...ends, protocol, identification }, payload);
  return encodeIpv6({ ...ends, nextHeader: protocol, flowLabel: identification }, payload);
}

const ip = (version: Version, ends: Ends, protocol: number, payload: Uint8Array, identification?: number): Uint8Array =>
  frame(version === 4 ? TYPES.ipv4 : TYPES.ipv6, packet(version, ends, protocol, payload, identification));

const datagram = (
  version: Version,
  data: Uint8Array,
  ports = { sourcePort: 50_000, destinationPort: 9999 },
  ends = endsOf(version),
): Uint8Array => encodeUdp(ports, data, networkOf(version, ends));

function pieces(version: Version, data: Uint8Array, identification: number): readonly Uint8Array[] {
  const whole = packet(version, endsOf(version), 17, datagram(version, data), identification);
  const cut = version === 4 ? fragmentIpv4(whole, MTU) : fragmentIpv6(whole, { mtu: IPV6_MTU, identification });
  return cut.ok ? cut.fragments.map((piece) => frame(version === 4 ? TYPES.ipv4 : TYPES.ipv6, piece)) : [];
}

/** One connection: both sides count their bytes. */
class Connection {
  readonly frames: Uint8Array[] = [];
  readonly #version: Version;
  readonly #ports: readonly [number, number];
  #next: [client: number, server: number];

  constructor(version: Version, clientPort: number, numbers: readonly [number, number]) {
    this.#version = version;
    this.#ports = [clientPort, 80];
    this.#next = [...numbers];
  }

  send(from: 0 | 1, choice: Partial<TcpChoice>, data: Uint8Array = new Uint8Array()): void {
    const to = from === 0 ? 1 : 0;
    const ends = from === 0 ? endsOf(this.#version) : back(endsOf(this.#version));
    const [sourcePort, destinationPort] = [this.#ports[from], this.#ports[to]];
    const numbers = { sequenceNumber: this.#next[from], ...(choice.ack && { acknowledgmentNumber: this.#next[to] }) };
    const segment = encodeTcp({ sourcePort, destinationPort, ...numbers, ...choice }, data, networkOf(this.#version, ends));
    this.frames.push(ip(this.#version, ends, 6, segment, this.frames.length + 1));
    this.#next[from] = (this.#next[from] + data.length + Number(choice.syn ?? false) + Number(choice.fin ?? false)) % 2 ** 32;
  }
}

const FIELDS = [['Host', 'chat.example']] as const;

/** A handshake, a page in chunks, a WebSocket with frames of all kinds, and the end. */
function conversation(version: Version, { port, numbers, data, key, words }: Choices): readonly Uint8Array[] {
  const tcp = new Connection(version, port, numbers);
  const nonce = btoa(String.fromCharCode(...data.subarray(0, 16)).padEnd(16, '.'));
  const upgrade = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ] as const;
  const both = { ack: true, psh: true } as const;
  tcp.send(0, {
    syn: true,
    options: [
      { name: 'mss', bytes: 1460 },
      { name: 'sack-permitted' },
      { name: 'timestamps', value: 7, echo: 0 },
      { name: 'no-op' },
      { name: 'window-scale', shift: 7 },
    ],
  });
  tcp.send(1, { syn: true, ack: true, options: [{ name: 'mss', bytes: 1400 }, { name: 'no-op' }, { name: 'window-scale', shift: 2 }] });
  tcp.send(0, { ack: true });
  tcp.send(0, both, encodeHead({ startLine: 'GET /page?q=1 HTTP/1.1', fields: FIELDS }));
  tcp.send(
    1,
    both,
    encodeHead({
      startLine: 'HTTP/1.1 200 OK',
      fields: [
        ['Transfer-Encoding', 'chunked'],
        ['Content-Type', 'text/plain'],
      ],
    }),
  );
  tcp.send(1, both, encodeChunk(utf8(words)));
  tcp.send(1, both, encodeLastChunk());
  tcp.send(
    0,
    both,
    encodeHead({
      startLine: 'GET /chat HTTP/1.1',
      fields: [...FIELDS, ...upgrade, ['Sec-WebSocket-Key', nonce], ['Sec-WebSocket-Version', '13']],
    }),
  );
  tcp.send(
    1,
    both,
    encodeHead({ startLine: 'HTTP/1.1 101 Switching Protocols', fields: [...upgrade, ['Sec-WebSocket-Accept', acceptKeyOf(nonce)]] }),
  );
  tcp.send(0, both, encodeFrame({ fin: true, opcode: 'text', maskKey: key, payload: utf8(words) }));
  tcp.send(1, both, encodeFrame({ fin: true, opcode: 'text', payload: utf8(words) }));
  tcp.send(0, both, encodeFrame({ fin: true, opcode: 'ping', maskKey: key, payload: utf8('are you there') }));
  tcp.send(1, both, encodeFrame({ fin: true, opcode: 'close', payload: Uint8Array.of(3, 232) }));
  tcp.send(0, { ack: true, fin: true });
  tcp.send(1, { ack: true, fin: true });
  tcp.send(0, { ack: true });
  return tcp.frames;
}

type Choices = {
  readonly port: number;
  readonly numbers: readonly [number, number];
  readonly data: Uint8Array;
  readonly key: Uint8Array;
  readonly words: string;
  readonly id: number;
  readonly vlan: number;
};

const CHOICES: fc.Arbitrary<Choices> = fc.record({
  port: fc.integer({ min: 50_000, max: 60_000 }),
  numbers: fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)),
  // Letters: Wireshark takes some random bytes for a protocol of its acquaintance.
  data: fc.uint8Array({ min: 97, max: 122, minLength: 1, maxLength: 2500 }),
  key: fc.uint8Array({ minLength: 4, maxLength: 4 }),
  words: fc.stringMatching(/^[a-z]{1,60}$/),
  id: fc.integer({ min: 1, max: 0xffff }),
  vlan: fc.integer({ min: 1, max: 4094 }),
});

function framesOf(choices: Choices): readonly Uint8Array[] {
  const { data, id, vlan, words } = choices;
  const question = { id, name: `${words}.example`, type: 'A' } as const;
  const dns = { sourcePort: 50_000, destinationPort: 53 };
  const small = data.subarray(0, 400);
  const probe = packet(4, V4, 17, datagram(4, small), id);
  const solicited = { ...V6, destination: 'ff02::1:ff00:20' };
  return [
    frame(TYPES.arp, encodeArp({ operation: 1, senderMac: MACS.source, senderIp: V4.source, targetIp: '192.0.2.1' })),
    frame(
      TYPES.arp,
      encodeArp({ operation: 2, senderMac: MACS.destination, senderIp: '192.0.2.1', targetMac: MACS.source, targetIp: V4.source }),
    ),
    tagged(probe, vlan),
    ip(4, V4, 17, datagram(4, small), id),
    ip(4, V4, 17, encodeUdp({ sourcePort: 50_000, destinationPort: 9999, checksum: 0 }, small, networkOf(4, V4)), id),
    ip(6, V6, 17, datagram(6, small), id),
    ip(4, V4, 1, encodeIcmp({ type: 8, identifier: id, sequence: 1 }, small), id),
    ip(4, back(V4), 1, encodeIcmp({ type: 0, identifier: id, sequence: 1 }, small), id),
    ip(4, back(V4), 1, encodeIcmp({ type: 3, code: 3 }, quoteOfIpv4(probe)), id),
    ip(4, back(V4), 1, encodeIcmp({ type: 3, code: 4, mtu: 1400 }, quoteOfIpv4(probe)), id),
    ip(4, back(V4), 1, encodeIcmp({ type: 11 }, quoteOfIpv4(probe)), id),
    ip(6, V6, 58, encodeIcmpv6({ type: 128, identifier: id, sequence: 1 }, small, networkOf(6, V6)), id),
    ip(6, back(V6), 58, encodeIcmpv6({ type: 129, identifier: id, sequence: 1 }, small, networkOf(6, back(V6))), id),
    frame(
      TYPES.ipv6,
      encodeIpv6({ ...solicited, nextHeader: 58, hopLimit: 255 }, encodeIcmpv6({ type: 133 }, new Uint8Array(), networkOf(6, solicited))),
    ),
    ...pieces(4, data, id),
    ...pieces(6, data, id),
    ip(4, V4, 17, datagram(4, encodeDnsQuery(question) ?? new Uint8Array(), dns), id),
    ip(
      4,
      back(V4),
      17,
      datagram(
        4,
        encodeDnsAnswer(question, { address: bytesOf('198.51.100.20'), ttl: 300 }) ?? new Uint8Array(),
        { sourcePort: 53, destinationPort: 50_000 },
        back(V4),
      ),
      id,
    ),
    ...conversation(4, choices),
    ...conversation(6, choices),
  ];
}

/** The frames of so many runs, the same for the same seed. */
export const writtenFrames = (seed: number, runs: number): readonly Uint8Array[] =>
  fc.sample(CHOICES, { seed, numRuns: runs }).flatMap(framesOf);
