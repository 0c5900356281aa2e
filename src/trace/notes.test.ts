import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { Lab, type Loss } from './model/lab.fixture.ts';
import type { Logs } from './records.ts';
import type { Note, Span } from './trace.ts';

const notesOf = (logs: Logs): readonly Note[] => assemble(logs).events.filter((event) => event.kind === 'note');
const spansOf = (logs: Logs, what: Span['what']): readonly Span[] =>
  assemble(logs)
    .events.filter((event) => event.kind === 'span')
    .filter((span) => span.what === what);
/** `bo 100 fact: …` */
const linesOf = (lab: Lab): readonly string[] => notesOf(lab.logs()).map(({ lane, at, by, text }) => `${lane} ${at} ${by}: ${text}`);
/** `server 100–600: …`, without an end while it lasts. */
const stretchesOf = (lab: Lab, what: Span['what']): readonly string[] =>
  spansOf(lab.logs(), what).map(({ lane, from, to = '', text }) => `${lane} ${from}–${to}: ${text}`);

/** Bo is lost at 100. */
const lost = (way: Loss): Lab => Lab.begun().wait(100).lose('bo', way);

describe('notes', () => {
  it('tell who did what, who noticed what, and what a page shows', () => {
    const lab = lost('cut').wait(400).comeBack('bo').wait(300).show('bo', 'welcome back');
    expect(linesOf(lab)).toEqual([
      'bo 100 act: You cut Bo’s cable',
      'bo 100 fact: Bo’s page notices: the connection has ended (transport close)',
      'server 102 fact: The server notices: Bo is gone, and out of lobby (transport close)',
      'bo 580 fact: Bo is connected again, with a new id',
      'bo 800 shown: welcome back',
    ]);
  });

  it('say when recovery gave somebody back the old id', () => {
    const lab = Lab.begun({ recovery: true })
      .broadcast({ event: 'hello', args: [] })
      .wait(100)
      .lose('bo', 'cut')
      .wait(100)
      .comeBack('bo')
      .wait(500);
    expect(linesOf(lab).at(-1)).toBe('bo 280 fact: Bo is connected again, recovered, with the same id');
  });

  it.each<[Loss, string, string]>([
    ['disconnect', 'Bo says goodbye: socket.disconnect()', 'it said goodbye itself (io client disconnect)'],
    ['throw-out', 'The server throws Bo out', 'the server ended it (io server disconnect)'],
    ['change-network', 'Bo’s device changes network', 'the connection has ended (transport close)'],
  ])('name the act %s, and the reason at the page', (way, act, reason) => {
    const texts = notesOf(lost(way).wait(400).logs())
      .filter(({ lane }) => lane === 'bo')
      .map(({ text }) => text);
    expect(texts).toEqual([act, `Bo’s page notices: ${reason}`]);
  });

  it('tell of a crash, of the start after it, and of attempts that fail', () => {
    const lab = Lab.begun().wait(100).crash().wait(200);
    lab.note('bo', ['failed', lab.now, 'websocket error']);
    lab.restart();
    expect(linesOf(lab).filter((line) => !line.includes('notices'))).toEqual([
      'server 100 act: You crash the server',
      'bo 300 fact: Bo tries to come back: websocket error',
      'server 300 act: You start the server again',
    ]);
  });

  it('tell of trouble that the server caught', () => {
    const lab = Lab.begun();
    lab.noteAtServer(['trouble', lab.serverNow, 'too deep', 'chat']);
    expect(linesOf(lab)).toEqual(['server 0 fact: The server refused or caught something: too deep']);
  });
});

describe('a client', () => {
  it.each<Loss>(['cut', 'change-network', 'disconnect', 'throw-out', 'black-hole'])(
    'is offline from the act %s until it is connected again',
    (way) => {
      const lab = lost(way).wait(400);
      expect(stretchesOf(lab, 'offline')).toEqual(['bo 100–: Bo is offline']);
      lab.clientNotices('bo').serverNotices('bo').comeBack('bo').wait(500);
      expect(stretchesOf(lab, 'offline')).toEqual(['bo 100–580: Bo is offline']);
    },
  );

  it('is offline in a black hole no longer than it lasts, if nobody gave up', () => {
    expect(stretchesOf(lost('black-hole').wait(400).plug('bo').wait(100), 'offline')).toEqual(['bo 100–500: Bo is offline']);
  });

  it('is not back when its cable is, but when it is connected', () => {
    const lab = lost('black-hole').wait(400).clientNotices('bo').wait(100).plug('bo').wait(100);
    expect(stretchesOf(lab, 'offline')).toEqual(['bo 100–: Bo is offline']);
  });

  it('that went offline before the run is offline at its beginning', () => {
    const lab = Lab.begun().lose('bo', 'cut').wait(100).begin().wait(100);
    expect(stretchesOf(lab, 'offline')).toEqual(['bo -100–: Bo is offline']);
  });
});

describe('the server', () => {
  it('is down from a crash until its start', () => {
    const lab = Lab.begun().wait(100).crash().wait(200);
    expect(stretchesOf(lab, 'down')).toEqual(['server 100–: The server is down']);
    expect(stretchesOf(lab.restart().wait(50).crash().wait(10), 'down')).toEqual([
      'server 100–300: The server is down',
      'server 350–: The server is down',
    ]);
  });

  it('has one span of a crash, however well its clock is known', () => {
    const lab = Lab.begun({ skewMs: 1_000, estimateErrorMs: 500 }).wait(100).crash().wait(200);
    const known = spansOf(lab.logs(), 'down');
    const guessed = spansOf({ ...lab.logs(), clients: {} }, 'down');
    expect(known.map(({ from }) => from)).not.toEqual(guessed.map(({ from }) => from));
    expect(known.map(({ id }) => id)).toEqual(guessed.map(({ id }) => id));
  });
});

describe('a belief', () => {
  it('in a black hole ends on each side when that side gives up', () => {
    const lab = lost('black-hole').wait(1_000);
    expect(stretchesOf(lab, 'belief')).toEqual([
      'server 100–: For 1.0 s the server believes Bo is connected',
      'bo 100–: For 1.0 s Bo believes the connection is fine',
    ]);
    lab.clientNotices('bo').wait(1_000).serverNotices('bo').wait(1_000);
    expect(stretchesOf(lab, 'belief')).toEqual([
      'server 100–2100: For 2.0 s the server believes Bo is connected',
      'bo 100–1100: For 1.0 s Bo believes the connection is fine',
    ]);
  });

  it('in a black hole ends when it is mended', () => {
    expect(stretchesOf(lost('black-hole').wait(500).plug('bo').wait(500), 'belief')).toEqual([
      'server 100–600: For 0.5 s the server believes Bo is connected',
      'bo 100–600: For 0.5 s Bo believes the connection is fine',
    ]);
  });

  it('after a change of network is the server’s alone', () => {
    expect(stretchesOf(lost('change-network').wait(3_800).serverNotices('bo').wait(100), 'belief')).toEqual([
      'server 100–3900: For 3.8 s the server believes Bo is connected',
    ]);
  });

  it('after a change of network is not ended by a plug, which mends another connection', () => {
    const lab = lost('change-network').comeBack('bo').wait(500).lose('bo', 'black-hole').wait(50).plug('bo').wait(500);
    expect(stretchesOf(lab, 'belief')).toEqual(['server 100–: For 1.1 s the server believes Bo is connected']);
  });

  it('is about the connection that the client had then, not about one that it had left', () => {
    const lab = lost('change-network').comeBack('bo').wait(500).lose('bo', 'black-hole').wait(200).serverNotices('bo').wait(300);
    expect(stretchesOf(lab, 'belief')).toEqual([
      'server 100–800: For 0.7 s the server believes Bo is connected',
      'server 600–: For 0.5 s the server believes Bo is connected',
      'bo 600–: For 0.5 s Bo believes the connection is fine',
    ]);
  });

  it('of a server ends with the server', () => {
    expect(stretchesOf(lost('black-hole').wait(500).crash().wait(500), 'belief')[0]).toBe(
      'server 100–600: For 0.5 s the server believes Bo is connected',
    );
  });

  it.each<Loss>(['cut', 'disconnect', 'throw-out'])('does not arise from the act %s: both sides are told', (way) => {
    expect(stretchesOf(lost(way).wait(1_000), 'belief')).toEqual([]);
  });

  it('is not worth a line when it is short', () => {
    expect(stretchesOf(lost('black-hole').wait(90), 'belief')).toEqual([]);
  });
});
