/** Packets that are too many, too large, too deep, or that no client would send. They end at most their own connection. */
import { describe, expect, it } from 'vitest';
import { CONTROL_PATH, labPath } from '#lab/control-plane.ts';
import { LIMITS } from '#lab/limits.ts';
import { openArena } from './arena.ts';
import type { RawClient } from './raw-client.ts';

const arena = openArena();

const onControl = async (): Promise<RawClient> => {
  const client = await arena.open(CONTROL_PATH);
  client.connect();
  await client.next('40');
  return client;
};

describe('too many', () => {
  it('events at once: 5,000 close the connection after its burst', async () => {
    const attacker = await arena.join();
    for (let i = 0; i < 5_000; i++) attacker.emit('throws');
    await attacker.closed;
    await arena.troubled('too many events');
    await arena.troubled('threw', 'throws');
    const ran = arena.troubles('threw');
    expect(ran).toBeLessThan(2 * LIMITS.packetBurst);
  });
  it('requests at once on the control plane', async () => {
    const attacker = await onControl();
    for (let i = 0; i < 5_000; i++) attacker.emit('clock');
    await attacker.closed;
  });
  it('connections to one lab: the thirteenth is refused, until another has gone', async () => {
    const clients = [];
    for (let i = 0; i < LIMITS.connectionsPerLab; i++) clients.push(await arena.join());
    await expect(arena.open()).rejects.toThrow('400');
    for (const client of clients) client.end();
    // The server hears of it a moment later; the bystander stays.
    while ((await arena.metric('wire_connections')) > 1);
    await (await arena.join()).echoed();
  });
});

describe('too large', () => {
  it('a message beyond Engine.IO’s bound is closed with 1009', async () => {
    const attacker = await arena.join();
    attacker.emit('echo', 'x'.repeat(LIMITS.maxHttpBufferSize + 1));
    expect(await attacker.closed).toMatchObject({ code: 1009 });
  });
  it('a message beyond the control plane’s bound is closed with 1009', async () => {
    const attacker = await onControl();
    attacker.emit('clock', 'x'.repeat(LIMITS.controlChars + 1));
    expect(await attacker.closed).toMatchObject({ code: 1009 });
  });
  it.each([
    ['text', () => `42["echo","${'x'.repeat(LIMITS.packetChars)}"]`],
    ['an attachment', () => Buffer.alloc(LIMITS.packetChars + 1)],
  ])('a packet beyond a lab’s bound closes the connection: %s', async (_what, make) => {
    const attacker = await arena.join();
    if (typeof make() !== 'string') attacker.send('451-["relay",{"_placeholder":true,"num":0}]');
    attacker.send(make());
    await attacker.closed;
    await arena.troubled('too big');
  });
});

describe('too deep', () => {
  it('33 levels close the connection, 32 do not', async () => {
    const attacker = await arena.join();
    const nest = (depth: number) => `${'['.repeat(depth)}${'[1],'.repeat(10)}1${']'.repeat(depth)}`;
    // The array of the event itself is one level, each `[1]` another.
    attacker.send(`42["relay",${nest(LIMITS.depth - 2)}]`);
    await attacker.echoed();
    attacker.send(`42["relay",${nest(LIMITS.depth - 1)}]`);
    await attacker.closed;
    await arena.troubled('too deep');
  });
  it('brackets inside a text are no levels', async () => {
    const client = await arena.join();
    client.emit('echo', '[{'.repeat(500), 1);
    expect(await client.next('431')).toContain('[{[{');
  });
});

const NONSENSE = [
  'nonsense',
  '4',
  '42',
  '42[',
  '42{}',
  '42[]',
  '42[null]',
  '42[{}]',
  '42[["echo"]]',
  '49["echo"]',
  '420000000000000000000000["echo",1]',
  '42-1["echo",1]',
  '42/other,["echo"]',
  '42["disconnect"]',
  '42["disconnecting"]',
  '42["connect_error","x"]',
  '42["error",{"message":1}]',
  '42["newListener","x"]',
  '42["removeListener","x"]',
  '42["__proto__",{"a":1}]',
  '42["constructor"]',
  '42["toString"]',
  '42["relay",{"__proto__":{"polluted":1}}]',
  '42["relay",{"constructor":{"prototype":{"polluted":1}}}]',
  '43["unasked"]',
  '43999["unasked"]',
  '43__proto__["unasked"]',
  '44{"message":"refused"}',
  '40',
  '40/unknown,{}',
  '40{"pid":{"a":1},"offset":[]}',
  '40{"token',
  '41',
  '0{}',
  '1',
  '2probe',
  '3probe',
  '5',
  '6',
  '9',
  '',
  'b',
  'bAAAA',
  '451-["relay",{"_placeholder":true,"num":9}]',
  '451-["relay",{"_placeholder":true,"num":"__proto__"}]',
  '4511-["relay"]',
  '45999999999-["relay"]',
  '45-["relay"]',
] as const;

describe('nonsense', () => {
  it.each(NONSENSE)('harms nobody, in a lab or on the control plane: %s', async (packet) => {
    for (const attacker of [await arena.join(), await onControl()]) {
      attacker.send(packet);
      attacker.send('41');
      attacker.socket.close();
      await attacker.closed;
    }
  });
  it('before a namespace is joined harms nobody', async () => {
    for (const packet of ['42["echo",1]', '43["x"]', '41', '44', '451-["x"]', 'nonsense']) {
      const attacker = await arena.open();
      attacker.send(packet);
      attacker.socket.close();
      await attacker.closed;
    }
  });
  it.each([
    '?EIO=3&transport=websocket',
    '?EIO=4&transport=polling',
    '?transport=constructor',
    '?EIO=4&transport=websocket&sid=__proto__',
    '?%',
  ])('in the address is refused: %s', async (query) => {
    for (const path of [CONTROL_PATH, labPath(arena.lab)]) {
      const answer = await fetch(`${arena.ours.url}${path}${query}`, { headers: { Connection: 'close' } });
      expect(answer.status).toBe(400);
    }
  });
});

describe('attachments', () => {
  const placeholders = (count: number) => Array.from({ length: count }, (_, num) => `{"_placeholder":true,"num":${num}}`).join();

  it('are handed on, up to ten', async () => {
    const [ada, bo] = [await arena.join(), await arena.join()];
    ada.send(`4510-["relay",[${placeholders(10)}]]`);
    for (let i = 0; i < 10; i++) ada.send(Buffer.from([i]));
    expect(await bo.next('4510-')).toBe(`4510-["relayed",[${placeholders(10)}]]`);
  });
  it('more than ten close the connection', async () => {
    const attacker = await arena.join();
    attacker.send(`4511-["relay",[${placeholders(11)}]]`);
    await attacker.closed;
  });
  it.each([
    ['text where bytes are due', ['451-["relay",{"_placeholder":true,"num":0}]', '42["echo",1]']],
    ['bytes that nothing announced', [Buffer.from('x')]],
    ['a placeholder for bytes that are not there', ['451-["relay",{"_placeholder":true,"num":5}]', Buffer.from('x')]],
  ])('that do not fit close the connection: %s', async (_what, packets) => {
    const attacker = await arena.join();
    for (const packet of packets) attacker.send(packet);
    await attacker.closed;
  });
});
