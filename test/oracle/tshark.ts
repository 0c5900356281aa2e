/** Wireshark's own reading of a capture file, as PDML: every field with its bytes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTshark } from '../../scripts/tshark.mjs';
import { flatPdml, type PdmlField, type PdmlPacket, parsePdml } from './pdml.ts';

/** Wireshark leaves checksums alone unless it is asked, because network cards work them out after the capture. */
const CHECKED = ['ip', 'tcp', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);
/** As here, segments that came late are put in their place. */
const IN_ORDER = ['-o', 'tcp.reassemble_out_of_order:TRUE'];
const MOST_OUTPUT_BYTES = 1_000_000_000;

/** What tshark says of a file. Its home is an empty folder, so that nobody's preferences count. Throws if it cannot be run. */
export function runTshark(file: string, args: readonly string[]): string {
  const tshark = findTshark();
  if (!tshark) throw new Error('No tshark: `npm test` installs it or says how, TSHARK_PATH names one.');
  const home = mkdtempSync(join(tmpdir(), 'on-the-wire-tshark-'));
  const env = { PATH: process.env['PATH'], HOME: home, XDG_CONFIG_HOME: home, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const { stdout, status, stderr, error } = spawnSync(tshark, ['-n', '-r', file, ...CHECKED, ...IN_ORDER, ...args], {
    env,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  rmSync(home, { recursive: true, force: true });
  // A capture that is cut short makes it fail, after it has told all there was.
  if (error || (status !== 0 && stdout === '')) throw new Error(`tshark cannot read ${file}: ${error?.message ?? stderr}`);
  return stdout;
}

const STATUS = 'tcp.checksum.status';
const BAD = '0';
/** As the options of tshark have it: later ones count. */
const UNCHECKED = ['-o', 'tcp.check_checksum:FALSE'];

const statusesOf = ({ protocols }: PdmlPacket): readonly PdmlField[] => flatPdml(protocols).filter(({ name }) => name === STATUS);

/** The same packet with what was said of its checksums before. */
function withStatuses(packet: PdmlPacket, statuses: readonly PdmlField[]): PdmlPacket {
  const rest = [...statuses];
  const replaced = (field: PdmlField): PdmlField => ({
    ...(field.name === STATUS ? (rest.shift() ?? field) : field),
    parts: field.parts.map(replaced),
  });
  return { protocols: packet.protocols.map(replaced) };
}

/**
 * Wireshark’s reading, checksums judged. It puts no segment with a wrong checksum together with others; but many a capture is full
 * of them, because the network card works them out later. Then it reads once more without judging, for all but the checksums.
 */
export function readWithTshark(file: string): readonly PdmlPacket[] {
  const judged = parsePdml(runTshark(file, ['-T', 'pdml']));
  const statuses = judged.map(statusesOf);
  if (!statuses.flat().some(({ show }) => show === BAD)) return judged;
  return parsePdml(runTshark(file, ['-T', 'pdml', ...UNCHECKED])).map((packet, index) => withStatuses(packet, statuses[index] ?? []));
}
