import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dissection, dissect, errorsOf } from '../dissect.ts';
import { type Field, flatFields } from '../field.ts';
import { fromHex, toHex, utf8 } from '../hex.fixture.ts';
import { encodeEthernet } from '../link/ethernet.ts';
import { encodeIpv4 } from '../network/ipv4.ts';
import { decodeTcp, encodeTcp, type TcpChoice, tcpFlagNames } from './tcp.ts';
import type { TcpOption } from './tcp-options.ts';

const CLIENT = { address: '192.0.2.10', bytes: Uint8Array.of(192, 0, 2, 10), mac: '02:00:00:00:00:0a', port: 50_000 };
const SERVER = { address: '198.51.100.20', bytes: Uint8Array.of(198, 51, 100, 20), mac: '02:00:00:00:00:01', port: 80 };
const SYN_OPTIONS: readonly TcpOption[] = [
  { name: 'mss', bytes: 1460 },
  { name: 'sack-permitted' },
  { name: 'no-op' },
  { name: 'window-scale', shift: 7 },
  { name: 'no-op' },
  { name: 'no-op' },
];
const REQUEST = 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n';
const RESPONSE = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

type Sent = Omit<TcpChoice, 'sourcePort' | 'destinationPort'> & { readonly id: number; readonly payload?: string };

function frame(isFromClient: boolean, { id, payload = '', ...choice }: Sent): string {
  const [from, to] = isFromClient ? [CLIENT, SERVER] : [SERVER, CLIENT];
  const ports = { sourcePort: from.port, destinationPort: to.port };
  const segment = encodeTcp({ ...ports, ...choice }, utf8(payload), { version: 4, source: from.bytes, destination: to.bytes });
  const header = { source: from.address, destination: to.address, protocol: 6, identification: id, dontFragment: true };
  return toHex(encodeEthernet({ source: from.mac, destination: to.mac, type: 0x0800 }, encodeIpv4(header, segment)));
}
const client = (sent: Sent): string => frame(true, { window: 502, ack: true, ...sent });
const server = (sent: Sent): string => frame(false, { window: 509, ack: true, ...sent });
const numbers = (sequenceNumber: number, acknowledgmentNumber: number) => ({ sequenceNumber, acknowledgmentNumber });

const SYN =
  '02000000000102000000000a0800450000341000400040063e72c000020ac6336414c3500050000003e8000000008002faf0c0450000020405b40402010303070101';

/** A request and its answer on one connection: T1 to T11, byte by byte. */
const SESSION: readonly (readonly [string, string, string])[] = [
  ['SYN', frame(true, { id: 0x1000, sequenceNumber: 1000, syn: true, window: 64_240, options: SYN_OPTIONS }), SYN],
  [
    'SYN,ACK',
    server({ id: 0x2000, ...numbers(9000, 1001), syn: true, window: 65_160, options: SYN_OPTIONS }),
    '02000000000a0200000000010800450000342000400040062e72c6336414c000020a0050c35000002328000003e98012fe8899740000020405b40402010303070101',
  ],
  [
    'ACK',
    client({ id: 0x1001, ...numbers(1001, 9001) }),
    '02000000000102000000000a0800450000281001400040063e7dc000020ac6336414c3500050000003e900002329501001f6d6d90000000000000000',
  ],
  [
    'request',
    client({ id: 0x1002, ...numbers(1001, 9001), psh: true, payload: REQUEST }),
    '02000000000102000000000a08004500004b1002400040063e59c000020ac6336414c3500050000003e900002329501801f6fd780000474554202f20485454502f312e310d0a486f73743a20612e6578616d706c650d0a0d0a',
  ],
  [
    'ACK of the request',
    server({ id: 0x2001, ...numbers(9001, 1036) }),
    '02000000000a0200000000010800450000282001400040062e7dc6336414c000020a0050c350000023290000040c501001fdd6af0000000000000000',
  ],
  [
    'response',
    server({ id: 0x2002, ...numbers(9001, 1036), psh: true, payload: RESPONSE }),
    '02000000000a0200000000010800450000502002400040062e54c6336414c000020a0050c350000023290000040c501801fdbf150000485454502f312e3120323030204f4b0d0a436f6e74656e742d4c656e6774683a20320d0a0d0a6869',
  ],
  [
    'ACK of the response',
    client({ id: 0x1003, ...numbers(1036, 9041) }),
    '02000000000102000000000a0800450000281003400040063e7bc000020ac6336414c35000500000040c00002351501001f6d68e0000000000000000',
  ],
  [
    'FIN of the client',
    client({ id: 0x1004, ...numbers(1036, 9041), fin: true }),
    '02000000000102000000000a0800450000281004400040063e7ac000020ac6336414c35000500000040c00002351501101f6d68d0000000000000000',
  ],
  [
    'ACK of that FIN',
    server({ id: 0x2003, ...numbers(9041, 1037) }),
    '02000000000a0200000000010800450000282003400040062e7bc6336414c000020a0050c350000023510000040d501001fdd6860000000000000000',
  ],
  [
    'FIN of the server',
    server({ id: 0x2004, ...numbers(9041, 1037), fin: true }),
    '02000000000a0200000000010800450000282004400040062e7ac6336414c000020a0050c350000023510000040d501101fdd6850000000000000000',
  ],
  [
    'last ACK',
    client({ id: 0x1005, ...numbers(1037, 9042) }),
    '02000000000102000000000a0800450000281005400040063e79c000020ac6336414c35000500000040d00002352501001f6d68c0000000000000000',
  ],
];

const fieldsOf = ({ layers }: Dissection): readonly Field[] => flatFields(layers.flatMap(({ fields }) => fields));
const fieldNamed = (dissection: Dissection, name: string): Field => {
  const found = fieldsOf(dissection).find(({ wireshark, id }) => wireshark === name || id === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
};
const tcpOf = ({ layers }: Dissection) => {
  const layer = layers.find(({ protocol }) => protocol === 'tcp');
  if (layer?.protocol !== 'tcp') throw new Error('no TCP');
  return layer;
};

describe('a segment written here', () => {
  it.each(SESSION)('%s has the bytes that a known good one has', (_, written, known) => {
    expect(written).toBe(known);
    expect(errorsOf(dissect(fromHex(known)))).toEqual([]);
  });
  it('reads again as it was chosen', () => {
    const choice = { ...numbers(0xffff_fffe, 7), window: 9, urgentPointer: 3, urg: true, ece: true, cwr: true, ae: true, reserved: 5 };
    const layer = tcpOf(dissect(fromHex(client({ id: 1, ...choice, options: [{ name: 'timestamps', value: 2 ** 31, echo: 1 }] }))));
    expect(layer.header).toMatchObject({ ...choice, ack: true, psh: false, dataOffset: 8 });
    expect(layer.options).toEqual([{ name: 'timestamps', value: 2 ** 31, echo: 1 }, { name: 'end' }]);
  });
  it('has no room for more than 40 bytes of options', () => {
    const options: readonly TcpOption[] = Array.from({ length: 41 }, () => ({ name: 'no-op' }));
    expect(() => client({ id: 1, ...numbers(1, 1), options })).toThrow(RangeError);
  });
});

describe('the fields of a SYN', () => {
  const syn = dissect(fromHex(SYN));
  it.each([
    ['tcp.srcport', 34, 16, 50_000, 'a port for temporary use'],
    ['tcp.dstport', 36, 16, 80, 'HTTP'],
    ['tcp.seq_raw', 38, 32, 1000, undefined],
    ['tcp.ack_raw', 42, 32, 0, undefined],
    ['dataOffset', 46, 4, 8, '32 bytes'],
    ['tcp.window_size_value', 48, 16, 64_240, undefined],
    ['tcp.checksum', 50, 16, 0xc045, 'good'],
    ['tcp.urgent_pointer', 52, 16, 0, undefined],
    ['tcp.options.mss_val', 56, 16, 1460, undefined],
    ['tcp.options.wscale.shift', 63, 8, 7, 'windows are multiplied by 128'],
  ])('%s stands at byte %i, %i bits wide, and says %j: %j', (name, at, bits, value, meaning) => {
    expect(fieldNamed(syn, name)).toMatchObject({ at: at * 8, bits, value, ...(meaning !== undefined && { meaning }) });
  });
  it('name the flags that are set', () => {
    expect(fieldNamed(syn, 'tcp.flags')).toMatchObject({ at: 46 * 8 + 4, bits: 12, value: 2, meaning: 'SYN' });
    expect(fieldNamed(syn, 'tcp.flags.syn')).toMatchObject({ value: true, at: 47 * 8 + 6, bits: 1 });
    expect(fieldNamed(syn, 'tcp.flags.fin').value).toBe(false);
    expect(tcpFlagNames({ ...tcpFields(SESSION[1]?.[2] ?? '') })).toBe('SYN, ACK');
  });
  it('hold the options one by one, each with its kind and length', () => {
    const ids = fieldNamed(syn, 'tcp.options').parts?.map(({ id, at, bits }) => [id, at / 8, bits / 8]);
    expect(ids).toEqual([
      ['mss', 54, 4],
      ['sack-permitted', 58, 2],
      ['no-op', 60, 1],
      ['window-scale', 61, 3],
      ['no-op-2', 64, 1],
      ['no-op-3', 65, 1],
    ]);
    expect(tcpOf(syn).options).toEqual(SYN_OPTIONS);
  });
});

const tcpFields = (hex: string) => {
  const { header } = tcpOf(dissect(fromHex(hex)));
  if (!header) throw new Error('no header');
  return header;
};

describe('a broken segment', () => {
  it('with a wrong checksum says what it ought to be', () => {
    const broken = dissect(fromHex(SYN.replace('faf0c045', 'faf0c046')));
    expect(errorsOf(broken)).toEqual([{ code: 'bad-checksum', offset: 50 }]);
    expect(fieldNamed(broken, 'tcp.checksum')).toMatchObject({ check: { isGood: false, expected: '0xc045' }, error: 'bad-checksum' });
  });
  it('whose checksum was left to the network card says so', () => {
    // The sum of both addresses, protocol 6 and length 32: c000 + 020a + c633 + 6414 + 0006 + 0020 = 1 ec77, folded ec78.
    const unfinished = dissect(fromHex(SYN.replace('faf0c045', 'faf0ec78')));
    expect(fieldNamed(unfinished, 'tcp.checksum').meaning).toMatch(/^not finished/);
  });
  it.each([
    ['shorter than a header can be', '8002faf0', '4002faf0'],
    ['longer than the packet', '8002faf0', '9002faf0'],
  ])('whose header claims to be %s is an error at the data offset', (_, good, bad) => {
    const errors = errorsOf(dissect(fromHex(SYN.replace(good, bad))));
    expect(errors[0]).toEqual({ code: 'bad-header-length', offset: 46 });
  });
  it('cut at any byte says so, and yields the fields before the cut', () => {
    const whole = fromHex(SYN);
    for (let length = 34; length < whole.length; length += 1) {
      const cut = dissect(whole.subarray(0, length));
      expect(errorsOf(cut).length).toBeGreaterThan(0);
      if (length >= 42) expect(fieldNamed(cut, 'tcp.seq_raw').value).toBe(1000);
    }
  });
  it('of any bytes is read without an exception, its fields inside them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        for (const { at, bits } of fieldsOf(dissect(bytes, 'tcp'))) expect(at + bits).toBeLessThanOrEqual(bytes.length * 8);
      }),
      { numRuns: 500 },
    );
  });
  it('with any bit turned is noticed by its checksum, or by a header that no longer fits', () => {
    const whole = fromHex(SYN);
    for (let bit = 34 * 8; bit < whole.length * 8; bit += 1) {
      const turned = whole.slice();
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      expect(errorsOf(dissect(turned))).not.toEqual([]);
    }
  });
});

describe('a segment that ICMP quotes', () => {
  it('of which eight bytes are there shows its ports and sequence number, without an error', () => {
    const { layer } = decodeTcp(fromHex('c3500050000003e9'), { at: 0, end: 8, quoted: true });
    expect(layer.errors).toEqual([]);
    expect(layer.fields.map(({ wireshark, value }) => [wireshark, value])).toEqual([
      ['tcp.srcport', 50_000],
      ['tcp.dstport', 80],
      ['tcp.seq_raw', 1001],
    ]);
  });
  it('is not held against its checksum, because its data is not all there', () => {
    const network = { version: 4, source: CLIENT.bytes, destination: SERVER.bytes } as const;
    const cut = encodeTcp({ sourcePort: 50_000, destinationPort: 80, sequenceNumber: 1 }, utf8('hello'), network).subarray(0, 22);
    expect(decodeTcp(cut, { at: 0, end: 22, network, quoted: true }).layer.errors).toEqual([]);
    expect(decodeTcp(cut, { at: 0, end: 22, network }).layer.errors).toEqual([{ code: 'bad-checksum', offset: 16 }]);
  });
  it('may end inside its options', () => {
    const { layer } = decodeTcp(fromHex(SYN).subarray(34, 60), { at: 0, end: 26, quoted: true });
    expect(layer).toMatchObject({ headEnd: 26, options: [], errors: [] });
  });
});
