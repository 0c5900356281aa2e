import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { meantFor, messagesOf } from './fates.ts';
import { Lab } from './model/lab.fixture.ts';
import { chatsFor, FILE, HI, logsOf, toldBy, toldOfChats } from './model/told.fixture.ts';
import type { ServerRecord } from './records.ts';

describe('a broadcast', () => {
  it('is said as the program said it: without the offset that recovery adds, with the bytes that left the text', () => {
    const [hi, file] = meantFor(assemble(Lab.begun({ recovery: true }).broadcast(HI).wait(1).broadcast(FILE).logs()), {
      event: 'chat',
      to: 'bo',
    });
    expect(hi).toMatchObject({ label: 'chat "hi"', event: { name: 'chat', args: ['hi'] }, emission: 'emission:0' });
    expect(file?.event?.args).toEqual(['a file', { type: 'Buffer', data: [1, 2] }, { type: 'Buffer', data: [3] }]);
    expect(file?.emission).toBe('emission:1');
  });

  it('that is volatile is never sent to whom the line is busy, each time that it is said', () => {
    const lab = Lab.begun().jam('bo', true);
    lab.broadcast(HI, { isVolatile: true }).broadcast(HI, { isVolatile: true }).wait(500);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": never-sent volatile', 'chat "hi": never-sent volatile']);
    expect(toldOfChats(lab, 'cy')).toEqual(['chat "hi": delivered', 'chat "hi": delivered']);
  });

  it('that was dropped has nothing to do with the next packet that says the same', () => {
    const words: readonly ServerRecord[] = [
      ['addressed', 1, '/', [], [], ['ada1'], '["chat","hi"]'],
      ['dropped', 1, 'a', '["chat","hi"]'],
      ['created', 2, 'a', '42["chat","hi"]'],
    ];
    const [dropped, direct] = messagesOf(assemble(logsOf([], words)));
    expect([dropped?.surplus, direct?.surplus, direct?.emission]).toEqual([undefined, undefined, undefined]);
  });

  it('that is made for a connection that has just closed is never sent: its client is away', () => {
    const logs = logsOf(
      [],
      [
        ['closed', 1, 'a', 'transport close', 0],
        ['dropped', 2, 'a', '["chat","hi"]'],
      ],
    );
    expect(toldBy(logs)).toEqual(['chat "hi": never-sent away']);
  });

  it('to a session that somebody has left is surplus: one copy counts, and it is the better one', () => {
    const lab = Lab.begun().lose('bo', 'change-network').comeBack('bo').wait(500).broadcast(HI).wait(500);
    const copies = messagesOf(assemble(lab.logs())).filter(({ to, event }) => to === 'bo' && event?.name === 'chat');
    expect(copies.map(({ fate, surplus }) => [fate.kind, surplus])).toEqual([
      ['in-flight', true],
      ['delivered', undefined],
    ]);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": delivered']);
    expect(toldOfChats(lab.serverNotices('bo').wait(1), 'bo')).toEqual(['chat "hi": delivered']);
  });

  it('to one who has gone is never sent, because he was away', () => {
    const lab = Lab.begun().lose('bo', 'disconnect').wait(500).broadcast(HI, { room: 'lobby' }).wait(500);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": never-sent away']);
    expect(toldOfChats(lab, 'cy')).toEqual(['chat "hi": delivered']);
  });
});

describe('recovery', () => {
  const recovering = () => Lab.begun({ recovery: true }).broadcast({ event: 'hello', args: [] }).wait(500);

  it('delivers what was missed, late and once', () => {
    const lab = recovering().lose('bo', 'cut').wait(100).broadcast(HI).wait(100).comeBack('bo').wait(500);
    const missed = chatsFor(lab, 'bo');
    expect(missed).toMatchObject([
      { sentAt: 600, leftAt: 750, fate: { kind: 'delivered', at: 780, replayed: true }, text: '42["chat","hi","off-5"]' },
    ]);
  });

  it('delivers what died on the wire, too', () => {
    const lab = recovering().lose('bo', 'black-hole').broadcast(HI).wait(100).serverNotices('bo').clientNotices('bo').wait(100);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": lost wire black-hole']);
    expect(toldOfChats(lab.comeBack('bo').wait(500), 'bo')).toEqual(['chat "hi": delivered replayed']);
  });

  it('may have to tell a message twice, and it counts once', () => {
    const hi = '42["chat","hi","off-1"]';
    const back = (t: number, sid: string): readonly ServerRecord[] => [
      ['opened', t, sid, 'websocket'],
      ['created', t, sid, hi],
      ['written', t, sid, 1],
      ['created', t, sid, '40{"sid":"ada1"}'],
      ['connected', t, sid, 'ada1', '/', true],
    ];
    const logs = logsOf(
      [
        ['closed', 2, 'a', 'transport close'],
        ['opened', 3, 'b', 'websocket'],
        ['closed', 5, 'b', 'transport close'],
        ['opened', 6, 'c', 'websocket'],
        ['arrived', 8, 'c', hi],
      ],
      [
        ['addressed', 1, '/', [], [], ['ada1'], '["chat","hi"]'],
        ['created', 1, 'a', hi],
        ['closed', 2, 'a', 'transport close', 0],
        ['disconnected', 2, 'a', 'ada1', '/', 'transport close'],
        ...back(3, 'b'),
        ['closed', 5, 'b', 'transport close', 0],
        ['disconnected', 5, 'b', 'ada1', '/', 'transport close'],
        ...back(6, 'c'),
      ],
    );
    const chats = meantFor(assemble(logs), { event: 'chat', to: 'ada' });
    expect(chats).toMatchObject([{ id: 'a:s2c:m0', sentAt: 1, leftAt: 6, fate: { kind: 'delivered', at: 8, replayed: true } }]);
  });

  it('does not tell again what was volatile, though another message says the same', () => {
    const lab = recovering().lose('bo', 'cut').wait(100).broadcast(HI, { isVolatile: true }).wait(1).broadcast(HI).comeBack('bo').wait(500);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": never-sent away', 'chat "hi": delivered replayed']);
  });

  /** Nobody but Bo is there to whom it could be said. */
  const alone = () => recovering().lose('cy', 'disconnect').wait(500);
  const toBo = { except: 'ada' };

  it('tells two messages that say the same, each by its own packet', () => {
    const lab = alone().lose('bo', 'cut').wait(100).broadcast(HI, toBo).wait(1).broadcast(HI, toBo).comeBack('bo').wait(60);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": in-flight', 'chat "hi": in-flight']);
  });

  it('tells the message that was missed, not an older one that nobody will ever get', () => {
    const lab = alone().lose('bo', 'disconnect').wait(100).broadcast(HI, toBo).comeBack('bo').wait(500);
    lab.broadcast({ event: 'note', args: [] }, toBo).wait(500).lose('bo', 'cut').wait(100).broadcast(HI, toBo).comeBack('bo').wait(500);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": never-sent away', 'chat "hi": delivered replayed']);
  });

  it('goes on from the last offset that arrived, and volatile messages have none', () => {
    const lab = alone().lose('bo', 'disconnect').wait(100).broadcast(HI, toBo).comeBack('bo').wait(500);
    lab
      .broadcast({ event: 'note', args: [] }, { ...toBo, isVolatile: true })
      .wait(500)
      .lose('bo', 'cut')
      .wait(100)
      .comeBack('bo')
      .wait(500);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": delivered replayed']);
  });

  it('is over with the connection: what the server says from then on is new', () => {
    const logs = logsOf(
      [
        ['closed', 1, 'a', 'transport close'],
        ['opened', 3, 'b', 'websocket'],
      ],
      [
        ['closed', 1, 'a', 'transport close', 0],
        ['disconnected', 1, 'a', 'ada1', '/', 'transport close'],
        ['addressed', 2, '/', [], [], [], '["chat","hi"]'],
        ['opened', 3, 'b', 'websocket'],
        ['connected', 4, 'b', 'ada1', '/', true],
        ['created', 5, 'b', '42["chat","hi"]'],
      ],
    );
    expect(toldBy(logs)).toEqual(['chat "hi": never-sent away', 'chat "hi": in-flight']);
  });

  it('is forgotten by a crash', () => {
    const lab = recovering().lose('bo', 'cut').wait(100).broadcast(HI).wait(100).crash().restart().comeBack('bo').wait(500);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": never-sent away']);
  });
});
