/** Wireshark reads every capture as it is read here: protocols, fields, values, the bits they stand in, checksums, the analysis of TCP. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Comparison, compare, together } from './compare.ts';
import { readOurs } from './ours.ts';
import type { PdmlPacket } from './pdml.ts';
import { headline, leftOutOf } from './report.ts';
import { readWithTshark } from './tshark.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILES = ['content/captures', 'test/oracle/vectors'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .map((name) => join(folder, name)),
);
const told = (comparison: Comparison): readonly string[] => comparison.differences.map(({ packet, text }) => `packet ${packet}: ${text}`);

/** tshark takes its time to start, on a busy machine above all. */
const PATIENT = 60_000;

const all: Comparison[] = [];
afterAll(() => {
  const whole = together(all);
  console.log(`Compared with Wireshark, ${headline(whole)}. Left out:\n${leftOutOf(whole)}`);
});

describe('Wireshark reads as we do', () => {
  it.each(FILES)('%s', { timeout: PATIENT }, (file) => {
    const path = join(ROOT, file);
    const comparison = compare(readOurs(readFileSync(path)), readWithTshark(path));
    all.push(comparison);
    expect(told(comparison)).toEqual([]);
  });

  it('and hundreds of fields, some ten thousand values, were compared', () => {
    const { compared } = together(all);
    expect(compared.size).toBeGreaterThan(200);
    expect([...compared.values()].reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(25_000);
  });
});

describe('the comparison', () => {
  const path = join(ROOT, 'content/captures/arp-tcp-http.pcap');
  const ours = readOurs(readFileSync(path));
  const theirs = readWithTshark(path);
  /** What Wireshark would have said, with one field changed. */
  const changed = (name: string, change: Partial<PdmlPacket['protocols'][number]>): readonly PdmlPacket[] => {
    const inside = (fields: PdmlPacket['protocols']): PdmlPacket['protocols'] =>
      fields.map((field) => ({ ...field, parts: inside(field.parts), ...(field.name === name && change) }));
    return theirs.map(({ protocols }) => ({ protocols: inside(protocols) }));
  };
  it.each([
    ['another value', 'ip.ttl', { show: '63' }],
    ['another place', 'ip.ttl', { pos: 23 }],
    ['other bits', 'ip.flags.df', { showname: '..1. .... = Don’t fragment' }],
    ['a wrong checksum', 'tcp.checksum.status', { show: '0' }],
    ['another connection', 'tcp.stream', { show: '1' }],
    ['another protocol', 'http', { name: 'dns' }],
    ['a field that nobody here knows', 'arp.opcode', { name: 'arp.unheard_of' }],
  ])('sees %s', (_what, name, change) => {
    expect(told(compare(ours, changed(name, change)))).not.toEqual([]);
  });
  it('sees a packet that is missing', () => {
    expect(told(compare(ours, theirs.slice(1)))).not.toEqual([]);
  });
});
