import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../assemble.ts';
import { messagesOf } from '../fates.ts';
import { Lab } from '../model/lab.fixture.ts';
import { play, type Script, scripts } from '../model/script.fixture.ts';
import type { Message, Ms, Trace } from '../trace.ts';
import type { Arrow, Drawing } from './drawing.ts';
import { type LayoutOptions, layout } from './layout.ts';

const HI = { event: 'chat', args: ['hi'] };
const geometries = fc.constantFrom<LayoutOptions['geometry']>('wide', 'narrow');
const options = fc.record({ geometry: geometries, zoom: fc.constantFrom(1, 2.5) });
const isStub = ({ tip }: Arrow): boolean => tip === 'ring' || tip === 'bracket';
const shapeOf = ({ tip, start, end, path, wait, label }: Arrow) => ({ tip, start, end, path, wait, label: label?.at });
/** Of a stub its beginning: how far below its neighbours it stands depends on who else left there. */
const settledShapeOf = (arrow: Arrow) => (isStub(arrow) ? { tip: arrow.tip, start: arrow.start } : shapeOf(arrow));

/** As soon as this, what is drawn has found its place, ms: a tenth of a second, in a close-up less. */
const settleMs = (zoom: number): Ms => 100 / zoom;

/** A heartbeat that is known to be lost shows itself late: these traces have none. */
function traceOf(script: Script): Trace {
  const trace = assemble(play(script).logs());
  const isLostBeat = (event: Trace['events'][number]) =>
    event.kind === 'message' && event.what === 'heartbeat' && event.fate.kind === 'lost';
  return { ...trace, events: trace.events.filter((event) => !isLostBeat(event)) };
}

type Looks = {
  readonly script: Script;
  readonly how: LayoutOptions & { readonly zoom: number };
  readonly percent: number;
  readonly more: number;
};
const looks: fc.Arbitrary<Looks> = fc.record({
  script: scripts({ estimateErrorMs: 0 }),
  how: options,
  percent: fc.nat(100),
  more: fc.nat(100),
});

/** A drawing of a trace, and a later one; `stood`: what has happened by then has found its place in the first. */
function twoDrawings({ script, how, percent, more }: Looks) {
  const trace = traceOf(script);
  const until = (trace.endsAt * percent) / 100;
  const later = until + ((trace.endsAt - until) * more) / 100;
  return { before: layout(trace, { ...how, until }), after: layout(trace, { ...how, until: later }), stood: until - settleMs(how.zoom) };
}

const isSameMessage = (a: Message, b: Message): boolean => a.leftAt === b.leftAt && JSON.stringify(a.fate) === JSON.stringify(b.fate);

describe('a longer trace', () => {
  it('moves no arrow whose fate is known', () => {
    let known = 0;
    fc.assert(
      fc.property(looks, (look) => {
        const { before, after, stood } = twoDrawings(look);
        const later = new Map(after.arrows.map((arrow) => [arrow.id, arrow]));
        for (const arrow of before.arrows) {
          const same = later.get(arrow.id);
          expect(same?.message.sentAt).toBe(arrow.message.sentAt);
          const isSettled = same && isSameMessage(same.message, arrow.message) && arrow.message.fate.kind !== 'in-flight';
          if (!isSettled || (arrow.message.leftAt ?? arrow.message.sentAt) > stood) continue;
          known += 1;
          if (isStub(arrow)) expect(same.start).toEqual(arrow.start);
          // Where many arrows are in view, words go first; what still has some keeps them where they were.
          else expect(shapeOf(same)).toEqual(shapeOf(same.label ? arrow : { ...arrow, label: undefined }));
        }
      }),
      { numRuns: 200 },
    );
    expect(known).toBeGreaterThan(500);
  });

  it('moves no note, fold or stretch', () => {
    let notes = 0;
    fc.assert(
      fc.property(looks, (look) => {
        const { before, after, stood } = twoDrawings(look);
        const marks = new Map(after.notes.map((mark) => [mark.note.id, mark]));
        for (const mark of before.notes.filter(({ note }) => note.at <= stood)) {
          notes += 1;
          expect(marks.get(mark.note.id)).toEqual(mark);
        }
        expect(after.folds.slice(0, before.folds.length)).toEqual(before.folds);
        const stretches = new Map([...after.offline, ...after.beliefs].map((stretch) => [stretch.id, stretch]));
        for (const { id, y1 } of [...before.offline, ...before.beliefs]) expect(stretches.get(id)?.y1).toBe(y1);
        expect([after.width, after.columns]).toEqual([before.width, before.columns]);
        expect(after.height).toBeGreaterThan(before.height - 1);
      }),
      { numRuns: 200 },
    );
    expect(notes).toBeGreaterThan(200);
  });
});

describe('a trace that is shown until a moment', () => {
  it('looks as it looked then, but for what only its end can tell', () => {
    const hindsight = ({ fate, leftAt, from }: Message) =>
      (fate.kind === 'never-sent' && fate.reason === 'expired') || (from === 'server' && leftAt !== undefined);
    fc.assert(
      fc.property(scripts({ estimateErrorMs: 0 }), geometries, fc.nat(100), (script, geometry, percent) => {
        const lab = play(script);
        const trace = assemble(lab.logs());
        const until = Math.floor((trace.endsAt * percent) / 100);
        const { since } = lab.logs();
        const hidden = new Set(
          messagesOf(trace)
            .filter(hindsight)
            .map(({ id }) => id),
        );
        const drawn = (drawing: Drawing) =>
          drawing.arrows.filter(({ id }) => !hidden.has(id)).map((arrow) => [arrow.id, settledShapeOf(arrow)]);
        expect(drawn(layout(trace, { geometry, until }))).toEqual(drawn(layout(assemble(lab.logs(since + until)), { geometry })));
      }),
    );
  });

  it('shows a message that waits as waiting, and not until when', () => {
    const lab = Lab.begun().lose('bo', 'cut').wait(100).emit('bo', HI).wait(3_000).comeBack('bo').wait(500);
    const { arrows, height } = layout(assemble(lab.logs()), { geometry: 'wide', until: 500 });
    expect(arrows.map(({ tip, wait }) => [tip, wait])).toEqual([['bracket', undefined]]);
    expect(height).toBeLessThan(layout(assemble(lab.logs()), { geometry: 'wide' }).height);
  });

  it('shows a message under way on the part of its way that it has gone', () => {
    const trace = assemble(Lab.begun({ downMs: 200 }).broadcast(HI).wait(500).broadcast(HI).wait(500).logs());
    const at = (until: Ms) => layout(trace, { geometry: 'wide', until }).arrows.at(-1);
    expect([550, 600, 650, 700].map((until) => at(until)?.tip)).toEqual(['open', 'open', 'open', 'head']);
    const reach = [550, 600, 650, 700].map((until) => at(until)?.end.y ?? 0);
    expect(reach).toEqual(reach.toSorted((a, b) => a - b));
    expect(new Set(reach).size).toBe(4);
  });
});
