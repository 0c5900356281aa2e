import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../hex.fixture.ts';
import { MAC, read } from '../network/packets.fixture.ts';
import { encodeEthernet } from './ethernet.ts';
import { firstProtocol } from './link-type.ts';
import { encodeVlan } from './vlan.ts';

/** UDP 50000 to 9999, `hi`, from 192.0.2.10 to 198.51.100.20. */
const HI = '4500001e0002400040114e7bc000020ac6336414c350270f000ac0be6869';
const ADDRESSES = '02000000000102000000000a';

const frame = (hex: string) => read(fromHex(hex), 'ethernet');

describe('a tag of a virtual LAN', () => {
  it('stands between the addresses and the type of what the frame carries (IEEE 802.1Q)', () => {
    const tagged = frame(`${ADDRESSES}810030640800${HI}${'00'.repeat(12)}`);
    expect(tagged.protocols).toEqual(['ethernet', 'vlan', 'ipv4', 'udp', 'data']);
    expect(['vlan.priority', 'vlan.dei', 'vlan.id', 'vlan.etype'].map((name) => tagged.field(name)?.value)).toEqual([1, true, 100, 0x0800]);
    expect(tagged.field('eth.padding')).toMatchObject({ at: 48 * 8, bits: 12 * 8 });
  });
  it('may follow another: the outer one is the provider’s', () => {
    const stacked = frame(`${ADDRESSES}88a820018100006408 00${HI}`.replaceAll(' ', ''));
    expect(stacked.protocols).toEqual(['ethernet', 'vlan', 'vlan', 'ipv4', 'udp', 'data']);
    expect([stacked.field('ieee8021ad.id')?.value, stacked.field('vlan.id')?.value]).toEqual([1, 100]);
  });
  it('may follow so many others that reading stops, which is an error', () => {
    const deep = frame(`${ADDRESSES}8100${'00018100'.repeat(40)}`);
    expect(deep.layers).toHaveLength(24);
    expect(deep.errors).toEqual([{ code: 'too-deep', offset: 14 + 23 * 4 }]);
  });
  it('is written as it is read', () => {
    const tagged = encodeVlan({ priority: 1, dropEligible: true, vlan: 100, type: 0x0800 }, fromHex(HI));
    const bytes = encodeEthernet({ destination: '02:00:00:00:00:01', source: '02:00:00:00:00:0a', type: 0x8100 }, tagged);
    expect(toHex(bytes)).toBe(`${ADDRESSES}810030640800${HI}${'00'.repeat(12)}`);
  });
});

describe('a frame of IEEE 802.3', () => {
  const short = frame(`${ADDRESSES}0006aabb0312345600${'00'.repeat(39)}`);
  it('has a length where others have a type', () => {
    expect(short.protocols).toEqual(['ethernet', 'data']);
    expect(short.field('eth.len')).toMatchObject({ name: 'Length', value: 6, unit: 'bytes' });
    expect(short.field('eth.type')).toBeUndefined();
  });
  it('carries what that length says: the rest is padding', () => {
    expect(short.layers[1]).toMatchObject({ at: 14, end: 20 });
    expect(short.field('eth.padding')).toMatchObject({ at: 20 * 8, bits: 40 * 8 });
  });
  it('can carry nothing at all', () => {
    const empty = frame(`${ADDRESSES}0000${'00'.repeat(46)}`);
    expect(empty.protocols).toEqual(['ethernet']);
    expect(empty.field('eth.padding')).toMatchObject({ at: 14 * 8, bits: 46 * 8 });
  });
  it('with a length that is not there is an error', () => {
    expect(frame(`${ADDRESSES}0100aabb`).errors).toEqual([{ code: 'bad-length', offset: 12 }]);
  });
  it('with a number that is neither length nor type is an error', () => {
    const neither = frame(`${ADDRESSES}05f0${'00'.repeat(0x05f0)}`);
    expect(neither.errors).toEqual([{ code: 'bad-length', offset: 12 }]);
    expect(neither.field('eth.invalid_lentype')?.meaning).toBe('neither a length nor a type');
  });
});

describe('a cooked capture of Linux', () => {
  it('of version 1 has the protocol behind the address', () => {
    const cooked = read(fromHex(`000400010006${MAC}00000800${HI}`), 'sll');
    expect(cooked.protocols).toEqual(['sll', 'ipv4', 'udp', 'data']);
    expect(cooked.field('sll.pkttype')).toMatchObject({ value: 4, meaning: 'sent by this host' });
    expect(cooked.field('sll.src.eth')?.value).toBe('02:00:00:00:00:0a');
  });
  it('of version 2 has it first, and names the interface', () => {
    const cooked = read(fromHex(`080000000000000200010006${MAC}0000${HI}`), 'sll2');
    expect(cooked.protocols).toEqual(['sll2', 'ipv4', 'udp', 'data']);
    expect(cooked.field('sll.ifindex')?.value).toBe(2);
  });
  it('names no address where the link has none', () => {
    expect(read(fromHex(`0000fffe0000000000000000000008 00${HI}`.replaceAll(' ', '')), 'sll').field('sll.src.eth')).toBeUndefined();
  });
});

describe('the family before a packet of a loopback interface', () => {
  it.each([
    ['02000000', 2],
    ['00000002', 2],
  ])('%s says IPv4 in either byte order', (family, value) => {
    const looped = read(fromHex(family + HI), 'loopback');
    expect(looped.protocols).toEqual(['loopback', 'ipv4', 'udp', 'data']);
    expect(looped.field('null.family')).toMatchObject({ value, meaning: 'IPv4' });
  });
  it.each(['18000000', '1c000000', '1e000000', '0000001e'])('%s says IPv6, as one system or another has it', (family) => {
    expect(read(fromHex(`${family}60000000`), 'loopback').protocols).toEqual(['loopback', 'ipv6']);
  });
  it('of another number is read no further', () => {
    expect(read(fromHex(`07000000${HI}`), 'loopback').protocols).toEqual(['loopback', 'data']);
    expect(read(fromHex(`02010000${HI}`), 'loopback').protocols).toEqual(['loopback', 'data']);
  });
});

describe('the first protocol of a captured packet', () => {
  const v4 = fromHex('45');
  const v6 = fromHex('60');
  it.each([
    [0, v4, 'loopback'],
    [1, v4, 'ethernet'],
    [101, v4, 'ipv4'],
    [101, v6, 'ipv6'],
    [108, v4, 'loopback'],
    [113, v4, 'sll'],
    [228, v4, 'ipv4'],
    [229, v6, 'ipv6'],
    [276, v4, 'sll2'],
  ])('of link type %i is known', (linkType, bytes, protocol) => {
    expect(firstProtocol(linkType, bytes)).toBe(protocol);
  });
  it('of another link type is not', () => {
    expect(firstProtocol(105, utf8('wifi'))).toBeUndefined();
  });
});
