import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { messagesOf } from './fates.ts';
import { Lab } from './model/lab.fixture.ts';
import { chatsFor, FILE, HI, logsOf, toldBy, toldOfChats } from './model/told.fixture.ts';
import type { ClientRecord } from './records.ts';

describe('an emit of a client', () => {
  it('keeps its id from the buffer to the server, and says how long it waited', () => {
    const lab = Lab.begun().lose('ada', 'cut').wait(100).emit('ada', HI).wait(100);
    const [waiting] = chatsFor(lab, 'server');
    lab.comeBack('ada').wait(500);
    const [sent] = chatsFor(lab, 'server');
    expect(waiting).toMatchObject({ id: 'emit:ada:1', sentAt: 100, fate: { kind: 'buffered' } });
    expect(sent).toMatchObject({ id: 'emit:ada:1', sentAt: 100, leftAt: 280, fate: { kind: 'delivered', at: 300 } });
  });

  it('with attachments waits in the buffer once, and leaves it once', () => {
    const lab = Lab.begun().lose('ada', 'cut').emit('ada', FILE).wait(100).comeBack('ada').wait(500);
    expect(toldOfChats(lab, 'server')).toHaveLength(1);
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
    const sent = chatsFor(lab.comeBack('ada').wait(500), 'server');
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
    expect(toldOfChats(lab, 'server')).toEqual(['chat "hi": never-sent expired', 'chat "hi": delivered']);
  });
});
