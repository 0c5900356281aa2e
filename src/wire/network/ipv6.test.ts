import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../hex.fixture.ts';
import { encodeEthernet } from '../link/ethernet.ts';
import { encodeUdp } from '../transport/udp.ts';
import { encodeIpv6 } from './ipv6.ts';
import { EXTENDED, ipv6Packet, OTHER, read, UDP_OVER_IPV6 } from './packets.fixture.ts';

const A = fromHex(`20010db8${'00'.repeat(11)}0a`);
const B = fromHex(`20010db8${'00'.repeat(11)}14`);

/** UDP 50000 to 9999, `hello`, as a frame. */
const HELLO =
  '02000000000102000000000a86dd60000000000d114020010db800000000000000000000000a20010db8000000000000000000000014c350270f000d761268656c6c6f';

describe('an IPv6 packet', () => {
  it('is a header of 40 bytes and what it carries (RFC 8200 §3)', () => {
    const { layers, field } = read(fromHex(HELLO), 'ethernet');
    expect(layers.map(({ protocol, at, headEnd, end }) => [protocol, at, headEnd, end])).toEqual([
      ['ethernet', 0, 14, 67],
      ['ipv6', 14, 54, 67],
      ['udp', 54, 62, 67],
      ['data', 62, 62, 67],
    ]);
    expect(field('ipv6.dst')?.value).toBe('2001:db8::14');
    expect(field('ipv6.nxt')).toMatchObject({ value: 17, meaning: 'UDP' });
    expect(field('udp.checksum')?.check?.isGood).toBe(true);
  });
  it('is written as it is read', () => {
    const udp = encodeUdp({ sourcePort: 50_000, destinationPort: 9999 }, utf8('hello'), { version: 6, source: A, destination: B });
    const packet = encodeIpv6({ source: '2001:db8::a', destination: '2001:db8::14', nextHeader: 17 }, udp);
    expect(toHex(encodeEthernet({ destination: '02:00:00:00:00:01', source: '02:00:00:00:00:0a', type: 0x86dd }, packet))).toBe(HELLO);
  });
  it('keeps every value from writing to reading', () => {
    const choice = fc.record({
      dscp: fc.nat(63),
      ecn: fc.nat(3),
      flowLabel: fc.nat(0xfffff),
      nextHeader: fc.constantFrom(59, 99, 253),
      hopLimit: fc.nat(255),
      source: fc.constant('fe80::1'),
      destination: fc.constantFrom('ff02::1', '2001:db8::14'),
    });
    fc.assert(
      fc.property(choice, fc.uint8Array({ maxLength: 60 }), (chosen, payload) => {
        expect(read(encodeIpv6(chosen, payload)).layers[0]?.header).toEqual({ ...chosen, version: 6, payloadLength: payload.length });
      }),
    );
  });
  it('of more than 65,535 bytes cannot be written', () => {
    expect(() => encodeIpv6({ source: '::', destination: '::', nextHeader: 59 }, new Uint8Array(65_536))).toThrow(RangeError);
  });
  it('that says it is longer than it is, is an error', () => {
    expect(read(ipv6Packet(59, '0102').subarray(0, 41)).errors).toEqual([{ code: 'bad-length', offset: 4 }]);
  });
  it('whose length stands in an option is an error, and read no further (RFC 2675)', () => {
    const jumbo = ipv6Packet(0, `1100 c204 00010000 ${UDP_OVER_IPV6}`);
    jumbo.fill(0, 4, 6);
    expect(read(jumbo)).toMatchObject({ protocols: ['ipv6', 'data'], errors: [{ code: 'jumbo', offset: 4 }] });
  });
  it('with the version of another is an error', () => {
    expect(read(fromHex('45'.padEnd(80, '0')), 'ipv6').errors).toEqual([{ code: 'bad-version', offset: 0 }]);
  });
});

describe('an extension header', () => {
  it.each([
    ['hop-by-hop', EXTENDED.hopByHop, 48],
    ['routing', EXTENDED.sourceRoute, 64],
    ['destination-options', EXTENDED.destinationOptions, 48],
  ])('%s stands between the header and what the packet carries', (protocol, bytes, headEnd) => {
    const { protocols, layers, errors } = read(bytes);
    expect(protocols).toEqual(['ipv6', protocol, 'udp', 'data']);
    expect(layers[1]).toMatchObject({ at: 40, headEnd });
    expect(errors).toEqual([]);
  });
  it('has options with an action for whoever does not know them (RFC 8200 §4.2)', () => {
    const { field } = read(EXTENDED.hopByHop);
    expect(field('ipv6.opt.router_alert')).toMatchObject({ value: 0, meaning: 'multicast listener discovery' });
    expect(field('ipv6.opt.type.action')?.meaning).toBe('whoever does not know it skips it');
    expect(field('padn')).toMatchObject({ at: 46 * 8, bits: 16 });
  });
  it('may be one byte of padding, twice', () => {
    const ids = read(EXTENDED.destinationOptions).layers[1]?.fields.map(({ id }) => id);
    expect(ids).toEqual(['nextHeader', 'length', 'padn', 'pad1', 'pad1-2']);
  });
  it('that another announces must not be for every hop (RFC 8200 §4.1)', () => {
    const { protocols, errors } = read(ipv6Packet(60, `0000 0102 0000 0000 1100 0102 0000 0000 ${UDP_OVER_IPV6}`));
    expect(protocols).toEqual(['ipv6', 'destination-options', 'data']);
    expect(errors).toEqual([{ code: 'misplaced', offset: 40 }]);
  });
  it('longer than the packet is an error', () => {
    expect(read(ipv6Packet(60, '1105 0102 0000 0000'))).toMatchObject({
      protocols: ['ipv6', 'destination-options'],
      errors: [{ code: 'bad-header-length', offset: 40 }],
    });
  });
  it.each([
    ['runs past the end', '1100 0109 0000 0000'],
    ['has a length that its kind cannot have', '1100 0503 0000 0000'.replace('0503 0000 0000', '0501 0001 0000')],
    ['has no room for its length', '1100 0102 0000 0001'],
    ['of a jumbogram stands where the packet has a length', '1100 c204 0001 0000'],
  ])('with an option that %s is an error, and is read on', (_, hex) => {
    const { errors, protocols } = read(ipv6Packet(60, `${hex} ${UDP_OVER_IPV6}`));
    expect(errors.map(({ code }) => code)).toEqual(['bad-option']);
    expect(protocols).toEqual(['ipv6', 'destination-options', 'udp', 'data']);
  });
  it('may follow so many others that reading stops', () => {
    const { layers, errors } = read(ipv6Packet(60, '3c00010200000000'.repeat(100)));
    expect(layers).toHaveLength(24);
    expect(errors).toEqual([{ code: 'too-deep', offset: 40 + 23 * 8 }]);
  });
  it('can be the last: nothing follows it', () => {
    expect(read(ipv6Packet(60, '3b00 0102 0000 0000')).protocols).toEqual(['ipv6', 'destination-options']);
  });
});

describe('a routing header', () => {
  it.each([
    ['of type 0 ends at its last address', EXTENDED.sourceRoute, 'ipv6.routing.src.addr'],
    ['of type 2 ends at its home address', EXTENDED.mobileRoute, 'ipv6.routing.mipv6.home_address'],
    ['of segments ends at its first entry', EXTENDED.segments, 'ipv6.routing.srh.addr'],
  ])('%s, whose address the checksum above covers (RFC 8200 §8.1)', (_, bytes, address) => {
    const { field } = read(bytes);
    expect(field(address)?.value).toBe('2001:db8::99');
    expect(field('udp.checksum')?.check).toEqual({ isGood: true, expected: '0x758d' });
  });
  it('that is used up leaves the destination as it is', () => {
    const { field } = read(ipv6Packet(43, `1102 00 00 00000000 ${OTHER} ${UDP_OVER_IPV6}`));
    expect(field('udp.checksum')?.check?.isGood).toBe(true);
  });
  it('of unknown kind, not used up, leaves the checksum above unjudged', () => {
    const { field, protocols } = read(EXTENDED.unknownRoute);
    expect(protocols).toEqual(['ipv6', 'routing', 'udp', 'data']);
    expect(field('udp.checksum')?.check).toBeUndefined();
  });
  it('with more stops left than it lists is an error', () => {
    expect(read(ipv6Packet(43, `1102 00 02 00000000 ${OTHER} ${UDP_OVER_IPV6}`)).errors).toEqual([{ code: 'bad-route', offset: 40 }]);
  });
});

it('a mobile node away from home is known by its home address, and so does the checksum (RFC 6275 §11.3.1)', () => {
  expect(read(EXTENDED.homeAddress).field('udp.checksum')?.check).toEqual({ isGood: true, expected: '0x7583' });
});

describe('a fragment header', () => {
  it('says which piece of what this is (RFC 8200 §4.5)', () => {
    const { protocols, field } = read(EXTENDED.fragment);
    expect(protocols).toEqual(['ipv6', 'fragment', 'data']);
    expect(field('ipv6.fraghdr.more')).toMatchObject({ value: true, meaning: 'another piece follows' });
    expect(field('ipv6.fraghdr.ident')?.text).toBe('0x00001234');
  });
  it('of a packet in one piece is passed over (RFC 6946)', () => {
    expect(read(ipv6Packet(44, `1100 0000 00001234 ${UDP_OVER_IPV6}`)).protocols).toEqual(['ipv6', 'fragment', 'udp', 'data']);
  });
});
