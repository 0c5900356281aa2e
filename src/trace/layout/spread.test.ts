import { describe, expect, it } from 'vitest';
import type { Fate, LaneId, Message, Trace } from '../trace.ts';
import type { Arrow } from './drawing.ts';
import { layout } from './layout.ts';

const LANES = ['ada', 'server', 'bo', 'cy'] as const;
const NAMES: Record<string, string> = { ada: 'Ada', server: 'Server', bo: 'Bo', cy: 'Cy' };
const DELIVERED: Fate = { kind: 'delivered', at: 350, replayed: false };

const toLane = (to: LaneId, fate: Fate, over: Partial<Message> = {}): Message => ({
  kind: 'message',
  id: `to ${to} ${over.label ?? ''}`,
  from: 'server',
  to,
  what: 'event',
  sentAt: 100,
  label: 'chat "hi"',
  text: '42["chat","hi"]',
  attachments: [],
  fate,
  duplicates: [],
  ...over,
});

function arrowsOf(messages: readonly Message[], geometry: 'wide' | 'narrow' = 'wide'): readonly Arrow[] {
  const lanes = LANES.map((id) => ({ id, name: NAMES[id] ?? id, role: id === 'server' ? 'server' : 'client' }) as const);
  const trace: Trace = { version: 1, lanes, events: messages, endsAt: 1000 };
  return layout(trace, { geometry }).arrows;
}

describe('what leaves one point', () => {
  const away: Fate = { kind: 'never-sent', reason: 'away' };

  it('and never left stands below what did leave, and below each other', () => {
    const [delivered, bo, cy] = arrowsOf([
      toLane('bo', DELIVERED),
      toLane('bo', away, { label: 'chat "1"' }),
      toLane('cy', away, { label: 'chat "2"' }),
    ]);
    expect(bo?.end.y).toBeGreaterThan(delivered?.end.y ?? Number.POSITIVE_INFINITY);
    expect(cy?.end.y).toBeGreaterThanOrEqual((bo?.reason?.at.y ?? Number.POSITIVE_INFINITY) + 2);
    expect([bo?.start, cy?.start]).toEqual([delivered?.start, delivered?.start]);
  });

  it('to two sides does not count as one place', () => {
    const [left, right] = arrowsOf([toLane('ada', away), toLane('bo', away)]);
    expect(left?.end.y).toBe(right?.end.y);
    expect([left?.label?.anchor, right?.label?.anchor]).toEqual(['end', 'start']);
  });

  it('at two moments stays where it is', () => {
    const [first, second] = arrowsOf([toLane('bo', away), toLane('bo', away, { label: 'chat "later"', sentAt: 900 })]);
    const drop = (arrow: Arrow | undefined) => (arrow?.end.y ?? 0) - (arrow?.start.y ?? 0);
    expect(drop(second)).toBeCloseTo(drop(first));
  });

  it('has its label above on the farthest arrow, and below on the others', () => {
    const [near, far] = arrowsOf([toLane('bo', DELIVERED), toLane('cy', DELIVERED)]);
    expect([near?.label?.below, far?.label?.below]).toEqual([true, false]);
  });
});

describe('an arrow that did not arrive', () => {
  it.each<[Fate, string]>([
    [{ kind: 'lost', place: 'wire', cause: 'black-hole', knownAt: 900 }, 'lost: black hole'],
    [{ kind: 'lost', place: 'wire', cause: 'network-change', knownAt: 900 }, 'lost: old network'],
    [{ kind: 'lost', place: 'unwritten', cause: 'cut', knownAt: 900 }, 'died unwritten'],
    [{ kind: 'never-sent', reason: 'away' }, 'never sent: Bo away'],
    [{ kind: 'never-sent', reason: 'volatile' }, 'never sent to Bo'],
    [{ kind: 'never-sent', reason: 'expired' }, 'never sent: timed out'],
  ])('says why where it ends: %o', (fate, words) => {
    const [arrow] = arrowsOf([toLane('bo', fate)]);
    expect(arrow?.reason?.text).toBe(words);
    expect(arrow?.reason?.at.y).toBeGreaterThan(arrow?.end.y ?? Number.POSITIVE_INFINITY);
  });

  it('leaves the words to the list where there is no room', () => {
    expect(arrowsOf([toLane('bo', { kind: 'never-sent', reason: 'away' })], 'narrow')[0]?.reason).toBeUndefined();
  });

  it('keeps its label within its gap', () => {
    const [arrow] = arrowsOf([toLane('bo', DELIVERED, { label: `chat "${'long '.repeat(20)}"` })]);
    expect(arrow?.label?.text.endsWith('…')).toBe(true);
    expect((arrow?.label?.text.length ?? 0) * 7.5).toBeLessThan(199);
  });
});

describe('what passes each other', () => {
  const up = (sentAt: number): Message =>
    toLane('server', { kind: 'delivered', at: sentAt + 250, replayed: false }, { from: 'bo', sentAt });
  const isBelow = (messages: readonly Message[]) => arrowsOf(messages).map(({ label }) => label?.below);

  it('has the label of whoever set out later below its line, and keeps the other where it was', () => {
    expect(isBelow([toLane('bo', DELIVERED), up(120)])).toEqual([false, true]);
    expect(isBelow([up(100), toLane('bo', { ...DELIVERED, at: 390 }, { sentAt: 140 })])).toEqual([false, true]);
  });

  it('is only what was under way at the same time, between the same two', () => {
    expect(isBelow([toLane('bo', DELIVERED), up(360)])).toEqual([false, false]);
    expect(isBelow([toLane('ada', DELIVERED), up(120)])).toEqual([false, false]);
  });

  it('is known when the later one sets out: what becomes of the other changes nothing', () => {
    const fates: readonly Fate[] = [{ kind: 'in-flight' }, { kind: 'lost', place: 'wire', cause: 'cut', knownAt: 400 }];
    for (const fate of fates) expect(isBelow([toLane('bo', fate), up(120)])[1]).toBe(true);
  });
});
