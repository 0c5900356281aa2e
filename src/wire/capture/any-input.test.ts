/** Whatever a file holds, reading it ends, throws nothing, and tells of no byte that is not there. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatFields } from '../field.ts';
import { readCapture } from './capture.ts';
import type { CaptureLimits } from './packet.ts';
import { writePcap } from './pcap.ts';
import { CaptureReading } from './reading.ts';
import { frameOf, type Source } from './source.ts';

const FOLDERS = ['content/captures', 'test/oracle/vectors'];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(`${folder}/${name}`)) })),
);
const SMALL = FILES.filter(({ bytes }) => bytes.length < 1500);
const LINKS = [0, 1, 101, 113, 228, 229, 276, 12345];
const LIMITS: CaptureLimits = { bytes: 1_000_000, packets: 1000 };
const SLOW = 60_000;

/** What is wrong with the places that a source tells: nothing. */
function misplaced({ bytes, layers }: Source): readonly unknown[] {
  const bits = bytes.length * 8;
  return layers.flatMap(({ at, headEnd, end, fields, errors, protocol }) => [
    ...(0 <= at && at <= headEnd && headEnd <= end && end <= bytes.length ? [] : [{ protocol, at, headEnd, end }]),
    ...flatFields(fields).filter((field) => field.at < 0 || field.bits < 0 || field.at + field.bits > bits),
    ...errors.filter(({ offset }) => offset < 0 || offset > bytes.length),
  ]);
}

/** Reads a file as the viewer does: the list, every packet, every connection. */
function readAll(file: Uint8Array): void {
  const reading = new CaptureReading();
  const { packets, errors } = readCapture(file, LIMITS);
  for (const { offset } of errors) expect(offset).toBeLessThanOrEqual(file.length);
  for (const packet of packets) reading.push(packet);
  const sources = packets.flatMap(({ number }) => reading.detail(number)?.sources ?? []);
  expect(sources.flatMap(misplaced)).toEqual([]);
  for (const { index } of reading.streams) expect(reading.follow(index)).toBeDefined();
}

describe('any input', () => {
  it('of random bytes is read', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'd4c3b2a1020004000000000000000000ffff000001000000', '0a0d0d0a'),
        fc.uint8Array({ maxLength: 300 }),
        (head, rest) => readAll(Uint8Array.from([...Buffer.from(head, 'hex'), ...rest])),
      ),
      { numRuns: 300 },
    );
  });
  it('of random packets, on any link, is read', () => {
    const packets = fc.array(fc.uint8Array({ maxLength: 120 }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(...LINKS), packets, (link, list) =>
        readAll(
          writePcap(
            list.map((bytes) => ({ ns: 0n, bytes })),
            link,
          ),
        ),
      ),
      { numRuns: 300 },
    );
  });
  it.each(SMALL)('$name is read, wherever it is cut', { timeout: SLOW }, ({ bytes }) => {
    for (let length = 0; length <= bytes.length; length += 1) readAll(bytes.subarray(0, length));
  });
  it.each(FILES)('each packet of $name is read, wherever it is cut', { timeout: SLOW }, ({ bytes }) => {
    for (const packet of readCapture(bytes, LIMITS).packets) {
      const wrong: unknown[] = [];
      for (let length = 0; length < packet.bytes.length; length += 1) {
        wrong.push(...misplaced(frameOf({ ...packet, bytes: packet.bytes.subarray(0, length) })));
      }
      expect(wrong).toEqual([]);
    }
  });
  it.each(FILES)('$name is read, however much of each packet was kept', { timeout: SLOW }, ({ bytes }) => {
    const { packets, interfaces } = readCapture(bytes, { ...LIMITS, packets: 24 });
    const kept = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(kept, (length) => {
        const cut = packets.map((packet) => ({ ns: packet.ns ?? 0n, bytes: packet.bytes.subarray(0, length), length: packet.length }));
        readAll(writePcap(cut, interfaces[0]?.linkType ?? 1));
      }),
      { numRuns: 12 },
    );
  });
  it('with bytes that have changed is read', { timeout: SLOW }, () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...FILES.filter(({ bytes }) => bytes.length < 6000)), changes, ({ bytes }, list) => {
        const changed = bytes.slice();
        for (const [at, value] of list) changed[at % changed.length] = value;
        readAll(changed);
      }),
      { numRuns: 800 },
    );
  });
});
