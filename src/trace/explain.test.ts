import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { explain, type RichPart } from './explain.ts';
import { Lab } from './model/lab.fixture.ts';

const chat = (word: string) => ({ event: 'chat', args: [word] });
const partsFor = (lab: Lab, to: string): readonly RichPart[] => explain(assemble(lab.logs()), { event: 'chat', to });
/** The paragraph, with the words of messages in backticks. */
const paragraphFor = (lab: Lab, to: string): string =>
  partsFor(lab, to)
    .map(({ text, as }) => (as === 'code' ? `\`${text}\`` : text))
    .join('');

/** Bo, whom a broadcast finds on the wire when his connection is lost in some way, and both sides have noticed. */
const lostDown = (way: 'black-hole' | 'change-network' | 'cut' | 'disconnect'): Lab =>
  Lab.begun().broadcast(chat('one'), { except: 'ada' }).lose('bo', way).wait(500).clientNotices('bo').serverNotices('bo');
const lostUp = (way: 'black-hole' | 'change-network' | 'cut'): Lab =>
  Lab.begun().emit('bo', chat('one')).lose('bo', way).wait(500).clientNotices('bo').serverNotices('bo');

describe('the paragraph about a run', () => {
  it('names what arrived, what died and what was never sent, each with its reason', () => {
    const lab = Lab.begun().broadcast(chat('one')).wait(500).lose('bo', 'black-hole').broadcast(chat('two')).wait(500);
    lab.clientNotices('bo').serverNotices('bo').wait(500).broadcast(chat('three')).wait(500);
    expect(paragraphFor(lab, 'bo')).toBe(
      'Bo got `one`. `two` died on the wire while the server still believed Bo was connected. ' +
        '`three` was never sent to Bo, because the server had noticed by then that Bo was gone.',
    );
  });

  it('marks the words of a fate, so that they can be styled', () => {
    const marked = partsFor(lostDown('cut'), 'bo').filter(({ as }) => as !== 'text');
    expect(marked).toEqual([
      { text: 'one', as: 'code' },
      { text: ' died', as: 'lost' },
    ]);
  });

  it('says so when nothing was meant for somebody', () => {
    expect(paragraphFor(Lab.begun(), 'bo')).toBe('Nothing was meant for Bo.');
    expect(paragraphFor(Lab.begun(), 'server')).toBe('Nothing was meant for the server.');
  });

  it('lists up to three messages that ended alike, and counts more', () => {
    const lab = Lab.begun();
    const after = (word: string) => paragraphFor(lab.broadcast(chat(word)).wait(100), 'bo');
    expect(['one', 'two', 'three', 'four'].map(after)).toEqual([
      'Bo got `one`.',
      'Bo got `one` and `two`.',
      'Bo got `one`, `two` and `three`.',
      'Bo got 4 messages.',
    ]);
  });

  it('begins each sentence with a capital letter', () => {
    const lab = Lab.begun().lose('bo', 'cut').emit('bo', chat('one')).wait(500).emit('ada', chat('two')).wait(500);
    expect(paragraphFor(lab, 'server')).toBe('`one` still waits in Bo’s buffer. The server got `two`.');
  });

  it('calls a message without a text by its label', () => {
    expect(
      paragraphFor(
        Lab.begun()
          .broadcast({ event: 'chat', args: [7] })
          .wait(100),
        'bo',
      ),
    ).toBe('Bo got `chat 7`.');
  });
});

describe('what died on its way to a client', () => {
  it.each([
    ['black-hole', '`one` died on the wire while the server still believed Bo was connected.'],
    ['change-network', '`one` died on the wire: the server sent to a connection that Bo had left.'],
    ['cut', '`one` died on the wire, under way when the cable was cut.'],
    ['disconnect', '`one` died on the wire, under way when the connection ended.'],
  ] as const)('by %s', (way, paragraph) => {
    expect(paragraphFor(lostDown(way), 'bo')).toBe(paragraph);
  });

  it('unwritten', () => {
    const lab = Lab.begun().jam('bo', true).broadcast(chat('one')).crash().wait(500);
    expect(paragraphFor(lab, 'bo')).toBe('`one` died unwritten in a buffer, when its connection ended.');
  });
});

describe('what died on its way to the server', () => {
  it.each([
    ['black-hole', '`one` died on the wire while Bo still believed the connection was fine.'],
    ['change-network', '`one` died on the wire, under way when Bo’s device changed network.'],
    ['cut', '`one` died on the wire, under way when the cable was cut.'],
  ] as const)('by %s', (way, paragraph) => {
    expect(paragraphFor(lostUp(way), 'server')).toBe(paragraph);
  });

  it('by a crash', () => {
    expect(paragraphFor(Lab.begun().emit('bo', chat('one')).crash().wait(500), 'server')).toBe(
      '`one` died on the wire, under way when the server crashed.',
    );
  });

  it('is told apart by whose it was', () => {
    const lab = Lab.begun();
    for (const who of ['ada', 'bo']) lab.lose(who, 'black-hole').emit(who, chat(who)).wait(10);
    for (const who of ['ada', 'bo']) lab.clientNotices(who).serverNotices(who).wait(10);
    expect(paragraphFor(lab, 'server')).toBe(
      '`ada` died on the wire while Ada still believed the connection was fine. ' +
        '`bo` died on the wire while Bo still believed the connection was fine.',
    );
  });
});

describe('what was late, or not sent at all', () => {
  it('waits in a buffer', () => {
    const lab = Lab.begun().lose('bo', 'cut').emit('bo', chat('one')).wait(5).emit('bo', chat('two')).wait(5);
    expect(paragraphFor(lab, 'server')).toBe('`one` and `two` still wait in Bo’s buffer.');
    expect(paragraphFor(lab.comeBack('bo').wait(500), 'server')).toBe(
      '`one` and `two` waited in Bo’s buffer first, and then reached the server.',
    );
  });

  it('gave up waiting', () => {
    const lab = Lab.begun().lose('bo', 'cut').emit('bo', chat('one')).expire('bo');
    expect(paragraphFor(lab, 'server')).toBe('`one` was never sent: the timeout ran out before there was a connection.');
  });

  it('was volatile', () => {
    const lab = Lab.begun().jam('bo', true).broadcast(chat('one'), { isVolatile: true }).broadcast(chat('two'), { isVolatile: true });
    expect(paragraphFor(lab, 'bo')).toBe('`one` and `two` were never sent: volatile, and the line was busy or gone.');
  });

  it('is under way', () => {
    expect(paragraphFor(Lab.begun().broadcast(chat('one')).wait(5), 'bo')).toBe('`one` is still under way.');
    expect(paragraphFor(Lab.begun().broadcast(chat('one')).wait(5).broadcast(chat('two')), 'bo')).toBe(
      '`one` and `two` are still under way.',
    );
  });

  it('was kept by recovery', () => {
    const lab = Lab.begun({ recovery: true }).broadcast({ event: 'hello', args: [] }).wait(500).lose('bo', 'cut').wait(100);
    lab.broadcast(chat('one')).wait(100).comeBack('bo').wait(500);
    expect(paragraphFor(lab, 'bo')).toBe('`one` came late to Bo: recovery had kept it.');
  });
});
