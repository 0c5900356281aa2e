import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../assemble.ts';
import { messagesOf } from '../fates.ts';
import { LANES, Lab } from '../model/lab.fixture.ts';
import { play, type Script, scripts } from '../model/script.fixture.ts';
import type { Fate, Message, Trace } from '../trace.ts';
import type { Arrow, Drawing } from './drawing.ts';
import { type LayoutOptions, layout, stepsOf } from './layout.ts';

const HI = { event: 'chat', args: ['hi'] };
const geometries = fc.constantFrom<LayoutOptions['geometry']>('wide', 'narrow');
const options = fc.record({ geometry: geometries, zoom: fc.constantFrom(1, 2.5) });
const traceOf = (script: Script): Trace => assemble(play(script).logs());
const xOf = ({ columns }: Drawing, lane: string): number => columns.find((column) => column.lane.id === lane)?.x ?? Number.NaN;

describe('the drawing of any trace', () => {
  it('has an arrow for each message but for heartbeats that went well, from sender to recipient', () => {
    fc.assert(
      fc.property(scripts(), options, (script, how) => {
        const trace = traceOf(script);
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
      fc.property(scripts(), options, (script, how) => {
        const trace = traceOf(script);
        for (const { start, end } of layout(trace, how).arrows) expect(end.y).toBeGreaterThanOrEqual(start.y);
      }),
    );
  });

  it('lets a lost arrow end between the lanes, before its recipient and past all others', () => {
    let lost = 0;
    fc.assert(
      fc.property(scripts(), geometries, (script, geometry) => {
        const trace = traceOf(script);
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
      fc.property(scripts(), geometries, (script, geometry) => {
        const trace = traceOf(script);
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
      fc.property(scripts(), (script) => {
        const trace = traceOf(script);
        const { notes } = layout(trace, { geometry: 'wide' });
        for (const [index, mark] of notes.entries()) {
          const before = notes.slice(0, index).findLast(({ lane, anchor }) => lane === mark.lane && anchor === mark.anchor);
          if (before) expect(mark.at.y).toBeGreaterThanOrEqual(before.at.y + before.lines.length * 16);
        }
      }),
    );
  });
});

/** What Ada says to the server, 50 ms after the one before; each tenth is lost. */
const said = (n: number, over: Partial<Message> = {}): Message => ({
  kind: 'message',
  id: `m${n}`,
  from: 'ada',
  to: 'server',
  what: 'event',
  sentAt: n * 50,
  label: `chat ${n}`,
  text: `42["chat",${n}]`,
  attachments: [],
  fate: n % 10 === 9 ? LOST : { kind: 'delivered', at: n * 50 + 30, replayed: false },
  duplicates: [],
  ...over,
});
const LOST: Fate = { kind: 'lost', place: 'wire', cause: 'cut', knownAt: 20_000 };
const traceWith = (events: Trace['events'], lanes = LANES): Trace => ({ version: 1, lanes, endsAt: 50_000, events });
const talk = (count: number): Trace => traceWith(Array.from({ length: count }, (_, n) => said(n)));

describe('a long trace', () => {
  it('is drawn by its newest 300 arrows, and the others are counted', () => {
    const drawing = layout(talk(450), { geometry: 'wide' });
    expect(drawing.arrows.map(({ id }) => id)).toEqual(Array.from({ length: 300 }, (_, n) => `m${n + 150}`));
    expect(drawing.hiddenArrows).toBe(150);
    expect(layout(talk(300), { geometry: 'wide' }).hiddenArrows).toBe(0);
  });

  it('moves nothing when its first arrows are drawn no more', () => {
    const paused = (count: number) =>
      traceWith(Array.from({ length: count }, (_, n) => said(n, n > 10 ? { sentAt: n * 50 + 5_000, fate: LOST } : {})));
    const [before, after] = [300, 311].map((count) => layout(paused(count), { geometry: 'narrow' }));
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

describe('a lost arrow', () => {
  const death = (drawing: Drawing): Arrow | undefined => drawing.arrows.find(({ tip }) => tip === 'death');
  const lostOn = (downMs: number): Lab =>
    Lab.begun({ downMs }).broadcast(HI, { except: 'ada' }).wait(2_000).lose('bo', 'cut').emitTo('bo', HI).wait(500);
  const slopeOf = (arrow: Arrow | undefined): number =>
    arrow ? (arrow.end.y - arrow.start.y) / Math.abs(arrow.end.x - arrow.start.x) : Number.NaN;

  it('has the slope of what arrived before', () => {
    const [quick, slow] = [100, 200].map((downMs) => slopeOf(death(layout(assemble(lostOn(downMs).logs()), { geometry: 'wide' }))));
    expect(slow).toBeCloseTo(2 * (quick ?? Number.NaN));
  });

  it('stays where it is, however slow the link and whatever comes later', () => {
    const lab = lostOn(1_000);
    const before = death(layout(assemble(lab.logs()), { geometry: 'wide' }));
    lab.wait(5_000).broadcast(HI).wait(5_000);
    expect(death(layout(assemble(lab.logs()), { geometry: 'wide' }))?.end).toEqual(before?.end);
  });

  it('gets past each lane that it only crosses', () => {
    const lanes = [...LANES, ...['dee', 'eve', 'fay'].map((id) => ({ id, name: id, role: 'client' }) as const)];
    const drawing = layout(traceWith([said(0, { from: 'fay', fate: LOST })], lanes), { geometry: 'wide' });
    expect(death(drawing)?.end.x).toBeLessThan(xOf(drawing, 'bo'));
    expect(death(drawing)?.end.x).toBeGreaterThan(xOf(drawing, 'server'));
  });
});

describe('the steps of a replay', () => {
  it('are in order, once each, and leave out nothing that is heard or noted', () => {
    fc.assert(
      fc.property(scripts({ estimateErrorMs: 0 }), (script) => {
        const trace = traceOf(script);
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
    expect(stepsOf(traceWith([101, 110, 119].map((sentAt, n) => said(n, { sentAt, fate: { kind: 'buffered' } }))))).toEqual([120]);
  });
});
