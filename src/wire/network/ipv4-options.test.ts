import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../hex.fixture.ts';
import { ipv4Packet, OPTIONS, read, UDP_WITHOUT_CHECKSUM } from './packets.fixture.ts';
import { transportChecksum } from './pseudo-header.ts';

describe('the options of an IPv4 header', () => {
  it('are fields, each with its type, length and contents as parts', () => {
    const { field } = read(OPTIONS.recordRoute);
    const option = field('record-route');
    expect(option).toMatchObject({ name: 'Record Route', at: 20 * 8, bits: 11 * 8, value: '070b08c000020100000000' });
    expect(option?.parts?.map(({ id, text }) => [id, text])).toEqual([
      ['type', '0x07'],
      ['length', '11'],
      ['pointer', '8'],
      ['address-1', '192.0.2.1'],
      ['address-2', '0.0.0.0'],
    ]);
  });
  it('say by their first bit whether every fragment has them', () => {
    const { field } = read(OPTIONS.recordRoute);
    const copied = (name: string) => field(name)?.parts?.[0]?.parts?.[0]?.meaning;
    expect(copied('record-route')).toBe('in the first fragment alone');
    expect(copied('router-alert')).toBe('copied into every fragment');
  });
  it('name the addresses of a route that are used, and those that are not', () => {
    const { values } = read(OPTIONS.recordRoute);
    expect([values('ip.rec_rt'), values('ip.empty_rt')]).toEqual([['192.0.2.1'], ['0.0.0.0']]);
  });
  it('hold times, with or without addresses', () => {
    const { values, field } = read(OPTIONS.timestamps);
    expect([values('ip.opt.time_stamp'), values('ip.opt.time_stamp_addr')]).toEqual([[1, 5], ['198.51.100.1']]);
    expect(field('timestamp-2')?.parts?.map(({ id }) => id)).toEqual([
      'type',
      'length',
      'pointer',
      'overflow',
      'flag',
      'address-1',
      'time-1',
    ]);
    expect(read(OPTIONS.overflowed).field('ip.opt.overflow')?.value).toBe(2);
  });
  it('end with a list end, behind which is padding', () => {
    const { field } = read(ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '00 01 02 03'));
    expect(field('end')).toMatchObject({ at: 20 * 8, bits: 8 });
    expect(field('padding')).toMatchObject({ at: 21 * 8, bits: 24, value: '010203' });
  });
  it('have names of their own, even if one stands there twice', () => {
    const ids = read(OPTIONS.timestamps).layers[0]?.fields.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('no-operation-4');
  });
});

describe('a source route', () => {
  it('that is not used up has the destination as its next stop, and the end of the way as its last', () => {
    const { field } = read(OPTIONS.strictRoute);
    expect(field('ip.cur_rt')).toMatchObject({ id: 'destination', value: '198.51.100.20' });
    expect([field('ip.src_rt')?.value, field('ip.dst')?.value]).toEqual(['192.0.2.1', '198.51.100.1']);
  });
  it('is what a checksum above reckons with: the last stop counts, not the next', () => {
    const payload = 'c350270f000d0000 68656c6c6f';
    const options = '89 0b 04 c0000201 c6336401 00';
    const bytes = ipv4Packet(17, payload, options);
    const network = { version: 4, source: Uint8Array.of(192, 0, 2, 10), destination: Uint8Array.of(198, 51, 100, 1) } as const;
    const checksum = transportChecksum(bytes, network, { at: 32, end: 45, checksumAt: 6, protocol: 17 });
    const sum = toHex(Uint8Array.of(checksum >> 8, checksum & 0xff));
    expect(read(ipv4Packet(17, payload.replace('000d0000', `000d${sum}`), options)).field('udp.checksum')?.check?.isGood).toBe(true);
  });
  it('that is used up changes nothing', () => {
    const { field } = read(ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '83 0b 0c c0000201 c6336401 00'));
    expect(field('ip.dst')).toMatchObject({ id: 'destination' });
  });
});

describe('a malformed option', () => {
  it.each([
    ['runs past the end of the header', OPTIONS.beyondTheEnd],
    ['is shorter than an option can be', OPTIONS.tooShort],
    ['cannot have this length', ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '07 0a 04 c0000201 000000')],
    ['of router alert has four bytes', ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '94 03 00 00')],
    ['has no room for its times', ipv4Packet(17, UDP_WITHOUT_CHECKSUM, '44 05 05 01 02')],
  ])('%s: an error at its place, and the packet is read on', (_, bytes) => {
    const { errors, protocols } = read(bytes);
    expect(errors).toEqual([{ code: 'bad-option', offset: 20 }]);
    expect(protocols).toEqual(['ipv4', 'udp', 'data']);
  });
});

it('any bytes are read as options that fill the header, none over another', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 40 }), (options) => {
      const fields = read(ipv4Packet(17, UDP_WITHOUT_CHECKSUM, toHex(options))).layers[0]?.fields.slice(-100) ?? [];
      const behind = fields.filter(({ at }) => at >= 20 * 8);
      let here = 20 * 8;
      for (const { at, bits } of behind) {
        expect(at).toBe(here);
        here = at + bits;
      }
      expect(here).toBe((20 + Math.ceil(options.length / 4) * 4) * 8);
    }),
  );
});
