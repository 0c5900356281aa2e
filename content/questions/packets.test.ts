/** Every figure of these questions, worked out again by the code that cuts and sends. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseQuestions } from '#review/question.ts';
import { simulate } from '#sim/network.ts';
import { type Cut, type CutterSettings, cutText } from '#sim/scenes/packet-cutter.ts';
import type { LinkSpec, NetworkSpec } from '#sim/topology.ts';
import { messagesOf } from '#trace/fates.ts';
import { readCapture } from '#wire/capture/capture.ts';
import { dissect } from '#wire/dissect.ts';
import { headerBytes } from '#wire/header.ts';
import { fragmentIpv4, fragmentIpv6 } from '#wire/network/fragmentation.ts';
import { IP_PROTOCOLS } from '#wire/network/ip-protocol.ts';
import { encodeIpv4, IPV4, type Ipv4Layer } from '#wire/network/ipv4.ts';
import { encodeIpv6, IPV6 } from '#wire/network/ipv6.ts';
import { TCP } from '#wire/transport/tcp.ts';
import { UDP } from '#wire/transport/udp.ts';

const questions = parseQuestions(JSON.parse(readFileSync('content/questions/packets.json', 'utf8')), 'packets.json');
const questionOf = (id: string) => questions.find((question) => question.id === id) ?? expect.fail(`no question ${id}`);
const answerOf = (id: string) => questionOf(id).answer;
/** The wrong numbers that a question expects. */
function expected(id: string): readonly number[] {
  const question = questionOf(id);
  return question.kind === 'numeric' ? question.wrong.map(({ value }) => Number(value)) : [];
}

function cut(settings: Partial<CutterSettings> & { readonly text: string }): Cut {
  const result = cutText({ mtus: [1500], ...settings });
  return result.ok ? result.cut : expect.fail(result.code);
}
const bytes = (count: number): string => 'x'.repeat(count);

const ipv4In = (packet: Uint8Array, first: 'ethernet' | 'ipv4') =>
  dissect(packet, first).layers.find((layer): layer is Ipv4Layer => layer.protocol === 'ipv4')?.header;

const MTU = 1500;
const IP = headerBytes(IPV4);
const ends = { source: '192.0.2.10', destination: '198.51.100.20', protocol: IP_PROTOCOLS.udp } as const;

it('4,000 bytes of text cross an Ethernet as three packets', () => {
  expect(cut({ text: bytes(4000) }).pieces).toHaveLength(3);
});

it('the third fragment of 4,020 bytes stands at offset 370', () => {
  const division = fragmentIpv4(encodeIpv4(ends, new Uint8Array(4000)), MTU);
  const third = division.ok ? division.fragments[2] : undefined;
  expect(ipv4In(third ?? new Uint8Array(), 'ipv4')?.fragmentOffset).toBe(answerOf('packets-2'));
  expect(expected('packets-2')).toEqual([2 * 1480, (2 * MTU) / 8, (IP + 2 * 1480) / 8, 3, 2]);
});

it('the longest text makes 45 packets', () => {
  const longest = 0xffff - IP - headerBytes(UDP);
  expect(longest).toBe(65_507);
  const { pieces } = cut({ text: bytes(longest) });
  expect(pieces).toHaveLength(45);
  expect(answerOf('packets-3')).toBe(45);
  expect(pieces.at(-1)?.length).toBe(IP + 395);
  const dataBytes = longest + headerBytes(UDP);
  expect(expected('packets-3')).toEqual([Math.ceil(longest / MTU), Math.round((dataBytes / 1480) * 100) / 100, 1, 46]);
});

it('of three fragments the two that came are dropped after 30 s, and nothing is read', () => {
  const { rebuilt, arrivals } = cut({ text: bytes(3992), lose: [{ hop: 1, nth: 2 }] });
  expect(rebuilt).toMatchObject({ kind: 'missing', dropsAtUs: (arrivals[0]?.atUs ?? 0) + 30_000_000 });
  expect(answerOf('packets-4')).toBe('dropped');
});

it('the rows about the captured datagram are what the capture holds', () => {
  const { packets } = readCapture(readFileSync('content/captures/udp-fragments.pcap'));
  const rows = questionOf('packets-5').seen?.rows ?? [];
  const found = [3, 4, 5].map((number) => {
    const frame = packets[number - 1]?.bytes ?? new Uint8Array();
    const { totalLength, identification, moreFragments, fragmentOffset } = ipv4In(frame, 'ethernet') ?? expect.fail();
    return [String(number), String(totalLength), `0x${identification.toString(16)}`, moreFragments ? '1' : '0', String(fragmentOffset)];
  });
  expect(rows.map((row) => row.slice(0, 5))).toEqual(found);
  const dataBytes = rows.reduce((sum, [, length]) => sum + Number(length) - IP, 0);
  expect(dataBytes - headerBytes(UDP)).toBe(4000);
});

it('8,800 bytes take seven segments over IPv4, and IPv6 leaves 1,440 bytes to one', () => {
  const mss = MTU - IP - headerBytes(TCP);
  expect(Math.ceil(8800 / mss)).toBe(answerOf('packets-6'));
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  expect(expected('packets-6')).toEqual([Math.ceil(8800 / MTU), 1, rounded(8800 / mss), rounded(8800 / MTU)]);
  const mss6 = MTU - headerBytes(IPV6) - headerBytes(TCP);
  expect(mss6).toBe(answerOf('packets-7'));
  const timestamps = 12;
  const wrong = [mss, MTU, MTU - headerBytes(IPV6) - headerBytes(UDP), mss6 - timestamps, MTU - headerBytes(TCP)];
  expect(expected('packets-7')).toEqual(wrong);
});

it('a packet that says Don’t Fragment is not cut, and one of IPv6 is cut by its sender alone', () => {
  const datagram = encodeIpv4({ ...ends, dontFragment: true }, new Uint8Array(1480));
  expect(fragmentIpv4(datagram, 1400)).toEqual({ ok: false, code: 'dont-fragment' });
  const packet = encodeIpv6({ source: '2001:db8::1', destination: '2001:db8::2', nextHeader: 17 }, new Uint8Array(1460));
  expect(packet).toHaveLength(1500);
  const atSender = fragmentIpv6(packet, { mtu: 1400, identification: 1 });
  const [piece = new Uint8Array()] = atSender.ok ? atSender.fragments : [];
  expect(fragmentIpv6(piece, { mtu: 1300, identification: 2 })).toEqual({ ok: false, code: 'is-fragment' });
});

describe('a Time to Live of 3', () => {
  const nodes = ['ada', 'r1', 'r2', 'r3', 'r4', 'r5', 'bo'];
  const links = nodes.slice(1).map((node, index): LinkSpec => {
    const prefix = `10.0.${index}`;
    return {
      delayUs: 1,
      ends: [
        { node: nodes[index] ?? '', address: `${prefix}.1/24` },
        { node, address: `${prefix}.2/24` },
      ],
    };
  });
  const spec: NetworkSpec = { hosts: [{ id: 'ada' }, { id: 'bo' }], routers: nodes.slice(1, -1).map((id) => ({ id })), links };

  it('ends at the third of five routers, which tells the sender', () => {
    const { trace } = simulate(spec, (network) => {
      network.node('ada').udp.send({ sourcePort: 1, destinationPort: 2, destination: '10.0.5.2', data: new Uint8Array(1), ttl: 3 });
    });
    const dead = messagesOf(trace).filter(({ fate }) => fate.kind === 'lost');
    expect(dead.map(({ from, fate }) => [from, fate.kind === 'lost' && fate.cause])).toEqual([['r3', 'ttl']]);
    expect(messagesOf(trace).at(-1)).toMatchObject({ to: 'ada', fate: { kind: 'delivered' } });
    expect(answerOf('packets-10')).toBe('third');
  });
});

it('45 packets at a loss of 1 % lose 36.4 % of the datagrams', () => {
  const lost = (1 - 0.99 ** 45) * 100;
  expect(Math.abs(lost - Number(answerOf('packets-11')))).toBeLessThan(0.05);
  expect(expected('packets-11')).toContain(Math.round((100 - lost) * 10) / 10);
});

it('three fragments that come as 3, 1, 2 are put in place', () => {
  const runs = Array.from({ length: 40 }, (_, seed) => cut({ text: bytes(108), mtus: [68], reorderRatio: 0.5, seed }));
  const swapped = runs.find(({ arrivals }) => arrivals.map(({ nth }) => nth).join() === '3,1,2');
  expect(swapped?.rebuilt).toMatchObject({ kind: 'whole', text: bytes(108) });
});
