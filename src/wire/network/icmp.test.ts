import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../hex.fixture.ts';
import { encodeEthernet } from '../link/ethernet.ts';
import { encodeIcmp, quoteOfIpv4 } from './icmp.ts';
import { ICMP_TYPES, UNREACHABLE } from './icmp-types.ts';
import { encodeIpv4 } from './ipv4.ts';
import { ICMP, ipv4Packet, QUOTED_IPV4, read } from './packets.fixture.ts';

/** Echo request 1.1, `ping`, from 192.0.2.10. */
const PING = '02000000000102000000000a0800450000200009400040014e82c000020ac63364140800192d0001000170696e670000000000000000000000000000';
/** 203.0.113.1 says that the next link carries 1400 bytes, and quotes the beginning of a TCP segment. */
const NEEDS_FRAGMENTATION =
  '02000000000a0200000000010800450000380006000040017cb3cb007101c000020a03042ffa00000578450005dc00054000400648c5c000020ac6336414c3500050000003e9';

describe('an echo', () => {
  it('has an identifier, a number and data (RFC 792)', () => {
    const { protocols, field, errors } = read(fromHex(PING), 'ethernet');
    expect(protocols).toEqual(['ethernet', 'ipv4', 'icmp', 'data']);
    expect(field('icmp.type')).toMatchObject({ value: 8, meaning: 'echo request' });
    expect([field('icmp.ident')?.value, field('icmp.seq')?.value]).toEqual([1, 1]);
    expect(errors).toEqual([]);
  });
  it('is written as it is read', () => {
    const echo = encodeIcmp({ type: ICMP_TYPES.echoRequest, identifier: 1, sequence: 1 }, utf8('ping'));
    const packet = encodeIpv4(
      { source: '192.0.2.10', destination: '198.51.100.20', protocol: 1, identification: 9, dontFragment: true },
      echo,
    );
    expect(toHex(encodeEthernet({ destination: '02:00:00:00:00:01', source: '02:00:00:00:00:0a', type: 0x0800 }, packet))).toBe(PING);
  });
  it('keeps its values and its good checksum from writing to reading', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.nat(0xffff), fc.uint8Array({ maxLength: 50 }), (identifier, sequence, data) => {
        const packet = ipv4Packet(1, toHex(encodeIcmp({ type: 0, identifier, sequence }, data)));
        const { layers, errors } = read(packet);
        expect(errors).toEqual([]);
        expect(layers[1]?.header).toMatchObject({ type: 0, code: 0, identifier, sequence });
      }),
    );
  });
  it('with a flipped bit has a bad checksum, and says which it ought to have', () => {
    const { field, errors } = read(fromHex(PING.replace('70696e67', '71696e67')), 'ethernet');
    expect(errors).toEqual([{ code: 'bad-checksum', offset: 36 }]);
    expect(field('icmp.checksum')).toMatchObject({ check: { isGood: false, expected: '0x182d' }, error: 'bad-checksum' });
  });
});

describe('an error message', () => {
  it.each([
    [ICMP.hostUnreachable, 'host unreachable'],
    [ICMP.fragmentationNeeded, 'fragmentation needed, and Don’t Fragment set'],
    [ICMP.redirect, 'for the host'],
    [ICMP.timeExceeded, 'time to live exceeded in transit'],
    [ICMP.parameterProblem, 'the pointer shows the error'],
  ])('%# quotes the packet that it is about: %s', (bytes, meaning) => {
    const { protocols, field, errors } = read(bytes);
    expect(protocols).toEqual(['ipv4', 'icmp', 'ipv4 (quoted)', 'udp (quoted)']);
    expect(field('icmp.code')?.meaning).toBe(meaning);
    expect(errors).toEqual([]);
  });
  it('tells the MTU of the next hop (RFC 1191)', () => {
    const { protocols, field, errors } = read(fromHex(NEEDS_FRAGMENTATION), 'ethernet');
    expect(protocols).toEqual(['ethernet', 'ipv4', 'icmp', 'ipv4 (quoted)', 'tcp (quoted)']);
    expect(field('icmp.mtu')).toMatchObject({ value: 1400, unit: 'bytes' });
    expect(errors).toEqual([]);
  });
  it('tells the gateway to use, or the byte that is wrong', () => {
    expect(read(ICMP.redirect).field('icmp.redir_gw')?.value).toBe('192.0.2.1');
    expect(read(ICMP.parameterProblem).field('icmp.pointer')?.value).toBe(20);
  });
  it('may say how much it quotes, and have extensions behind that (RFC 4884)', () => {
    const { layers, field } = read(ICMP.withExtensions);
    expect(field('icmp.length')).toMatchObject({ value: 7, meaning: '28 bytes of the packet, then extensions' });
    expect(layers[2]).toMatchObject({ protocol: 'ipv4', at: 28, end: 56 });
    expect(field('extensions')).toMatchObject({ at: 56 * 8, bits: 13 * 8 });
  });
  it.each([
    [3, 4, 'icmp.mtu', 1400],
    [12, 0, 'icmp.pointer', 0],
  ])('of type %i, code %i, may do so too', (type, code, name, value) => {
    const hex = (number: number) => number.toString(16).padStart(2, '0');
    const { field, layers } = read(ipv4Packet(1, `${hex(type)}${hex(code)} 0000 00 07 0578 ${QUOTED_IPV4} 20000000`));
    expect([field('icmp.length')?.value, field(name)?.value]).toEqual([7, value]);
    expect(layers[2]?.end).toBe(56);
  });
  it('is written as routers write it', () => {
    const tcp = encodeIpv4(
      { source: '192.0.2.10', destination: '198.51.100.20', protocol: 6, identification: 5, dontFragment: true },
      Uint8Array.of(...fromHex('c3500050000003e9'), ...new Uint8Array(1472)),
    );
    const message = encodeIcmp({ type: ICMP_TYPES.unreachable, code: UNREACHABLE.fragmentationNeeded, mtu: 1400 }, quoteOfIpv4(tcp));
    const packet = encodeIpv4({ source: '203.0.113.1', destination: '192.0.2.10', protocol: 1, identification: 6 }, message);
    expect(toHex(encodeEthernet({ destination: '02:00:00:00:00:0a', source: '02:00:00:00:00:01', type: 0x0800 }, packet))).toBe(
      NEEDS_FRAGMENTATION,
    );
  });
  it('about the first fragment shows the ports; about a later one it cannot', () => {
    const first = QUOTED_IPV4.replace('00014000', '00012000');
    expect(read(ipv4Packet(1, `0b01 0000 00000000 ${first}`)).protocols).toContain('udp (quoted)');
    const later = QUOTED_IPV4.replace('00014000', '00012001');
    expect(read(ipv4Packet(1, `0b01 0000 00000000 ${later}`)).protocols).toEqual(['ipv4', 'icmp', 'ipv4 (quoted)', 'data (quoted)']);
  });
});

describe('another message', () => {
  it('of timestamps is read to its end', () => {
    const { field, protocols } = read(ICMP.timestamp);
    expect(protocols).toEqual(['ipv4', 'icmp']);
    expect(field('icmp.originate_timestamp')).toMatchObject({ value: 1, unit: 'milliseconds' });
  });
  it('has a name, and the rest as data', () => {
    const { field, protocols, errors } = read(ICMP.addressMask);
    expect(field('icmp.type')?.meaning).toBe('address mask request (deprecated)');
    expect([protocols, errors]).toEqual([['ipv4', 'icmp', 'data'], []]);
  });
  it('that is cut is an error', () => {
    expect(read(ipv4Packet(1, '0800 0000 00')).errors).toEqual([{ code: 'truncated', offset: 25 }]);
  });
});
