import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIMITS } from '#lab/limits.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';
import { ask, next, type PageSocket, type RunningApp, startApp } from '../app.fixture.ts';
import { openSockets } from './bench.fixture.ts';

let running: RunningApp;
let page: PageSocket;
let records: SocketRecord[];

beforeEach(async () => {
  running = await startApp();
  page = await running.page();
  records = [];
  page.on('sockets:record', ({ record }) => records.push(record));
});
afterEach(() => running.close());

const refused = (why: string) => ({ ok: false, why });

async function openBench(from = page): Promise<string> {
  const opened = await ask(from, 'sockets:open', null);
  if (!opened.ok) throw new Error(opened.why);
  return String(opened.value['bench']);
}
const step = (bench: string, what: object, from = page) => ask(from, 'sockets:step', { bench, step: what });
const LISTEN = { do: 'listen', socket: 'server' };
const CONNECT = { do: 'connect', socket: 'ada', to: 'server' };

describe('a bench over the control plane', () => {
  it('does steps, and tells what happened before it answers', async () => {
    const bench = await openBench();
    expect(await step(bench, LISTEN)).toEqual({ ok: true, value: { step: 1 } });
    expect(records.map(({ kind }) => kind)).toEqual(['listening']);
    expect(await step(bench, CONNECT)).toEqual({ ok: true, value: { step: 2 } });
    expect(records.filter(({ step: number }) => number === 2).map(({ kind }) => kind)).toEqual(['connecting', 'accepted', 'connected']);
  });

  it('is nobody else’s: another page cannot use it, close it, or hear of it', async () => {
    const bench = await openBench();
    const stranger = await running.page();
    const heard: unknown[] = [];
    stranger.onAny((event) => heard.push(event));
    expect(await step(bench, LISTEN, stranger)).toEqual(refused('unknown-bench'));
    expect(await ask(stranger, 'sockets:close', { bench })).toEqual(refused('unknown-bench'));
    await step(bench, LISTEN);
    expect(await ask(stranger, 'clock', null)).toMatchObject({ ok: true });
    expect(heard).toEqual([]);
  });

  it.each<[string, object]>([
    ['an address', { do: 'connect', socket: 'ada', to: '192.0.2.1' }],
    ['an address with a port', { do: 'connect', socket: 'ada', to: '127.0.0.1:22' }],
    ['a port beside the name', { do: 'connect', socket: 'ada', to: 'server', port: 22 }],
    ['a host beside the name', { do: 'listen', socket: 'server', host: '0.0.0.0' }],
    ['a port to wait at', { do: 'listen', socket: 'server', port: 80 }],
    ['a socket of nobody', { do: 'bind', socket: 'mallory' }],
    ['an accepted socket that listens', { do: 'listen', socket: 'server/ada' }],
    ['a datagram to an address', { do: 'send', socket: 'ada', text: 'x', to: '192.0.2.1' }],
    ['too much to write', { do: 'send', socket: 'ada', text: 'x'.repeat(LIMITS.charsPerWrite + 1) }],
    ['nothing to write', { do: 'send', socket: 'ada', text: '' }],
    ['another verb', { do: 'exec', socket: 'ada' }],
  ])('has no word for %s', async (_what, bad) => {
    expect(await step(await openBench(), bad)).toEqual(refused('bad-request'));
  });

  it('ends when its page closes it', async () => {
    const bench = await openBench();
    const ended = next(page, 'sockets:ended');
    expect(await ask(page, 'sockets:close', { bench })).toEqual({ ok: true, value: null });
    expect(await ended).toEqual([{ bench, why: 'closed' }]);
    expect(await step(bench, LISTEN)).toEqual(refused('unknown-bench'));
  });

  it('ends with the connection of its page, and leaves no socket', async () => {
    const other = await running.page();
    const before = openSockets().size;
    const bench = await openBench(other);
    await step(bench, LISTEN, other);
    await step(bench, CONNECT, other);
    expect(openSockets().size).toBe(before + 3);
    other.disconnect();
    await vi.waitFor(() => expect(running.app.benches.size).toBe(0));
    await vi.waitFor(() => expect(openSockets().size).toBeLessThan(before));
  });

  it('ends with the server, and its page hears so', async () => {
    const bench = await openBench();
    await step(bench, LISTEN);
    const ended = next(page, 'sockets:ended');
    await running.app.stop();
    expect(await ended).toEqual([{ bench, why: 'stopped' }]);
    expect(running.app.benches.size).toBe(0);
  });

  it('is one of a few that a page may have', async () => {
    for (let i = 0; i < LIMITS.benchesPerPage; i++) await openBench();
    expect(await ask(page, 'sockets:open', null)).toEqual(refused('visitor-limit'));
    expect(await ask(await running.page(), 'sockets:open', null)).toMatchObject({ ok: true });
  });

  it('is counted in the metrics', async () => {
    await openBench();
    expect(await (await fetch(`${running.url}/metrics`)).text()).toMatch(/^wire_benches 1$/m);
  });
});
