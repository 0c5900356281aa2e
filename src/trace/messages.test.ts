import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { meantFor, messagesOf } from './fates.ts';
import { LANES, Lab } from './model/lab.fixture.ts';
import { fateWords } from './model/truth.fixture.ts';
import type { ClientRecord, Logs, ServerRecord } from './records.ts';
import type { Message } from './trace.ts';

const HI = { event: 'chat', args: ['hi'] };
const FILE = { event: 'chat', args: ['a file'], bytes: [[1, 2], [3]] };
const told = ({ label, fate }: Message): string => `${label}: ${fateWords(fate)}`;
const chatsFor = (lab: Lab, to: string): readonly string[] => meantFor(assemble(lab.logs()), { event: 'chat', to }).map(told);

/** Ada, connected on the session `a`, and the server; then what each wrote down. */
function logsOf(ada: readonly ClientRecord[], server: readonly ServerRecord[] = []): Logs {
  return {
    lanes: LANES,
    since: 0,
    until: 1_000,
    clockOffsetMs: 0,
    server: [['opened', -9, 'a', 'websocket'], ['joined', -8, '/', 'ada1', 'ada1'], ['connected', -7, 'a', 'ada1', '/', false], ...server],
    clients: { ada: [['opened', -9, 'a', 'websocket'], ['connected', -7, 'a', 'ada1', '/', false], ...ada] },
  };
}
const toldBy = (logs: Logs): readonly string[] => messagesOf(assemble(logs)).map(told);

describe('an emit of a client', () => {
  it('keeps its id from the buffer to the server, and says how long it waited', () => {
    const lab = Lab.begun().lose('ada', 'cut').wait(100).emit('ada', HI).wait(100);
    const [waiting] = meantFor(assemble(lab.logs()), { event: 'chat', to: 'server' });
    lab.comeBack('ada').wait(500);
    const [sent] = meantFor(assemble(lab.logs()), { event: 'chat', to: 'server' });
    expect(waiting).toMatchObject({ id: 'emit:ada:1', sentAt: 100, fate: { kind: 'buffered' } });
    expect(sent).toMatchObject({ id: 'emit:ada:1', sentAt: 100, leftAt: 280, fate: { kind: 'delivered', at: 300 } });
  });

  it('with attachments waits in the buffer once, and leaves it once', () => {
    const lab = Lab.begun().lose('ada', 'cut').emit('ada', FILE).wait(100).comeBack('ada').wait(500);
    expect(chatsFor(lab, 'server')).toHaveLength(1);
  });

  it('longer than a record waits in the buffer once, and leaves it once', () => {
    const data = `["chat","${'x'.repeat(1_014)}…`;
    const logs = logsOf([
      ['emitted', 1, 1, 'buffered', '/', data],
      ['created', 2, 'a', `42${data.slice(0, 1_022)}…`],
    ]);
    expect(messagesOf(assemble(logs)).map(({ id, leftAt }) => [id, leftAt])).toEqual([['emit:ada:1', 2]]);
  });

  it('leaves the buffer in turn, though its words begin like those of another', () => {
    const lab = Lab.begun().lose('ada', 'cut');
    for (const n of [12, 1, 12]) lab.emit('ada', { event: 'chat', args: [n] }).wait(1);
    const sent = meantFor(assemble(lab.comeBack('ada').wait(500).logs()), { event: 'chat', to: 'server' });
    expect(sent.map(({ id, label }) => [id, label])).toEqual([
      ['emit:ada:1', 'chat 12'],
      ['emit:ada:2', 'chat 1'],
      ['emit:ada:3', 'chat 12'],
    ]);
  });

  it('that waits is not taken for what another namespace sends', () => {
    const logs = logsOf([
      ['emitted', 1, 1, 'buffered', '/', '["chat","hi"]'],
      ['created', 2, 'a', '42/admin,["kick","bo"]'],
    ]);
    expect(toldBy(logs)).toEqual(['chat "hi": buffered', 'kick "bo": in-flight']);
  });

  it('that became no packet was dropped, even if another packet follows at once', () => {
    const emitted: ClientRecord = ['emitted', 1, 1, 'sent', '/', '["cursor",1]'];
    const dropped = 'cursor 1: never-sent volatile';
    expect(toldBy(logsOf([emitted]))).toEqual([dropped]);
    expect(toldBy(logsOf([emitted, ['created', 2, 'a', '430["late answer"]']]))).toEqual([dropped, 'ack 0 "late answer": in-flight']);
    expect(toldBy(logsOf([emitted, ['created', 2, 'a', '42/admin,["cursor",12]']]))).toEqual([dropped, 'cursor 12: in-flight']);
  });

  it('that gave up waiting is never sent', () => {
    const lab = Lab.begun().lose('ada', 'cut').emit('ada', HI).wait(5).emit('ada', HI).expire('ada').comeBack('ada').wait(500);
    expect(chatsFor(lab, 'server')).toEqual(['chat "hi": never-sent expired', 'chat "hi": delivered']);
  });
});

describe('a message with attachments', () => {
  const lab = Lab.begun().emit('ada', FILE, { isTorn: true }).wait(1_000);

  it('is under way until its last part has arrived', () => {
    expect(chatsFor(lab, 'server')[0]).toMatch(/in-flight$/);
    const whole = meantFor(assemble(lab.jam('ada', false).wait(1_000).logs()), { event: 'chat', to: 'server' });
    expect(whole).toMatchObject([{ attachments: ['bAQI=', 'bAw=='], fate: { kind: 'delivered', at: 1_020 } }]);
  });

  it('dies where the first part died that did not arrive', () => {
    const torn = Lab.begun().emit('ada', FILE, { isTorn: true }).wait(1_000).lose('ada', 'cut').wait(1_000);
    expect(chatsFor(torn, 'server')[0]).toMatch(/lost unwritten cut$/);
    const underWay = Lab.begun().emit('ada', FILE, { isTorn: true }).wait(1).lose('ada', 'cut').wait(1_000);
    expect(chatsFor(underWay, 'server')[0]).toMatch(/lost wire cut$/);
  });
});

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
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": never-sent volatile', 'chat "hi": never-sent volatile']);
    expect(chatsFor(lab, 'cy')).toEqual(['chat "hi": delivered', 'chat "hi": delivered']);
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
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": delivered']);
    expect(chatsFor(lab.serverNotices('bo').wait(1), 'bo')).toEqual(['chat "hi": delivered']);
  });

  it('to one who has gone is never sent, because he was away', () => {
    const lab = Lab.begun().lose('bo', 'disconnect').wait(500).broadcast(HI, { room: 'lobby' }).wait(500);
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": never-sent away']);
    expect(chatsFor(lab, 'cy')).toEqual(['chat "hi": delivered']);
  });
});

describe('recovery', () => {
  const recovering = () => Lab.begun({ recovery: true }).broadcast({ event: 'hello', args: [] }).wait(500);

  it('delivers what was missed, late and once', () => {
    const lab = recovering().lose('bo', 'cut').wait(100).broadcast(HI).wait(100).comeBack('bo').wait(500);
    const missed = meantFor(assemble(lab.logs()), { event: 'chat', to: 'bo' });
    expect(missed).toMatchObject([
      { sentAt: 600, leftAt: 750, fate: { kind: 'delivered', at: 780, replayed: true }, text: '42["chat","hi","off-5"]' },
    ]);
  });

  it('delivers what died on the wire, too', () => {
    const lab = recovering().lose('bo', 'black-hole').broadcast(HI).wait(100).serverNotices('bo').clientNotices('bo').wait(100);
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": lost wire black-hole']);
    expect(chatsFor(lab.comeBack('bo').wait(500), 'bo')).toEqual(['chat "hi": delivered replayed']);
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
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": never-sent away', 'chat "hi": delivered replayed']);
  });

  /** Nobody but Bo is there to whom it could be said. */
  const alone = () => recovering().lose('cy', 'disconnect').wait(500);
  const toBo = { except: 'ada' };

  it('tells two messages that say the same, each by its own packet', () => {
    const lab = alone().lose('bo', 'cut').wait(100).broadcast(HI, toBo).wait(1).broadcast(HI, toBo).comeBack('bo').wait(60);
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": in-flight', 'chat "hi": in-flight']);
  });

  it('tells the message that was missed, not an older one that nobody will ever get', () => {
    const lab = alone().lose('bo', 'disconnect').wait(100).broadcast(HI, toBo).comeBack('bo').wait(500);
    lab.broadcast({ event: 'note', args: [] }, toBo).wait(500).lose('bo', 'cut').wait(100).broadcast(HI, toBo).comeBack('bo').wait(500);
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": never-sent away', 'chat "hi": delivered replayed']);
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
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": delivered replayed']);
  });

  it('is forgotten by a crash', () => {
    const lab = recovering().lose('bo', 'cut').wait(100).broadcast(HI).wait(100).crash().restart().comeBack('bo').wait(500);
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": never-sent away']);
  });
});

describe('a loss', () => {
  it('is known once both sides have closed, and the message is under way until then', () => {
    const lab = Lab.begun().lose('bo', 'black-hole').broadcast(HI).wait(100);
    expect(chatsFor(lab, 'bo')).toEqual(['chat "hi": in-flight']);
    expect(chatsFor(lab.clientNotices('bo').wait(100), 'bo')).toEqual(['chat "hi": in-flight']);
    const [lost] = meantFor(assemble(lab.serverNotices('bo').wait(100).logs()), { event: 'chat', to: 'bo' });
    expect(lost?.fate).toEqual({ kind: 'lost', place: 'wire', cause: 'black-hole', knownAt: 200 });
  });

  it('is known of a session whose server crashed before its client had begun to speak', () => {
    const lab = Lab.begun({ downMs: 300 }).lose('bo', 'cut').wait(500).comeBack('bo').wait(100).crash().wait(1_000);
    const connects = messagesOf(assemble(lab.logs())).filter(({ from, label }) => from === 'bo' && label === 'connect');
    expect(connects.map(({ fate }) => fateWords(fate))).toEqual(['lost wire crash']);
  });

  it('at the end of a lab is no crash', () => {
    const logs = logsOf(
      [
        ['created', 1, 'a', '42["chat","hi"]'],
        ['closed', 3, 'a', 'transport close'],
      ],
      [['ended', 2, 'closed']],
    );
    expect(toldBy(logs)).toEqual(['chat "hi": lost unwritten closed']);
  });
});
