import { Writable } from 'node:stream';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, ECHO, next, openLab, type RunningApp, scenario, startApp } from '../app.fixture.ts';

let running: RunningApp;
afterEach(() => running.close());

/** Throws what it is sent. */
const FAILS = scenario('fails', (server, lab) => {
  ECHO.server(server, lab);
  server.on('connection', (socket) => {
    socket.on('fail', (text) => {
      throw new Error(text);
    });
  });
});

describe('two labs', () => {
  it('of one scenario cannot hear each other', async () => {
    running = await startApp();
    const page = await running.page();
    const [one, other] = [await openLab(page), await openLab(page)];
    const [ada, bo, cy] = [await running.client(one), await running.client(one), await running.client(other)];
    const heard: string[] = [];
    cy.on('said', (text) => heard.push(text));
    const atBo = next(bo, 'said');
    ada.emit('say', 'secret');
    expect(await atBo).toEqual(['secret']);
    // What was meant for Cy would have come before the answer to a question asked later.
    expect(await cy.emitWithAck('echo', 'anything?')).toBe('anything?');
    expect(heard).toEqual([]);
  });
  it('tell only their own watchers what happens in them', async () => {
    running = await startApp();
    const [page, other] = [await running.page(), await running.page()];
    const [mine, theirs] = [await openLab(page), await openLab(other)];
    const labs = new Set<string>();
    other.on('lab:records', ({ lab }) => labs.add(lab));
    const client = await running.client(mine);
    await client.emitWithAck('echo', 'secret');
    const ended = next(page, 'lab:ended');
    await ask(page, 'lab:close', { lab: mine });
    await ended;
    await ask(other, 'lab:crash', { lab: theirs });
    expect([...labs].filter((lab) => lab !== theirs)).toEqual([]);
  });
});

describe('a lab’s time', () => {
  it('ends a while after the last page has gone, and its clients hear a goodbye', async () => {
    running = await startApp({ config: { LAB_UNWATCHED_SECONDS: 0.05 } });
    const page = await running.page();
    const client = await running.client(await openLab(page));
    const gone = next(client, 'disconnect');
    page.disconnect();
    expect((await gone)[0]).toBe('io server disconnect');
    expect(running.app.labs.size).toBe(0);
  });
  it('does not end while somebody watches', async () => {
    running = await startApp({ config: { LAB_UNWATCHED_SECONDS: 0.05 } });
    const [page, second] = [await running.page(), await running.page()];
    const [kept, left] = [await openLab(page), await openLab(second)];
    await ask(page, 'lab:join', { lab: left });
    await ask(second, 'lab:join', { lab: kept });
    const unwatched = await openLab(second);
    const gone = next(await running.client(unwatched), 'disconnect');
    second.disconnect();
    await gone;
    expect([running.app.labs.get(kept)?.info.running, running.app.labs.get(left)?.info.running]).toEqual([true, true]);
  });
  it('ends after its life, watched or not', async () => {
    running = await startApp({ config: { LAB_LIFE_SECONDS: 0.05 } });
    const page = await running.page();
    const ended = next(page, 'lab:ended');
    const lab = await openLab(page);
    expect(await ended).toEqual([{ lab, why: 'expired' }]);
    expect(await ask(page, 'lab:join', { lab })).toEqual({ ok: false, why: 'unknown-lab' });
  });
  it('ends with the server, and the watchers hear that it was stopped', async () => {
    running = await startApp();
    const page = await running.page();
    const lab = await openLab(page);
    const client = await running.client(lab);
    const [ended, gone, left] = [next(page, 'lab:ended'), next(client, 'disconnect'), next(page, 'disconnect')];
    await Promise.all([running.app.stop(), running.app.stop()]);
    expect(await ended).toEqual([{ lab, why: 'stopped' }]);
    expect((await gone)[0]).toBe('io server disconnect');
    expect((await left)[0]).toBe('io server disconnect');
    expect(running.app.labs.size).toBe(0);
  });
});

describe('the log', () => {
  it('holds no payload, no whole address and no whole lab id', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    running = await startApp({ scenarios: [FAILS], log: pino({ level: 'trace' }, stream) });
    const page = await running.page();
    const lab = await openLab(page, 'fails');
    const client = await running.client(lab);
    client.emit('fail', 'my secret');
    await client.emitWithAck('echo', 'my secret');
    await ask(page, 'lab:open', { scenario: 'my secret', lanes: [] });
    await ask(page, 'lab:report', { lab, lane: 'ada', records: [['shown', 1, 'my secret']] });
    await ask(page, 'lab:close', { lab });
    const log = lines.join('');
    for (const what of ['lab opened', 'lab ended', 'a fault in a lab was caught', 'refused']) expect(log).toContain(what);
    expect(log).toContain('127.0.0.0/24');
    expect(log).toContain(lab.slice(0, 6));
    for (const secret of ['secret', '127.0.0.1', lab]) expect(log).not.toContain(secret);
  });
});
