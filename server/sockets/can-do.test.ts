/** What the page offers and what a bench does are decided in two places. Here they are held to each other. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canDo } from '#lab/sockets/can-do.ts';
import { acceptedName, type SocketStep } from '#lab/sockets/steps.ts';
import { TestBench } from './bench.fixture.ts';

const HOLDERS = ['server', 'ada', 'bo'];
const NAMES = [...HOLDERS, acceptedName('server', 'ada'), acceptedName('server', 'bo')];

const holder = fc.constantFrom(...HOLDERS);
const socket = fc.constantFrom(...NAMES);
const target = fc.constantFrom(...NAMES, 'nobody');
const text = fc.constant('x');

const step: fc.Arbitrary<SocketStep> = fc.oneof(
  fc.record({ do: fc.constantFrom('listen' as const, 'bind' as const), socket: holder }),
  fc.record({ do: fc.constant('connect' as const), socket: holder, to: target }),
  fc.record({ do: fc.constant('connect' as const), socket: holder, to: fc.constant('server') }),
  fc.record({ do: fc.constant('send' as const), socket, text }),
  fc.record({ do: fc.constant('send' as const), socket, text, to: target }),
  fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const, 'end' as const, 'close' as const, 'reset' as const), socket }),
);

/** Where a walk begins: the states that lie deep are reached by few walks that begin with nothing. */
const beginning = fc.constantFrom<readonly SocketStep[]>(
  [],
  [{ do: 'listen', socket: 'server' }],
  [
    { do: 'listen', socket: 'server' },
    { do: 'connect', socket: 'ada', to: 'server' },
    { do: 'connect', socket: 'bo', to: 'server' },
  ],
  [
    { do: 'bind', socket: 'ada' },
    { do: 'bind', socket: 'bo' },
  ],
);

it('a step is offered if, and only if, the bench would do it', async () => {
  await fc.assert(
    fc.asyncProperty(beginning, fc.array(step, { minLength: 5, maxLength: 25 }), async (first, steps) => {
      const bench = new TestBench();
      try {
        for (const one of [...first, ...steps]) {
          const isOffered = canDo(one, bench.rows);
          expect([one, await bench.do(one)]).toEqual([one, isOffered ? [] : ['not-now']]);
        }
      } finally {
        bench.bench.close();
        await bench.quiet();
      }
    }),
    { numRuns: 150 },
  );
});
