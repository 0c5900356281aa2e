/** What is said of the TCP segments of captures, held against what tshark 4.0 says. There are no differences to explain. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTshark } from '../../../scripts/tshark.mjs';
import { readCapture } from '../capture/capture.ts';
import { dissect } from '../dissect.ts';
import { type Field, flatFields } from '../field.ts';
import { firstProtocol } from '../link/link-type.ts';
import { captureOf, exchanges } from './exchange.fixture.ts';
import { TCP_MARKS } from './tcp-marks.ts';
import { ourStreams, ourVerdicts, tsharkRows, tsharkStreams, tsharkVerdicts, type Verdict } from './tshark.fixture.ts';

/** tshark takes its time to start, on a busy machine above all. */
const PATIENT = { timeout: 60_000 };
const RECORDED = join(import.meta.dirname, '../../../content/captures');

/** The fields of TCP in each packet of a recorded capture that has it. */
const tcpFieldsIn = (name: string): readonly (readonly Field[])[] =>
  readCapture(readFileSync(join(RECORDED, name))).packets.flatMap(({ bytes, linkType }) => {
    const { layers } = dissect(bytes, firstProtocol(linkType, bytes));
    const tcp = layers.find(({ protocol, quoted }) => protocol === 'tcp' && !quoted);
    return tcp ? [flatFields(tcp.fields)] : [];
  });
const recordings = readdirSync(RECORDED).filter((name) => name.endsWith('.pcap') && tcpFieldsIn(name).length > 0);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tshark-analysis-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The version whose judgements of segments are told here. Other versions judge some contrived cases otherwise. */
const JUDGED = /^TShark \(Wireshark\) 4\.0\./;
const version = execFileSync(findTshark(), ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** What every version says alike. */
const numbersOf = ({ packet, stream, seq, ack, windowBytes }: Verdict) => ({ packet, stream, seq, ack, windowBytes });

describe('tshark agrees on connections, numbers, windows and marks', PATIENT, () => {
  it.each(recordings)('of %s', (name) => {
    const file = join(RECORDED, name);
    expect(ourVerdicts(readFileSync(file))).toEqual(tsharkVerdicts(file));
  });
  it('of 800 exchanges that go wrong in every way', () => {
    const file = join(folder, 'exchanges.pcap');
    const capture = captureOf(exchanges(800, 1));
    writeFileSync(file, capture);
    const [ours, theirs] = [ourVerdicts(capture), tsharkVerdicts(file)];
    expect(ours.map(numbersOf)).toEqual(theirs.map(numbersOf));
    expect(new Set(ours.flatMap(({ marks }) => marks))).toEqual(new Set(Object.keys(TCP_MARKS)));
    if (JUDGED.test(version)) expect(ours).toEqual(theirs);
    else console.log(`Marks of contrived exchanges are held against tshark 4.0 alone; this is ${version.split('\n', 1)[0]}`);
  });
});

describe('tshark agrees on the fields of TCP', PATIENT, () => {
  const namesIn = (packets: readonly (readonly Field[])[]): readonly string[] => [
    ...new Set(packets.flat().flatMap(({ wireshark, kind }) => (wireshark && kind !== 'bytes' ? [wireshark] : []))),
  ];
  /** All values that a packet has for a field, in order. */
  const valuesOf = (fields: readonly Field[], name: string): readonly number[] =>
    fields.filter(({ wireshark }) => wireshark === name).map(({ value }) => Number(value));
  const numbersIn = (text: string): readonly number[] => (text === '' ? [] : text.split(',').map(Number));

  it.each(recordings)('of %s', (name) => {
    const packets = tcpFieldsIn(name);
    const names = namesIn(packets);
    const rows = tsharkRows(join(RECORDED, name), names, ['-o', 'tcp.relative_sequence_numbers:FALSE']);
    expect(packets.map((fields) => names.map((field) => valuesOf(fields, field)))).toEqual(rows.map((row) => row.map(numbersIn)));
  });
});

describe('tshark follows the same bytes', PATIENT, () => {
  it.each(recordings)('through %s', (name) => {
    const file = join(RECORDED, name);
    const ours = ourStreams(readFileSync(file));
    expect(ours).toEqual(tsharkStreams(file, ours.length));
  });
});
