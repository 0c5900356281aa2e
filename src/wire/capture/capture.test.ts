import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../hex.fixture.ts';
import { block, enhanced, iface, joined, type Order, packed, section } from './capture.fixture.ts';
import { readCapture } from './capture.ts';
import { CAPTURE_ERRORS } from './capture-error.ts';
import { type Capture, MAX_INTERFACES } from './packet.ts';
import { writePcap } from './pcap.ts';

const ORDERS: readonly Order[] = ['big', 'little'];
const told = ({ packets }: Capture): readonly unknown[] =>
  packets.map(({ number, ns, us, length, bytes }) => [number, ns, us, length, toHex(bytes)]);

describe('pcap', () => {
  const head = (order: Order, magic: number): Uint8Array =>
    packed(order, [
      [magic, 4],
      [2, 2],
      [4, 2],
      [0, 4],
      [0, 4],
      [65_535, 4],
      [1, 4],
    ]);
  const packet = (order: Order, fraction: number, hex: string): Uint8Array =>
    packed(order, [[1_700_000_000, 4], [fraction, 4], [hex.length / 2, 4], [60, 4], hex]);

  describe.each(ORDERS)('%s-endian', (order) => {
    it('counts microseconds under one magic number, nanoseconds under the other', () => {
      const file = (magic: number): Uint8Array =>
        joined([head(order, magic), packet(order, 999_999, 'aabb'), packet(order, 1_000_001, '')]);
      expect(told(readCapture(file(0xa1b2c3d4)))).toEqual([
        [1, 1_700_000_000_999_999_000n, 0, 60, 'aabb'],
        [2, 1_700_000_001_000_001_000n, 2, 60, ''],
      ]);
      expect(told(readCapture(file(0xa1b23c4d)))).toEqual([
        [1, 1_700_000_000_000_999_999n, 0, 60, 'aabb'],
        [2, 1_700_000_000_001_000_001n, 0.002, 60, ''],
      ]);
    });
  });

  it('is read as it was written', () => {
    const packets = [
      { ns: 1_795_472_715_983_185_001n, bytes: fromHex('0102') },
      { ns: 1_795_472_716_000_000_000n, bytes: fromHex('03'), length: 99 },
    ];
    const capture = readCapture(writePcap(packets, 101));
    expect(told(capture)).toEqual([
      [1, 1_795_472_715_983_185_001n, 0, 2, '0102'],
      [2, 1_795_472_716_000_000_000n, 16_814.999, 99, '03'],
    ]);
    expect(capture).toMatchObject({ format: 'pcap', interfaces: [{ linkType: 101 }], errors: [] });
  });
  it('keeps the bits above the link type out of it, and reads the length of the check sequence from them', () => {
    const file = joined([
      packed('big', [
        [0xa1b2c3d4, 4],
        [2, 2],
        [4, 2],
        [0, 8],
        [0, 4],
        [0x24000001, 4],
      ]),
    ]);
    expect(readCapture(file).interfaces).toEqual([{ linkType: 1, snapLength: 0, fcsBytes: 4 }]);
  });

  it('takes a packet to be no shorter on the link than what was kept of it', () => {
    const file = joined([head('big', 0xa1b2c3d4), packed('big', [[0, 8], [3, 4], [1, 4], 'aabbcc'])]);
    expect(readCapture(file).packets[0]?.length).toBe(3);
  });

  it('copies no bytes', () => {
    const file = joined([head('big', 0xa1b2c3d4), packet('big', 0, 'aabb')]);
    expect(readCapture(file).packets[0]?.bytes.buffer).toBe(file.buffer);
  });

  it('that ends in a packet gives the packets before, and says where', () => {
    const file = joined([head('big', 0xa1b2c3d4), packet('big', 0, 'aabb'), packet('big', 0, 'ccdd')]);
    for (let length = 43; length < file.length; length += 1) {
      const cut = readCapture(file.subarray(0, length));
      expect(cut.packets).toHaveLength(1);
      expect(cut.errors).toEqual([{ code: 'truncated', offset: 42 }]);
    }
  });
  it('with a packet of an absurd length gives the packets before, and makes no room for it', () => {
    const absurd = packed('big', [
      [0, 4],
      [0, 4],
      [0xffffffff, 4],
      [0xffffffff, 4],
    ]);
    const capture = readCapture(joined([head('big', 0xa1b2c3d4), packet('big', 0, 'aabb'), absurd]));
    expect(capture.packets).toHaveLength(1);
    expect(capture.errors).toEqual([{ code: 'absurd-length', offset: 42 }]);
  });
  it('of another version is not read', () => {
    expect(
      readCapture(
        packed('big', [
          [0xa1b2c3d4, 4],
          [3, 2],
          [0, 2],
          [0, 8],
          [0, 8],
        ]),
      ).errors,
    ).toEqual([{ code: 'bad-version', offset: 4 }]);
  });
});

describe('pcapng', () => {
  const TSRESOL = (value: number): readonly [readonly [number, 2], readonly [number, 2], readonly [number, 1], string] => [
    [9, 2],
    [1, 2],
    [value, 1],
    '000000',
  ];

  describe.each(ORDERS)('%s-endian', (order) => {
    it('gives packets their interface, and the time as it counts it', () => {
      const file = joined([
        section(order),
        iface(order, 1, [[2, 2], [4, 2], '65746830', ...TSRESOL(9), [0, 4]]),
        iface(order, 113, [...TSRESOL(0x80 | 10), [14, 2], [8, 2], [-5, 8]]),
        iface(order, 276),
        enhanced(order, { via: 0, ticks: 1_700_000_000_000_000_001n, hex: 'aabbcc' }),
        enhanced(order, { via: 1, ticks: 512n, hex: '' }),
        enhanced(order, { via: 2, ticks: 1_700_000_000_000_002n, hex: 'dd' }),
      ]);
      const capture = readCapture(file);
      expect(capture.interfaces).toEqual([
        { linkType: 1, snapLength: 65_535, name: 'eth0' },
        { linkType: 113, snapLength: 65_535 },
        { linkType: 276, snapLength: 65_535 },
      ]);
      expect(capture.packets.map(({ ns, linkType, via, bytes }) => [ns, linkType, via, toHex(bytes)])).toEqual([
        [1_700_000_000_000_000_001n, 1, 0, 'aabbcc'],
        [-4_500_000_000n, 113, 1, ''],
        [1_700_000_000_000_002_000n, 276, 2, 'dd'],
      ]);
      expect(capture.errors).toEqual([]);
    });
    it('passes over blocks that carry no packet', () => {
      const names = block(order, 4, [[0, 4]]);
      const statistics = block(order, 5, [
        [0, 4],
        [0, 8],
        [0, 4],
      ]);
      const keys = block(order, 10, [[0x544c534b, 4], [3, 4], '616263']);
      const unheardOf = block(order, 0x80000bad, ['0102030405']);
      const file = joined([
        section(order),
        names,
        iface(order, 1),
        keys,
        unheardOf,
        enhanced(order, { via: 0, ticks: 7n, hex: 'ee' }),
        statistics,
      ]);
      expect(told(readCapture(file))).toEqual([[1, 7000n, 0, 1, 'ee']]);
    });
    it('reads simple packets, which have no time, and obsolete ones', () => {
      const simple = block(order, 3, [[90, 4], 'aabbcc00']);
      const obsolete = block(order, 2, [[0, 2], [0, 2], [0, 4], [9, 4], [2, 4], [70, 4], 'ddee']);
      expect(told(readCapture(joined([section(order), iface(order, 1), obsolete, simple])))).toEqual([
        [1, 9000n, 0, 70, 'ddee'],
        [2, undefined, 0, 90, 'aabbcc00'],
      ]);
    });
  });

  it('takes of a simple packet no more than its interface keeps: what follows is padding', () => {
    const keeps3 = block('big', 1, [
      [1, 2],
      [0, 2],
      [3, 4],
    ]);
    expect(told(readCapture(joined([section('big'), keeps3, block('big', 3, [[90, 4], 'aabbcc00'])])))).toEqual([
      [1, undefined, 0, 90, 'aabbcc'],
    ]);
  });
  it('reads the length of the check sequence of an interface, which the file gives in bits', () => {
    const file = joined([
      section('big'),
      iface('big', 1, [[13, 2], [1, 2], [32, 1], '000000']),
      enhanced('big', { via: 0, ticks: 1n, hex: 'aa' }),
    ]);
    expect(readCapture(file)).toMatchObject({ interfaces: [{ linkType: 1, fcsBytes: 4 }], packets: [{ fcsBytes: 4 }] });
  });
  it('stops at more interfaces than a computer has', () => {
    const one = iface('big', 1);
    const file = joined([section('big'), ...Array<Uint8Array>(MAX_INTERFACES + 1).fill(one)]);
    const capture = readCapture(file);
    expect(capture.interfaces.length).toBe(MAX_INTERFACES);
    expect(capture.errors).toEqual([{ code: 'too-many-interfaces', offset: 28 + MAX_INTERFACES * one.length }]);
  });
  it('counts interfaces anew in each section, and each section has its own byte order', () => {
    const file = joined([
      section('big'),
      iface('big', 1),
      enhanced('big', { via: 0, ticks: 1n, hex: 'aa' }),
      section('little'),
      iface('little', 101),
      enhanced('little', { via: 0, ticks: 4n, hex: 'bb' }),
    ]);
    expect(readCapture(file).packets.map(({ us, linkType, via }) => [us, linkType, via])).toEqual([
      [0, 1, 0],
      [3, 101, 1],
    ]);
  });
  it('leaves out packets of an interface that was never described, and says so once', () => {
    const lost = enhanced('big', { via: 3, ticks: 1n, hex: 'aa' });
    const file = joined([section('big'), iface('big', 1), lost, lost, enhanced('big', { via: 0, ticks: 2n, hex: 'bb' })]);
    expect(told(readCapture(file))).toEqual([[1, 2000n, 0, 1, 'bb']]);
    expect(readCapture(file).errors).toEqual([{ code: 'unknown-interface', offset: 28 + 20 }]);
  });
  it.each([
    ['is shorter than a block can be', packed('big', ['00000006', [8, 4]]), 'bad-block'],
    ['is no multiple of 4', packed('big', ['00000006', [13, 4], '0000000000000000']), 'bad-block'],
    ['is longer than the file', packed('big', ['00000006', [0xfffffffc, 4], '00000000']), 'truncated'],
    ['differs before and behind', packed('big', ['00000006', [12, 4], [16, 4]]), 'bad-block'],
    ['is too short for a packet', block('big', 6, ['00000000']), 'bad-block'],
    [
      'is shorter than its packet',
      block('big', 6, [
        [0, 4],
        [0, 8],
        [9, 4],
        [9, 4],
      ]),
      'bad-block',
    ],
    [
      'holds a packet of an absurd length',
      block('big', 6, [
        [0, 4],
        [0, 8],
        [0xffffffff, 4],
        [9, 4],
      ]),
      'absurd-length',
    ],
  ] as const)('whose block %s ends there', (_what, bad, code) => {
    const capture = readCapture(joined([section('big'), iface('big', 1), bad, section('big')]));
    expect(capture).toMatchObject({ packets: [], interfaces: [{ linkType: 1 }], errors: [{ code, offset: 48 }] });
  });
});

describe('a file that is no capture', () => {
  it.each([
    ['empty', '', 'empty'],
    ['short', 'a1b2', 'not-a-capture'],
    ['text', '68656c6c6f', 'not-a-capture'],
    ['packed by gzip', '1f8b0800', 'compressed'],
    ['packed by zstd', '28b52ffd', 'compressed'],
    ['a snoop capture', '736e6f6f7000', 'other-format'],
    ['cut in its header', 'a1b2c3d40002', 'truncated'],
    ['a section of no byte order', '0a0d0d0a0000001c00000000000000000000000000000000', 'bad-block'],
  ])('%s: says what it is', (_what, hex, code) => {
    expect(readCapture(fromHex(hex))).toMatchObject({ packets: [], errors: [{ code }] });
  });
});

describe('a file that is too large', () => {
  const file = writePcap(
    Array.from({ length: 5 }, () => ({ ns: 0n, bytes: fromHex('aabb') })),
    1,
  );
  it('gives its first packets, and says where reading stopped', () => {
    expect(readCapture(file, { bytes: 1000, packets: 3 })).toMatchObject({
      packets: [{}, {}, {}],
      errors: [{ code: 'too-many-packets', offset: 24 + 3 * 18 }],
    });
    expect(readCapture(file, { bytes: 70, packets: 9 })).toMatchObject({
      packets: [{}, {}],
      errors: [{ code: 'too-many-bytes', offset: 60 }],
    });
    expect(readCapture(file, { bytes: 60, packets: 9 })).toMatchObject({
      packets: [{}, {}],
      errors: [{ code: 'too-many-bytes', offset: 60 }],
    });
  });
  it('is not said of one that just fits', () => {
    expect(readCapture(file, { bytes: file.length, packets: 5 }).errors).toEqual([]);
  });
});

it('every error is told in a sentence', () => {
  for (const text of Object.values(CAPTURE_ERRORS)) expect(text).toMatch(/^[A-Z].*\.$/);
});
