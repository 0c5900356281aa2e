/** What hosts and routers emit, read by Wireshark. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePcap } from '#wire/capture/pcap.ts';
import { utf8 } from '#wire/hex.fixture.ts';
import { runTshark } from '../../test/oracle/tshark.ts';
import { packetsToWrite } from './captures.ts';
import { BO, line, PORTS } from './line.fixture.ts';
import { type Network, simulate } from './network.ts';
import { ping } from './node/echo.ts';

/** tshark takes its time to start, on a busy machine above all. */
const PATIENT = 60_000;
/** The registry of link types, https://www.tcpdump.org/linktypes.html */
const ETHERNET = 1;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tshark-sim-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One of everything: a ping, pieces that are cut twice, copied and late, and each answer of ICMP. */
function everything(network: Network): void {
  const ada = network.node('ada');
  network.node('bo').udp.listen(PORTS.destinationPort, () => undefined);
  const send = (over: object): void => {
    ada.udp.send({ destination: BO, ...PORTS, data: utf8('hello'), ...over });
  };
  ping(ada, { destination: BO, identifier: 1, sequence: 1, data: utf8('ping') });
  for (const over of [{}, { ttl: 1 }, { destination: '203.0.113.9' }, { destination: '198.51.100.21' }, { destinationPort: 9998 }])
    send(over);
  ada.send({ destination: BO, protocol: 132, payload: new Uint8Array(12) });
  send({ data: new Uint8Array(1000), dontFragment: true });
  send({ data: new Uint8Array(3992) });
  network.kernel.at(1_000_000, () => network.link('far').setUp(false));
  network.kernel.at(2_000_000, () => network.link('far').setUp(true));
  network.kernel.at(3_000_000, () => send({ data: new Uint8Array(1000) }));
}

const faults = { duplication: { nth: [5] }, reordering: { nth: [6], heldUs: 9000 } };
const { captures } = simulate(line({ far: { mtu: 576, ...faults } }), everything);

it.each(['ada/near', 'router/near', 'router/far', 'bo/far'])(
  'tshark reads every frame that was seen at %s, and finds no fault in any',
  (point) => {
    const captured = captures[point] ?? [];
    const file = join(folder, `${point.replace('/', '-')}.pcap`);
    writeFileSync(file, writePcap(packetsToWrite(captured), ETHERNET));
    const fields = ['frame.time_epoch', 'frame.len', 'ip.checksum.status', 'udp.checksum.status', 'icmp.checksum.status', '_ws.malformed'];
    const rows = runTshark(file, ['-T', 'fields', ...fields.flatMap((field) => ['-e', field])])
      .split('\n')
      .filter((row) => row !== '')
      .map((row) => row.split('\t'));
    expect(rows.map(([time, length]) => [Number(time) * 1_000_000, Number(length)])).toEqual(
      captured.map(({ us, bytes }) => [expect.closeTo(us, 1), bytes.length]),
    );
    expect(captured.length).toBeGreaterThan(10);
    const BAD = '0';
    expect(rows.filter((row) => row.slice(2, 5).some((status) => status.split(',').includes(BAD)))).toEqual([]);
    expect(rows.map((row) => row[5])).toEqual(rows.map(() => ''));
  },
  PATIENT,
);

it(
  'tshark puts together what Bo put together, and names each answer as it is meant',
  () => {
    const write = (point: string): string => {
      const file = join(folder, `${point.replace('/', '-')}-again.pcap`);
      writeFileSync(file, writePcap(packetsToWrite(captures[point] ?? []), ETHERNET));
      return file;
    };
    const reassembled = runTshark(write('bo/far'), ['-Y', 'ip.reassembled.length', '-T', 'fields', '-e', 'ip.reassembled.length']);
    expect(reassembled.trim().split('\n')).toEqual(['4000', '1008']);
    const answers = runTshark(write('ada/near'), [
      '-Y',
      'icmp && ip.dst == 192.0.2.10',
      '-T',
      'fields',
      '-E',
      'occurrence=f',
      '-e',
      'icmp.type',
      '-e',
      'icmp.code',
      '-e',
      'icmp.mtu',
    ]);
    const kinds = answers.split('\n').filter((row) => row !== '');
    expect([...new Set(kinds.map((row) => row.trim().replaceAll('\t', '/')))].sort()).toEqual([
      '0/0',
      '11/0',
      '3/0',
      '3/1',
      '3/2',
      '3/3',
      '3/4/576',
    ]);
  },
  PATIENT,
);
