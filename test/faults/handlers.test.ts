/** Faults in every place where a scenario's code runs. Each is caught: nobody else's connection notices. */
import { describe, expect, it } from 'vitest';
import { openArena } from './arena.ts';

const arena = openArena();

/** Resolves when the last net has caught so many faults since the start. It is asked again and again: nobody else tells. */
async function caught(times: number): Promise<void> {
  while ((await arena.metric('wire_troubles_total{what="uncaught"}')) < times);
}

describe('a fault in a handler', () => {
  it.each(['throws', 'throws once', 'throws before', 'registered on connect', 'rejects', 'any'])(
    'is reported, and the connection lives: %s',
    async (event) => {
      const client = await arena.join();
      client.emit(event);
      await client.echoed();
      await arena.troubled(event === 'rejects' ? 'rejected' : 'threw', event);
    },
  );
  it.each([
    ['an object that cannot be made a text', { toString: 1, valueOf: 1 }, /^something that is no error$/],
    ['a text, which is cut', 'x'.repeat(15_000), /^x{1024}$/],
    ['null', null, /^something that is no error$/],
  ])('may be thrown as anything: %s', async (_what, payload, detail) => {
    const client = await arena.join();
    client.emit('throws it back', payload);
    await client.echoed();
    await arena.troubled('threw', detail);
  });
  it('on connection leaves the client connected', async () => {
    await (await arena.join({ how: 'connection' })).echoed();
    await arena.troubled('threw', 'on connection');
  });
  it('on disconnect harms nobody, polite or not', async () => {
    const [polite, sudden] = [await arena.join(), await arena.join()];
    polite.send('41');
    sudden.end();
    await arena.troubled('threw', 'on disconnect', 2);
  });
});

describe('a fault in an acknowledgement', () => {
  it.each([
    ['of one client', 'asks'],
    ['of a broadcast', 'asks all'],
  ])('%s is reported, and the connection lives', async (_what, event) => {
    const client = await arena.join();
    client.emit(event);
    const question = await client.next('42');
    client.send(`43${/^42(\d+)/.exec(question)?.[1]}[null]`);
    await client.echoed();
    await arena.troubled('threw', 'in an acknowledgement');
  });
  it('of a broadcast that nobody answers ends in the last net when its time is over', async () => {
    const client = await arena.join();
    client.emit('asks all');
    await caught(1);
    await client.echoed();
  });
});

describe('a fault in a middleware', () => {
  it.each(['middleware', 'async middleware'])('refuses the connection, and keeps its reason to itself: %s', async (how) => {
    const client = await arena.open();
    client.connect('/', { how });
    expect(await client.next('44')).toBe('44{"message":"refused"}');
  });
  it('that answers twice counts once', async () => {
    const client = await arena.join({ how: 'middleware twice' });
    // A second `40` would have come before the answer.
    expect(await Promise.race([client.next('40'), client.echoed()])).toBeUndefined();
  });
});

describe('a fault in a dynamic namespace', () => {
  it('is reported, and the connection lives', async () => {
    const client = await arena.join({ how: 'connection' }, '/dynamic-one');
    client.send('42/dynamic-one,["throws"]');
    client.send('42/dynamic-one,9["echo","here"]');
    expect(await client.next('43')).toBe('43/dynamic-one,9["here"]');
    await arena.troubled('threw', 'on dynamic connection');
    await arena.troubled('threw', 'in a dynamic namespace');
  });
  it('or in the function that decides whether there is one, refuses it', async () => {
    const client = await arena.join();
    client.connect('/async-fault');
    expect(await client.next('44/async-fault')).toContain('Invalid namespace');
    await client.echoed();
    await arena.troubled('rejected', 'who decides');
  });
});

describe('a fault outside any handler', () => {
  it.each([
    ['lab.after', 'after', 1],
    ['lab.every, each time', 'every', 3],
  ])('of %s is reported', async (_what, event, times) => {
    const client = await arena.join();
    client.emit(event);
    await arena.troubled('threw', event, times);
    await client.echoed();
  });
  it('of a timer of its own, or of a promise that nobody waits for, ends in the last net', async () => {
    const client = await arena.join();
    client.emit('bare timer');
    client.emit('forgotten promise');
    await caught(3);
    await client.echoed();
  });
  it('in an event of the adapter or the engine is reported as well', async () => {
    const client = await arena.join();
    await arena.troubled('threw', 'in the engine');
    client.emit('trap');
    await client.echoed();
    client.end();
    await arena.troubled('threw', 'in leave-room');
  });
});

describe('a scenario that emits', () => {
  it.each(['emits deep', 'emits a cycle'])('what cannot be written sends nothing, and goes on: %s', async (event) => {
    const client = await arena.join();
    client.emit(event);
    const first = await Promise.race([client.next('42'), client.echoed()]);
    expect(first).toBeUndefined();
    await arena.troubled('encode failed');
  });
});
