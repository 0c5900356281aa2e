/** What Socket.IO makes of a link: its engine reads errors and the order of events, and decides what to do next. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { next, type Witnessed, witnessed } from '#lab/client/witnessed.fixture.ts';

let far: Witnessed;
beforeEach(async () => {
  vi.stubGlobal('WebSocket', Dialled);
  far = await witnessed(() => undefined);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await far.close();
});

/** Real connections, below the link: they know what has come as far as the hole. */
class Dialled extends WebSocket {
  static latest: WebSocket;
  constructor(url: string) {
    super(url);
    Dialled.latest = this;
  }
}

/** Resolves when the end of the connection has come as far as the hole, and all that was sent before it. */
const theEndIsInTheHole = (): Promise<unknown> => once(Dialled.latest, 'close');

describe('a client of Socket.IO', () => {
  it('that is thrown out while it is in a hole hears the goodbye, not only the close behind it', async () => {
    await far.connect();
    far.link.hole();
    far.server.disconnectSockets(true);
    await theEndIsInTheHole();
    const gone = next(far.socket, 'disconnect');
    far.link.plug();
    expect(await gone).toBe('io server disconnect');
    expect(far.socket.active).toBe(false);
  });
  it('gets what a hole held back before it hears that the connection has ended', async () => {
    await far.connect();
    const heard: unknown[] = [];
    far.socket.on('news', (number) => heard.push([number, far.socket.connected]));
    far.link.hole();
    for (const number of [1, 2, 3]) far.server.emit('news', number);
    for (const { conn } of far.server.sockets.sockets.values()) conn.close();
    await theEndIsInTheHole();
    const gone = next(far.socket, 'disconnect');
    far.link.plug();
    expect(await gone).toBe('transport close');
    expect(heard).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });
  it('fails to come back while the cable is cut, and comes back once it is plugged in', async () => {
    await far.connect();
    far.link.cut();
    for (const _ of ['first', 'second']) expect(await next(far.socket, 'connect_error')).toMatchObject({ message: 'websocket error' });
    const back = next(far.socket, 'connect');
    far.link.plug();
    await back;
  });
  it('that changes network while it dials knows at once that it has failed, and dials again', async () => {
    far.link.hole();
    far.socket.connect();
    const failed = next(far.socket, 'connect_error');
    far.link.changeNetwork();
    expect(await failed).toMatchObject({ message: 'websocket error' });
    const back = next(far.socket, 'connect');
    far.link.plug();
    await back;
    expect(far.of('opened')).toEqual(['opened s1 websocket']);
  });
});
