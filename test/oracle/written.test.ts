/** What is written here, Wireshark reads without a complaint, and as it was meant. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePcap } from '#wire/capture/pcap.ts';
import { compare } from './compare.ts';
import { readOurs } from './ours.ts';
import { flatPdml, type PdmlPacket } from './pdml.ts';
import { readWithTshark } from './tshark.ts';
import { writtenFrames } from './written.fixture.ts';

const ETHERNET = 1;
const SEED = 20_260_731;
const PATIENT = 60_000;
/** Of Wireshark’s remarks: from here on something is wrong. Chat and note are below. Source: epan/proto.h, PI_WARN. */
const WARNING = 0x600000;

const file = writePcap(
  writtenFrames(SEED, 6).map((bytes, index) => ({ ns: BigInt(index) * 1_000_000n, bytes })),
  ETHERNET,
);
const complaintsOf = ({ protocols }: PdmlPacket): readonly string[] =>
  flatPdml(protocols)
    .filter(
      ({ name, parts }) =>
        name === '_ws.malformed' ||
        (name === '_ws.expert' && parts.some((part) => part.name === '_ws.expert.severity' && Number(part.show) >= WARNING)),
    )
    .map(({ name, showname }) => showname || name);

let folder = '';
let theirs: readonly PdmlPacket[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'on-the-wire-written-'));
  const path = join(folder, 'written.pcap');
  writeFileSync(path, file);
  theirs = readWithTshark(path);
}, PATIENT);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('packets of every kind that is written here', () => {
  it('are nothing that Wireshark warns of', () => {
    expect(theirs.length).toBeGreaterThan(250);
    expect(theirs.flatMap((packet, index) => complaintsOf(packet).map((complaint) => `packet ${index + 1}: ${complaint}`))).toEqual([]);
  });
  it('are read by Wireshark as here', () => {
    expect(compare(readOurs(file), theirs).differences.map(({ packet, text }) => `packet ${packet}: ${text}`)).toEqual([]);
  });
});
