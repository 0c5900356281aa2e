import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { Server as Engine } from 'engine.io';
import { afterEach, describe, expect, it } from 'vitest';
import { unreadBound } from './unread.ts';

class FakeConnection extends EventEmitter {
  readonly ends: string[] = [];
  readonly transport: { socket?: { bufferedAmount: number; terminate(): void } };

  constructor(bufferedAmount?: number) {
    super();
    this.transport = bufferedAmount === undefined ? {} : { socket: { bufferedAmount, terminate: () => this.ends.push('terminated') } };
  }
  close(discard?: boolean): void {
    this.ends.push(`closed, ${discard ? 'discarding' : 'waiting'}`);
  }
  make(data: unknown): void {
    this.emit('packetCreate', { type: 'message', data });
  }
}

function bounded(connection: FakeConnection, limit = 100): number[] {
  const heard: number[] = [];
  unreadBound(limit, (bytes) => heard.push(bytes))(connection);
  return heard;
}

describe('unreadBound', () => {
  it('closes a connection once more than its limit waits, and tells once', () => {
    const connection = new FakeConnection();
    const heard = bounded(connection);
    connection.make('x'.repeat(60));
    expect(heard).toEqual([]);
    connection.make(Buffer.alloc(60));
    connection.make('x'.repeat(60));
    expect([heard, connection.ends]).toEqual([[120], ['closed, discarding']]);
  });
  it('counts what waits in the socket, and cuts a WebSocket off', () => {
    const connection = new FakeConnection(90);
    const heard = bounded(connection);
    connection.make('x'.repeat(6));
    connection.make('x'.repeat(6));
    expect([heard, connection.ends]).toEqual([[102], ['terminated']]);
  });
  it('lets one large packet pass when nothing waits', () => {
    const connection = new FakeConnection(0);
    expect(bounded(connection)).toEqual([]);
    connection.make('x'.repeat(1_000));
    expect(connection.ends).toEqual([]);
  });
  it('forgets what was written', () => {
    const connection = new FakeConnection(0);
    bounded(connection);
    for (let i = 0; i < 50; i++) {
      connection.make('x'.repeat(60));
      connection.emit('flush', [{ data: 'x'.repeat(60) }]);
    }
    expect(connection.ends).toEqual([]);
  });
});

describe('a polling client', () => {
  const http = createServer();
  afterEach(() => http.close());

  it('that comes for nothing more is closed', async () => {
    const engine = new Engine({ transports: ['polling'] });
    http.on('request', (request, response) => engine.handleRequest(Object.assign(request, { _query: queryOf(request.url) }), response));
    await once(http.listen(0, '127.0.0.1'), 'listening');
    const address = http.address();
    const connected = once(engine, 'connection');
    await (await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/?EIO=4&transport=polling`)).text();
    const [connection] = await connected;
    const heard: number[] = [];
    unreadBound(100_000, (bytes) => heard.push(bytes))(connection);
    const closed = once(connection, 'close');
    for (let i = 0; i < 30; i++) connection.send('x'.repeat(10_000));
    expect((await closed)[0]).toBe('forced close');
    expect(heard).toEqual([110_000]);
    engine.close();
  });
});

const queryOf = (url = ''): Record<string, string> => Object.fromEntries(new URLSearchParams(url.split('?')[1]));
