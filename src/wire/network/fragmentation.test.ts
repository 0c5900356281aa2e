import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../hex.fixture.ts';
import { encodeUdp } from '../transport/udp.ts';
import { type Fragmented, fragmentIpv4, fragmentIpv6 } from './fragmentation.ts';
import { encodeIpv4, type Ipv4Choice } from './ipv4.ts';
import { encodeIpv6 } from './ipv6.ts';
import { EXTENDED, ipv4Packet, ipv6Packet, OTHER, read, UDP_WITHOUT_CHECKSUM } from './packets.fixture.ts';

const ADDRESSES = { source: '192.0.2.10', destination: '198.51.100.20', protocol: 17 } as const;
const NETWORK = { version: 4, source: Uint8Array.of(192, 0, 2, 10), destination: Uint8Array.of(198, 51, 100, 20) } as const;

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index % 251);

/** UDP with this many bytes of payload, in one datagram. */
const udpOf = (payloadBytes: number, choice: Partial<Ipv4Choice> = {}): Uint8Array =>
  encodeIpv4(
    { ...ADDRESSES, identification: 0xbeef, ...choice },
    encodeUdp({ sourcePort: 50_000, destinationPort: 9999 }, counting(payloadBytes), NETWORK),
  );
/** A datagram of this total length. */
const ofLength = (total: number): Uint8Array => encodeIpv4({ ...ADDRESSES, protocol: 253 }, counting(total - 20));

function piecesOf(result: Fragmented): readonly Uint8Array[] {
  if (!result.ok) throw new Error(result.code);
  return result.fragments;
}

/** Total length, offset, More Fragments, header checksum. */
function row(fragment: Uint8Array) {
  const { layers } = read(fragment);
  const [ip] = layers;
  if (ip?.protocol !== 'ipv4' || !ip.header) throw new Error('no IPv4');
  const { totalLength, fragmentOffset, moreFragments, checksum } = ip.header;
  return [totalLength, fragmentOffset, Number(moreFragments), checksum.toString(16)];
}
const rows = (result: Fragmented) => piecesOf(result).map(row);
const withoutChecksums = (result: Fragmented) => rows(result).map((cells) => cells.slice(0, 3));

describe('an IPv4 datagram of 4,020 bytes', () => {
  const datagram = udpOf(3992);
  const pieces = piecesOf(fragmentIpv4(datagram, 1500));
  it('goes through a link of 1500 bytes in three pieces', () => {
    expect(read(datagram).field('udp.checksum')?.text).toBe('0xecea');
    expect(pieces.map(row)).toEqual([
      [1500, 0, 1, 'a9cf'],
      [1500, 185, 1, 'a916'],
      [1060, 370, 0, 'ca15'],
    ]);
  });
  it('and these through one of 576 in eight, of which only the very last has none to follow', () => {
    expect(pieces.flatMap((piece) => rows(fragmentIpv4(piece, 576)))).toEqual([
      [572, 0, 1, 'ad6f'],
      [572, 69, 1, 'ad2a'],
      [396, 138, 1, 'ad95'],
      [572, 185, 1, 'acb6'],
      [572, 254, 1, 'ac71'],
      [396, 323, 1, 'acdc'],
      [572, 370, 1, 'abfd'],
      [508, 439, 0, 'cbf8'],
    ]);
  });
});

describe('an IPv4 datagram', () => {
  it.each([
    [
      472,
      280,
      [
        [276, 0, 1],
        [216, 32, 0],
      ],
    ],
    [
      4000,
      1500,
      [
        [1500, 0, 1],
        [1500, 185, 1],
        [1040, 370, 0],
      ],
    ],
  ])('of %i bytes for a link of %i is divided as RFC 791 and the textbooks divide it', (total, mtu, expected) => {
    expect(withoutChecksums(fragmentIpv4(ofLength(total), mtu))).toEqual(expected);
  });
  it('of the longest UDP takes 45 frames of Ethernet', () => {
    const all = withoutChecksums(fragmentIpv4(udpOf(65_507), 1500));
    expect([all.length, all.at(-1)]).toEqual([45, [415, 8140, 0]]);
  });
  it('that fits is left as it is', () => {
    expect(piecesOf(fragmentIpv4(ofLength(1500), 1500))).toEqual([ofLength(1500)]);
  });
  it('that nobody may divide is not divided: a coded result', () => {
    expect(fragmentIpv4(udpOf(3992, { dontFragment: true }), 1500)).toEqual({ ok: false, code: 'dont-fragment' });
    expect(fragmentIpv4(udpOf(100, { dontFragment: true }), 1500)).toMatchObject({ ok: true });
  });
  it('cannot go through a link that carries no eight bytes of it', () => {
    expect(fragmentIpv4(ofLength(100), 27)).toEqual({ ok: false, code: 'mtu-too-small' });
    expect(fragmentIpv4(ofLength(100), 28)).toMatchObject({ ok: true });
  });
  it('that is none is not divided', () => {
    for (const bytes of [new Uint8Array(), fromHex('45'), ofLength(100).subarray(0, 99), ipv6Packet(59, '')]) {
      expect(fragmentIpv4(bytes, 50)).toEqual({ ok: false, code: 'not-ip' });
    }
  });
  it('that claims to end behind the longest one is not divided', () => {
    const late = encodeIpv4({ ...ADDRESSES, fragmentOffset: 8191 }, counting(100));
    expect(fragmentIpv4(late, 60)).toEqual({ ok: false, code: 'too-long' });
  });
  it('has all its options in the first piece, and in the others those marked as copied (RFC 791 §3.1)', () => {
    const datagram = ipv4Packet(17, UDP_WITHOUT_CHECKSUM.padEnd(200, '0'), '07 07 04 00000000 94040000');
    const optionsOf = (piece: Uint8Array) => read(piece).layers[0]?.fields.flatMap(({ id, at }) => (at >= 20 * 8 ? [id] : []));
    const options = piecesOf(fragmentIpv4(datagram, 60)).map(optionsOf);
    expect(options[0]).toEqual(['record-route', 'router-alert', 'end']);
    expect(new Set(options.slice(1).map(String))).toEqual(new Set(['router-alert']));
  });
  it('gives pieces that fit, begin where the last one ended, and hold all data in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 21, max: 3000 }), fc.integer({ min: 28, max: 1500 }), (total, mtu) => {
        const data: number[] = [];
        for (const piece of piecesOf(fragmentIpv4(ofLength(total), mtu))) {
          const [length, offset] = row(piece);
          expect(Number(length)).toBeLessThanOrEqual(mtu);
          expect(read(piece).errors).toEqual([]);
          expect(Number(offset) * 8).toBe(data.length);
          data.push(...piece.subarray(20));
        }
        expect(data).toEqual(Array.from(counting(total - 20)));
      }),
    );
  });
});

describe('an IPv6 packet', () => {
  const long = encodeIpv6({ source: '2001:db8::a', destination: '2001:db8::14', nextHeader: 17 }, counting(3000));
  const choice = { mtu: 1280, identification: 0xbeef };
  it('is divided by its sender, with a fragment header in each piece (RFC 8200 §4.5)', () => {
    const pieces = piecesOf(fragmentIpv6(long, choice)).map((piece) => read(piece));
    expect(pieces.map(({ layers }) => [layers[0]?.end, layers[1]?.header])).toEqual([
      [1280, { nextHeader: 17, reserved: 0, fragmentOffset: 0, reservedBits: 0, moreFragments: true, identification: 0xbeef }],
      [1280, { nextHeader: 17, reserved: 0, fragmentOffset: 154, reservedBits: 0, moreFragments: true, identification: 0xbeef }],
      [584, { nextHeader: 17, reserved: 0, fragmentOffset: 308, reservedBits: 0, moreFragments: false, identification: 0xbeef }],
    ]);
    expect(pieces.flatMap(({ errors }) => errors)).toEqual([]);
  });
  it('keeps what nodes on the way read in front of that header, and the rest behind it', () => {
    const route = ipv6Packet(0, `2b00 05020000 0100 3c02 00 00 00000000 ${OTHER} 1100 0104 00000000 ${'00'.repeat(1300)}`);
    const [first, second] = piecesOf(fragmentIpv6(route, choice)).map((piece) => read(piece));
    expect(first?.protocols).toEqual(['ipv6', 'hop-by-hop', 'routing', 'fragment', 'data']);
    expect(second?.protocols).toEqual(['ipv6', 'hop-by-hop', 'routing', 'fragment', 'data']);
    expect(first?.field('ipv6.fraghdr.nxt')?.value).toBe(60);
  });
  it('that fits is left as it is', () => {
    expect(piecesOf(fragmentIpv6(EXTENDED.hopByHop, choice))).toEqual([EXTENDED.hopByHop]);
  });
  it('that is a piece already is not divided again', () => {
    expect(fragmentIpv6(EXTENDED.fragment, { ...choice, mtu: 50 })).toEqual({ ok: false, code: 'is-fragment' });
  });
  it('that is none, or has no room, is not divided', () => {
    expect(fragmentIpv6(ofLength(100), choice)).toEqual({ ok: false, code: 'not-ip' });
    expect(fragmentIpv6(ipv6Packet(60, '1105 0102 0000 0000'), choice)).toEqual({ ok: false, code: 'not-ip' });
    expect(fragmentIpv6(long, { ...choice, mtu: 55 })).toEqual({ ok: false, code: 'mtu-too-small' });
  });
});
