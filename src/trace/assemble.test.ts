import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { fateKinds, meantFor, messagesOf, tally } from './fates.ts';
import { LANES, type Lab } from './model/lab.fixture.ts';
import { play, scripts } from './model/script.fixture.ts';
import { fateWords, type Meant } from './model/truth.fixture.ts';
import type { Message, Trace } from './trace.ts';

const MEANT = LANES.flatMap(({ id }) => ['chat', 'note'].map((event) => ({ event, to: id })));

/** What is meant for a lane, as the trace has it and as it was. */
const sidesOf = (trace: Trace, lab: Lab, { event, to }: { event: string; to: string }): [readonly Message[], readonly Meant[]] => [
  meantFor(trace, { event, to }),
  lab.meant.filter((meant) => meant.to === to && meant.said.event === event),
];
const withoutCause = (fate: string): string => fate.replace(/^(lost \w+) .*/, '$1');
const isOver = ({ fate }: Message): boolean => fate.kind === 'delivered' || fate.kind === 'lost' || fate.kind === 'never-sent';

/** Any lab, and how wrong the control plane may be about its clocks. */
const anyScript = fc
  .tuple(scripts(), fc.integer({ min: -10_000, max: 10_000 }))
  .map(([script, estimateErrorMs]) => ({ ...script, settings: { ...script.settings, estimateErrorMs } }));

describe('the trace of any lab', () => {
  it('tells of each message what became of it', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(scripts({ estimateErrorMs: 0 }), (script) => {
        const lab = play(script);
        const trace = assemble(lab.logs());
        for (const of of MEANT) {
          const [told, happened] = sidesOf(trace, lab, of);
          expect(told.map(({ fate }) => fateWords(fate))).toEqual(happened.map(({ fate }) => fate));
          for (const { fate } of happened) seen.add(withoutCause(fate));
        }
      }),
      { numRuns: 400 },
    );
    expect([...seen].sort()).toEqual([
      'buffered',
      'delivered',
      'delivered replayed',
      'in-flight',
      'lost unwritten',
      'lost wire',
      'never-sent away',
      'never-sent expired',
      'never-sent volatile',
    ]);
  });

  it('tells when it was said and when it arrived, given the right clocks', () => {
    fc.assert(
      fc.property(scripts({ estimateErrorMs: 0 }), (script) => {
        const lab = play(script);
        const logs = lab.logs();
        const trace = assemble(logs);
        const timesOf = ({ sentAt, fate }: Message) => [sentAt, fate.kind === 'delivered' ? fate.at : undefined];
        const since = (t: number | undefined) => t && t - logs.since;
        for (const of of MEANT) {
          const [told, happened] = sidesOf(trace, lab, of);
          expect(told.map(timesOf)).toEqual(happened.map(({ at, arrivedAt }) => [since(at), since(arrivedAt)]));
        }
      }),
    );
  });

  it('tells the same fates, but for the cause of a loss, however wrong the clocks are', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const lab = play(script);
        const trace = assemble(lab.logs());
        for (const of of MEANT) {
          const [told, happened] = sidesOf(trace, lab, of);
          expect(told.map(({ fate }) => withoutCause(fateWords(fate)))).toEqual(happened.map(({ fate }) => withoutCause(fate)));
        }
      }),
    );
  });

  it('adds up: what was meant for somebody is the sum of its fates', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const lab = play(script);
        const trace = assemble(lab.logs());
        for (const of of MEANT) {
          const { meant, counts } = tally(trace, of);
          const [, happened] = sidesOf(trace, lab, of);
          expect(meant).toBe(happened.length);
          expect(fateKinds().map((kind) => counts[kind])).toEqual(
            fateKinds().map((kind) => happened.filter((one) => one.kind === kind).length),
          );
          expect(fateKinds().reduce((sum, kind) => sum + counts[kind], 0)).toBe(meant);
        }
      }),
    );
  });

  it('has no arrow that points backwards, however wrong the clocks are', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        for (const { sentAt, leftAt = sentAt, fate } of messagesOf(assemble(play(script).logs()))) {
          expect(leftAt).toBeGreaterThanOrEqual(sentAt);
          if (fate.kind === 'delivered') expect(fate.at).toBeGreaterThanOrEqual(leftAt);
        }
      }),
    );
  });

  it('calls nothing lost while either side of its session is open', () => {
    let lost = 0;
    fc.assert(
      fc.property(anyScript, (script) => {
        const lab = play(script);
        const open = new Set(lab.connections.filter(({ isOver: isDone }) => !isDone).map(({ sid }) => sid));
        const lostOn = messagesOf(assemble(lab.logs())).flatMap(({ id, fate }) => (fate.kind === 'lost' ? (id.split(':')[0] ?? []) : []));
        expect(lostOn.filter((sid) => open.has(sid))).toEqual([]);
        lost += lostOn.length;
      }),
    );
    expect(lost).toBeGreaterThan(20);
  });

  it('is the same for the same logs, and leaves them as they were', () => {
    fc.assert(
      fc.property(scripts(), (script) => {
        const logs = play(script).logs();
        const copy = structuredClone(logs);
        expect(assemble(logs)).toEqual(assemble(copy));
        expect(logs).toEqual(copy);
      }),
      { numRuns: 50 },
    );
  });

  it('can be saved: it is plain data', () => {
    fc.assert(
      fc.property(scripts(), (script) => {
        const trace = assemble(play(script).logs());
        expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
      }),
      { numRuns: 50 },
    );
  });

  it('is in order of time, and gives each event an id of its own', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const { events } = assemble(play(script).logs());
        const times = events.map((event) => (event.kind === 'message' ? event.sentAt : event.kind === 'note' ? event.at : event.from));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      }),
    );
  });
});

/** Two looks at one lab: the earlier one when the server's log was `lagMs` behind. */
const twoLooks = fc
  .record({ script: scripts({ estimateErrorMs: 0 }), percent: fc.nat(100), lagMs: fc.nat(300) })
  .map(({ script, percent, lagMs }) => {
    const lab = play(script);
    const whole = lab.logs();
    const earlier = whole.since + Math.floor(((whole.until - whole.since) * percent) / 100);
    return { whole, part: lab.logs(earlier, earlier - lagMs) };
  });

describe('a longer log', () => {
  it('keeps every message and its id, and what is over is changed by recovery alone', () => {
    let over = 0;
    fc.assert(
      fc.property(twoLooks, ({ part, whole }) => {
        const after = new Map(messagesOf(assemble(whole)).map((message) => [message.id, message]));
        for (const message of messagesOf(assemble(part))) {
          const later = after.get(message.id);
          expect(later?.sentAt).toBeDefined();
          const isRetold = message.from === 'server' && later?.leftAt !== message.leftAt;
          if (!isOver(message) || !later || isRetold) continue;
          over += 1;
          expect(fateWords(later.fate)).toBe(fateWords(message.fate));
        }
      }),
      { numRuns: 200 },
    );
    expect(over).toBeGreaterThan(500);
  });

  it('never takes back an arrival', () => {
    fc.assert(
      fc.property(twoLooks, ({ part, whole }) => {
        const after = new Map(messagesOf(assemble(whole)).map((message) => [message.id, message]));
        for (const { id, fate } of messagesOf(assemble(part))) if (fate.kind === 'delivered') expect(after.get(id)?.fate).toEqual(fate);
      }),
    );
  });
});
