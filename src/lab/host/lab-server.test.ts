import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { io as connectTo, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_OPTIONS, type LabOptions, type Scenario } from '#lab/scenario.ts';
import type { ServerRecord } from '#trace/records.ts';
import { LabServer } from './lab-server.ts';

const records: ServerRecord[] = [];
const tcp = new Set<Duplex>();
const clients: Socket[] = [];
let http = createServer();
let lab: LabServer;

beforeEach(async () => {
  records.length = 0;
  http = createServer().on('upgrade', (request, socket, head) => {
    tcp.add(socket.once('close', () => tcp.delete(socket)));
    const _query = Object.fromEntries(new URLSearchParams(request.url?.split('?')[1]));
    lab.engine.handleUpgrade(Object.assign(request, { _query }), socket, head);
  });
  await once(http.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await lab.close('closed');
  destroy();
  http.close();
});

const destroy = () => {
  for (const socket of tcp) socket.destroy();
};
function start(server: Scenario['server'], options: Partial<LabOptions> = {}): void {
  lab = new LabServer({
    scenario: { server },
    options: { ...DEFAULT_OPTIONS, ...options },
    now: () => 0,
    record: (each) => records.push(each),
  });
}
async function join(namespace = '/', options: object = {}): Promise<Socket> {
  const address = http.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}${namespace}`;
  const client = connectTo(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
  clients.push(client);
  await new Promise<void>((resolve, reject) => client.once('connect', resolve).once('connect_error', reject));
  return client;
}
const kinds = (kind: ServerRecord[0]) => records.filter((record) => record[0] === kind);

describe('closing', () => {
  it('first sends what waits, then the goodbye', async () => {
    start(() => undefined);
    const client = await join();
    const heard: unknown[] = [];
    client.on('news', (number) => heard.push(number));
    const gone = new Promise((resolve) => client.once('disconnect', resolve));
    for (let i = 0; i < 20; i++) lab.io.emit('news', i);
    await lab.close('closed');
    expect(await gone).toBe('io server disconnect');
    expect(heard).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(records.at(-1)).toEqual(['ended', 0, 'closed']);
  });
});

describe('a crash', () => {
  it('runs no handler, and takes the memory: a restart begins anew', async () => {
    const ran: string[] = [];
    start((io) => {
      let visits = 0;
      io.of('/').adapter.on('leave-room', () => ran.push('leave-room'));
      io.on('connection', (socket) => {
        visits++;
        socket.on('visits', (reply) => reply(visits));
        socket.on('disconnect', () => ran.push('disconnect'));
      });
    });
    const client = await join();
    expect(await client.emitWithAck('visits')).toBe(1);
    const gone = new Promise<string>((resolve) => client.once('disconnect', resolve));
    lab.crash(destroy);
    expect(await gone).toMatch(/^transport (close|error)$/);
    lab.restart();
    expect(await (await join()).emitWithAck('visits')).toBe(1);
    expect(ran).toEqual([]);
    expect([kinds('started').length, kinds('crashed').length, kinds('disconnected').length]).toEqual([2, 1, 0]);
  });
  it('ends all timers, and a handler that was waiting sets no more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
    const ticks: string[] = [];
    let late: () => void = () => undefined;
    start((_io, tools) => {
      tools.every(10, () => ticks.push('every'));
      tools.after(15, () => ticks.push('after'));
      tools.after(1_000, () => ticks.push('much later'));
      late = () => {
        tools.every(10, () => ticks.push('late'));
        tools.after(10, () => ticks.push('late'));
      };
    });
    vi.advanceTimersByTime(25);
    expect(ticks).toEqual(['every', 'after', 'every']);
    lab.crash(destroy);
    late();
    vi.advanceTimersByTime(10_000);
    expect(ticks).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
  it('is no fault of the next life: what the old one still does is not written down', async () => {
    let fail: () => void = () => undefined;
    start((io) => {
      fail = () => io.emit('cycle', cycle);
    });
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const failBefore = fail;
    lab.crash(destroy);
    lab.restart();
    failBefore();
    expect(kinds('trouble')).toEqual([]);
    fail();
    expect(kinds('trouble')).toHaveLength(1);
  });
});

describe('the shield', () => {
  it('lets a scenario take its handlers off again', async () => {
    const ran: string[] = [];
    start((io) =>
      io.on('connection', (socket) => {
        const [off, once, any] = ['off', 'once', 'any'].map((name) => () => void ran.push(name));
        if (!off || !once || !any) return;
        socket.on('x', off).off('x', off);
        socket.once('x', once).off('x', once);
        socket.onAny(any).offAny(any);
        socket.once('x', () => ran.push('kept'));
        socket.on('done', (reply) => reply(ran));
      }),
    );
    const client = await join();
    client.emit('x');
    client.emit('x');
    expect(await client.emitWithAck('done')).toEqual(['kept']);
  });
  it('writes a connection down once, in a dynamic namespace too, under the session of its client', async () => {
    start((io) => {
      io.of(/^\/room-\d$/).on('connect', (socket) => socket.on('hello', () => undefined));
    });
    const client = await join('/room-1');
    client.emit('hello');
    await vi.waitUntil(() => kinds('ran').length === 2);
    const [connected] = kinds('connected');
    expect(kinds('connected')).toHaveLength(1);
    const sid = connected?.[2];
    expect(kinds('ran')).toEqual([
      ['ran', 0, sid, 'connect'],
      ['ran', 0, sid, 'hello'],
    ]);
  });
  it('reports a scenario that throws while it starts, and the lab runs', async () => {
    start(() => {
      throw new Error('at once');
    });
    expect(kinds('trouble')).toEqual([['trouble', 0, 'threw', 'at once']]);
    expect((await join()).connected).toBe(true);
  });
});
