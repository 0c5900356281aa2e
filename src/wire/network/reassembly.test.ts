import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../hex.fixture.ts';
import { fragmentIpv4, fragmentIpv6 } from './fragmentation.ts';
import { encodeIpv4 } from './ipv4.ts';
import { encodeIpv6 } from './ipv6.ts';
import { EXTENDED, ipv6Packet, OPTIONS, read, UDP_OVER_IPV6 } from './packets.fixture.ts';
import { REASSEMBLY_LIMITS, REASSEMBLY_TIMEOUT_MS, Reassembler, type Reassembly } from './reassembly.ts';

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index % 251);
const ADDRESSES = { source: '192.0.2.10', destination: '198.51.100.20', protocol: 17 } as const;
const ADDRESSES_6 = { source: '2001:db8::a', destination: '2001:db8::14', nextHeader: 17 } as const;

const datagram = (bytes = 4000, identification = 7): Uint8Array => encodeIpv4({ ...ADDRESSES, identification }, counting(bytes));
const packet = (bytes = 4000): Uint8Array => encodeIpv6(ADDRESSES_6, counting(bytes));

const divided = (whole: Uint8Array, mtu = 1500): readonly Uint8Array[] => {
  const result = (whole[0] ?? 0) >> 4 === 4 ? fragmentIpv4(whole, mtu) : fragmentIpv6(whole, { mtu, identification: 7 });
  if (!result.ok) throw new Error(result.code);
  return result.fragments;
};

type Bytes = { readonly version?: 4 | 6; readonly from: number; readonly to: number; readonly more?: boolean; readonly fill?: number };
/** A piece that holds bytes `from` to `to`, each with the value `fill`. */
function piece({ version = 4, from, to, more = true, fill = 0 }: Bytes): Uint8Array {
  const data = new Uint8Array(to - from).fill(fill);
  if (version === 4) return encodeIpv4({ ...ADDRESSES, identification: 7, fragmentOffset: from / 8, moreFragments: more }, data);
  return ipv6Packet(44, `1100 ${(from + Number(more)).toString(16).padStart(4, '0')} 00000007 ${toHex(data)}`);
}

/** Adds packets one after another, each with its number as tag, and says what came of each. */
function addAll(packets: readonly Uint8Array[], reassembler = new Reassembler<number>()): readonly Reassembly<number>[] {
  return packets.map((bytes, tag) => reassembler.add(bytes, { tag, nowMs: 0 }));
}
const kinds = (results: readonly Reassembly<number>[]) => results.map((result) => (result.kind === 'failed' ? result.code : result.kind));

describe.each([
  ['IPv4', datagram()],
  ['IPv6', packet()],
])('pieces of an %s packet', (_, whole) => {
  const pieces = divided(whole);
  it('are the packet again once the last one is there', () => {
    expect(addAll(pieces)).toEqual([
      { kind: 'waiting', isDuplicate: false, tags: [0] },
      { kind: 'waiting', isDuplicate: false, tags: [0, 1] },
      { kind: 'whole', datagram: whole, tags: [0, 1, 2] },
    ]);
  });
  it('may come in any order, and twice: the tags are in the order of the bytes', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(order, (numbers) => {
        const results = addAll(numbers.map((number) => pieces[number] ?? whole));
        const firstOf = [0, 1, 2].map((number) => numbers.indexOf(number));
        const wholes = results.filter(({ kind }) => kind === 'whole');
        if (firstOf.includes(-1)) expect(wholes).toEqual([]);
        else expect(wholes[0]).toEqual({ kind: 'whole', datagram: whole, tags: firstOf });
      }),
    );
  });
  it('of which one is missing never are a packet, and expire', () => {
    for (const missing of [0, 1, 2]) {
      const reassembler = new Reassembler<number>();
      const results = addAll(
        pieces.filter((_piece, number) => number !== missing),
        reassembler,
      );
      expect(kinds(results)).toEqual(['waiting', 'waiting']);
      const [expired, ...others] = reassembler.expire(REASSEMBLY_TIMEOUT_MS[6]);
      expect([expired?.tags, others]).toEqual([[0, 1], []]);
      expect(expired?.first).toEqual(missing === 0 ? undefined : pieces[0]);
    }
  });
});

it('pieces of datagrams of many sizes, shuffled, are all put together', () => {
  const size = fc.integer({ min: 1, max: 3000 });
  fc.assert(
    fc.property(
      fc.array(size, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 56, max: 600 }),
      fc.infiniteStream(fc.nat()),
      (sizes, mtu, random) => {
        const sent = sizes.map((bytes, index) => encodeIpv4({ ...ADDRESSES, identification: index }, counting(bytes)));
        const shuffled = sent
          .flatMap((one) => divided(one, mtu))
          .map((one) => ({ one, key: random.next().value ?? 0 }))
          .sort((left, right) => left.key - right.key);
        const got = addAll(shuffled.map(({ one }) => one)).flatMap((result) => (result.kind === 'whole' ? [toHex(result.datagram)] : []));
        expect(got.toSorted()).toEqual(sent.map(toHex).toSorted());
      },
    ),
  );
});

describe('a packet in one piece', () => {
  it('is whole at once', () => {
    expect(addAll([OPTIONS.recordRoute])).toEqual([{ kind: 'whole', datagram: OPTIONS.recordRoute, tags: [0] }]);
    expect(kinds(addAll([EXTENDED.hopByHop]))).toEqual(['whole']);
  });
  it('with a fragment header loses it, whatever else waits under its key (RFC 6946)', () => {
    const atomic = ipv6Packet(44, `1100 0000 00000007 ${UDP_OVER_IPV6}`);
    const [, result, ...rest] = addAll([
      piece({ version: 6, from: 0, to: 16 }),
      atomic,
      piece({ version: 6, from: 16, to: 20, more: false }),
    ]);
    expect(result).toEqual({ kind: 'whole', datagram: ipv6Packet(17, UDP_OVER_IPV6), tags: [1] });
    expect(kinds(rest)).toEqual(['whole']);
  });
  it('that is no packet fails', () => {
    expect(
      addAll([Uint8Array.of(), Uint8Array.of(0x45), Uint8Array.of(0x60), datagram().subarray(0, 100)]).every(
        ({ kind }) => kind === 'failed',
      ),
    ).toBe(true);
  });
});

describe('what is put together', () => {
  it('has the options of the first piece, and a good checksum', () => {
    const whole = encodeIpv4({ ...ADDRESSES, identification: 7, options: Uint8Array.of(7, 7, 4, 0, 0, 0, 0, 0) }, counting(100));
    const result = addAll(divided(whole, 60).toReversed()).at(-1);
    expect(result).toMatchObject({ kind: 'whole', datagram: whole });
  });
  it('keeps the headers before the fragment header, and what follows them', () => {
    const whole = ipv6Packet(0, `2b00 05020000 0100 1100 00 00 00000000 ${UDP_OVER_IPV6} ${'00'.repeat(1400)}`);
    expect(addAll(divided(whole, 1280)).at(-1)).toMatchObject({ kind: 'whole', datagram: whole });
  });
  it('is kept apart by addresses, protocol and identification', () => {
    const half = (choice: object) => encodeIpv4({ ...ADDRESSES, identification: 7, fragmentOffset: 1, ...choice }, counting(8));
    const others = [{ source: '192.0.2.11' }, { destination: '198.51.100.21' }, { protocol: 6 }, { identification: 8 }].map(half);
    expect(kinds(addAll([piece({ from: 0, to: 8 }), ...others]))).toEqual(Array(5).fill('waiting'));
    expect(kinds(addAll([piece({ from: 0, to: 8 }), half({})]))).toEqual(['waiting', 'whole']);
    const [one, other] = [7, 8].map((id) => ipv6Packet(44, `1100 ${id === 7 ? '0001' : '0008'} 0000000${id} ${'00'.repeat(8)}`));
    expect(kinds(addAll([one, other].flatMap((bytes) => bytes ?? [])))).toEqual(['waiting', 'waiting']);
  });
});

describe('pieces that overlap', () => {
  const rest: Bytes = { from: 32, to: 40, more: false };
  it.each([4, 6] as const)('are all dropped, and those that follow wait in vain (IPv%i)', (version) => {
    const results = addAll([{ from: 0, to: 16 }, { from: 8, to: 32, fill: 1 }, rest].map((bytes) => piece({ ...bytes, version })));
    expect(results[1]).toEqual({ kind: 'failed', code: 'overlap', tags: [0, 1] });
    expect(kinds(results)).toEqual(['waiting', 'overlap', 'waiting']);
  });
  it('within bytes that are there are duplicates over IPv4, as in Linux, whatever they say', () => {
    const results = addAll([{ from: 0, to: 16 }, { from: 16, to: 32 }, { from: 8, to: 24, fill: 1 }, rest].map((bytes) => piece(bytes)));
    expect(results[2]).toEqual({ kind: 'waiting', isDuplicate: true, tags: [0, 1] });
    expect(results[3]).toMatchObject({ kind: 'whole', tags: [0, 1, 3] });
    expect(results[3]?.kind === 'whole' && results[3].datagram.subarray(20).some((byte) => byte !== 0)).toBe(false);
  });
  it.each([
    ['a part of one', { from: 0, to: 8 }],
    ['other bytes', { from: 0, to: 16, fill: 1 }],
  ])('are duplicates over IPv6 only if they are the same: %s is not (RFC 8200 §4.5)', (_, bytes) => {
    const results = addAll([{ from: 0, to: 16 }, bytes].map((one) => piece({ ...one, version: 6 })));
    expect(kinds(results)).toEqual(['waiting', 'overlap']);
  });
});

describe('a piece', () => {
  it.each([
    ['that is empty', { from: 8, to: 8 }, 'bad-length'],
    ['of an odd length with more to follow', { from: 8, to: 21 }, 'bad-length'],
    ['that ends behind the longest datagram', { from: 65_528, to: 65_536 }, 'too-long'],
  ])('%s is dropped alone', (_, bytes, code) => {
    for (const version of [4, 6] as const) {
      const results = addAll([{ from: 0, to: 8 }, bytes, { from: 8, to: 16, more: false }].map((one) => piece({ ...one, version })));
      expect(kinds(results)).toEqual(['waiting', code, 'whole']);
    }
  });
  it.each([
    [
      'behind the end',
      [
        { from: 16, to: 24, more: false },
        { from: 24, to: 32 },
      ],
    ],
    [
      'that ends elsewhere than the end',
      [
        { from: 16, to: 24, more: false },
        { from: 24, to: 28, more: false },
      ],
    ],
    [
      'that ends before others',
      [
        { from: 16, to: 24 },
        { from: 8, to: 12, more: false },
      ],
    ],
  ])('%s contradicts the others: all are dropped', (_, pieces) => {
    expect(kinds(addAll(pieces.map((one) => piece(one))))).toEqual(['waiting', 'conflicting-end']);
  });
  it('whose first one has a longer header can make a datagram too long', () => {
    const first = encodeIpv4({ ...ADDRESSES, identification: 7, moreFragments: true, options: new Uint8Array(40) }, new Uint8Array(32_752));
    const last = encodeIpv4({ ...ADDRESSES, identification: 7, fragmentOffset: 4094 }, new Uint8Array(32_760));
    expect(addAll([last, first])[1]).toEqual({ kind: 'failed', code: 'too-long', tags: [1, 0] });
  });
});

describe('the time', () => {
  it.each([
    [4, 30_000],
    [6, 60_000],
  ] as const)('runs from the first arrival (IPv%i: %i ms)', (version, ms) => {
    const reassembler = new Reassembler<string>();
    reassembler.add(piece({ version, from: 8, to: 16 }), { tag: 'second', nowMs: 100 });
    reassembler.add(piece({ version, from: 0, to: 8 }), { tag: 'first', nowMs: 20_000 });
    expect(reassembler.nextExpiryMs).toBe(100 + ms);
    expect(reassembler.expire(99 + ms)).toEqual([]);
    expect(reassembler.expire(100 + ms)).toEqual([
      { kind: 'expired', tags: ['first', 'second'], first: piece({ version, from: 0, to: 8 }) },
    ]);
    expect(reassembler.nextExpiryMs).toBeUndefined();
  });
  it('is over first for the datagram that has the least of it left', () => {
    const reassembler = new Reassembler<number>();
    reassembler.add(piece({ version: 6, from: 0, to: 8 }), { tag: 0, nowMs: 0 });
    reassembler.add(piece({ from: 0, to: 8 }), { tag: 1, nowMs: 10_000 });
    expect(reassembler.nextExpiryMs).toBe(40_000);
    expect(reassembler.expire(40_000).map(({ tags }) => tags)).toEqual([[1]]);
    expect(reassembler.nextExpiryMs).toBe(60_000);
  });
  it('is over for a piece that comes too late: it begins anew', () => {
    const reassembler = new Reassembler<number>();
    reassembler.add(piece({ from: 0, to: 8 }), { tag: 0, nowMs: 0 });
    expect(reassembler.add(piece({ from: 8, to: 16, more: false }), { tag: 1, nowMs: 30_000 })).toEqual({
      kind: 'waiting',
      isDuplicate: false,
      tags: [1],
      expired: { kind: 'expired', tags: [0], first: piece({ from: 0, to: 8 }) },
    });
  });
});

describe('the limits', () => {
  const limits = { ...REASSEMBLY_LIMITS, fragments: 3, datagrams: 2, bytes: 200 };
  const of = (identification: number, from = 0): Uint8Array =>
    encodeIpv4({ ...ADDRESSES, identification, fragmentOffset: from / 8, moreFragments: true }, new Uint8Array(8));
  it('of pieces: the datagram is dropped', () => {
    const results = addAll([of(1), of(1, 16), of(1, 32), of(1, 48)], new Reassembler(limits));
    expect(results.at(-1)).toEqual({ kind: 'failed', code: 'too-many-fragments', tags: [0, 1, 2, 3] });
  });
  it('of datagrams: a new one is refused, until one of the others is done', () => {
    const reassembler = new Reassembler<number>(limits);
    expect(kinds(addAll([of(1), of(2), of(3), of(2, 16)], reassembler))).toEqual(['waiting', 'waiting', 'too-many-datagrams', 'waiting']);
    reassembler.expire(30_000);
    expect(kinds(addAll([of(3)], reassembler))).toEqual(['waiting']);
  });
  it('of bytes: a piece is refused, and all memory is free again once nothing waits', () => {
    const reassembler = new Reassembler<number>(limits);
    const big = piece({ from: 0, to: 160 });
    for (let round = 0; round < 5; round += 1) {
      const results = addAll([big, of(2), piece({ from: 160, to: 168, more: false })], reassembler);
      expect(kinds(results)).toEqual(['waiting', 'too-many-bytes', 'too-many-bytes']);
      reassembler.expire(30_000);
    }
  });
  it('hold the longest datagram over the smallest link, also if it was cut for a larger one before', () => {
    const longest = datagram(65_515);
    const twice = divided(longest, 1500).flatMap((piece) => divided(piece, 68));
    expect(twice.length).toBeGreaterThan(divided(longest, 68).length);
    expect(addAll(divided(longest, 68)).at(-1)).toMatchObject({ kind: 'whole' });
    expect(addAll(twice).at(-1)).toMatchObject({ kind: 'whole' });
  });
});

it('any bytes are taken without an exception', () => {
  const change = fc.tuple(fc.nat(60), fc.nat(255));
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 20 }), fc.boolean(), (changes, isSix) => {
      const pieces = divided(isSix ? packet(3000) : datagram(3000));
      const reassembler = new Reassembler<number>({ ...REASSEMBLY_LIMITS, datagrams: 3 });
      changes.forEach((changed, tag) => {
        const bytes = pieces[tag % pieces.length]?.slice() ?? new Uint8Array();
        for (const [at, value] of changed) bytes[at] = value;
        const result = reassembler.add(bytes, { tag, nowMs: tag * 1000 });
        expect(result.tags.length).toBeGreaterThan(0);
        if (result.kind === 'whole') expect(() => read(result.datagram)).not.toThrow();
      });
    }),
  );
});
