import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCapture } from '#wire/capture/capture.ts';
import { CaptureReading } from '#wire/capture/reading.ts';
import { captureTrace } from './capture-trace.ts';
import { messagesOf } from './fates.ts';
import { layout } from './layout/layout.ts';

function summariesOf(name: string) {
  const reading = new CaptureReading();
  return readCapture(readFileSync(`content/captures/${name}.pcap`)).packets.map((packet) => reading.push(packet));
}

it('a capture is a trace: its hosts are the lanes, its packets the messages, each seen at one moment', () => {
  const trace = captureTrace(summariesOf('arp-tcp-http'));
  expect(trace.lanes).toEqual(['192.0.2.10', '192.0.2.1', '198.51.100.20'].map((id) => ({ id, name: id, role: 'host' })));
  expect(messagesOf(trace).map(({ label }) => label)).toEqual([
    'Who has 192.0.2.1? Tell 192.0.2.10',
    '192.0.2.1 is at 02:00:00:00:00:01',
    'SYN',
    'SYN, ACK',
    'ack 1',
    'GET /hello',
    'ack 88',
    'seq 1 len 138',
    'ack 139',
    '200 OK',
    'ack 161',
    'FIN, ACK',
    'FIN, ACK',
    'ack 162',
  ]);
  for (const { sentAt, fate } of messagesOf(trace)) expect(fate).toEqual({ kind: 'delivered', at: sentAt, replayed: false });
  expect(messagesOf(trace)[2]).toMatchObject({ id: 'packet:3', from: '192.0.2.10', to: '198.51.100.20', what: 'packet', sentAt: 0.038 });
});

it('the first packet of a selection is at 0, and what happens in microseconds is drawn slowed', () => {
  const trace = captureTrace(summariesOf('tcp-zero-window').slice(2, 9));
  expect(messagesOf(trace)[0]?.sentAt).toBe(0);
  expect(trace.endsAt).toBeCloseTo(0.245);
  expect(trace.slowed).toBe(5000);
});

it('packets of one and the same moment say nothing of how fast it went', () => {
  const seen = (us: number) => ({ number: us, us, hosts: ['a', 'b'], label: '', marks: [] }) as const;
  expect(captureTrace([0, 0, 0, 0, 0, 1000].map(seen)).slowed).toBe(100);
  expect(captureTrace([0, 0].map(seen)).slowed).toBe(1);
});

it('what the analysis says of a packet is a note at its sender', () => {
  const notes = captureTrace(summariesOf('tcp-retransmission')).events.filter((event) => event.kind === 'note');
  expect(notes[0]).toMatchObject({ id: 'packet:56:retransmission', lane: '192.0.2.10', text: 'TCP Retransmission' });
});

it('can be drawn', () => {
  const { arrows, columns } = layout(captureTrace(summariesOf('closed-ports').slice(3)), { geometry: 'wide' });
  expect(columns).toHaveLength(2);
  expect(arrows.map(({ tip, label }) => [tip, label?.text])).toEqual([
    ['head', 'SYN'],
    ['head', 'RST, ACK'],
    ['head', 'UDP 49040 → 9, 3 bytes'],
    ['head', expect.stringMatching(/^destination unreachable/)],
  ]);
});

it('is drawn with its packets at even distances, each with its time beside it', () => {
  const { arrows, ticks, folds } = layout(captureTrace(summariesOf('tcp-retransmission')), { geometry: 'wide' });
  const distances = arrows.slice(1).map(({ start }, index) => start.y - (arrows[index]?.start.y ?? 0));
  for (const distance of distances) expect(distance).toBeCloseTo(38, 1);
  expect(folds).toEqual([]);
  expect(ticks.slice(0, 3).map(({ label }) => label)).toEqual(['0 s', '0.000', '0.000']);
  expect(ticks[55]).toMatchObject({ y: arrows[55]?.start.y, label: '0.623' });
});

it('keeps the order of packets that have the same time', () => {
  const seen = (number: number) => ({ number, us: 5, hosts: ['a', 'b'], label: '', marks: [] }) as const;
  const { arrows } = layout(captureTrace([1, 2, 3].map(seen)), { geometry: 'narrow' });
  expect(arrows.map(({ start }) => start.y)).toEqual([26, 56, 86].map((y) => expect.closeTo(y, 1)));
});

it('of no packets is empty', () => {
  expect(captureTrace([])).toMatchObject({ lanes: [], events: [], endsAt: 0, slowed: 1 });
});
