import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { messagesOf } from './fates.ts';
import { folded } from './folded.ts';
import { play, scripts } from './model/script.fixture.ts';
import type { ClientRecord, Logs } from './records.ts';
import { correlate } from './sessions.ts';
import type { Message } from './trace.ts';

const labs = scripts({ estimateErrorMs: 0 }).map((script) => play(script).logs());

/** The logs as they would be, had each been bounded as they grew: cut at different moments, and more than once. */
function cut(logs: Logs, limits: { readonly server: number; readonly client: number }): Logs {
  const bound = <Kind extends ClientRecord | Logs['server'][number]>(log: readonly Kind[], limit: number): readonly Kind[] => {
    const kept: Kind[] = [];
    for (const record of log) {
      kept.push(record);
      // A record that tells what was skipped belongs to every log.
      if (kept.length > limit) kept.splice(0, kept.length, ...(folded(kept, limit, Number.POSITIVE_INFINITY) as readonly Kind[]));
    }
    return kept;
  };
  return {
    ...logs,
    server: bound(logs.server, limits.server),
    clients: Object.fromEntries(Object.entries(logs.clients).map(([lane, log]) => [lane, bound(log, limits.client)])),
  };
}

/** What is certain of a packet: who sent it to whom, what it says, and what became of it. */
const certain = ({ from, to, text, fate }: Message) => ({
  from,
  to,
  text,
  fate: fate.kind === 'lost' ? [fate.kind, fate.place, fate.cause] : [fate.kind],
});
/**
 * Packets, and emits of clients, keep their names; broadcasts are counted, and count anew. Which of two emits that read
 * alike left a buffer first cannot be told once the first is forgotten.
 */
const isNamed = ({ id, emission, leftAt, from }: Message): boolean =>
  leftAt === undefined && (id.startsWith('emit:') || (id.startsWith('sid') && !(from === 'server' && emission === undefined)));

describe('logs that have lost their beginnings', () => {
  const limits = fc.record({ server: fc.integer({ min: 8, max: 100 }), client: fc.integer({ min: 8, max: 60 }) });

  it('never contradict each other', () => {
    fc.assert(
      fc.property(labs, limits, (logs, most) => {
        const { server, clients } = cut(logs, most);
        expect(correlate(server, clients).violations).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('tell of each packet and each emit that is left what the whole logs tell', () => {
    let seen = 0;
    fc.assert(
      fc.property(labs, limits, (logs, most) => {
        const whole = new Map(messagesOf(assemble(logs)).map((message) => [message.id, message]));
        for (const message of messagesOf(assemble(cut(logs, most))).filter(isNamed)) {
          const same = whole.get(message.id);
          if (!same || (same.fate.kind === 'delivered' && same.fate.replayed)) continue;
          seen += 1;
          expect(certain(message)).toEqual(certain(same));
        }
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(500);
  });
});

describe('a log that is folded', () => {
  const beat = (t: number): ClientRecord => ['arrived', t, 'sid', '2'];
  const message = (t: number): ClientRecord => ['created', t, 'sid', `42["n",${t}]`];

  it('gives up heartbeats first: an hour of silence takes no message away', () => {
    const log = [message(1), ...Array.from({ length: 40 }, (_, index) => beat(index + 2)), message(50)];
    const kept = folded(log, 20);
    expect(kept.filter(([kind]) => kind === 'created')).toEqual([message(1), message(50)]);
    expect(kept[0]).toEqual(['skipped', 32, 'sid', 0, 0, 0, 31, 0]);
  });

  it('gives up messages where there are too many, and keeps within its limit', () => {
    const kept = folded(
      Array.from({ length: 50 }, (_, index) => message(index)),
      20,
    );
    expect(kept.length).toBeLessThanOrEqual(20);
    expect(kept[0]).toEqual(['skipped', 39, 'sid', 40, 0, 0, 0, 0]);
  });

  it('keeps who connected and what was done, but only so much of that', () => {
    const acts = Array.from({ length: 60 }, (_, t): ClientRecord => ['act', t, t % 2 ? 'plug' : 'cut']);
    expect(folded([...acts.slice(0, 4), ...Array.from({ length: 20 }, (_, t) => message(t + 4))], 20).slice(1, 5)).toEqual(
      acts.slice(0, 4),
    );
    expect(folded(acts, 20).length).toBeLessThanOrEqual(20);
  });
});
