import { describe, expect, it } from 'vitest';
import type { Fate, Lane, Message, Ms, Note, PacketCause, Trace, TraceEvent } from '../trace.ts';
import { layout, stepsOf } from './layout.ts';

const LANES: readonly Lane[] = [
  { id: 'ada', name: 'Ada', role: 'host' },
  { id: 'router', name: 'Router', role: 'router' },
  { id: 'bo', name: 'Bo', role: 'host' },
];

const packet = (from: string, to: string, sentAt: Ms, fate: Fate, over: Partial<Message> = {}): Message => ({
  kind: 'message',
  id: `${from} ${sentAt}`,
  from,
  to,
  what: 'packet',
  sentAt,
  label: 'piece 1',
  text: '',
  frame: '00',
  attachments: [],
  fate,
  duplicates: [],
  ...over,
});
const delivered = (at: Ms): Fate => ({ kind: 'delivered', at, replayed: false });
const lostAt = (knownAt: Ms): Fate => ({ kind: 'lost', place: 'wire', cause: 'loss', knownAt });
const traceOf = (events: readonly TraceEvent[], { endsAt = 10, slowed }: { endsAt?: Ms; slowed?: number } = {}): Trace => ({
  version: 1,
  lanes: LANES,
  events,
  endsAt,
  ...(slowed !== undefined && { slowed }),
});
const drawn = (trace: Trace, until?: Ms) => layout(trace, { geometry: 'wide', ...(until !== undefined && { until }) });

describe('a packet that was dropped before it left', () => {
  it.each<[PacketCause, string]>([
    ['queue-full', 'dropped: queue full'],
    ['ttl', 'dropped: TTL used up'],
    ['too-big', 'dropped: too big'],
    ['link-down', 'dropped: link down'],
  ])('is a cross beside its lane, and says why: %s', (cause, words) => {
    const { arrows, columns } = drawn(
      traceOf([packet('router', 'bo', 2, { kind: 'lost', place: 'device', cause, knownAt: 2 })], { slowed: 200 }),
    );
    expect([arrows[0]?.tip, arrows[0]?.reason?.text]).toEqual(['stopped', words]);
    expect(Math.abs((arrows[0]?.end.x ?? 0) - (columns[1]?.x ?? 0))).toBeLessThan(30);
  });

  it('stands below another that was dropped at that moment', () => {
    const drop: Fate = { kind: 'lost', place: 'device', cause: 'queue-full', knownAt: 2 };
    const { arrows } = drawn(
      traceOf([packet('ada', 'router', 2, drop), packet('ada', 'router', 2, drop, { id: 'other' })], { slowed: 200 }),
    );
    expect((arrows[1]?.end.y ?? 0) - (arrows[0]?.end.y ?? 0)).toBeGreaterThan(30);
  });
});

describe('a packet that was lost on the wire', () => {
  it('dies on its way to where it would have arrived when it would have arrived', () => {
    const { arrows } = drawn(traceOf([packet('ada', 'router', 0, delivered(4)), packet('ada', 'router', 1, lostAt(5))], { slowed: 200 }));
    const slope = (index: number): number => {
      const arrow = arrows[index];
      return arrow ? (arrow.end.y - arrow.start.y) / (arrow.end.x - arrow.start.x) : Number.NaN;
    };
    expect(slope(1)).toBeCloseTo(slope(0));
    expect([arrows[1]?.tip, arrows[1]?.reason?.text]).toEqual(['death', 'lost: on the wire']);
  });
});

describe('a packet that arrived twice', () => {
  const twice = traceOf([packet('ada', 'router', 0, delivered(4), { duplicates: [6, 7] })], { slowed: 200 });

  it('has an arrow of its own for each copy, from where it left to when it came', () => {
    const [arrow] = drawn(twice).arrows;
    expect(arrow?.copies).toHaveLength(2);
    for (const copy of arrow?.copies ?? []) {
      expect(copy.end.x).toBe(arrow?.end.x);
      expect(copy.end.y).toBeGreaterThan(arrow?.end.y ?? Number.POSITIVE_INFINITY);
    }
  });

  it.each([
    [3, 0],
    [5, 0],
    [6, 1],
    [10, 2],
  ])('shows until %d ms only what had come by then: %d copies', (until, count) => {
    expect(drawn(twice, until).arrows[0]?.copies).toHaveLength(count);
  });

  it('makes a step of each arrival', () => {
    expect(stepsOf(twice)).toEqual([0, 4, 6, 7]);
  });
});

it('a packet under way heads for the place where it will arrive, and is as far as its time', () => {
  const trace = traceOf([packet('ada', 'router', 1, delivered(3)), packet('ada', 'router', 4, lostAt(9))], { slowed: 200 });
  const [whole] = drawn(trace).arrows;
  const half = drawn(trace, 2).arrows[0];
  expect(half?.tip).toBe('open');
  expect((half?.end.x ?? 0) - (half?.start.x ?? 0)).toBeCloseTo(((whole?.end.x ?? 0) - (whole?.start.x ?? 0)) / 2);
  expect(half?.angle).toBeCloseTo(whole?.angle ?? Number.NaN);
});

describe('a run that is shown slowed down', () => {
  const slowdown = 1000;
  const note = (at: Ms): Note => ({ kind: 'note', id: 'note', lane: 'router', at, by: 'fact', text: 'no route to 203.0.113.9' });
  const events = (unit: number): readonly TraceEvent[] => [
    packet('ada', 'router', 0, delivered(250 * unit), { leftAt: 100 * unit, duplicates: [400 * unit] }),
    packet('router', 'bo', 300 * unit, lostAt(700 * unit)),
    note(5000 * unit),
    packet('bo', 'ada', 5100 * unit, delivered(5600 * unit)),
  ];

  it('is drawn just as one that took so much longer', () => {
    const slow = layout(traceOf(events(1), { endsAt: 6000 }), { geometry: 'wide' });
    const fast = layout(traceOf(events(1 / slowdown), { endsAt: 6, slowed: slowdown }), { geometry: 'wide' });
    const places = ({ arrows, notes, folds, height }: typeof slow) => ({
      arrows: arrows.map(({ path, angle, copies, wait }) => ({ path, angle, copies, wait })),
      notes: notes.map(({ dot, at }) => ({ dot, at })),
      folds: folds.map(({ y }) => y),
      height,
    });
    const rounded = (drawing: typeof slow) =>
      JSON.parse(JSON.stringify(places(drawing), (_, value) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)));
    expect(rounded(fast)).toEqual(rounded(slow));
  });

  it.each([
    [1, 's', 5000, ['0 s', '1', '2']],
    [200, 'ms', 30, ['0 ms', '5', '10', '15']],
    [1000, 'ms', 3, ['0 ms', '0.5', '1', '1.5']],
    [10_000, 'µs', 0.3, ['0 µs', '50', '100', '150']],
  ])('%d times has ticks in %s', (slowed, _, endsAt, labels) => {
    const steady = Array.from({ length: 9 }, (_unused, nth) => note((nth * endsAt) / 8));
    const { ticks } = drawn(traceOf(steady, { endsAt, slowed }));
    const texts = ticks.flatMap(({ label }) => label ?? []);
    expect(texts.slice(0, labels.length)).toEqual(labels);
  });

  it('says in its own unit how much quiet was left out, and has no ticks there', () => {
    const { folds, ticks } = drawn(traceOf([packet('ada', 'router', 0, delivered(1)), note(30_001)], { endsAt: 30_001, slowed: 500 }));
    expect(folds.map(({ seconds }) => seconds)).toEqual(['30.0 s']);
    expect(ticks.length).toBeLessThan(20);
  });
});
