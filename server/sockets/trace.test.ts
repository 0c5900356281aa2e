/** Whatever is done on a bench, its trace is sound. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SocketStep } from '#lab/sockets/steps.ts';
import { messagesOf } from '#trace/fates.ts';
import { assembleSockets } from '#trace/sockets/assemble.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';
import type { Message, Trace } from '#trace/trace.ts';
import { TestBench, THREE_CONNECTIONS } from './bench.fixture.ts';

const traceOf = (records: readonly SocketRecord[]): Trace => assembleSockets(records, { lanes: [], nobody: 'server' });

const socket = fc.constantFrom('ada', 'bo', 'server/ada', 'server/bo', 'server', 'dee', 'eli');
const people = fc.constantFrom('ada', 'bo', 'dee', 'eli');
const step: fc.Arbitrary<SocketStep> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('send' as const), socket, text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }) }),
  },
  fc.record({
    do: fc.constant('send' as const),
    socket: fc.constantFrom('dee', 'eli'),
    text: fc.constant('x'),
    to: fc.constantFrom('dee', 'eli', 'nobody'),
  }),
  fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const, 'end' as const, 'close' as const, 'reset' as const), socket }),
  fc.record({ do: fc.constant('connect' as const), socket: people, to: fc.constantFrom('server', 'ada', 'nobody') }),
  fc.record({ do: fc.constantFrom('bind' as const), socket: fc.constantFrom('dee', 'eli') }),
);

const isSettled = ({ fate }: Message): boolean => fate.kind !== 'in-flight';

it('a trace has an arrow for each thing said, forward in time, and what is decided stays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const bench = new TestBench();
      try {
        await bench.do(...THREE_CONNECTIONS, ...steps);
      } finally {
        bench.bench.close();
        await bench.quiet();
      }
      const { records } = bench;
      const messages = messagesOf(traceOf(records));
      expect(messages.filter(({ text }) => text !== '')).toHaveLength(bench.facts('wrote').length);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      for (const { fate, sentAt } of messages) if (fate.kind === 'delivered') expect(fate.at).toBeGreaterThanOrEqual(sentAt);
      const half = messagesOf(traceOf(records.slice(0, Math.ceil(records.length / 2))));
      for (const earlier of half.filter(isSettled)) expect(messages.find(({ id }) => id === earlier.id)).toEqual(earlier);
    }),
    { numRuns: 100 },
  );
});

it('what was written and read is the same, in every connection', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 20 }),
      async (texts) => {
        const bench = new TestBench();
        try {
          await bench.do(...THREE_CONNECTIONS, ...texts.map((text): SocketStep => ({ do: 'send', socket: 'ada', text })));
          const bytes = (kind: 'wrote' | 'read') => bench.facts(kind).reduce((sum, fact) => sum + fact.bytes, 0);
          expect(bytes('read')).toBe(bytes('wrote'));
          expect(messagesOf(traceOf(bench.records)).every(isSettled)).toBe(true);
        } finally {
          bench.bench.close();
          await bench.quiet();
        }
      },
    ),
    { numRuns: 30 },
  );
});
