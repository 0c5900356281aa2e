/** Little that is sent, and much that the server would keep, copy or answer for it. */
import { Agent, get } from 'node:http';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { CONTROL_PATH, labPath } from '#lab/control-plane.ts';
import { LIMITS } from '#lab/limits.ts';
import { ask, openLab, startApp } from '../../server/app.fixture.ts';
import { openArena } from './arena.ts';

const arena = openArena();
const full = (letter: string) => letter.repeat(LIMITS.packetChars - 20);

describe.each([
  ['the control plane', () => CONTROL_PATH],
  ['a lab', () => labPath(arena.lab)],
])('%s', (_plane, path) => {
  it('closes a connection that sends WebSocket pings and no end of them', async () => {
    const attacker = await arena.open(path());
    for (let i = 0; i < 1_000; i++) attacker.socket.ping('x'.repeat(125));
    await attacker.closed;
  });
  it('answers some pings, as a keep-alive sends them', async () => {
    const client = await arena.open(path());
    const answered = new Promise((resolve) => client.socket.once('pong', resolve));
    client.socket.ping('still here?');
    expect(String(await answered)).toBe('still here?');
  });
  it('closes a connection that joins one namespace many times at once', async () => {
    const attacker = await arena.open(path());
    // In one segment: Socket.IO itself refuses a second one that comes later.
    const tcp: Duplex = Reflect.get(attacker.socket, '_socket');
    tcp.cork();
    for (let i = 0; i < 50; i++) attacker.connect();
    tcp.uncork();
    await attacker.closed;
  });
});

describe('a lab', () => {
  it('lets a connection leave a namespace and join it again, often', async () => {
    const client = await arena.join();
    client.connect('/dynamic-one');
    await client.next('40/dynamic-one');
    // Often: at the end, the arena hears if something was left behind each time.
    for (let i = 0; i < 12; i++) {
      client.send('41');
      client.send('42/dynamic-one,9["echo","here"]');
      await client.next('43/dynamic-one,9');
      client.connect();
      await client.next('40{');
    }
    await client.echoed();
  });
  it.each(['_placeholder', '\\u005fplaceholder'])('closes a connection that names one attachment many times: %s', async (name) => {
    const [ada, bo] = [await arena.join(), await arena.join()];
    ada.send(`451-["relay",[${Array(11).fill(`{"${name}":true,"num":0}`).join()}]]`);
    ada.send(Buffer.alloc(1_000));
    await ada.closed;
    await arena.troubled('too many attachments');
    expect(await Promise.race([bo.next('45'), bo.echoed()])).toBeUndefined();
  });
  it('closes a connection that sends full packets without a pause', async () => {
    const attacker = await arena.join();
    for (let i = 0; i < LIMITS.packetBurst / 2; i++) attacker.emit('ignored', full('x'));
    await attacker.closed;
    await arena.troubled('too much at once');
  });
  it('takes only so much in one life of its server, since a scenario may remember all of it', async () => {
    while (arena.troubles('too much in all') === 0) {
      const attacker = await arena.join().catch(() => undefined);
      for (let i = 0; i < 10; i++) attacker?.emit('ignored', full('x'));
      await Promise.race([attacker?.closed, attacker?.echoed().catch(() => undefined)]);
      attacker?.end();
    }
    await ask(arena.page, 'lab:crash', { lab: arena.lab });
    await ask(arena.page, 'lab:restart', { lab: arena.lab });
    await (await arena.join()).echoed();
  });
});

describe('pages of one address', () => {
  it('that join again and again, each time for the whole history, are too fast', async () => {
    const running = await startApp();
    const pages = await Promise.all(Array.from({ length: 4 }, () => running.page()));
    const [first] = pages;
    const lab = first ? await openLab(first) : '';
    // Fewer than one page may ask in a second: what refuses them is counted for their address.
    const joins = pages.flatMap((page) => Array.from({ length: 40 }, () => ask(page, 'lab:join', { lab })));
    const refused = (await Promise.all(joins)).filter((answer) => !answer.ok && answer.why === 'too-fast');
    await running.close();
    expect(refused).toHaveLength(joins.length - LIMITS.opensPerMinute);
  });
});

describe('one HTTP connection that asks a lab again and again', () => {
  it('leaves nothing behind for each request', async () => {
    const running = await startApp();
    const warnings: Error[] = [];
    const hear = (warning: Error) => warnings.push(warning);
    process.on('warning', hear);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const url = `${running.url}${labPath(await openLab(await running.page()))}`;
    for (let i = 0; i < 15; i++)
      await new Promise<void>((resolve) => get(url, { agent }, (response) => response.resume().once('end', resolve)));
    process.off('warning', hear);
    agent.destroy();
    await running.close();
    expect(warnings).toEqual([]);
  });
});
