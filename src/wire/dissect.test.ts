import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dissection, dissect, errorsOf } from './dissect.ts';
import { editField, type Field, flatFields } from './field.ts';
import { fromHex, toHex, utf8 } from './hex.fixture.ts';
import { encodeEthernet } from './link/ethernet.ts';
import { encodeIpv4 } from './network/ipv4.ts';
import { encodeUdp } from './transport/udp.ts';

/** UDP 50000 → 9999, `hello`: 33 bytes of IPv4, padded to the least Ethernet frame. */
const HELLO = '02000000000102000000000a0800450000210001400040114e79c000020ac6336414c350270f000de54f68656c6c6f00000000000000000000000000';

const fieldsOf = ({ layers }: Dissection): readonly Field[] => flatFields(layers.flatMap(({ fields }) => fields));
const fieldNamed = (dissection: Dissection, name: string): Field => {
  const found = fieldsOf(dissection).find(({ wireshark, id }) => wireshark === name || id === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
};

/** What a client at 192.0.2.10 sends to a server behind a router, as a frame. */
function frameOf(payload: string, { identification, checksum }: { identification: number; checksum?: 0 }): string {
  const network = { version: 4, source: Uint8Array.of(192, 0, 2, 10), destination: Uint8Array.of(198, 51, 100, 20) } as const;
  const udp = encodeUdp({ sourcePort: 50_000, destinationPort: 9999, ...(checksum === 0 && { checksum }) }, utf8(payload), network);
  const ip = encodeIpv4({ source: '192.0.2.10', destination: '198.51.100.20', protocol: 17, identification, dontFragment: true }, udp);
  return toHex(encodeEthernet({ destination: '02:00:00:00:00:01', source: '02:00:00:00:00:0a', type: 0x0800 }, ip));
}

describe('a frame', () => {
  it('is taken apart layer by layer, each with the bytes that are its own', () => {
    expect(dissect(fromHex(HELLO)).layers.map(({ protocol, at, headEnd, end }) => [protocol, at, headEnd, end])).toEqual([
      ['ethernet', 0, 14, 60],
      ['ipv4', 14, 34, 47],
      ['udp', 34, 42, 47],
      ['data', 42, 42, 47],
    ]);
  });
  it('that ends before the packet does has no checksum of TCP, UDP or ICMP judged: it would be over what is not here', () => {
    const cut = dissect(fromHex(HELLO).subarray(0, 44));
    expect(errorsOf(cut).map(({ code }) => code)).toEqual(['bad-length', 'bad-length']);
    expect(fieldNamed(cut, 'udp.checksum')).toMatchObject({ meaning: expect.stringMatching(/^cannot be judged/) });
    expect(fieldNamed(cut, 'udp.checksum').check).toBeUndefined();
    const echo = fromHex('450000210001400040014e' + '89c000020ac6336414' + '0800123400010001');
    expect(errorsOf(dissect(echo, 'ipv4')).map(({ code }) => code)).not.toContain('bad-checksum');
  });
  it('keeps its padding out of the packet (RFC 894)', () => {
    expect(fieldNamed(dissect(fromHex(HELLO)), 'eth.padding')).toMatchObject({ at: 47 * 8, bits: 13 * 8, value: '00'.repeat(13) });
  });
  it('says of each field its value, meaning, unit and bits', () => {
    const hello = dissect(fromHex(HELLO));
    expect(fieldNamed(hello, 'ip.ttl')).toMatchObject({ name: 'Time to Live', value: 64, unit: 'hops', at: 22 * 8, bits: 8 });
    expect(fieldNamed(hello, 'ip.flags.df')).toMatchObject({ value: true, text: 'set', at: 20 * 8 + 1, bits: 1 });
    expect(fieldNamed(hello, 'ip.proto')).toMatchObject({ value: 17, meaning: 'UDP' });
    expect(fieldNamed(hello, 'ip.src')).toMatchObject({ value: '192.0.2.10' });
  });
});

describe('a datagram written here', () => {
  it.each([
    ['hello', { identification: 1 }, HELLO],
    ['hi', { identification: 2 }, '02000000000102000000000a08004500001e0002400040114e7bc000020ac6336414c350270f000ac0be6869'],
    ['\x29\x28', { identification: 3 }, '02000000000102000000000a08004500001e0003400040114e7ac000020ac6336414c350270f000affff2928'],
    [
      'hello',
      { identification: 4, checksum: 0 as const },
      '02000000000102000000000a0800450000210004400040114e76c000020ac6336414c350270f000d000068656c6c6f',
    ],
  ])('%j, %j, has the bytes that a known good frame has', (payload, choice, hex) => {
    expect(frameOf(payload, choice)).toBe(hex.padEnd(120, '0'));
  });
});

describe('a checksum', () => {
  it('that does not agree is a coded error at its place, with the value that it ought to have', () => {
    const broken = dissect(fromHex(HELLO.replace('68656c6c6f', '69656c6c6f')));
    expect(errorsOf(broken)).toEqual([{ code: 'bad-checksum', offset: 40 }]);
    expect(fieldNamed(broken, 'udp.checksum')).toMatchObject({ check: { isGood: false, expected: '0xe44f' }, error: 'bad-checksum' });
  });
  it('of IPv4 covers the header alone', () => {
    const older = dissect(fromHex(HELLO.replace('4011', '3f11')));
    expect(errorsOf(older)).toEqual([{ code: 'bad-checksum', offset: 24 }]);
    expect(fieldNamed(older, 'ip.checksum').check).toEqual({ isGood: false, expected: '0x4f79' });
  });
  it('does not see that two words have changed places', () => {
    const swapped = `02000000000102000000000a0800450000200008400040114e73c000020ac6336414c350270f000ca49d${toHex(utf8('CDAB'))}`;
    expect(errorsOf(dissect(fromHex(swapped.padEnd(120, '0'))))).toEqual([]);
  });
});

describe('a packet that is cut short', () => {
  const whole = fromHex(HELLO).subarray(0, 47);
  it('yields what could be read, and an error', () => {
    const { layers } = dissect(whole.subarray(0, 24));
    expect(layers.map(({ protocol }) => protocol)).toEqual(['ethernet', 'ipv4']);
    expect(fieldNamed({ layers }, 'ip.proto').value).toBe(17);
    expect(errorsOf({ layers })).toEqual([{ code: 'truncated', offset: 24 }]);
  });
  it('says so wherever it is cut', () => {
    for (let length = 0; length < whole.length; length += 1) expect(errorsOf(dissect(whole.subarray(0, length)))).not.toEqual([]);
  });
});

it('any bytes are read without an exception, and every field lies inside them', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 120 }),
      fc.constantFrom('ethernet' as const, 'ipv4' as const, 'udp' as const),
      (bytes, first) => {
        for (const { at, bits } of fieldsOf(dissect(bytes, first))) expect(at + bits).toBeLessThanOrEqual(bytes.length * 8);
      },
    ),
    { numRuns: 500 },
  );
});

describe('an edit', () => {
  const bytes = fromHex(HELLO);
  const edited = (name: string, text: string): Uint8Array => {
    const result = editField(bytes, fieldNamed(dissect(bytes), name), text);
    if (!result.ok) throw new Error(result.hint);
    return result.bytes;
  };
  it('changes the bits of its field and no other', () => {
    expect(toHex(edited('ip.ttl', '1'))).toBe(HELLO.replace('4011', '0111'));
    expect(toHex(edited('ip.flags.df', '0'))).toBe(HELLO.replace('00014000', '00010000'));
    expect(toHex(edited('fragmentOffset', '185'))).toBe(HELLO.replace('00014000', '000140b9'));
    expect(toHex(edited('ip.dst', '203.0.113.7'))).toBe(HELLO.replace('c6336414', 'cb007107'));
  });
  it.each([
    ['ip.ttl', '256', 'a whole number from 0 to 255, or hex such as 0x1f'],
    ['ip.src', '192.0.2', 'four numbers from 0 to 255 such as 192.0.2.10'],
    ['eth.dst', 'nobody', 'six bytes such as 02:00:00:00:00:0a'],
    ['ip.id', '', 'hex from 0x0 to 0xffff, or a whole number'],
  ])('of %s to %j is refused, and says what would do', (name, text, hint) => {
    expect(editField(bytes, fieldNamed(dissect(bytes), name), text)).toEqual({ ok: false, code: 'bad-value', hint });
  });
  it('to the value that stands there changes nothing, for every field', () => {
    for (const field of fieldsOf(dissect(bytes))) {
      const result = editField(bytes, field, String(field.kind === 'flag' ? Number(field.value) : field.text));
      expect(result.ok && toHex(result.bytes)).toBe(HELLO);
    }
  });
});
