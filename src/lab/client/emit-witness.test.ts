import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { next, type Witnessed, witnessed } from './witnessed.fixture.ts';

let far: Witnessed;
beforeEach(async () => {
  far = await witnessed((socket) => {
    socket.on('ask', (question, reply) => reply(`answer to ${question}`));
    socket.on('say', () => undefined);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await far.close();
});

/** Resolves when the server has answered: whatever was emitted before has arrived there. */
const answered = async (): Promise<void> => void (await far.socket.emitWithAck('ask', 'last'));
/** What was emitted and what became a packet, but for the question of `answered`. */
const told = () => far.of('emitted', 'expired', 'created').filter((line) => !line.includes('["ask","last"]') && !line.endsWith(' 40'));

describe('an emit of a connected client', () => {
  it('is sent, and stands directly before its packet', async () => {
    await far.connect();
    far.socket.emit('say', 'one', 2);
    far.socket.emit('say', 'three');
    await answered();
    expect(told()).toEqual([
      'emitted 1 sent / ["say","one",2]',
      'created s1 42["say","one",2]',
      'emitted 2 sent / ["say","three"]',
      'created s1 42["say","three"]',
    ]);
  });
  it('with emitWithAck, timeout or send is told once, without its callback', async () => {
    await far.connect();
    expect(await far.socket.emitWithAck('ask', 'a')).toBe('answer to a');
    expect(await far.socket.timeout(5_000).emitWithAck('ask', 'b')).toBe('answer to b');
    far.socket.send('c');
    await answered();
    expect(told()).toEqual([
      'emitted 1 sent / ["ask","a"]',
      'created s1 420["ask","a"]',
      'emitted 2 sent / ["ask","b"]',
      'created s1 421["ask","b"]',
      'emitted 3 sent / ["message","c"]',
      'created s1 42["message","c"]',
    ]);
  });
  it('is dropped if it is volatile and the transport is busy', async () => {
    await far.connect();
    far.socket.emit('say', 'one');
    far.socket.volatile.emit('say', 'two');
    await answered();
    far.socket.volatile.emit('say', 'three');
    await answered();
    expect(told()).toEqual([
      'emitted 1 sent / ["say","one"]',
      'created s1 42["say","one"]',
      'emitted 2 dropped / ["say","two"]',
      'emitted 4 sent / ["say","three"]',
      'created s1 42["say","three"]',
    ]);
  });
  it('that gets no answer in time was sent all the same: it has not expired', async () => {
    await far.connect();
    await expect(far.socket.timeout(1).emitWithAck('say', 'one')).rejects.toThrow('operation has timed out');
    await answered();
    expect(told()).toEqual(['emitted 1 sent / ["say","one"]', 'created s1 420["say","one"]']);
  });
  it('that is refused for its name is not told, nor taken for another', async () => {
    far.socket.emit('say', 'waits');
    expect(() => far.socket.emit('connect')).toThrow('reserved event name');
    await far.connect();
    expect(told()).toEqual(['emitted 1 buffered / ["say","waits"]', 'created s1 42["say","waits"]']);
  });
});

describe('an emit of a client that is not connected', () => {
  it('is buffered, and flushed without being told again', async () => {
    far.socket.emit('say', 'one');
    const answer = far.socket.emitWithAck('ask', 'two');
    await far.connect();
    expect(await answer).toBe('answer to two');
    expect(told()).toEqual([
      'emitted 1 buffered / ["say","one"]',
      'emitted 2 buffered / ["ask","two"]',
      'created s1 42["say","one"]',
      'created s1 420["ask","two"]',
    ]);
  });
  it('is dropped if it is volatile', async () => {
    far.socket.volatile.emit('say', 'one');
    await far.connect();
    await answered();
    expect(told()).toEqual(['emitted 1 dropped / ["say","one"]']);
  });
  it('expires in the buffer when its time is over, and is never sent', async () => {
    far.socket.emit('say', 'patient');
    await expect(far.socket.timeout(1).emitWithAck('say', 'impatient')).rejects.toThrow('operation has timed out');
    await far.connect();
    await answered();
    expect(told()).toEqual([
      'emitted 1 buffered / ["say","patient"]',
      'emitted 2 buffered / ["say","impatient"]',
      'expired 2',
      'created s1 42["say","patient"]',
    ]);
  });
  it('has not expired if it was flushed, and its connection was lost before the answer', async () => {
    const answer = far.socket.timeout(5_000).emitWithAck('say', 'one');
    const failed = expect(answer).rejects.toThrow('socket has been disconnected');
    await far.connect();
    far.link.cut();
    await failed;
    expect(told()).toEqual(['emitted 1 buffered / ["say","one"]', 'created s1 420["say","one"]']);
  });
});

it('an emit of a client whose last ping is too old is buffered, though its timer has not run: the machine was asleep', async () => {
  await far.connect();
  const asleepMs = 3_600_000;
  const awake = Date.now() + asleepMs;
  vi.spyOn(Date, 'now').mockImplementation(() => awake);
  far.socket.emit('say', 'good morning');
  expect(far.socket.connected).toBe(true);
  expect(await next(far.socket, 'disconnect')).toBe('ping timeout');
  vi.restoreAllMocks();
  await far.seen.has('created s2 42["say","good morning"]');
  expect(told()).toEqual(['emitted 1 buffered / ["say","good morning"]', 'created s2 42["say","good morning"]']);
});
