import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SocketStep } from '#lab/sockets/steps.ts';
import { openSockets, TestBench } from './bench.fixture.ts';

let bench: TestBench;
let before: ReadonlyMap<number, string>;
beforeEach(() => {
  before = openSockets();
  bench = new TestBench();
});
afterEach(() => bench.bench.close());

const openedHere = (): readonly (readonly [number, string])[] => [...openSockets()].filter(([fd, link]) => before.get(fd) !== link);

describe('datagram sockets', () => {
  const open = (socket: string): SocketStep => ({ do: 'bind', socket });
  const send = (socket: string, text: string, to?: string): SocketStep => ({ do: 'send', socket, text, ...(to && { to }) });
  beforeEach(() => bench.do(open('ada'), open('bo'), open('cy')));

  it('one receives from two, without a connection, and is told from whom', async () => {
    await bench.do(send('ada', 'from ada', 'cy'), send('bo', 'from bo', 'cy'));
    expect(bench.facts('read').map(({ socket, from, text }) => [socket, from, text])).toEqual([
      ['cy', 'ada', 'from ada'],
      ['cy', 'bo', 'from bo'],
    ]);
    expect(openedHere()).toHaveLength(3);
  });

  it('take nothing from a stranger, and tell nothing of it', async () => {
    const stranger = createSocket('udp4');
    await new Promise<void>((resolve) => {
      stranger.send('psst', bench.row('cy').local?.port ?? 0, '127.0.0.1', () => resolve());
    });
    await bench.do(send('ada', 'from ada', 'cy'));
    expect(bench.facts('read').map(({ text }) => text)).toEqual(['from ada']);
    stranger.close();
  });

  it('number their ports apart from stream sockets: a stream socket cannot connect to one', async () => {
    expect(await bench.do({ do: 'connect', socket: 'dee', to: 'cy' })).toEqual(['not-now']);
  });

  it('hear nothing of a datagram that nobody takes', async () => {
    expect(await bench.do(send('ada', 'anybody?', 'nobody'))).toEqual([]);
    expect(bench.records.slice(3).map(({ kind }) => kind)).toEqual(['wrote']);
  });

  it('are told of it once they have a partner', async () => {
    await bench.do({ do: 'connect', socket: 'ada', to: 'nobody' }, send('ada', 'anybody?'));
    expect(bench.facts('failed').map(({ socket, code }) => `${socket}: ${code}`)).toEqual(['ada: ECONNREFUSED']);
    expect(bench.row('ada').state).toBe('connected');
  });

  it('with a partner send to no other, and take from no other', async () => {
    await bench.do({ do: 'connect', socket: 'ada', to: 'bo' });
    expect(await bench.do(send('ada', 'x', 'cy'))).toEqual(['not-now']);
    await bench.do(send('cy', 'to ada', 'ada'), send('bo', 'to ada', 'ada'));
    expect(bench.facts('read').map(({ from }) => from)).toEqual(['bo']);
  });
});
