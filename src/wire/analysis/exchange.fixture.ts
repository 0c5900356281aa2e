/** Exchanges between two hosts that go wrong in every way, written as a capture. */
import fc from 'fast-check';
import { type PacketToWrite, writePcap } from '../capture/pcap.ts';
import { encodeEthernet } from '../link/ethernet.ts';
import { encodeIpv4 } from '../network/ipv4.ts';
import { encodeTcp, type TcpChoice } from '../transport/tcp.ts';

const ETHERNET_LINK = 1;
const HOSTS = {
  client: { address: '192.0.2.10', bytes: Uint8Array.of(192, 0, 2, 10), mac: '02:00:00:00:00:0a' },
  server: { address: '198.51.100.20', bytes: Uint8Array.of(198, 51, 100, 20), mac: '02:00:00:00:00:01' },
} as const;

export type Sender = keyof typeof HOSTS;
/** A segment to be written: who sends it, how long after the one before, and what it says. Ports are those of the exchange. */
export type Sent = Omit<TcpChoice, 'sourcePort' | 'destinationPort'> & {
  readonly from: Sender;
  readonly afterUs: number;
  readonly length?: number;
};

const other = (sender: Sender): Sender => (sender === 'client' ? 'server' : 'client');

function frameOf({ from, afterUs: _, length = 0, ...choice }: Sent, clientPort: number): Uint8Array {
  const [source, destination] = [HOSTS[from], HOSTS[other(from)]];
  const ports = from === 'client' ? { sourcePort: clientPort, destinationPort: 7001 } : { sourcePort: 7001, destinationPort: clientPort };
  const network = { version: 4, source: source.bytes, destination: destination.bytes } as const;
  const segment = encodeTcp({ ...ports, ...choice }, new Uint8Array(length).fill(0x61), network);
  const datagram = encodeIpv4({ source: source.address, destination: destination.address, protocol: 6 }, segment);
  return encodeEthernet({ source: source.mac, destination: destination.mac, type: 0x0800 }, datagram);
}

const BEGIN_NS = 1_700_000_000_000_000_000n;

/** A capture of exchanges one after the other, each on a port of its own. */
export function captureOf(exchanges: readonly (readonly Sent[])[]): Uint8Array {
  const packets: PacketToWrite[] = [];
  let ns = BEGIN_NS;
  exchanges.forEach((exchange, index) => {
    for (const sent of exchange) {
      ns += BigInt(sent.afterUs) * 1000n;
      packets.push({ ns, bytes: frameOf(sent, 40_000 + index) });
    }
  });
  return writePcap(packets, ETHERNET_LINK);
}

/** What a host may do next. `size` is the length of data, or how far a number is moved. */
type Step = { readonly from: Sender; readonly act: Act; readonly size: number; readonly afterUs: number };

type Host = { next: number; acknowledges: number; window: number; scale: number; isn: number };
type Hosts = { readonly own: Host; readonly peer: Host };
type Partly = Partial<Omit<Sent, 'from' | 'afterUs'>>;

const plus = (number: number, bytes: number): number => (number + bytes) >>> 0;

function sendNew(own: Host, length: number): Partly {
  const sequenceNumber = own.next;
  own.next = plus(own.next, length);
  return { sequenceNumber, length, psh: true };
}

function begin({ own, peer }: Hosts, isn: number, ack: boolean): Partly {
  own.isn = isn;
  own.next = plus(isn, 1);
  if (ack) own.acknowledges = peer.next;
  return { sequenceNumber: isn, syn: true, ack, ...(!ack && { acknowledgmentNumber: 0 }) };
}

const ACTS = {
  data: ({ own }: Hosts, size: number) => sendNew(own, size),
  again: ({ own }: Hosts, size: number) => ({ sequenceNumber: plus(own.next, -size), length: size }),
  'again in part': ({ own }: Hosts, size: number) => ({ sequenceNumber: plus(own.next, -size), length: Math.ceil(size / 2) }),
  'what is asked for': ({ peer }: Hosts, size: number) => ({ sequenceNumber: peer.acknowledges, length: size }),
  overlapping: ({ own }: Hosts, size: number) => ({ sequenceNumber: plus(own.next, -1), length: size + 1 }),
  ahead: ({ own }: Hosts, size: number) => {
    own.next = plus(own.next, size);
    return sendNew(own, size);
  },
  acknowledge: ({ own, peer }: Hosts) => {
    own.acknowledges = peer.next;
    return {};
  },
  repeat: () => ({}),
  'acknowledge too much': ({ own, peer }: Hosts, size: number) => {
    own.acknowledges = plus(peer.next, size);
    return {};
  },
  'acknowledge a part': ({ own, peer }: Hosts, size: number) => {
    own.acknowledges = plus(peer.next, -size);
    return {};
  },
  'keep alive': ({ own }: Hosts, size: number) => ({ sequenceNumber: plus(own.next, -1), length: size % 2 }),
  'close the window': ({ own }: Hosts) => {
    own.window = 0;
    return {};
  },
  'change the window': ({ own }: Hosts, size: number) => {
    own.window = size;
    return {};
  },
  probe: ({ own }: Hosts) => ({ sequenceNumber: own.next, length: 1 }),
  'fill the window': ({ own, peer }: Hosts) => {
    const room = peer.window * peer.scale - ((own.next - peer.acknowledges) | 0);
    return sendNew(own, Math.min(Math.max(room, 0), 1460));
  },
  finish: ({ own }: Hosts, size: number) => {
    const sent = { sequenceNumber: own.next, fin: true, length: size % 3 };
    own.next = plus(own.next, 1 + (size % 3));
    return sent;
  },
  'finish again': ({ own }: Hosts) => ({ sequenceNumber: plus(own.next, -1), fin: true }),
  reset: ({ own }: Hosts, size: number) => ({ sequenceNumber: own.next, rst: true, ack: size % 2 === 0 }),
  'reset without a number': () => ({ sequenceNumber: 0, acknowledgmentNumber: 0, rst: true, ack: false }),
  'open again': (hosts: Hosts) => begin(hosts, hosts.own.isn, false),
  'open anew': (hosts: Hosts, size: number) => begin(hosts, plus(hosts.own.isn, size * 1000), false),
  'answer again': (hosts: Hosts) => begin(hosts, hosts.own.isn, true),
  'answer anew': (hosts: Hosts, size: number) => begin(hosts, plus(hosts.own.isn, size * 1000), true),
} as const satisfies Readonly<Record<string, (hosts: Hosts, size: number) => Partly>>;
type Act = keyof typeof ACTS;

const isAct = (act: string): act is Act => act in ACTS;
const RARE: readonly Act[] = [
  'open again',
  'open anew',
  'answer again',
  'answer anew',
  'finish',
  'finish again',
  'reset',
  'reset without a number',
];
const OFTEN = Object.keys(ACTS).filter((act): act is Act => isAct(act) && !RARE.includes(act));

const anyStep: fc.Arbitrary<Step> = fc.record({
  from: fc.constantFrom<Sender>('client', 'server'),
  act: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...OFTEN) }, { weight: 1, arbitrary: fc.constantFrom(...RARE) }),
  size: fc.oneof(fc.constantFrom(1, 2, 100), fc.integer({ min: 1, max: 1460 })),
  afterUs: fc.constantFrom(0, 10, 900, 2999, 3000, 19_999, 20_000, 250_000),
});

const anyIsn = fc.oneof(fc.constantFrom(1000, 0xffff_ff00, 0x7fff_ff00), fc.integer({ min: 1, max: 0xffff_ffff }));

type Plan = {
  readonly isns: readonly [number, number];
  readonly steps: readonly Step[];
  readonly scales: readonly [number, number];
  readonly opening: number;
};

const anyPlan: fc.Arbitrary<Plan> = fc.record({
  isns: fc.tuple(anyIsn, anyIsn),
  steps: fc.array(anyStep, { minLength: 5, maxLength: 60 }),
  scales: fc.tuple(fc.integer({ min: -1, max: 7 }), fc.integer({ min: -1, max: 7 })),
  opening: fc.integer({ min: 0, max: 3 }),
});

const scaleOption = (shift: number): Partly => (shift < 0 ? {} : { options: [{ name: 'window-scale', shift }, { name: 'no-op' }] });

/** The handshake, or so much of it as the capture holds: `opening` 0 has none of it. */
function handshake({ isns: [client, server], scales, opening }: Plan): readonly Sent[] {
  const all: readonly Sent[] = [
    { from: 'client', afterUs: 0, sequenceNumber: client, syn: true, window: 1000, ...scaleOption(scales[0]) },
    {
      ...{ from: 'server', afterUs: 5000, sequenceNumber: server, acknowledgmentNumber: plus(client, 1), syn: true, ack: true },
      ...{ window: 1000, ...scaleOption(scales[1]) },
    },
    { from: 'client', afterUs: 100, sequenceNumber: plus(client, 1), acknowledgmentNumber: plus(server, 1), ack: true, window: 1000 },
  ];
  return all.slice(0, opening);
}

function play(plan: Plan): readonly Sent[] {
  const [client, server] = plan.isns;
  const isScaled = plan.scales.every((shift) => shift >= 0);
  const host = (isn: number, peerIsn: number, shift: number): Host => ({
    ...{ isn, next: plus(isn, 1), acknowledges: plus(peerIsn, 1), window: 1000 },
    scale: isScaled ? 2 ** shift : 1,
  });
  const hosts = { client: host(client, server, plan.scales[0]), server: host(server, client, plan.scales[1]) };
  const sent = plan.steps.map(({ from, act, size, afterUs }): Sent => {
    const own = hosts[from];
    const partly = ACTS[act]({ own, peer: hosts[other(from)] }, size);
    const base = { from, afterUs, sequenceNumber: own.next, acknowledgmentNumber: own.acknowledges, ack: true, window: own.window };
    return { ...base, ...partly };
  });
  return [...handshake(plan), ...sent];
}

/** So many exchanges, the same ones for the same seed. */
export const exchanges = (count: number, seed: number): readonly (readonly Sent[])[] =>
  fc.sample(anyPlan, { numRuns: count, seed }).map(play);
