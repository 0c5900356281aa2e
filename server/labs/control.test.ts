import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIMITS } from '#lab/limits.ts';
import { readBatch } from '#lab/record-text.ts';
import type { ServerRecord } from '#trace/records.ts';
import { ask, ECHO, next, openLab, type PageSocket, type RunningApp, scenario, startApp } from '../app.fixture.ts';
import type { Config } from '../config.ts';

let running: RunningApp;
let page: PageSocket;
beforeEach(async () => {
  running = await startApp();
  page = await running.page();
});
afterEach(() => running.close());

/** The same test on an app with other settings. */
async function restartWith(config: Partial<Config>): Promise<void> {
  await running.close();
  running = await startApp({ config });
  page = await running.page();
}
const open = (from: PageSocket, id = 'echo') => ask(from, 'lab:open', { scenario: id, lanes: ['ada'] });
const refused = (why: string) => ({ ok: false, why });
const OK = { ok: true, value: null };
const NOBODY = 'A'.repeat(22);

describe('clock', () => {
  it('answers with the time of the server, in milliseconds', async () => {
    const before = performance.timeOrigin + performance.now();
    const answer = await page.emitWithAck('clock', null);
    const after = performance.timeOrigin + performance.now();
    expect(answer).toMatchObject({ ok: true });
    if (!answer.ok) return;
    expect(answer.value).toBeGreaterThanOrEqual(before);
    expect(answer.value).toBeLessThanOrEqual(after);
  });
});

describe('lab:open', () => {
  it('gives a lab that runs, under an id that cannot be guessed', async () => {
    const opened = await open(page);
    expect(opened).toMatchObject({ ok: true, value: { scenario: 'echo', running: true, lab: expect.stringMatching(/^[\w-]{22}$/) } });
    const client = await running.client(await openLab(page));
    expect(await client.emitWithAck('echo', 'hello')).toBe('hello');
  });
  it('refuses a scenario that the server does not know', async () => {
    expect(await open(page, 'unknown')).toEqual(refused('unknown-scenario'));
    expect(await open(page, '__proto__')).toEqual(refused('unknown-scenario'));
  });
  it('refuses more labs than the server may hold', async () => {
    await restartWith({ MAX_LABS: 2 });
    await openLab(page);
    const second = await openLab(page);
    expect(await open(page)).toEqual(refused('lab-limit'));
    expect(await ask(page, 'lab:close', { lab: second })).toEqual(OK);
    expect(await open(page)).toMatchObject({ ok: true });
  });
  it('refuses more labs than one address may have, whichever page asks', async () => {
    await restartWith({ MAX_LABS_PER_ADDRESS: 1 });
    await openLab(page);
    expect(await open(await running.page())).toEqual(refused('visitor-limit'));
  });
  it('refuses more labs than one page may watch', async () => {
    for (let i = 0; i < LIMITS.labsPerWatcher; i++) await openLab(page);
    expect(await open(page)).toEqual(refused('visitor-limit'));
    expect(await open(await running.page())).toMatchObject({ ok: true });
  });
  it('refuses an address that opens too many in a minute', async () => {
    const pages = await Promise.all([running.page(), running.page(), running.page()]);
    const answers = await Promise.all(pages.flatMap((from) => Array.from({ length: 41 }, () => open(from, 'unknown'))));
    const reasons = answers.map((answer) => (answer.ok ? '' : answer.why));
    expect(reasons.filter((why) => why === 'unknown-scenario')).toHaveLength(LIMITS.opensPerMinute);
    expect(reasons.filter((why) => why === 'too-fast')).toHaveLength(3);
  });
  it('refuses while the server is being stopped', async () => {
    running.app.labs.closeAll();
    expect(await open(page)).toEqual(refused('shutting-down'));
    expect(running.app.labs.size).toBe(0);
  });
  it('reports a fault of a scenario’s own options as failed', async () => {
    await running.close();
    const broken = {
      ...scenario('broken', () => undefined),
      get options(): never {
        throw new Error('no options');
      },
    };
    running = await startApp({ scenarios: [broken, ECHO] });
    page = await running.page();
    expect(await open(page, 'broken')).toEqual(refused('failed'));
    expect(await open(page)).toMatchObject({ ok: true });
  });
});

/** The server's records that a page is told from now on; the list grows. */
function recordsToldTo(who: PageSocket): readonly ServerRecord[] {
  const told: ServerRecord[] = [];
  who.on('lab:records', ({ records }) => told.push(...readBatch(records)));
  return told;
}

describe('lab:join', () => {
  it('gives a second page a lane of its own, the history, and tells everybody who is there', async () => {
    const lab = await openLab(page);
    const told = recordsToldTo(page);
    const client = await running.client(lab);
    await client.emitWithAck('echo', 'before');
    await vi.waitFor(() => expect(JSON.stringify(told)).toContain('before'));
    const lanes = next(page, 'lab:lanes');
    const joined = await ask(await running.page(), 'lab:join', { lab });
    expect(joined).toMatchObject({ ok: true, value: { lab, scenario: 'echo', lane: 'bo', lanes: ['ada', 'bo'], clients: {} } });
    expect(JSON.stringify(joined)).toContain('before');
    expect(await lanes).toEqual([{ lab, lanes: ['ada', 'bo'] }]);
  });
  it('tells whoever joins each record once, be it in the history or in a batch that follows', async () => {
    const lab = await openLab(page);
    const told = recordsToldTo(page);
    const client = await running.client(lab);
    const second = await running.page();
    const toldLater = recordsToldTo(second);
    await client.emitWithAck('echo', 'just before');
    const joined = await ask(second, 'lab:join', { lab });
    await client.emitWithAck('echo', 'the end');
    const isTold = (records: readonly unknown[]) => expect(JSON.stringify(records)).toContain('the end');
    await vi.waitFor(() => {
      isTold(told);
      isTold(toldLater);
    });
    const history = joined.ok && Array.isArray(joined.value['server']) ? joined.value['server'].flatMap(readBatch) : [];
    expect([...history, ...toldLater]).toEqual([...told]);
  });
  it('refuses a seventh person', async () => {
    const lab = await openLab(page);
    for (let i = 0; i < 5; i++) expect(await ask(await running.page(), 'lab:join', { lab })).toMatchObject({ ok: true });
    expect(await ask(await running.page(), 'lab:join', { lab })).toEqual(refused('lab-full'));
  });
  it('frees the lane of a page that leaves', async () => {
    const lab = await openLab(page);
    const second = await running.page();
    await ask(second, 'lab:join', { lab });
    const lanes = next(page, 'lab:lanes');
    second.disconnect();
    expect(await lanes).toEqual([{ lab, lanes: ['ada'] }]);
  });
});

describe('acting on a lab', () => {
  it('crashes it: its clients lose their connection without a goodbye, and it is closed to new ones until it restarts', async () => {
    const lab = await openLab(page);
    const client = await running.client(lab);
    const gone = next(client, 'disconnect');
    expect(await ask(page, 'lab:crash', { lab })).toEqual(OK);
    const [reason, details] = await gone;
    expect(reason).toBe('transport close');
    // 1006: the TCP connection ended without WebSocket's own goodbye, as when a process is killed.
    expect(details).toHaveProperty('context.code', 1006);
    await expect(running.client(lab)).rejects.toThrow('websocket error');
    expect(await ask(page, 'lab:restart', { lab })).toEqual(OK);
    expect(await (await running.client(lab)).emitWithAck('echo', 'again')).toBe('again');
  });
  it('lets its server do what its scenario offers, and nothing else', async () => {
    await running.close();
    running = await startApp({
      scenarios: [{ ...ECHO, serverActs: [{ id: 'greet', label: 'greet', run: (io) => io.emit('greeting', 'hello') }] }],
    });
    page = await running.page();
    const lab = await openLab(page);
    const greeting = next(await running.client(lab), 'greeting');
    expect(await ask(page, 'lab:act', { lab, act: 'greet' })).toEqual(OK);
    expect(await greeting).toEqual(['hello']);
    expect(await ask(page, 'lab:act', { lab, act: 'insult' })).toEqual(refused('bad-request'));
    await ask(page, 'lab:crash', { lab });
    expect(await ask(page, 'lab:act', { lab, act: 'greet' })).toEqual(refused('bad-request'));
  });
  it('throws a client out, by its id, once', async () => {
    const lab = await openLab(page);
    const client = await running.client(lab);
    const gone = next(client, 'disconnect');
    const socketId = String(client.id);
    expect(await ask(page, 'lab:throw-out', { lab, socketId })).toEqual(OK);
    expect((await gone)[0]).toBe('io server disconnect');
    expect(await ask(page, 'lab:throw-out', { lab, socketId })).toEqual(refused('unknown-lab'));
  });
  it('closes it: clients hear a goodbye, watchers hear the news after the last records, and nothing is left', async () => {
    const lab = await openLab(page);
    const gone = next(await running.client(lab), 'disconnect');
    const news: unknown[] = [];
    page.on('lab:records', ({ records }) => news.push(...readBatch(records).map(([kind]) => kind)));
    page.on('lab:ended', ({ why }) => news.push(why));
    const ended = next(page, 'lab:ended');
    expect(await ask(page, 'lab:close', { lab })).toEqual(OK);
    expect(await ended).toEqual([{ lab, why: 'closed' }]);
    expect((await gone)[0]).toBe('io server disconnect');
    expect(news.slice(-2)).toEqual(['ended', 'closed']);
    expect(running.app.labs.size).toBe(0);
    expect([...running.app.control.io.sockets.adapter.rooms.keys()]).toEqual([page.id]);
  });
  it.each(['lab:join', 'lab:crash', 'lab:restart', 'lab:close'] as const)(
    'answers unknown-lab to %s of a lab that is not there',
    async (event) => {
      expect(await ask(page, event, { lab: NOBODY })).toEqual(refused('unknown-lab'));
      expect(await ask(page, event, { lab: '__proto__' })).toEqual(refused('unknown-lab'));
    },
  );
  it('answers unknown-lab to a page that does not watch it, even if it knows the id', async () => {
    const lab = await openLab(page);
    const stranger = await running.page();
    for (const event of ['lab:crash', 'lab:restart', 'lab:close'] as const)
      expect(await ask(stranger, event, { lab })).toEqual(refused('unknown-lab'));
    expect(await ask(stranger, 'lab:throw-out', { lab, socketId: 'x' })).toEqual(refused('unknown-lab'));
    expect(await ask(stranger, 'lab:act', { lab, act: 'greet' })).toEqual(refused('unknown-lab'));
    expect(await (await running.client(lab)).emitWithAck('echo', 'alive')).toBe('alive');
  });
});

describe('lab:report', () => {
  const records = [['shown', 1, 'hello']];

  it('goes to the other pages, and into the history of those that come later', async () => {
    const lab = await openLab(page);
    const second = await running.page();
    await ask(second, 'lab:join', { lab });
    const reports = next(second, 'lab:reports');
    expect(await ask(page, 'lab:report', { lab, lane: 'ada', records })).toEqual(OK);
    expect(await reports).toEqual([{ lab, lane: 'ada', records }]);
    expect(await ask(await running.page(), 'lab:join', { lab })).toMatchObject({ value: { clients: { ada: records } } });
  });
  it('is refused for a lane of somebody else', async () => {
    const lab = await openLab(page);
    expect(await ask(page, 'lab:report', { lab, lane: 'bo', records })).toEqual(refused('unknown-lab'));
  });
  it.each([
    ['a record of an unknown kind', [['hacked', 1]]],
    ['a record that is too long', [['shown', 1, 'x'.repeat(LIMITS.recordChars + 2)]]],
    ['too many records', Array.from({ length: LIMITS.recordsPerReport + 1 }, () => ['shown', 1, ''])],
  ])('is refused with %s', async (_what, bad) => {
    const lab = await openLab(page);
    expect(await ask(page, 'lab:report', { lab, lane: 'ada', records: bad })).toEqual(refused('bad-request'));
  });
});

describe('a page', () => {
  it('is refused what it asks beyond its rate, and served again later', async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => page.emitWithAck('clock', null)));
    const served = answers.filter(({ ok }) => ok).length;
    expect(served).toBeGreaterThanOrEqual(60);
    expect(answers.filter(({ ok }) => !ok)).toContainEqual(refused('too-fast'));
  });
  it('is cut off when it sends more than a report can hold', async () => {
    const gone = next(page, 'disconnect');
    page.emit('lab:report', { lab: 'x'.repeat(LIMITS.controlChars), lane: 'ada', records: [] });
    expect((await gone)[0]).toBe('transport close');
    expect((await running.page()).connected).toBe(true);
  });
});
