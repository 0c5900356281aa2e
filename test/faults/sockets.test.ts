/** Benches of plain sockets in the hands of somebody who means harm: nothing outside is reached, nothing is left behind. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { CONTROL_PATH } from '#lab/control-plane.ts';
import { LIMITS } from '#lab/limits.ts';
import { HOLDERS } from '#lab/sockets/steps.ts';
import { ask, connect, type PageSocket } from '../../server/app.fixture.ts';
import { openSockets } from '../../server/sockets/bench.fixture.ts';
import { openArena } from './arena.ts';

const arena = openArena();

/** Sockets of the server's process, seen from outside. */
const socketsOfServer = (): number => openSockets(arena.ours.process.pid).size;

async function openBench(page: PageSocket = arena.page): Promise<string> {
  const opened = await ask(page, 'sockets:open', null);
  if (!opened.ok) throw new Error(opened.why);
  return String(opened.value['bench']);
}
const step = (bench: string, what: unknown, page = arena.page) => ask(page, 'sockets:step', { bench, step: what });

/** As many sockets as one bench may have, and unread bytes in them. */
async function fill(bench: string, page: PageSocket): Promise<void> {
  await step(bench, { do: 'listen', socket: 'server' }, page);
  for (const socket of ['ada', 'bo', 'cy', 'dee', 'eli']) await step(bench, { do: 'connect', socket, to: 'server' }, page);
  await step(bench, { do: 'pause', socket: 'server/ada' }, page);
  await step(bench, { do: 'send', socket: 'ada', text: 'x'.repeat(LIMITS.charsPerWrite) }, page);
}

describe('a page with benches', () => {
  it('holds no more sockets than its limit, whatever it asks for', async () => {
    const before = socketsOfServer();
    const bench = await openBench();
    await fill(bench, arena.page);
    await Promise.all(
      HOLDERS.flatMap((socket) => [step(bench, { do: 'bind', socket }), step(bench, { do: 'connect', socket, to: 'server' })]),
    );
    expect(socketsOfServer() - before).toBeLessThanOrEqual(LIMITS.socketsPerBench);
    await ask(arena.page, 'sockets:close', { bench });
    await vi.waitFor(() => expect(socketsOfServer()).toBe(before));
  });

  it('leaves none behind when it is gone without a word', async () => {
    const before = socketsOfServer();
    const page: PageSocket = await connect(arena.ours.url, CONTROL_PATH);
    await fill(await openBench(page), page);
    expect(socketsOfServer()).toBe(before + 1 + 11);
    page.io.engine.close();
    await vi.waitFor(() => expect(socketsOfServer()).toBe(before));
    expect(await arena.metric('wire_benches')).toBe(0);
  });

  it('is refused what it asks for in a flood, and others do not wait', async () => {
    const bench = await openBench();
    const answers = await Promise.all(Array.from({ length: 120 }, () => step(bench, { do: 'connect', socket: 'ada', to: 'nobody' })));
    expect(answers).toContainEqual({ ok: false, why: 'too-fast' });
  });

  it('cannot reach a stranger’s sockets on the same computer', async () => {
    const reached: string[] = [];
    const stream = createServer(() => reached.push('stream')).listen(0, '127.0.0.1');
    const datagrams = createSocket('udp4', () => reached.push('datagram')).bind(0, '127.0.0.1');
    await Promise.all([once(stream, 'listening'), once(datagrams, 'listening')]);
    const bench = await openBench();
    const names = ['server', 'ada', 'bo', 'server/ada'];
    const steps = fc.sample(
      fc.record({
        do: fc.constantFrom('listen', 'bind', 'connect', 'send', 'end', 'close'),
        socket: fc.constantFrom(...names),
        to: fc.constantFrom('nobody', 'nobody', ...names, String(datagrams.address().port), `127.0.0.1:${datagrams.address().port}`),
        text: fc.constant('x'),
      }),
      50,
    );
    // As they are, and with no more than each verb takes.
    for (const { do: verb, socket, to, text } of steps) {
      await step(bench, { do: verb, socket, to, text, port: datagrams.address().port });
      await step(bench, { do: verb, socket, ...((verb === 'connect' || verb === 'send') && { to }), ...(verb === 'send' && { text }) });
    }
    stream.close();
    datagrams.close();
    expect(reached).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a bench of a thousand letters', { bench: 'x'.repeat(1_000), step: { do: 'bind', socket: 'ada' } }],
    ['no bench', { step: { do: 'bind', socket: 'ada' } }],
    ['a step that is a list', { bench: '', step: [] }],
    ['nothing', null],
    ['a name from the prototype', { bench: '__proto__', step: { do: 'constructor', socket: 'toString' } }],
  ])('is refused %s', async (_what, request) => {
    expect(await ask(arena.page, 'sockets:step', request)).toMatchObject({ ok: false });
  });

  it('does not keep the server from stopping', async () => {
    // Left open: the arena stops the server after this, and expects it to end at once and in peace.
    await fill(await openBench(), arena.page);
  });
});
