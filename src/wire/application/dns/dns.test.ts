import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dissect, errorsOf } from '../../dissect.ts';
import { type Field, flatFields } from '../../field.ts';
import { fromHex, toHex } from '../../hex.fixture.ts';
import { encodeUdp } from '../../transport/udp.ts';
import { decodeDns, encodeDnsAnswer, encodeDnsQuery } from './dns.ts';
import { MAX_FOLLOWED } from './name.ts';

const QUERY = '1234010000010000000000000463686174076578616d706c650000010001';
const ANSWER = '1234818000010001000000000463686174076578616d706c650000010001c00c000100010000012c0004c6336414';
/** Queries and answers as they were captured, with EDNS: a cookie, an extended error. */
const COOKIE = '225c0120000100000000000106736572766572076578616d706c65000001000100002904d000000000000c000a00083829552bd7c5a694';
const REFUSED = 'ab8b81850001000000000001076e6f7768657265076578616d706c6500001c000100002904d0000000000006000f0002000e';

const read = (hex: string): ReturnType<typeof decodeDns>['layer'] => decodeDns(fromHex(hex), { at: 0, end: hex.length / 2 }).layer;
/** The fields that Wireshark has a name for, as `name text`. */
const named = (fields: readonly Field[]): readonly string[] =>
  flatFields(fields).flatMap(({ wireshark, text }) => (wireshark ? [`${wireshark} ${text}`] : []));
const valuesIn = (hex: string, wireshark: string): readonly unknown[] =>
  flatFields(read(hex).fields)
    .filter((field) => field.wireshark === wireshark)
    .map(({ value }) => value);

const hex16 = (value: number): string => value.toString(16).padStart(4, '0');
/** A message with one answer for the root, of a type, with these data. */
const record = (type: number, data: string): string =>
  `000181800000000100000000${`00${hex16(type)}00010000003c${hex16(data.length / 2)}`}${data}`;

describe('a message of DNS', () => {
  it('has a header with flags, and a question (RFC 1035 §4.1)', () => {
    expect(named(read(QUERY).fields)).toEqual([
      'dns.id 0x1234',
      'dns.flags 0x0100',
      'dns.flags.response not set',
      'dns.flags.opcode 0',
      'dns.flags.authoritative not set',
      'dns.flags.truncated not set',
      'dns.flags.recdesired set',
      'dns.flags.recavail not set',
      'dns.flags.z not set',
      'dns.flags.authenticated not set',
      'dns.flags.checkdisable not set',
      'dns.flags.rcode 0',
      'dns.count.queries 1',
      'dns.count.answers 0',
      'dns.count.auth_rr 0',
      'dns.count.add_rr 0',
      'dns.qry.name chat.example',
      'dns.qry.type 1',
      'dns.qry.class 0x0001',
    ]);
  });

  it('has answers whose names point back to the question (RFC 1035 §4.1.4)', () => {
    const answer = read(ANSWER).fields.at(-1);
    expect(answer).toMatchObject({ id: 'answer1', text: 'chat.example A 198.51.100.20', at: 30 * 8, bits: 16 * 8 });
    expect(named(answer?.parts ?? [])).toEqual([
      'dns.resp.name chat.example',
      'dns.resp.type 1',
      'dns.resp.class 0x0001',
      'dns.resp.ttl 300',
      'dns.resp.len 4',
      'dns.a 198.51.100.20',
    ]);
    expect(answer?.parts?.[0]?.parts).toMatchObject([{ id: 'pointer', text: '0xc00c' }]);
  });

  it('says with OPT what its sender can do (RFC 6891 §6.1)', () => {
    expect(named(read(COOKIE).fields.at(-1)?.parts ?? [])).toEqual([
      'dns.resp.name .',
      'dns.resp.type 41',
      'dns.rr.udp_payload_size 1232',
      'dns.resp.ext_rcode 0x00',
      'dns.resp.edns0_version 0',
      'dns.resp.z 0x0000',
      'dns.resp.z.do not set',
      'dns.resp.z.reserved 0x0000',
      'dns.resp.len 12',
      'dns.opt 000a00083829552bd7c5a694',
      'dns.opt.code 10',
      'dns.opt.len 8',
      'dns.opt.data 3829552bd7c5a694',
    ]);
    expect(flatFields(read(REFUSED).fields).find(({ id }) => id === 'responseCode')).toMatchObject({ value: 5, meaning: 'refused' });
  });

  it('is read where UDP carries it from or to port 53', () => {
    const network = { version: 4, source: Uint8Array.of(192, 0, 2, 10), destination: Uint8Array.of(198, 51, 100, 20) } as const;
    for (const ports of [
      { sourcePort: 40_000, destinationPort: 53 },
      { sourcePort: 53, destinationPort: 40_000 },
    ]) {
      const datagram = encodeUdp(ports, fromHex(QUERY), network);
      expect(dissect(datagram, 'udp').layers.map(({ protocol }) => protocol)).toEqual(['udp', 'dns']);
    }
  });

  it.each([
    ['A', { id: 0x1234, name: 'chat.example', type: 'A' } as const, QUERY],
    ['A, with the last dot', { id: 0x1234, name: 'chat.example.', type: 'A' } as const, QUERY],
  ])('is written as known good bytes: a question for %s', (_, question, hex) => {
    expect(toHex(encodeDnsQuery(question) ?? new Uint8Array())).toBe(hex);
  });

  it('is written as known good bytes: an answer', () => {
    const question = { id: 0x1234, name: 'chat.example', type: 'A' } as const;
    expect(toHex(encodeDnsAnswer(question, { address: Uint8Array.of(198, 51, 100, 20), ttl: 300 }) ?? new Uint8Array())).toBe(ANSWER);
  });

  it.each(['a..b', `${'x'.repeat(64)}.example`, Array.from({ length: 130 }, () => 'a').join('.')])('is not written for %s', (name) => {
    expect(encodeDnsQuery({ id: 1, name, type: 'A' })).toBeUndefined();
  });
});

describe('a record', () => {
  it.each([
    ['AAAA', 28, '20010db8000000000000000000000014', ['dns.aaaa 2001:db8::14']],
    ['NS', 2, '026e73076578616d706c6500', ['dns.ns ns.example']],
    ['CNAME', 5, '0162076578616d706c6500', ['dns.cname b.example']],
    ['PTR', 12, '0470746572076578616d706c6500', ['dns.ptr.domain_name pter.example']],
    ['MX', 15, '000a046d61696c00', ['dns.mx.preference 10', 'dns.mx.mail_exchange mail']],
    ['TXT', 16, '0568656c6c6f0161', ['dns.txt.length 5', 'dns.txt hello', 'dns.txt.length 1', 'dns.txt a']],
    [
      'SRV',
      33,
      '000a00050bb80474657374076578616d706c6500',
      ['dns.srv.priority 10', 'dns.srv.weight 5', 'dns.srv.port 3000', 'dns.srv.target test.example'],
    ],
    [
      'SOA',
      6,
      '016100016200000000010000000200000003000000040000000a',
      [
        'dns.soa.mname a',
        'dns.soa.rname b',
        'dns.soa.serial_number 1',
        'dns.soa.refresh_interval 2',
        'dns.soa.retry_interval 3',
        'dns.soa.expire_limit 4',
        'dns.soa.minimum_ttl 10',
      ],
    ],
    ['an unknown type', 65280, 'cafe', ['dns.data cafe']],
    ['HTTPS, which is not read by fields,', 65, '000100', ['dns.data 000100']],
  ])('of %s has its fields', (_, type, data, fields) => {
    const layer = read(record(type, data));
    expect(layer.errors).toEqual([]);
    expect(named(layer.fields.at(-1)?.parts ?? []).slice(5)).toEqual(fields);
  });

  it.each([
    ['A with five bytes', 1, 'c633641400'],
    ['A with three bytes', 1, 'c63364'],
    ['MX without a name', 15, '000a'],
    ['a name that goes on behind the data', 2, '05'],
    ['TXT whose string goes on', 16, '0568'],
    ['OPT whose option goes on', 41, '000a0008ff'],
  ])('is refused: %s', (_, type, data) => {
    expect(read(record(type, data)).errors).toMatchObject([{ code: 'bad-length' }]);
  });
});

describe('a name', () => {
  it('with a dot in a label, or what is no letter, is written so that it stays one label (RFC 4343 §2.1)', () => {
    expect(valuesIn(`00010100000100000000000003612e62025c000000010001`, 'dns.qry.name')).toEqual(['a\\.b.\\\\\\000']);
  });

  it.each([
    ['points at itself', 'c00c'],
    ['points forward', 'c010'],
    ['points at a label in front of itself', '0161c00c'],
    ['has a label of a kind that was never defined', '40616200'],
    ['is longer than 255 bytes', `${`3f${'61'.repeat(63)}`.repeat(4)}00`],
  ])('is refused that %s', (_, name) => {
    const { errors, fields } = read(`000101000001000000000000${name}0001000100010001`);
    expect(errors).toMatchObject([{ code: 'bad-name' }]);
    expect(fields.at(-1)).toMatchObject({ error: 'bad-name' });
  });

  it('of 255 bytes is read', () => {
    const name = `${`3f${'61'.repeat(63)}`.repeat(3)}3d${'61'.repeat(61)}00`;
    expect(name.length / 2).toBe(255);
    expect(read(`000101000001000000000000${name}00010001`).errors).toEqual([]);
  });

  it('is refused behind so many pointers in one message that nobody needs them', () => {
    const labels = 120;
    /** So many names of 120 labels, each behind a pointer, and the zero that ends them. */
    const message = (pointers: number): string => {
      const head = `000100000000${hex16(1 + pointers)}00000000`;
      return `${head}${'0161'.repeat(labels)}0000100001000000000000${'c00c00100001000000000000'.repeat(pointers)}`;
    };
    const most = Math.floor(MAX_FOLLOWED / labels);
    expect(read(message(most)).errors).toEqual([]);
    expect(read(message(most + 1)).errors).toMatchObject([{ code: 'bad-name' }]);
  });

  it('of pointers to pointers is read, as long as each leads back', () => {
    const first = '016100';
    const hex = `000100000000000200000000${first}00100001000000000000c00c00100001000000000000`;
    expect(valuesIn(hex, 'dns.resp.name')).toEqual(['a', 'a']);
  });
});

describe('a message of multicast DNS', () => {
  it('keeps a bit of each class for itself (RFC 6762 §5.4 and §10.2)', () => {
    const question = `000000000001000000000000${'016100'}00018001`;
    expect(named(read(question).fields).slice(-3)).toEqual(['dns.qry.type 1', 'dns.qry.qu set', 'dns.qry.class 0x0001']);
    const answer = `000084000000000100000000${'016100'}00018001000000780004c000020a`;
    expect(named(read(answer).fields).slice(-5)).toEqual([
      'dns.resp.cache_flush set',
      'dns.resp.class 0x0001',
      'dns.resp.ttl 120',
      'dns.resp.len 4',
      'dns.a 192.0.2.10',
    ]);
  });
  it('is read wherever its port stands in the datagram (RFC 6762 §5)', () => {
    const network = { version: 4, source: Uint8Array.of(192, 0, 2, 10), destination: Uint8Array.of(224, 0, 0, 251) } as const;
    const protocolsOf = (data: Uint8Array): readonly string[] =>
      dissect(encodeUdp({ sourcePort: 5353, destinationPort: 5353 }, data, network), 'udp').layers.map(({ protocol }) => protocol);
    expect(protocolsOf(fromHex(QUERY))).toEqual(['udp', 'dns']);
    expect(protocolsOf(new Uint8Array())).toEqual(['udp']);
  });
});

describe('any bytes', () => {
  it('are read without an exception, and every field lies inside them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const { at, bits } of flatFields(dissect(bytes, 'dns').layers.flatMap(({ fields }) => fields))) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at + bits).toBeLessThanOrEqual(bytes.length * 8);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of a good message with bits flipped are read without an exception', () => {
    const flips = fc.array(fc.nat(ANSWER.length * 4 - 1), { maxLength: 6 });
    fc.assert(
      fc.property(flips, fc.constantFrom(ANSWER, COOKIE, REFUSED), (list, hex) => {
        const bytes = fromHex(hex);
        for (const bit of list) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        for (const { at, bits } of flatFields(decodeDns(bytes, { at: 0, end: bytes.length }).layer.fields)) {
          expect(at + bits).toBeLessThanOrEqual(bytes.length * 8);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('that end early are an error, wherever they end', () => {
    const bytes = fromHex(ANSWER);
    for (let end = 0; end < bytes.length; end += 1) expect(errorsOf(dissect(bytes.subarray(0, end), 'dns'))).not.toEqual([]);
  });
});
