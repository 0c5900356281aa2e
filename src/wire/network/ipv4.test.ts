import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../hex.fixture.ts';
import { encodeIpv4 } from './ipv4.ts';
import { ipv4Packet, ipv6Packet, QUOTED_IPV4, read, UDP_OVER_IPV6, UDP_WITHOUT_CHECKSUM } from './packets.fixture.ts';

const ADDRESSES = { source: '192.0.2.10', destination: '198.51.100.20' } as const;
const datagram = (): Uint8Array => ipv4Packet(17, UDP_WITHOUT_CHECKSUM);

describe('an IPv4 datagram', () => {
  it('keeps every value from writing to reading', () => {
    const choice = fc.record({
      source: fc.constantFrom('192.0.2.10', '0.0.0.0'),
      destination: fc.constant('255.255.255.255'),
      protocol: fc.constantFrom(2, 253),
      dscp: fc.nat(63),
      ecn: fc.nat(3),
      identification: fc.nat(0xffff),
      reserved: fc.boolean(),
      dontFragment: fc.boolean(),
      moreFragments: fc.boolean(),
      fragmentOffset: fc.nat(8191),
      ttl: fc.nat(255),
    });
    fc.assert(
      fc.property(choice, fc.nat(10), fc.uint8Array({ maxLength: 40 }), (chosen, words, payload) => {
        const { layers, errors } = read(encodeIpv4({ ...chosen, options: new Uint8Array(words * 4).fill(1) }, payload));
        expect(layers[0]?.header).toMatchObject({ ...chosen, version: 4, ihl: 5 + words, totalLength: 20 + words * 4 + payload.length });
        expect(errors).toEqual([]);
      }),
    );
  });
  it('that is too long, or has options of no whole words, cannot be written', () => {
    expect(() => encodeIpv4({ ...ADDRESSES, protocol: 17 }, new Uint8Array(65_516))).toThrow(RangeError);
    expect(() => encodeIpv4({ ...ADDRESSES, protocol: 17, options: new Uint8Array(3) }, new Uint8Array())).toThrow(RangeError);
    expect(() => encodeIpv4({ ...ADDRESSES, protocol: 17, options: new Uint8Array(44) }, new Uint8Array())).toThrow(RangeError);
  });
  it('whose header is shorter than one can be is an error, and its checksum is not judged', () => {
    const { errors, field } = read(datagram().with(0, 0x44));
    expect(errors).toEqual([{ code: 'bad-header-length', offset: 0 }]);
    expect(field('ip.checksum')?.check).toBeUndefined();
  });
  it('whose header ends behind the packet is an error', () => {
    expect(read(datagram().subarray(0, 24).with(0, 0x4f)).errors).toEqual([{ code: 'bad-header-length', offset: 0 }]);
  });
  it.each([
    ['its fixed part', QUOTED_IPV4.slice(0, 30)],
    ['its options', QUOTED_IPV4.replace('45', '4f')],
  ])('quoted without %s is cut: an error, but not of the one who sent it', (_, quote) => {
    const { errors, protocols } = read(ipv4Packet(1, `0300 0000 00000000 ${quote}`));
    expect(errors.map(({ code }) => code)).toEqual(['bad-checksum', 'truncated']);
    expect(protocols).toEqual(['ipv4', 'icmp', 'ipv4 (quoted)']);
  });
  it.each([
    ['shorter than its header', 19],
    ['longer than the packet', 200],
  ])('with a length %s is an error', (_, length) => {
    expect(read(datagram().with(3, length)).errors).toContainEqual({ code: 'bad-length', offset: 2 });
  });
  it('in pieces is read no further', () => {
    const piece = (choice: object) => read(encodeIpv4({ ...ADDRESSES, protocol: 17, ...choice }, new Uint8Array(16))).protocols;
    expect(piece({ moreFragments: true })).toEqual(['ipv4', 'data']);
    expect(piece({ fragmentOffset: 2 })).toEqual(['ipv4', 'data']);
  });
  it('can carry another packet, of either version', () => {
    expect(read(ipv4Packet(4, toHex(datagram()))).protocols).toEqual(['ipv4', 'ipv4', 'udp', 'data']);
    expect(read(ipv4Packet(41, toHex(ipv6Packet(17, UDP_OVER_IPV6)))).protocols).toEqual(['ipv4', 'ipv6', 'udp', 'data']);
  });
  it('names the protocols that nobody reads here', () => {
    expect(read(ipv4Packet(89, '0201')).field('ip.proto')?.meaning).toBe('OSPF');
    expect(read(ipv4Packet(0, '0201')).protocols).toEqual(['ipv4', 'data']);
  });
});
