import { describe, expect, it } from 'vitest';
import { LANES } from '../model/lab.fixture.ts';
import type { Message, Ms, Note, Trace } from '../trace.ts';
import type { NoteMark } from './drawing.ts';
import { layout } from './layout.ts';
import { isTold, type NoteSpace, noteMarks, wrap } from './note-marks.ts';
import { timeScale } from './time-scale.ts';

const LINE = 16;
const THREE_LINES = 'Bo’s page notices: no sign of life for too long (ping timeout)';

const note = (over: Partial<Note> = {}): Note => ({
  kind: 'note',
  id: 'n',
  lane: 'bo',
  at: 1_000,
  by: 'fact',
  text: 'Bo is gone',
  ...over,
});
const message = (over: Partial<Message> = {}): Message => ({
  kind: 'message',
  id: 'm',
  from: 'server',
  to: 'bo',
  what: 'event',
  sentAt: 900,
  label: 'chat "hi"',
  event: { name: 'chat', args: ['hi'] },
  text: '42["chat","hi"]',
  attachments: [],
  fate: { kind: 'delivered', at: 990, replayed: false },
  duplicates: [],
  ...over,
});
const trace = (...events: Trace['events']): Trace => ({ version: 1, lanes: LANES, events, endsAt: 3_000 });

/** A lane in the middle, where a second is 92 units high. */
const space = (over: Partial<NoteSpace> = {}): NoteSpace => ({
  scale: timeScale([0, 1_000, 2_000], 0),
  xOf: () => 400,
  xs: [400],
  width: 840,
  narrow: false,
  touches: [],
  approaches: [],
  ...over,
});
const markOf = (one: Note, over: Partial<NoteSpace> = {}): NoteMark | undefined => noteMarks([one], space(over))[0];

describe('a note', () => {
  it('stands beside its lane, at its moment', () => {
    expect(markOf(note())).toMatchObject({
      dot: { x: 400, y: 92 },
      at: { x: 414, y: 96 },
      anchor: 'start',
      lines: ['Bo is gone'],
      number: 1,
    });
  });

  it('stands at the left of the last lane, and of the server', () => {
    expect(markOf(note(), { xOf: () => 800 })).toMatchObject({ anchor: 'end', at: { x: 786 } });
    expect(markOf(note({ lane: 'server' }))).toMatchObject({ anchor: 'end', at: { x: 386 } });
    expect(markOf(note({ lane: 'server' }), { xOf: () => 100 })).toMatchObject({ anchor: 'start' });
  });

  it('of several lines ends at its moment, where there is room above', () => {
    expect(markOf(note({ text: THREE_LINES }))).toMatchObject({ lines: { length: 3 }, at: { x: 436, y: 96 - 2 * LINE } });
  });

  it.each([
    ['an arrow touches the lane there', { touches: [{ lane: 'bo', y: 60 }] }],
    ['an arrow is on its way to the lane since then', { approaches: [{ lane: 'bo', y: 60 }] }],
  ])('of several lines begins at its moment, if %s', (_what, over) => {
    expect(markOf(note({ text: THREE_LINES }), over)?.at).toEqual({ x: 414, y: 96 });
  });

  it.each([
    ['touches another lane', [{ lane: 'cy', y: 60 }]],
    ['touched this one long before', [{ lane: 'bo', y: 20 }]],
    ['touches it later', [{ lane: 'bo', y: 110 }]],
  ])('has room above if an arrow %s', (_what, touches) => {
    expect(markOf(note({ text: THREE_LINES }), { touches })?.at.y).toBe(96 - 2 * LINE);
  });

  it('stands over an arrow that leaves or arrives at its moment', () => {
    expect(markOf(note(), { touches: [{ lane: 'bo', y: 95 }] })?.at.y).toBe(92 - LINE / 2);
    expect(markOf(note(), { touches: [{ lane: 'bo', y: 101 }] })?.at.y).toBe(96);
  });

  it('makes room for the one before it', () => {
    const [first, second] = noteMarks([note(), note({ at: 1_010 })], space());
    expect(second?.at.y).toBe((first?.at.y ?? 0) + LINE + 4);
    expect(second?.dot.y).toBeCloseTo(92.92);
  });

  it('says who shows it', () => {
    expect(markOf(note({ by: 'shown', text: 'hi' }))?.lines).toEqual(['shows: hi']);
  });
});

describe('a note that has been drawn', () => {
  const placeOf = (events: Trace['events'], until: Ms) => layout(trace(...events), { geometry: 'wide', until }).notes[0]?.at;
  const three = note({ text: THREE_LINES });

  it.each<[string, Message]>([
    ['a message on its way arrives late', message({ sentAt: 250, fate: { kind: 'delivered', at: 1_400, replayed: false } })],
    ['a message on its way is lost', message({ sentAt: 250, fate: { kind: 'lost', place: 'wire', cause: 'cut', knownAt: 1_500 } })],
    [
      'a message leaves the buffer in which it waited',
      message({ from: 'bo', to: 'server', sentAt: 700, leftAt: 2_000, fate: { kind: 'delivered', at: 2_100, replayed: false } }),
    ],
  ])('does not move when %s', (_what, one) => {
    expect(placeOf([one, three], 3_000)).toEqual(placeOf([one, three], 1_100));
  });
});

describe('what a page shows', () => {
  const shown = (text: string, at = 1_000): Note => note({ by: 'shown', text, at });

  it('is told, unless an arrow has just brought it', () => {
    expect(isTold(shown('hi'), trace(message()))).toBe(false);
    expect(isTold(shown('Ada: hi'), trace(message()))).toBe(false);
    expect(isTold(shown('ho'), trace(message()))).toBe(true);
    expect(isTold(shown('hi', 2_000), trace(message()))).toBe(true);
    expect(isTold(shown('hi'), trace(message({ to: 'cy' })))).toBe(true);
    expect(isTold(shown('hi'), trace(message({ fate: { kind: 'in-flight' } })))).toBe(true);
  });

  it('is told beside all other notes, which always are', () => {
    expect(isTold(note({ text: 'hi' }), trace(message()))).toBe(true);
  });
});

describe('a long text', () => {
  it('is broken between words', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('one twothreefour', 5)).toEqual(['one', 'twothreefour']);
    expect(wrap('', 5)).toEqual(['']);
  });
});

describe('notes of two lanes that write into one gap', () => {
  const twoLanes = { xs: [100, 400], xOf: (lane: string) => (lane === 'ada' ? 100 : 400) };
  const [left, right] = [note({ id: 'a', lane: 'ada' }), note({ id: 's', lane: 'server', at: 1_001 })];

  it('stand below each other', () => {
    const [first, second] = noteMarks([left, right], space(twoLanes));
    expect([first?.anchor, second?.anchor]).toEqual(['start', 'end']);
    expect(second?.at.y).toBeGreaterThanOrEqual((first?.at.y ?? Number.POSITIVE_INFINITY) + LINE);
  });

  it('do not concern each other where they are discs', () => {
    const alone = noteMarks([right], space({ ...twoLanes, narrow: true }))[0];
    expect(noteMarks([left, right], space({ ...twoLanes, narrow: true }))[1]?.at).toEqual(alone?.at);
  });
});
