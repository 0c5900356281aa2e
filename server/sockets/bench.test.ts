import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '#lab/limits.ts';
import type { SocketStep } from '#lab/sockets/steps.ts';
import { openSockets, TestBench, THREE_CONNECTIONS } from './bench.fixture.ts';

let bench: TestBench;
let before: ReadonlyMap<number, string>;
beforeEach(() => {
  before = openSockets();
  bench = new TestBench();
});
afterEach(() => bench.bench.close());

/** Sockets of this process that were not there before the test. */
const openedHere = (): readonly (readonly [number, string])[] => [...openSockets()].filter(([fd, link]) => before.get(fd) !== link);
const endOf = (end: { readonly address: string; readonly port: number } | undefined): string => `${end?.address}:${end?.port}`;

describe('a listening socket', () => {
  it('waits at a port of the loopback interface that the system has chosen', async () => {
    expect(await bench.do({ do: 'listen', socket: 'server' })).toEqual([]);
    const { state, local, fd } = bench.row('server');
    expect({ state, address: local?.address }).toEqual({ state: 'listening', address: '127.0.0.1' });
    expect(local?.port).toBeGreaterThan(1023);
    expect(openedHere().map(([number]) => number)).toEqual([fd]);
  });

  it('hangs up on a stranger, and tells nothing of it', async () => {
    await bench.do({ do: 'listen', socket: 'server' });
    const stranger = connect({ host: '127.0.0.1', port: bench.row('server').local?.port ?? 0 });
    await new Promise((resolve) => stranger.once('close', resolve));
    expect(bench.records.map(({ kind }) => kind)).toEqual(['listening']);
    expect(bench.bench.size).toBe(1);
  });

  it('can be closed while what it has accepted lives on', async () => {
    await bench.do(...THREE_CONNECTIONS, { do: 'close', socket: 'server' }, { do: 'send', socket: 'bo', text: 'still here' });
    expect(bench.row('server').state).toBe('closed');
    expect(bench.facts('read').map(({ socket, text }) => `${socket}: ${text}`)).toEqual(['server/bo: still here']);
    expect(await bench.do({ do: 'connect', socket: 'dee', to: 'server' })).toEqual(['not-now']);
  });
});

describe('three connections to one socket', () => {
  beforeEach(() => bench.do(...THREE_CONNECTIONS));

  it('have one port at the server, and another at each client', () => {
    const ports = bench.rows.filter(({ lane }) => lane === 'server').map(({ local }) => local?.port);
    expect(ports).toHaveLength(4);
    expect(new Set(ports).size).toBe(1);
    expect(new Set(['ada', 'bo', 'cy'].map((name) => bench.row(name).local?.port)).size).toBe(3);
  });

  it('are pairs: what one end calls its own, the other calls the other', () => {
    for (const who of ['ada', 'bo', 'cy']) {
      const [client, accepted] = [bench.row(who), bench.row(`server/${who}`)];
      expect([endOf(client.local), endOf(client.remote)]).toEqual([endOf(accepted.remote), endOf(accepted.local)]);
      expect([client.peer, accepted.peer]).toEqual([`server/${who}`, who]);
    }
  });

  it('cost seven descriptors, which are those that the system lists', () => {
    const told = bench.rows.map(({ fd }) => fd ?? -1).toSorted((a, b) => a - b);
    expect(told).toEqual(
      openedHere()
        .map(([fd]) => fd)
        .toSorted((a, b) => a - b),
    );
    expect(new Set(told).size).toBe(7);
  });

  it('carry bytes both ways, to the one other end', async () => {
    await bench.do({ do: 'send', socket: 'ada', text: 'hällo' }, { do: 'send', socket: 'server/bo', text: 'hi' });
    expect(bench.facts('read').map(({ socket, bytes, text }) => [socket, bytes, text])).toEqual([
      ['server/ada', 6, 'hällo'],
      ['bo', 2, 'hi'],
    ]);
  });

  it('may be read late: two writes are then one read', async () => {
    const write = (text: string): SocketStep => ({ do: 'send', socket: 'ada', text });
    await bench.do({ do: 'pause', socket: 'server/ada' }, write('one'), write('two'), { do: 'resume', socket: 'server/ada' });
    expect(bench.facts('read').map(({ text }) => text)).toEqual(['onetwo']);
  });

  it('end in halves: who has ended still reads, and each end is closed by its own program', async () => {
    await bench.do({ do: 'end', socket: 'ada' });
    expect([bench.row('ada').state, bench.row('server/ada').state]).toEqual(['ended', 'told-end']);
    await bench.do({ do: 'send', socket: 'server/ada', text: 'late' });
    expect(bench.facts('read').map(({ socket, text }) => `${socket}: ${text}`)).toEqual(['ada: late']);
    expect(await bench.do({ do: 'send', socket: 'ada', text: 'later' })).toEqual(['not-now']);
    await bench.do({ do: 'end', socket: 'server/ada' });
    expect([bench.row('ada').state, bench.row('server/ada').state]).toEqual(['closed', 'closed']);
  });

  it('tell the other end of a close, and leave it open', async () => {
    await bench.do({ do: 'close', socket: 'ada' });
    expect([bench.row('ada').state, bench.row('server/ada').state]).toEqual(['closed', 'told-end']);
    await bench.do({ do: 'close', socket: 'server/ada' }, { do: 'connect', socket: 'ada', to: 'server' });
    expect(bench.row('ada').state).toBe('connected');
  });

  it('may be thrown away: the other end gets an error', async () => {
    await bench.do({ do: 'reset', socket: 'server/bo' });
    expect(bench.facts('failed').map(({ socket, code }) => `${socket}: ${code}`)).toEqual(['bo: ECONNRESET']);
    expect([bench.row('bo').state, bench.row('server/bo').state]).toEqual(['closed', 'closed']);
  });
});

describe('a connection that nobody waits for', () => {
  it.each<[string, readonly SocketStep[], SocketStep]>([
    ['at a port that was given back', [], { do: 'connect', socket: 'dee', to: 'nobody' }],
    ['at the port of a client', THREE_CONNECTIONS, { do: 'connect', socket: 'dee', to: 'ada' }],
  ])('is refused %s, and the server hears nothing', async (_where, earlier, step) => {
    await bench.do(...earlier);
    const { length } = bench.records;
    expect(await bench.do(step)).toEqual([]);
    expect(bench.records.slice(length).map(({ socket, kind }) => `${socket} ${kind}`)).toEqual([
      'dee connecting',
      'dee refused',
      'dee closed',
    ]);
    expect(bench.row('dee')).toMatchObject({ state: 'refused', local: { address: '127.0.0.1' }, remote: { address: '127.0.0.1' } });
  });
});

describe('a bench', () => {
  it.each<[string, SocketStep]>([
    ['connects to what is not there', { do: 'connect', socket: 'ada', to: 'server' }],
    ['sends from what is not there', { do: 'send', socket: 'ada', text: 'x' }],
    ['closes what is not there', { do: 'close', socket: 'server/ada' }],
    ['resets what is not there', { do: 'reset', socket: 'ada' }],
  ])('refuses a step that %s', async (_what, step) => {
    expect(await bench.do(step)).toEqual(['not-now']);
    expect(bench.records).toEqual([]);
  });

  it('refuses a name that is in use', async () => {
    await bench.do(...THREE_CONNECTIONS);
    const again: readonly SocketStep[] = [
      { do: 'listen', socket: 'server' },
      { do: 'bind', socket: 'ada' },
      { do: 'connect', socket: 'ada', to: 'server' },
    ];
    expect(await bench.do(...again)).toEqual(['not-now', 'not-now', 'not-now']);
    await bench.do({ do: 'close', socket: 'ada' });
    // The server's end is still there, under the name that a new one would have.
    expect(await bench.do({ do: 'connect', socket: 'ada', to: 'server' })).toEqual(['not-now']);
  });

  it('holds no more sockets than its limit', async () => {
    await bench.do({ do: 'listen', socket: 'server' });
    const people = ['ada', 'bo', 'cy', 'dee', 'eli', 'fay'];
    const refusals = await bench.do(...people.map((socket): SocketStep => ({ do: 'connect', socket, to: 'server' })));
    expect(refusals).toEqual(['bench-full']);
    expect(openedHere().length).toBeLessThanOrEqual(LIMITS.socketsPerBench);
  });

  it('holds no more sockets than its limit, even if all are asked for at once', async () => {
    await bench.do(
      { do: 'listen', socket: 'server' },
      { do: 'bind', socket: 'fay' },
      { do: 'send', socket: 'fay', text: 'x', to: 'nobody' },
    );
    const people = ['ada', 'bo', 'cy', 'dee', 'eli'];
    await Promise.all(people.map((socket) => bench.bench.step({ do: 'connect', socket, to: 'server' })));
    await bench.quiet();
    expect(openedHere().length).toBeLessThanOrEqual(LIMITS.socketsPerBench);
  });

  it('writes no more bytes than its limit', async () => {
    await bench.do(...THREE_CONNECTIONS);
    const text = 'x'.repeat(LIMITS.charsPerWrite);
    const whole = LIMITS.bytesPerBench / LIMITS.charsPerWrite;
    const results = await Promise.all(Array.from({ length: whole + 1 }, () => bench.bench.step({ do: 'send', socket: 'ada', text })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(whole);
    expect(results.at(-1)).toEqual({ ok: false, why: 'bench-spent' });
  });

  it('does no more steps than its limit', async () => {
    const results = [];
    for (let i = 0; i <= LIMITS.stepsPerBench; i++) results.push(await bench.bench.step({ do: 'close', socket: 'ada' }));
    expect(results.slice(-2)).toEqual([
      { ok: false, why: 'not-now' },
      { ok: false, why: 'bench-spent' },
    ]);
  });

  it('leaves no socket behind when it is closed, and tells nothing more', async () => {
    const all: readonly SocketStep[] = [
      ...THREE_CONNECTIONS,
      { do: 'bind', socket: 'dee' },
      { do: 'send', socket: 'dee', text: 'x', to: 'nobody' },
      { do: 'pause', socket: 'server/ada' },
      { do: 'send', socket: 'ada', text: 'unread' },
      { do: 'end', socket: 'bo' },
    ];
    await bench.do(...all);
    const { length } = bench.records;
    bench.bench.close();
    await bench.quiet();
    expect(openedHere()).toEqual([]);
    expect(bench.records).toHaveLength(length);
    expect(await bench.do({ do: 'listen', socket: 'server' })).toEqual(['not-now']);
  });

  it('leaves no socket behind when it is closed in the middle of a step', async () => {
    await bench.do({ do: 'listen', socket: 'server' });
    const steps = [
      bench.bench.step({ do: 'connect', socket: 'ada', to: 'server' }),
      bench.bench.step({ do: 'connect', socket: 'bo', to: 'nobody' }),
      bench.bench.step({ do: 'bind', socket: 'cy' }),
    ];
    bench.bench.close();
    await Promise.all(steps);
    await bench.quiet();
    expect(openedHere()).toEqual([]);
  });
});
