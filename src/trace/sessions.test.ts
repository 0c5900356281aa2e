import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lab } from './model/lab.fixture.ts';
import { play, scripts } from './model/script.fixture.ts';
import type { ClientRecord, Logs, ServerRecord } from './records.ts';
import { correlate, type Packet, type Session } from './sessions.ts';

const sessionsOf = ({ server, clients }: Logs): readonly Session[] => [...correlate(server, clients).sessions.values()];
const violationsOf = ({ server, clients }: Logs): readonly string[] => correlate(server, clients).violations;
const packetsOf = (logs: Logs): readonly Packet[] => sessionsOf(logs).flatMap(({ packets }) => packets);

/** One session of Ada's, `x`, with what each side wrote down of it. */
function session(client: readonly ClientRecord[], server: readonly ServerRecord[]) {
  const { sessions, violations } = correlate([['opened', 0, 'x', 'websocket'], ...server], {
    ada: [['opened', 0, 'x', 'websocket'], ...client],
  });
  const [only] = sessions.values();
  return { session: only, packets: only?.packets ?? [], violations };
}

describe('correlation', () => {
  it('pairs the n-th packet made with the n-th that arrived, heartbeats apart from messages', () => {
    const { packets, violations } = session(
      [
        ['arrived', 5, 'x', '2'],
        ['arrived', 7, 'x', '42["a"]'],
      ],
      [
        ['created', 1, 'x', '42["a"]'],
        ['created', 2, 'x', '2'],
        ['created', 3, 'x', '42["b"]'],
      ],
    );
    expect(packets.map(({ text, n, arrivedAt }) => [text, n, arrivedAt])).toEqual([
      ['42["a"]', 0, 7],
      ['2', 0, 5],
      ['42["b"]', 1, undefined],
    ]);
    expect(violations).toEqual([]);
  });

  it('gives attachments to the packet that announced them, and each its own arrival', () => {
    const { packets } = session(
      [
        ['created', 1, 'x', '452-["file"]'],
        ['created', 1, 'x', 'bAQ=='],
        ['created', 1, 'x', 'bAg=='],
        ['created', 2, 'x', '42["next"]'],
      ],
      [
        ['arrived', 3, 'x', '452-["file"]'],
        ['arrived', 4, 'x', 'bAQ=='],
      ],
    );
    expect(packets.map(({ text }) => text)).toEqual(['452-["file"]', '42["next"]']);
    expect(packets[0]?.attachments.map(({ text, arrivedAt }) => [text, arrivedAt])).toEqual([
      ['bAQ==', 4],
      ['bAg==', undefined],
    ]);
  });

  it('counts heartbeats among what was written', () => {
    const { packets } = session(
      [],
      [
        ['created', 1, 'x', '2'],
        ['created', 1, 'x', '42["a"]'],
        ['written', 1, 'x', 1],
      ],
    );
    expect(packets.map(({ text, written }) => [text, written])).toEqual([
      ['2', true],
      ['42["a"]', false],
    ]);
  });

  it('takes what arrived for written, even if that record has not come yet', () => {
    const { packets } = session([['arrived', 2, 'x', '42["a"]']], [['created', 1, 'x', '42["a"]']]);
    expect(packets[0]?.written).toBe(true);
  });

  it('leaves out sessions of which no client has told', () => {
    expect(correlate([['created', 1, 'stranger', '42["a"]']], { ada: [] }).sessions.size).toBe(0);
  });

  it('knows which sessions a crash found open', () => {
    const closed = session(
      [],
      [
        ['closed', 3, 'x', 'transport close', 0],
        ['crashed', 4],
      ],
    );
    const killed = session(
      [],
      [
        ['crashed', 4],
        ['started', 5],
        ['crashed', 6],
      ],
    );
    const ended = session([], [['ended', 4, 'closed']]);
    expect(closed.session?.serverDied).toBeUndefined();
    expect(killed.session?.serverDied).toEqual({ at: 4, by: 'crashed' });
    expect(ended.session?.serverDied).toEqual({ at: 4, by: 'ended' });
  });
});

describe('logs that cannot be', () => {
  it.each<[string, readonly ServerRecord[]]>([
    ['another text arrived than was made', [['arrived', 2, 'x', '42["b"]']]],
    [
      'more arrived than was made',
      [
        ['arrived', 2, 'x', '42["a"]'],
        ['arrived', 3, 'x', '42["a"]'],
      ],
    ],
    ['a heartbeat arrived that nobody made', [['arrived', 2, 'x', '3']]],
  ])('%s', (_what, server) => {
    expect(session([['created', 1, 'x', '42["a"]']], server).violations).toHaveLength(1);
  });
});

type Arrival = { readonly log: string; readonly position: number; readonly sid: string; readonly text: string };

const isBeat = (text: string): boolean => text === '2' || text === '3';

/** Where messages arrived, by log; `server` is a log of its own. */
function arrivalsIn({ server, clients }: Logs): readonly Arrival[] {
  const all: [string, readonly (ClientRecord | ServerRecord)[]][] = [['server', server], ...Object.entries(clients)];
  return all.flatMap(([log, records]) =>
    records.flatMap((record, position) =>
      record[0] === 'arrived' && !isBeat(record[3]) ? [{ log, position, sid: record[2], text: record[3] }] : [],
    ),
  );
}

/** The logs with one list of records changed. */
function changed(logs: Logs, log: string, change: <Kind>(records: readonly Kind[]) => readonly Kind[]): Logs {
  if (log === 'server') return { ...logs, server: change(logs.server) };
  return { ...logs, clients: { ...logs.clients, [log]: change(logs.clients[log] ?? []) } };
}

/** Two arrivals of different messages, one after the other on one way, in a lab that was played. */
const pairsOfArrivals = fc.tuple(scripts(), fc.nat(), fc.nat()).chain(([script, a, b]) => {
  const logs = play(script).logs();
  const arrivals = arrivalsIn(logs);
  const first = arrivals[a % Math.max(1, arrivals.length)];
  const later = arrivals.filter(
    ({ log, sid, position, text }) => log === first?.log && sid === first.sid && position > first.position && text !== first.text,
  );
  const second = later[b % Math.max(1, later.length)];
  return fc.constant({ logs, first, second });
});

describe('the logs of any lab', () => {
  it('contradict each other nowhere, and every packet that arrived is found', () => {
    let arrived = 0;
    fc.assert(
      fc.property(scripts(), (script) => {
        const logs = play(script).logs();
        expect(violationsOf(logs)).toEqual([]);
        const found = packetsOf(logs)
          .flatMap((packet) => [packet, ...packet.attachments])
          .filter(({ arrivedAt }) => arrivedAt !== undefined);
        const beats = found.filter(({ beat }) => beat);
        expect(found.length - beats.length).toBe(arrivalsIn(logs).length);
        arrived += found.length;
      }),
    );
    expect(arrived).toBeGreaterThan(500);
  });

  it('contradict each other when one arrival in the middle is dropped', () => {
    fc.assert(
      fc.property(pairsOfArrivals, ({ logs, first, second }) => {
        fc.pre(first !== undefined && second !== undefined);
        const mutant = changed(logs, first.log, (records) => records.filter((_, position) => position !== first.position));
        expect(violationsOf(mutant)).not.toEqual([]);
      }),
    );
  });

  it('contradict each other when two arrivals are swapped', () => {
    fc.assert(
      fc.property(pairsOfArrivals, ({ logs, first, second }) => {
        fc.pre(first !== undefined && second !== undefined);
        const mutant = changed(logs, first.log, (records) => {
          const [one, other] = [records[first.position], records[second.position]];
          return records.map((record, position) =>
            position === first.position ? (other ?? record) : position === second.position ? (one ?? record) : record,
          );
        });
        expect(violationsOf(mutant)).not.toEqual([]);
      }),
    );
  });

  it('tell of a session whose server died before its first packet came', () => {
    const lab = new Lab({ downMs: 300 }).connect('bo').wait(100).crash().wait(1_000);
    const [only] = sessionsOf(lab.logs());
    expect(only?.packets.map(({ text, arrivedAt }) => [text, arrivedAt])).toEqual([['40', undefined]]);
    expect(only?.serverDied?.by).toBe('crashed');
  });
});
