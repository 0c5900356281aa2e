import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMac } from '../addresses.ts';
import { fromHex, toHex, utf8 } from '../hex.fixture.ts';
import { encodeIcmpv6, quoteOfIpv6 } from './icmpv6.ts';
import { ICMPV6_TYPES } from './icmpv6-types.ts';
import { linkAddressOption } from './neighbor-options.ts';
import { ICMPV6, ipv6Packet, QUOTED_IPV6, read } from './packets.fixture.ts';

const NETWORK = {
  version: 6,
  source: fromHex(`20010db8${'00'.repeat(11)}0a`),
  destination: fromHex(`20010db8${'00'.repeat(11)}14`),
} as const;
const mac = parseMac('02:00:00:00:00:0a') ?? new Uint8Array();

/** The packet that carries a message written here. */
const packetOf = (message: Uint8Array): string => toHex(ipv6Packet(58, toHex(message)));

describe('an ICMPv6 message', () => {
  it('covers the addresses with its checksum (RFC 4443 §2.3)', () => {
    expect(read(ICMPV6.echo).field('icmpv6.checksum')).toMatchObject({ check: { isGood: true, expected: '0xb3be' } });
    const moved = ICMPV6.echo.slice();
    moved[39] = 0x15;
    expect(read(moved).errors).toEqual([{ code: 'bad-checksum', offset: 42 }]);
  });
  it.each(Object.entries(ICMPV6).filter(([name]) => name !== 'optionOfLengthZero'))('of kind %s is read without complaint', (_, bytes) => {
    expect(read(bytes).errors).toEqual([]);
  });
  it('of another kind has a name, and the rest as data', () => {
    const { field, protocols } = read(ICMPV6.listenerReport);
    expect(field('icmpv6.type')?.meaning).toBe('multicast listener report, version 2');
    expect(protocols).toEqual(['ipv6', 'icmpv6', 'data']);
  });
  it('of an unknown kind quotes nothing that could be read', () => {
    expect(read(ipv6Packet(58, '6300 0000 60000000')).protocols).toEqual(['ipv6', 'icmpv6', 'data']);
  });
});

describe('an echo over IPv6', () => {
  it('is written as it is read', () => {
    const echo = encodeIcmpv6({ type: ICMPV6_TYPES.echoRequest, identifier: 1, sequence: 2 }, utf8('pi'), NETWORK);
    expect(packetOf(echo)).toBe(toHex(ICMPV6.echo));
  });
  it('keeps its values and its good checksum from writing to reading', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.nat(0xffff), fc.uint8Array({ maxLength: 50 }), (identifier, sequence, data) => {
        const { layers, errors } = read(fromHex(packetOf(encodeIcmpv6({ type: 129, identifier, sequence }, data, NETWORK))));
        expect(errors).toEqual([]);
        expect(layers[1]?.header).toMatchObject({ type: 129, identifier, sequence });
      }),
    );
  });
});

describe('an error over IPv6', () => {
  it.each([
    [ICMPV6.unreachable, 'no route to the destination'],
    [ICMPV6.timeExceeded, 'fragment reassembly time exceeded'],
    [ICMPV6.parameterProblem, 'unrecognized next header'],
  ])('%# quotes the packet that it is about: %s', (bytes, meaning) => {
    const { protocols, field } = read(bytes);
    expect(protocols).toEqual(['ipv6', 'icmpv6', 'ipv6 (quoted)', 'udp (quoted)']);
    expect(field('icmpv6.code')?.meaning).toBe(meaning);
  });
  it('says how long a packet may be', () => {
    expect(read(ICMPV6.packetTooBig).field('icmpv6.mtu')).toMatchObject({ value: 1280, unit: 'bytes' });
    const tooBig = encodeIcmpv6({ type: ICMPV6_TYPES.packetTooBig, mtu: 1280 }, fromHex(QUOTED_IPV6.replaceAll(' ', '')), NETWORK);
    expect(packetOf(tooBig)).toBe(toHex(ICMPV6.packetTooBig));
  });
  it('may say how much it quotes, and have extensions behind that (RFC 4884)', () => {
    const { field, layers } = read(ipv6Packet(58, `0300 0000 06 000000 ${QUOTED_IPV6} 20000000`));
    expect(field('icmpv6.length')).toMatchObject({ value: 6, unit: '8-byte units' });
    expect([layers[2]?.end, field('extensions')?.at]).toEqual([96, 96 * 8]);
  });
  it('fits the smallest link of IPv6 with what it quotes (RFC 4443 §2.4)', () => {
    const message = encodeIcmpv6({ type: ICMPV6_TYPES.packetTooBig, mtu: 1280 }, quoteOfIpv6(new Uint8Array(5000)), NETWORK);
    expect(40 + message.length).toBe(1280);
  });
});

describe('neighbor discovery', () => {
  it('asks for the link address of a neighbor, and tells its own (RFC 4861 §4.3)', () => {
    const { field } = read(ICMPV6.neighborSolicitation);
    expect(field('icmpv6.nd.ns.target_address')?.value).toBe('2001:db8::99');
    expect(field('source-link-address')?.parts?.map(({ id, value }) => [id, value])).toEqual([
      ['type', 1],
      ['length', 1],
      ['address', '02:00:00:00:00:0a'],
    ]);
  });
  it('is written as it is read', () => {
    const target = '2001:db8::99';
    const asks = encodeIcmpv6({ type: ICMPV6_TYPES.neighborSolicitation, target }, linkAddressOption('source', mac), NETWORK);
    expect(packetOf(asks)).toBe(toHex(ICMPV6.neighborSolicitation));
    const choice = { type: ICMPV6_TYPES.neighborAdvertisement, target, solicited: true, override: true };
    expect(packetOf(encodeIcmpv6(choice, linkAddressOption('target', mac), NETWORK))).toBe(toHex(ICMPV6.neighborAdvertisement));
  });
  it('answers with flags', () => {
    const { values } = read(ICMPV6.neighborAdvertisement);
    expect(['r', 's', 'o'].flatMap((letter) => values(`icmpv6.nd.na.flag.${letter}`))).toEqual([false, true, true]);
  });
  it('lets a router tell prefixes, MTU and name servers', () => {
    const { field } = read(ICMPV6.routerAdvertisement);
    expect(field('icmpv6.nd.ra.router_lifetime')).toMatchObject({ value: 1800, unit: 'seconds' });
    expect([field('icmpv6.opt.prefix')?.value, field('icmpv6.opt.prefix.length')?.value]).toEqual(['2001:db8::', 64]);
    expect(field('icmpv6.opt.prefix.valid_lifetime')).toMatchObject({ value: 2_592_000, unit: 'seconds' });
    expect(field('icmpv6.opt.mtu')?.value).toBe(1500);
    expect(read(ICMPV6.nameServers).field('icmpv6.opt.rdnss')?.value).toBe('2001:db8::99');
    expect(read(ICMPV6.nameServers).field('icmpv6.nd.ra.flag.prf')?.meaning).toBe('low');
  });
  it('is malformed with an option of length zero: everything behind it is part of it (RFC 4861 §4.6)', () => {
    const { errors, field } = read(ICMPV6.optionOfLengthZero);
    expect(errors).toEqual([{ code: 'bad-option', offset: 64 }]);
    expect(field('source-link-address')).toMatchObject({ bits: 64, error: 'bad-option' });
  });
  it.each([
    ['MTU', '0502 0000 000005dc 00000000 00000000'],
    ['prefix', `0303 40 c0 00278d00 00093a80 00000000 20010db8 00000000`],
  ])('is malformed with an option of another length than its kind has: %s', (_, option) => {
    const { errors } = read(ipv6Packet(58, `8600 0000 40 00 0708 00000000 00000000 ${option}`));
    expect(errors).toContainEqual({ code: 'bad-option', offset: 56 });
  });
});
