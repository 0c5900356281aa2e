import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import { truthOf } from '#lab/prediction.ts';
import { assemble } from '#trace/assemble.ts';
import { explain } from '#trace/explain.ts';
import { type ClientPane, panesAt } from '#trace/panes.ts';
import type { Logs } from '#trace/records.ts';
import { conversation, fatesOf, hasRetried, reasonsOf } from './conversation.fixture.ts';
import { disconnectedIsNormal as scenario } from './disconnected-is-normal.ts';
import { goLive, type Live, recordingOf, runOf, traceOf, unsoundIn } from './live.fixture.ts';

/** A server whose write fails in the moment of the cut says so: rare, and allowed. */
const CUT = ['transport close', 'transport error'];
const PATIENCE_MS = 15_000;

type Expected = {
  readonly run: string;
  /** What became of one, two and three for Bo. */
  readonly fates: readonly string[];
  /** The reasons of which each side may give one; empty: it notices nothing. */
  readonly client: readonly string[];
  readonly server: readonly string[];
  readonly comesBackByItself: boolean;
  readonly sentence: string;
};

const [ONE, TWO, THREE] = ['one: delivered', 'two: delivered', 'three: delivered'];
const AWAY = ['two: never sent, away', 'three: never sent, away'];
const AWAY_SENTENCE = 'Bo got one. two and three were never sent to Bo, because the server had noticed by then that Bo was gone.';

/** The table of the lesson. */
const WAYS: readonly Expected[] = [
  {
    run: 'polite',
    fates: [ONE, ...AWAY],
    client: ['io client disconnect'],
    server: ['client namespace disconnect'],
    comesBackByItself: false,
    sentence: AWAY_SENTENCE,
  },
  {
    run: 'cut',
    fates: [ONE, ...AWAY],
    client: ['transport close'],
    server: CUT,
    comesBackByItself: true,
    sentence: AWAY_SENTENCE,
  },
  {
    run: 'black-hole',
    fates: [ONE, 'two: lost, wire, black-hole', 'three: never sent, away'],
    client: ['ping timeout'],
    server: ['ping timeout'],
    comesBackByItself: true,
    sentence:
      'Bo got one. two died on the wire while the server still believed Bo was connected. three was never sent to Bo, because the server had noticed by then that Bo was gone.',
  },
  {
    run: 'change-network',
    fates: [ONE, 'two: lost, wire, network-change', THREE],
    client: ['transport close'],
    server: ['ping timeout'],
    comesBackByItself: true,
    sentence: 'Bo got one and three. two died on the wire: the server sent to a connection that Bo had left.',
  },
  {
    run: 'throw-out',
    fates: [ONE, ...AWAY],
    client: ['io server disconnect'],
    server: ['server namespace disconnect'],
    comesBackByItself: false,
    sentence: AWAY_SENTENCE,
  },
  {
    run: 'short-black-hole',
    fates: [ONE, TWO, THREE],
    client: [],
    server: [],
    comesBackByItself: false,
    sentence: 'Bo got one, two and three.',
  },
];

let live: Live;
let labs: ReadonlyMap<string, Lab>;
const played = (run: string): Lab => labs.get(run) as Lab;
const boIn = (logs: Logs): ClientPane | undefined => panesAt(logs, Number.POSITIVE_INFINITY).clients.find(({ lane }) => lane === 'bo');
/** Of each side, what it said when it noticed; `bringBack` comes later. */
const noticed = new Map<string, { readonly logs: Logs }>();

/** Waits until both sides have noticed what they ever will. */
async function bothHaveNoticed({ run, client, server }: Expected): Promise<void> {
  const sides = [client, server].filter(({ length }) => length > 0).length;
  await vi.waitFor(
    () => {
      const seen = reasonsOf(played(run).logs(), 'bo');
      expect([seen.client, seen.server].filter(({ length }) => length > 0)).toHaveLength(sides);
    },
    { timeout: PATIENCE_MS },
  );
  noticed.set(run, { logs: structuredClone(played(run).logs()) });
}

beforeAll(async () => {
  live = await goLive();
  labs = await live.playAll(scenario);
  await Promise.all(WAYS.map(bothHaveNoticed));
}, 40_000);
afterAll(() => live.close());

const spoken = (logs: Logs): string =>
  explain(assemble(logs), { event: 'chat', to: 'bo' })
    .map(({ text }) => text)
    .join('');

describe.each(WAYS)('Bo goes: $run', (way) => {
  const logs = (): Logs => noticed.get(way.run)?.logs as Logs;

  it('and of one, two and three he gets what the table says', () => {
    expect(fatesOf(assemble(logs()), 'chat', 'bo')).toEqual(way.fates);
    const count = way.fates.filter((fate) => fate.endsWith('delivered')).length;
    expect(truthOf(runOf(scenario, way.run).predict, assemble(logs()))).toEqual({ kind: 'count', count });
  });

  it('and each side notices with its own reason, or not at all', () => {
    const { client, server } = reasonsOf(logs(), 'bo');
    expect(client.filter((reason) => !way.client.includes(reason))).toEqual([]);
    expect(server.filter((reason) => !way.server.includes(reason))).toEqual([]);
    expect([client.length, server.length]).toEqual([Math.min(1, way.client.length), Math.min(1, way.server.length)]);
  });

  it('and his page tries to come back by itself only if nobody said goodbye', () => {
    expect(hasRetried(logs(), 'bo')).toBe(way.comesBackByItself);
  });

  it('and the page says why, in one paragraph', () => expect(spoken(logs())).toBe(way.sentence));

  it('and Cy, who stays, gets all three', () => expect(fatesOf(assemble(logs()), 'chat', 'cy')).toEqual([ONE, TWO, THREE]));

  it('and the logs agree with each other, and with the recording', () => {
    const withoutSurplus = (lines: readonly string[]) => lines.filter((line) => !line.endsWith('surplus'));
    expect(unsoundIn(logs(), runOf(scenario, way.run))).toEqual([]);
    expect(withoutSurplus(conversation(assemble(logs())))).toEqual(withoutSurplus(conversation(assemble(recordingOf(scenario, way.run)))));
  });
});

describe('Bo comes back', () => {
  it.each(WAYS.filter(({ fates }) => !fates.includes(THREE)).map(({ run }) => run))(
    'after %s as a new socket, to which nothing of the gap is sent',
    async (run) => {
      const lab = played(run);
      const before = boIn(lab.logs());
      const fates = fatesOf(traceOf(lab), 'chat', 'bo');
      lab.bringBack('bo');
      await lab.stage().clientKnows('bo', 'connected');
      await lab.stage().serverKnows('bo', 'connected');
      await lab.stage().settled();
      const after = boIn(lab.logs());
      expect(after?.recovered).toBe(false);
      expect(after?.socketId).not.toBe(before?.socketId);
      expect(fatesOf(traceOf(lab), 'chat', 'bo')).toEqual(fates);
    },
  );
});

describe('the server crashes', () => {
  const logs = (): Logs => played('crash').logs();

  it('and every page notices at once, and comes back by itself', () => {
    for (const who of ['ada', 'bo', 'cy']) {
      expect(reasonsOf(logs(), who)).toEqual({ client: ['transport close'], server: [] });
      expect(hasRetried(logs(), who)).toBe(true);
    }
  });

  it('and what Ada says meanwhile waits in her page, and goes to whoever is back before it', () => {
    const trace = traceOf(played('crash'));
    expect(conversation(trace)).toContain('ada to server: chat "two": delivered, waited');
    for (const who of ['bo', 'cy']) {
      const [one, two, three] = fatesOf(trace, 'chat', who);
      expect([one, three]).toEqual([ONE, THREE]);
      expect([TWO, 'two: never sent, away']).toContain(two);
    }
  });

  it('and the logs agree with each other, and with the recording but for that race', () => {
    const certain = (of: Logs) => conversation(assemble(of)).filter((line) => !line.startsWith('server to') || !line.includes('"two"'));
    expect(unsoundIn(logs(), runOf(scenario, 'crash'))).toEqual([]);
    expect(certain(logs())).toEqual(certain(recordingOf(scenario, 'crash')));
  });
});
