import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LIMITS } from '#lab/limits.ts';
import { guard } from './guard.ts';

const refusals: [string, string][] = [];
const faults: [string, unknown][] = [];
const handled: unknown[] = [];
let isFast = false;
let server: Server;
let client: Socket;
/** Hears of each refusal and fault, so that a test can wait for one. */
let heard: () => void = () => undefined;

const context = {
  rates: { allow: async () => !isFast },
  refused: (event: string, why: string) => {
    refusals.push([event, why]);
    heard();
  },
  fault: (event: string, error: unknown) => {
    faults.push([event, error]);
    heard();
  },
};
const schema = z.strictObject({ lab: z.string().max(8) });

beforeEach(async () => {
  for (const list of [refusals, faults, handled]) list.length = 0;
  isFast = false;
  const http = createServer();
  server = new Server(http, { serveClient: false });
  server.on('connection', (socket) => {
    guard(socket, context, 'lab:join', schema, (request) => {
      handled.push(request);
      return { ok: true, value: request.lab };
    });
    guard(socket, context, 'lab:restart', z.unknown(), (request) => {
      handled.push(request);
      return { ok: true, value: null };
    });
    guard(socket, context, 'lab:crash', schema, () => {
      throw new Error('sync');
    });
    guard(socket, context, 'lab:close', schema, async () => {
      throw new Error('async');
    });
  });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const address = http.address();
  client = io(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => client.once('connect', resolve));
});
afterEach(async () => {
  client.disconnect();
  await server.close();
});

const ask = (event: string, ...args: unknown[]): Promise<unknown> => client.timeout(2_000).emitWithAck(event, ...args);
const nextNews = () => new Promise<void>((resolve) => (heard = resolve));

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : [nested(depth - 1)];
}

describe('guard', () => {
  it('hands a request that fits its schema to the handler, and answers with its result', async () => {
    expect(await ask('lab:join', { lab: 'abc' })).toEqual({ ok: true, value: 'abc' });
    expect(handled).toEqual([{ lab: 'abc' }]);
    expect(refusals).toEqual([]);
  });

  it.each([
    ['nothing', []],
    ['null', [null]],
    ['a wrong type', [{ lab: 7 }]],
    ['a text that is too long', [{ lab: 'x'.repeat(9) }]],
    ['one field too many', [{ lab: 'abc', admin: true }]],
    ['a prototype', [JSON.parse('{"lab":"abc","__proto__":{"admin":true}}')]],
    ['bytes', [Buffer.from('abc')]],
    [`${LIMITS.depth + 1} levels`, [nested(LIMITS.depth + 1)]],
    ['2,000 levels', [nested(2_000)]],
    ['30,000 values', [new Array(30_000).fill(0)]],
  ])('refuses %s as a bad request, and the handler never sees it', async (_what, args) => {
    expect(await ask('lab:join', ...args)).toEqual({ ok: false, why: 'bad-request' });
    expect(handled).toEqual([]);
    expect(refusals).toEqual([['lab:join', 'bad-request']]);
    expect(faults).toEqual([]);
  });

  it.each([
    [`${LIMITS.depth + 1} levels`, nested(LIMITS.depth + 1)],
    ['30,000 values', new Array(30_000).fill(0)],
  ])('refuses %s even where the schema would take anything', async (_what, payload) => {
    expect(await ask('lab:restart', payload)).toEqual({ ok: false, why: 'bad-request' });
    expect(await ask('lab:restart', nested(LIMITS.depth))).toEqual({ ok: true, value: null });
    expect(handled).toHaveLength(1);
  });

  it('refuses who asks too fast', async () => {
    isFast = true;
    expect(await ask('lab:join', { lab: 'abc' })).toEqual({ ok: false, why: 'too-fast' });
    expect(handled).toEqual([]);
  });

  it.each([
    ['throws', 'lab:crash', 'sync'],
    ['rejects', 'lab:close', 'async'],
  ])('answers `failed` when a handler %s, and keeps the reason to itself', async (_how, event, message) => {
    expect(await ask(event, { lab: 'abc' })).toEqual({ ok: false, why: 'failed' });
    expect(faults).toEqual([[event, new Error(message)]]);
    expect(refusals).toEqual([[event, 'failed']]);
  });

  it.each([
    ['a good request', 'lab:join', { lab: 'abc' }],
    ['a handler that throws', 'lab:crash', { lab: 'abc' }],
    ['a handler that rejects', 'lab:close', { lab: 'abc' }],
    ['a bad request', 'lab:join', 'nonsense'],
  ])('needs no acknowledgement for %s', async (_what, event, request) => {
    client.emit(event, request);
    expect(await ask('lab:join', { lab: 'after' })).toEqual({ ok: true, value: 'after' });
    expect(faults).toHaveLength(event === 'lab:join' ? 0 : 1);
  });

  it('ignores arguments behind the request', async () => {
    expect(await ask('lab:join', { lab: 'abc' }, { lab: 'second' })).toEqual({ ok: true, value: 'abc' });
  });

  it('reports an answer that cannot be sent as a fault of our own', async () => {
    const [socket] = await server.fetchSockets();
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const page = socket && server.sockets.sockets.get(socket.id);
    if (!page) throw new Error('no socket');
    guard(page, context, 'clock', z.null(), () => ({ ok: true, value: cycle }));
    const news = nextNews();
    client.emit('clock', null, () => undefined);
    await news;
    expect(faults).toMatchObject([['clock', expect.any(RangeError)]]);
  });
});
