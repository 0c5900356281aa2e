import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { messagesOf } from './fates.ts';
import { Lab } from './model/lab.fixture.ts';
import { chatsFor, FILE, HI, logsOf, toldBy, toldOfChats } from './model/told.fixture.ts';
import { fateWords } from './model/truth.fixture.ts';

describe('a message with attachments', () => {
  const lab = Lab.begun().emit('ada', FILE, { isTorn: true }).wait(1_000);

  it('is under way until its last part has arrived', () => {
    expect(toldOfChats(lab, 'server')[0]).toMatch(/in-flight$/);
    const whole = chatsFor(lab.jam('ada', false).wait(1_000), 'server');
    expect(whole).toMatchObject([{ attachments: ['bAQI=', 'bAw=='], fate: { kind: 'delivered', at: 1_020 } }]);
  });

  it('dies where the first part died that did not arrive', () => {
    const torn = Lab.begun().emit('ada', FILE, { isTorn: true }).wait(1_000).lose('ada', 'cut').wait(1_000);
    expect(toldOfChats(torn, 'server')[0]).toMatch(/lost unwritten cut$/);
    const underWay = Lab.begun().emit('ada', FILE, { isTorn: true }).wait(1).lose('ada', 'cut').wait(1_000);
    expect(toldOfChats(underWay, 'server')[0]).toMatch(/lost wire cut$/);
  });
});

describe('a loss', () => {
  it('is known once both sides have closed, and the message is under way until then', () => {
    const lab = Lab.begun().lose('bo', 'black-hole').broadcast(HI).wait(100);
    expect(toldOfChats(lab, 'bo')).toEqual(['chat "hi": in-flight']);
    expect(toldOfChats(lab.clientNotices('bo').wait(100), 'bo')).toEqual(['chat "hi": in-flight']);
    const [lost] = chatsFor(lab.serverNotices('bo').wait(100), 'bo');
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
