import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PacketSummary } from '#wire/capture/reading.ts';
import { CaptureService } from './capture-service.ts';
import { filterHint, fitting, NO_FILTER, type PacketFilter, protocolsOf } from './packet-filter.ts';
import { windowOf } from './packet-list.tsx';

function linesOf(file: string): readonly PacketSummary[] {
  const answers = [...new CaptureService().answer({ kind: 'open', bytes: new Uint8Array(readFileSync(`content/captures/${file}`)) })];
  return answers.flatMap((answer) => (answer.kind === 'read' ? answer.lines : []));
}
const http = linesOf('arp-tcp-http.pcap');
const numbers = (filter: Partial<PacketFilter>, packets = http): readonly number[] =>
  fitting(packets, { ...NO_FILTER, ...filter }).map(({ number }) => number);

describe('a filter', () => {
  it('that is empty lets everything through', () => {
    expect(numbers({})).toHaveLength(14);
  });
  it('by protocol goes by the innermost one, as the list names it', () => {
    expect(numbers({ protocol: 'ARP' })).toEqual([1, 2]);
    expect(numbers({ protocol: 'HTTP' })).toEqual([6, 10]);
  });
  it('by port finds it on either side, and nothing that has no ports', () => {
    expect(numbers({ port: '8080' })).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(numbers({ port: '80' })).toEqual([]);
  });
  it('by a whole address means that one, by a part all that begin so', () => {
    const ping = linesOf('ping-and-traceroute.pcap');
    expect(numbers({ address: '192.0.2.1' }, ping).length).toBeLessThan(numbers({ address: '192.0.2.' }, ping).length);
    expect(numbers({ address: '198.51' })).toHaveLength(12);
    expect(numbers({ address: '02:00:00:00:00:01' })).toEqual([2]);
  });
  it('by stream finds one connection', () => {
    const chat = linesOf('socket-io-chat.pcap');
    const streams = new Set(chat.flatMap(({ stream }) => stream ?? []));
    expect(streams.size).toBe(4);
    expect(fitting(chat, { ...NO_FILTER, stream: '2' }).every(({ stream }) => stream === 2)).toBe(true);
  });
  it('joins its fields with "and"', () => {
    expect(numbers({ protocol: 'TCP', stream: '0', address: '192.0.2.10', port: '8080' })).toHaveLength(10);
  });
  it.each([
    [{ port: '99999' }, 'A port is a number from 0 to 65535.'],
    [{ port: 'http' }, 'A port is a number from 0 to 65535.'],
    [{ address: 'server' }, 'Write an address, or its beginning, such as 192.0.2.10 or 2001:db8.'],
  ])('with a mistake, %j, says what to write', (filter, hint) => {
    expect(filterHint({ ...NO_FILTER, ...filter })).toBe(hint);
  });
  it('with an address that is none lets all addresses pass', () => {
    expect(numbers({ address: 'server' })).toHaveLength(14);
  });
});

it('the protocols of a list are counted, most first', () => {
  expect(protocolsOf(http)).toEqual([
    { name: 'TCP', count: 10 },
    { name: 'ARP', count: 2 },
    { name: 'HTTP', count: 2 },
  ]);
});

describe('the lines that are drawn', () => {
  it('are those in sight and some around them, however long the list', () => {
    const window = windowOf({ top: 28 * 50_000, height: 28 * 20, linePx: 28, count: 100_000 });
    expect(window.from).toBeLessThan(50_000);
    expect(window.to).toBeGreaterThanOrEqual(50_020);
    expect(window.to - window.from).toBeLessThan(60);
  });
  it.each([0, 1, 13, 100_000])('lie inside a list of %i', (count) => {
    const { from, to } = windowOf({ top: 1e9, height: 600, linePx: 28, count });
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBe(count);
  });
});
