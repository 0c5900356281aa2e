import { afterEach, describe, expect, it } from 'vitest';
import { next, type Witnessed, witnessed } from './witnessed.fixture.ts';

let far: Witnessed;
afterEach(() => far.close());

/** Session ids are the server's to choose. */
const withoutIds = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/"sid":"[^"]*"/, '"sid":"…"'));

describe('the witness of an engine', () => {
  it('tells a session from its opening to its end, in order, under its id', async () => {
    far = await witnessed((socket) => socket.on('ask', (reply) => reply('yes')));
    await far.connect();
    await far.socket.emitWithAck('ask');
    far.socket.disconnect();
    await far.seen.has('closed s1 forced close');
    expect(withoutIds(far.of('opened', 'created', 'written', 'arrived', 'closed'))).toEqual([
      'opened s1 websocket',
      'created s1 40',
      'written s1 1',
      'arrived s1 40{"sid":"…"}',
      'created s1 420["ask"]',
      'written s1 2',
      'arrived s1 430["yes"]',
      'created s1 41',
      'written s1 3',
      'closed s1 forced close',
    ]);
  });
  it('tells each attachment as a packet of its own, behind the one that announces it, and what waited as written later', async () => {
    far = await witnessed((socket) => socket.on('up', (first, second) => socket.emit('down', second, first)));
    await far.connect();
    far.socket.emit('up', new Uint8Array([1, 2, 3, 4]), new Uint8Array([255]));
    await next(far.socket, 'down');
    const parts = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';
    expect(far.of('created', 'written').slice(2)).toEqual([
      `created s1 452-["up",${parts}]`,
      'written s1 2',
      'created s1 bAQIDBA==',
      'created s1 b/w==',
      'written s1 4',
    ]);
    expect(far.of('arrived').slice(1)).toEqual([`arrived s1 452-["down",${parts}]`, 'arrived s1 b/w==', 'arrived s1 bAQIDBA==']);
  });
  it('tells heartbeats', async () => {
    far = await witnessed(() => undefined, 20);
    await far.connect();
    const beats = () => far.of('arrived', 'created').filter((line) => /^(arrived s1 2|created s1 3)$/.test(line));
    await far.seen.until(() => beats().length >= 4);
    expect(beats().slice(0, 4)).toEqual(['arrived s1 2', 'created s1 3', 'arrived s1 2', 'created s1 3']);
  });
  it('begins anew with each session, and says why each ended', async () => {
    far = await witnessed(() => undefined);
    await far.connect();
    far.link.cut();
    far.link.plug();
    await next(far.socket, 'connect');
    far.server.disconnectSockets(true);
    await next(far.socket, 'disconnect');
    expect(far.of('opened', 'written', 'closed')).toEqual([
      'opened s1 websocket',
      'written s1 1',
      'closed s1 transport close',
      'opened s2 websocket',
      'written s2 1',
      'closed s2 forced close',
    ]);
  });
  it('says nothing of an attempt that opened no session', async () => {
    far = await witnessed(() => undefined);
    far.link.cut();
    const failed = next(far.socket, 'connect_error');
    far.socket.connect();
    expect(await failed).toMatchObject({ message: 'websocket error' });
    expect(far.seen.entries).toEqual([]);
  });
});
