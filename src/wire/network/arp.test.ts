import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../hex.fixture.ts';
import { encodeEthernet } from '../link/ethernet.ts';
import { ARP_OPERATIONS, encodeArp } from './arp.ts';
import { read } from './packets.fixture.ts';

/** Who has 192.0.2.1? Tell 192.0.2.10. */
const WHO_HAS = 'ffffffffffff02000000000a0806000108000604000102000000000ac000020a000000000000c0000201000000000000000000000000000000000000';

const message = (hex: string) => read(fromHex(hex.replaceAll(' ', '')), 'arp');

describe('an ARP request', () => {
  const request = read(fromHex(WHO_HAS), 'ethernet');
  it('asks for the station that has an address (RFC 826)', () => {
    expect(request.protocols).toEqual(['ethernet', 'arp']);
    expect(request.layers[1]?.header).toEqual({
      hardwareType: 1,
      protocolType: 0x0800,
      hardwareLength: 6,
      protocolLength: 4,
      operation: 1,
      senderMac: '02:00:00:00:00:0a',
      senderIp: '192.0.2.10',
      targetMac: '00:00:00:00:00:00',
      targetIp: '192.0.2.1',
    });
    expect(request.field('arp.opcode')?.meaning).toBe('request: who has this address?');
  });
  it('has 28 bytes; the rest of the frame is padding', () => {
    expect(request.layers[1]).toMatchObject({ at: 14, headEnd: 42, end: 42 });
    expect(request.field('eth.padding')?.bits).toBe(18 * 8);
  });
  it('is written as it is read', () => {
    const arp = encodeArp({
      operation: ARP_OPERATIONS.request,
      senderMac: '02:00:00:00:00:0a',
      senderIp: '192.0.2.10',
      targetIp: '192.0.2.1',
    });
    const frame = encodeEthernet({ destination: 'ff:ff:ff:ff:ff:ff', source: '02:00:00:00:00:0a', type: 0x0806 }, arp);
    expect(toHex(frame)).toBe(WHO_HAS);
  });
  it('from nobody asks whether an address is free (RFC 5227 §2.1)', () => {
    const probe = message('0001 0800 06 04 0001 02000000000a 00000000 000000000000 c0000201');
    expect(probe.field('arp.opcode')?.meaning).toBe('probe: does anybody use this address?');
  });
  it('for the sender’s own address announces it (RFC 5227 §3)', () => {
    const announcement = message('0001 0800 06 04 0001 02000000000a c000020a 000000000000 c000020a');
    expect(announcement.field('arp.opcode')?.meaning).toBe('announcement: this address is mine');
  });
});

describe('an ARP message', () => {
  it('for another link has hardware addresses of the length that it says', () => {
    const other = message('0006 0800 08 04 0002 0102030405060708 c000020a 1112131415161718 c0000201');
    expect(other.field('arp.src.hw')?.value).toBe('0102030405060708');
    expect(other.field('arp.dst.proto_ipv4')?.value).toBe('192.0.2.1');
    expect(other.layers[0]).toMatchObject({ headEnd: 32, errors: [] });
    expect(other.layers[0]?.header).toBeUndefined();
  });
  it('may have addresses of no bytes', () => {
    const [layer] = message('0001 0800 00 00 0001').layers;
    expect(layer).toMatchObject({ headEnd: 8, errors: [] });
    expect(layer?.fields).toHaveLength(5);
  });
  it('that is cut is an error, and shows what is there', () => {
    const cut = message('0001 0800 06 04 0001 02000000000a c000');
    expect(cut.errors).toEqual([{ code: 'truncated', offset: 16 }]);
    expect(cut.field('arp.src.hw_mac')?.value).toBe('02:00:00:00:00:0a');
  });
});
