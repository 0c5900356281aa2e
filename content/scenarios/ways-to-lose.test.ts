import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '#trace/assemble.ts';
import type { Logs } from '#trace/records.ts';
import { report } from '../../server/labs/schemas.ts';
import { contradictionsIn, kindsOfFate, reasonsOf, shownBy } from './conversation.fixture.ts';
import { goLive, type Live } from './live.fixture.ts';
import { connectionOf, type Played, playWay, twoTalkers, type WayName } from './ways-to-lose.fixture.ts';

/** A server that writes in the moment of the loss says `transport error`: rare, and allowed. */
const CLOSED = ['transport close', 'transport error'];

type Row = {
  readonly way: WayName;
  /** The reasons of which each side gives one; empty: it notices nothing. */
  readonly client: readonly string[];
  readonly server: readonly string[];
  readonly attempts: string;
  readonly back: string;
  /** What becomes of what Ada says, for Bo; and of what Bo says, for the server. */
  readonly down: readonly string[];
  readonly up: readonly string[];
  /** What may be true of a message that crosses the loss on the wire. */
  readonly crossing: readonly string[];
};

const RECOVERED = 'recovered, same id';
const LOST = 'not recovered, new id';
/** Bo's emits while he knows that he is away wait in his page. */
const BUFFERED = ['delivered', 'delivered, waited'];
const REPLAYED = ['delivered', 'delivered, replayed'];
const MISSED = ['delivered', 'never sent, away'];

/** What each way does over WebSocket, as measured with real browsers: who notices, what is missed, what recovery brings back. */
const TABLE: readonly Row[] = [
  {
    way: 'polite',
    client: ['io client disconnect'],
    server: ['client namespace disconnect'],
    attempts: 'none',
    back: LOST,
    down: MISSED,
    up: BUFFERED,
    crossing: ['lost, wire, closed'],
  },
  {
    way: 'engine.close()',
    client: ['forced close'],
    server: CLOSED,
    attempts: 'the first one succeeds',
    back: RECOVERED,
    down: REPLAYED,
    up: BUFFERED,
    crossing: [],
  },
  {
    way: 'cut, and plugged in at once',
    client: ['transport close'],
    server: CLOSED,
    attempts: 'the first one succeeds',
    back: RECOVERED,
    down: REPLAYED,
    up: BUFFERED,
    crossing: [],
  },
  {
    way: 'cut for a while',
    client: ['transport close'],
    server: CLOSED,
    attempts: 'websocket error',
    back: RECOVERED,
    down: REPLAYED,
    up: BUFFERED,
    crossing: [],
  },
  {
    way: 'short black hole',
    client: [],
    server: [],
    attempts: 'none',
    back: 'never left',
    down: ['delivered'],
    up: ['delivered'],
    crossing: [],
  },
  {
    way: 'long black hole',
    client: ['ping timeout'],
    server: ['ping timeout'],
    attempts: 'timeout',
    back: RECOVERED,
    down: REPLAYED,
    up: [...BUFFERED, 'lost, wire, black-hole'],
    crossing: [],
  },
  {
    way: 'change of network',
    client: ['transport close'],
    server: ['ping timeout'],
    attempts: 'the first one succeeds',
    back: LOST,
    down: ['delivered', 'lost, wire, network-change'],
    up: BUFFERED,
    crossing: [],
  },
  {
    way: 'crash',
    client: ['transport close'],
    server: [],
    attempts: 'websocket error',
    back: LOST,
    down: ['delivered'],
    up: BUFFERED,
    // What Ada’s page kept goes to whoever is back before her.
    crossing: ['lost, wire, crash', 'never sent, away'],
  },
  {
    way: 'thrown out',
    client: ['io server disconnect'],
    server: ['server namespace disconnect'],
    attempts: 'none',
    back: LOST,
    down: MISSED,
    up: BUFFERED,
    crossing: ['lost, wire, closed'],
  },
];

let live: Live;
/** By way; what a way was waiting for, if it never came to an end. */
const played = new Map<WayName, Played | Error>();
function of(way: WayName): Played {
  const one = played.get(way) ?? new Error(`${way} was not played`);
  if (one instanceof Error) throw one;
  return one;
}

beforeAll(async () => {
  live = await goLive([twoTalkers]);
  await Promise.all(
    TABLE.map(async ({ way }) => {
      const lab = await live.open(twoTalkers);
      played.set(way, await playWay(lab, way).catch((error: Error) => error));
    }),
  );
}, 60_000);
afterAll(() => live.close());

const numbers = (logs: Logs, who: string): readonly number[] => shownBy(logs, who).map(Number);
const oneTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe.each(TABLE)('Bo is lost: $way', ({ way, client, server, attempts, back, down, up, crossing }) => {
  it('and each side gives its own reason, or notices nothing', () => {
    const seen = reasonsOf(of(way).logs, 'bo');
    expect([seen.client.length, seen.server.length]).toEqual([Math.min(1, client.length), Math.min(1, server.length)]);
    expect(client).toEqual(expect.arrayContaining([...seen.client]));
    expect(server).toEqual(expect.arrayContaining([...seen.server]));
  });

  it('and meanwhile his page tries what the table says, and comes back as it says', () => {
    expect(connectionOf(of(way).logs)).toEqual({ attempts, back });
  });

  it('and what Ada said meanwhile is missed, replayed or lost as the table says', () => {
    const fates = kindsOfFate(assemble(of(way).logs), 'ada', 'bo');
    expect(fates.filter((fate) => !crossing.includes(fate))).toEqual(down);
  });

  it('and what he said himself waits in his page, but for what he says before he notices', () => {
    const fates = kindsOfFate(assemble(of(way).logs), 'bo', 'server');
    expect(fates.filter((fate) => !crossing.includes(fate))).toEqual(up);
  });

  it('and his page shows each number once, in order, and all of them if nothing was lost', () => {
    const { logs, said } = of(way);
    const shown = numbers(logs, 'bo');
    expect(shown).toEqual(oneTo(said).filter((number) => shown.includes(number)));
    if (back !== LOST) expect(shown).toHaveLength(said);
    else if (way !== 'crash') expect(shown.length).toBeLessThan(said);
  });

  it('and Ada’s page shows each of his numbers once, in order', () => {
    const { logs, said } = of(way);
    const shown = numbers(logs, 'ada');
    expect(shown).toEqual(oneTo(said).filter((number) => shown.includes(number)));
  });

  it('and the logs agree with each other, hold no trouble, and are such that another device may have them', () => {
    const { logs } = of(way);
    expect(contradictionsIn(logs)).toEqual([]);
    expect(logs.server.filter(([kind]) => kind === 'trouble')).toEqual([]);
    for (const [lane, records] of Object.entries(logs.clients))
      for (const one of records) expect(report.safeParse({ lab: '', lane, records: [one] }).success, String(one)).toBe(true);
  });
});

it('the server believes in a black-holed Bo, and addresses him, until his ping goes unanswered for too long', () => {
  const { logs } = of('long black hole');
  const [away] = logs.server.filter((record) => record[0] === 'disconnected' && record[5] === 'ping timeout');
  const lost = logs.clients['bo']?.find((record) => record[0] === 'act' && record[2] === 'black-hole');
  const back = logs.server.findLast(([kind]) => kind === 'connected');
  if (!away || !lost || !back) throw new Error('Bo never left');
  // Page and server run in one process here, and so by one clock.
  const addressed = (from: number, to: number) =>
    logs.server.filter((record) => record[0] === 'addressed' && record[1] > from && record[1] < to && record[5].includes(String(away[3])))
      .length;
  expect(addressed(lost[1], away[1])).toBeGreaterThan(0);
  expect(addressed(away[1], back[1])).toBe(0);
  const beliefs = assemble(logs).events.flatMap((event) => (event.kind === 'span' && event.what === 'belief' ? [event.lane] : []));
  expect(beliefs.toSorted()).toEqual(['bo', 'server']);
});
