import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../assemble.ts';
import { messagesOf } from '../fates.ts';
import { LANES, Lab } from '../model/lab.fixture.ts';
import { play, scripts } from '../model/script.fixture.ts';
import type { Message, Ms, Trace } from '../trace.ts';
import type { Arrow, Drawing } from './drawing.ts';
import { type LayoutOptions, layout, stepsOf } from './layout.ts';

const HI = { event: 'chat', args: ['hi'] };
const geometries = fc.constantFrom<LayoutOptions['geometry']>('wide', 'narrow');
const options = fc.record({ geometry: geometries, zoom: fc.constantFrom(1, 2.5) });
const labs = scripts({ estimateErrorMs: 0 }).map(play);
const traces = labs.map((lab) => assemble(lab.logs()));

/** As soon as this, what is drawn has found its place, ms: a tenth of a second, in a close-up less. */
const settleMs = (zoom: number): Ms => 100 / zoom;
const xOf = ({ columns }: Drawing, lane: string): number => columns.find((column) => column.lane.id === lane)?.x ?? Number.NaN;
const isStub = ({ tip }: Arrow): boolean => tip === 'ring' || tip === 'bracket';
const shapeOf = ({ tip, start, end, path, wait, label }: Arrow) => ({ tip, start, end, path, wait, label: label?.at });
/** Of a stub its beginning: how far below its neighbours it stands depends on who else left there. */
const settledShapeOf = (arrow: Arrow) => (isStub(arrow) ? { tip: arrow.tip, start: arrow.start } : shapeOf(arrow));

describe('the drawing of any trace', () => {
  it('has an arrow for each message but for heartbeats that went well, from sender to recipient', () => {
    fc.assert(
      fc.property(traces, options, (trace, how) => {
        const drawing = layout(trace, how);
        const quiet = messagesOf(trace).filter(({ what, fate }) => what === 'heartbeat' && fate.kind !== 'lost');
        expect(drawing.hiddenBeats).toBe(quiet.length);
        expect(drawing.arrows.map(({ id }) => id)).toEqual(
          messagesOf(trace)
            .filter((message) => !quiet.includes(message))
            .map(({ id }) => id),
        );
        for (const { message, start, end, tip } of drawing.arrows) {
          const [from, to] = [xOf(drawing, message.from), xOf(drawing, message.to)];
          expect(Math.abs(start.x - from)).toBeLessThan(2);
          if (tip === 'head') expect(Math.abs(end.x - to)).toBeLessThan(2);
          expect(Math.sign(end.x - start.x)).toBe(Math.sign(to - from));
        }
      }),
    );
  });

  it('has no arrow that points up', () => {
    fc.assert(
      fc.property(traces, options, (trace, how) => {
        for (const { start, end } of layout(trace, how).arrows) expect(end.y).toBeGreaterThanOrEqual(start.y);
      }),
    );
  });

  it('lets a lost arrow end between the lanes, before its recipient and past all others', () => {
    let lost = 0;
    fc.assert(
      fc.property(traces, geometries, (trace, geometry) => {
        const drawing = layout(trace, { geometry });
        for (const { message, end, tip } of drawing.arrows) {
          if (tip !== 'death') continue;
          lost += 1;
          const [from, to] = [xOf(drawing, message.from), xOf(drawing, message.to)];
          const between = drawing.columns.map(({ x }) => x).filter((x) => x > Math.min(from, to) && x < Math.max(from, to));
          const nearest = from < to ? Math.max(from, ...between) : Math.min(from, ...between);
          expect((end.x - nearest) * (to - from)).toBeGreaterThan(0);
          expect((to - end.x) * (to - from)).toBeGreaterThan(0);
        }
      }),
    );
    expect(lost).toBeGreaterThan(20);
  });

  it('stays within its width and its height', () => {
    fc.assert(
      fc.property(traces, geometries, (trace, geometry) => {
        const { arrows, notes, columns, offline, beliefs, width, height } = layout(trace, { geometry });
        if (geometry === 'narrow') expect(width).toBe(332);
        const points = [...arrows.flatMap(({ start, end }) => [start, end]), ...notes.flatMap(({ dot, at }) => [dot, at])];
        const stretches = [...offline, ...beliefs];
        for (const x of [...columns, ...points, ...stretches].map((place) => place.x)) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(width);
        }
        const ys = [...points.map(({ y }) => y), ...stretches.flatMap(({ y1, y2 }) => [y1, y2])];
        for (const y of ys) expect(y).toBeLessThanOrEqual(height);
      }),
    );
  });

  it('lets notes of one side of a lane stand below each other', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const { notes } = layout(trace, { geometry: 'wide' });
        for (const [index, mark] of notes.entries()) {
          const before = notes.slice(0, index).findLast(({ lane, anchor }) => lane === mark.lane && anchor === mark.anchor);
          if (before) expect(mark.at.y).toBeGreaterThanOrEqual(before.at.y + before.lines.length * 16);
        }
      }),
    );
  });
});

/** A drawing, and a later one of the same trace. A heartbeat that is known to be lost shows itself late: these traces have none. */
const twoDrawings = fc
  .record({ trace: traces, how: options, percent: fc.nat(100), more: fc.nat(100) })
  .map(({ trace, how, percent, more }) => {
    const isLostBeat = (event: Trace['events'][number]) =>
      event.kind === 'message' && event.what === 'heartbeat' && event.fate.kind === 'lost';
    const whole = { ...trace, events: trace.events.filter((event) => !isLostBeat(event)) };
    const until = (trace.endsAt * percent) / 100;
    const later = until + ((trace.endsAt - until) * more) / 100;
    return { before: layout(whole, { ...how, until }), after: layout(whole, { ...how, until: later }), stood: until - settleMs(how.zoom) };
  });

const isSameMessage = (a: Message, b: Message): boolean => a.leftAt === b.leftAt && JSON.stringify(a.fate) === JSON.stringify(b.fate);

describe('a longer trace', () => {
  it('moves no arrow whose fate is known', () => {
    let known = 0;
    fc.assert(
      fc.property(twoDrawings, ({ before, after, stood }) => {
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
      fc.property(twoDrawings, ({ before, after, stood }) => {
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
      fc.property(labs, geometries, fc.nat(100), (lab, geometry, percent) => {
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

/** One message each 50 ms, from Ada to the server; each tenth is lost. */
const talk = (count: number): Trace => ({
  version: 1,
  lanes: LANES,
  endsAt: count * 50,
  events: Array.from(
    { length: count },
    (_, n): Message => ({
      kind: 'message',
      id: `m${n}`,
      from: 'ada',
      to: 'server',
      what: 'event',
      sentAt: n * 50,
      label: `chat ${n}`,
      text: `42["chat",${n}]`,
      attachments: [],
      fate:
        n % 10 === 9
          ? { kind: 'lost', place: 'wire', cause: 'cut', knownAt: n * 50 + 40 }
          : { kind: 'delivered', at: n * 50 + 30, replayed: false },
      duplicates: [],
    }),
  ),
});

describe('a long trace', () => {
  it('is drawn by its newest 300 arrows, and the others are counted', () => {
    const drawing = layout(talk(450), { geometry: 'wide' });
    expect(drawing.arrows.map(({ id }) => id)).toEqual(Array.from({ length: 300 }, (_, n) => `m${n + 150}`));
    expect(drawing.hiddenArrows).toBe(150);
    expect(layout(talk(300), { geometry: 'wide' }).hiddenArrows).toBe(0);
  });

  it('moves nothing when its first arrows are drawn no more', () => {
    const pause = (trace: Trace): Trace => ({
      ...trace,
      endsAt: trace.endsAt + 5_000,
      events: trace.events.map((event, n) =>
        event.kind === 'message' && n > 10 ? { ...event, sentAt: event.sentAt + 5_000, fate: { kind: 'in-flight' } } : event,
      ),
    });
    const [before, after] = [300, 311].map((count) => layout(pause(talk(count)), { geometry: 'narrow' }));
    const kept = before?.arrows.slice(11).map(({ id, start }) => [id, start]);
    expect(after?.arrows.slice(0, kept?.length).map(({ id, start }) => [id, start])).toEqual(kept);
  });

  it('labels above 60 arrows only those that tell of a loss', () => {
    const labelled = (count: number) => layout(talk(count), { geometry: 'wide' }).arrows.filter(({ label }) => label !== undefined);
    expect(labelled(60)).toHaveLength(60);
    expect(labelled(61).map(({ tip }) => tip)).toEqual(Array.from({ length: 6 }, () => 'death'));
  });
});

describe('a lost heartbeat', () => {
  it('is drawn once it is known to be lost, as the reason of what follows', () => {
    const lab = Lab.begun().lose('bo', 'black-hole').ping().wait(1_000);
    const beats = () => layout(assemble(lab.logs()), { geometry: 'wide' }).arrows.filter(({ message }) => message.what === 'heartbeat');
    expect(beats()).toEqual([]);
    lab.clientNotices('bo').serverNotices('bo');
    expect(beats().map(({ message, tip, thin }) => [message.label, tip, thin])).toEqual([['ping', 'death', true]]);
  });
});

describe('the slope of a lost arrow', () => {
  const lostAfter = (downMs: number): Arrow | undefined => {
    const lab = Lab.begun({ downMs }).broadcast(HI, { except: 'ada' }).wait(2_000).lose('bo', 'cut').emitTo('bo', HI).wait(2_000);
    return layout(assemble(lab.logs()), { geometry: 'wide' }).arrows.find(({ tip }) => tip === 'death');
  };
  it('is that of what arrived before', () => {
    const slope = ({ start, end }: Arrow): number => (end.y - start.y) / Math.abs(end.x - start.x);
    const [quick, slow] = [lostAfter(100), lostAfter(200)].map((arrow) => arrow && slope(arrow));
    expect(slow).toBeCloseTo(2 * (quick ?? Number.NaN));
  });
});

describe('the steps of a replay', () => {
  it('are in order, once each, and leave out nothing that is heard or noted', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const steps = stepsOf(trace);
        expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
        const moments = trace.events.flatMap((event) => {
          if (event.kind === 'note') return [event.at];
          if (event.kind === 'span' || event.what === 'heartbeat') return [];
          return [event.sentAt, ...(event.fate.kind === 'delivered' ? [event.fate.at] : [])];
        });
        for (const t of moments) expect(steps.some((step) => step >= t && step < t + 20)).toBe(true);
      }),
    );
  });

  it('take moments that no eye can tell apart for one', () => {
    const trace = { ...talk(3), events: talk(3).events.map((event) => ({ ...event, sentAt: 101, fate: { kind: 'buffered' } }) as Message) };
    expect(stepsOf(trace)).toEqual([120]);
  });
});
