/** Random labs: scripts of what programs, learners and networks do, played on the model. */
import fc from 'fast-check';
import type { LaneId } from '../trace.ts';
import type { EmitHow } from './client.fixture.ts';
import { CLIENTS, Lab, type Loss, type Settings } from './lab.fixture.ts';
import type { Broadcast } from './server.fixture.ts';
import type { Said } from './truth.fixture.ts';

type Move =
  | 'emit'
  | 'broadcast'
  | 'emitTo'
  | 'lose'
  | 'comeBack'
  | 'clientNotices'
  | 'serverNotices'
  | 'ping'
  | 'jam'
  | 'leave'
  | 'expire'
  | 'crash'
  | 'restart';
/** A call of the model and its arguments, as data: a script that fails can be read. */
type Call = { [Name in Move]: readonly [Name, ...Parameters<Lab[Name]>] }[Move];

function call(lab: Lab, [name, ...given]: Call): void {
  const moves: Record<Move, (...more: never[]) => unknown> = lab;
  Reflect.apply(moves[name], lab, given);
}

const lane = fc.constantFrom<LaneId>(...CLIENTS);
/** Few words, so that some are said twice, and some begin like others. */
const args = fc.constantFrom<Said['args']>(['hi'], ['hi', 'hi'], [1], [12], ['one two'], []);
const bytes = fc.array(fc.array(fc.nat(255), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 });
const said: fc.Arbitrary<Said> = fc
  .record({ event: fc.constantFrom('chat', 'note'), args, bytes: fc.option(bytes, { nil: undefined, freq: 4 }) })
  .map(({ event, args: words, bytes: files }) => ({ event, args: words, ...(files && { bytes: files }) }));
/** What only volatile broadcasts say: of an event that nobody was there to get, the logs do not tell whether recovery keeps it. */
const CURSOR: Said = { event: 'chat', args: ['cursor'] };
const way = fc.constantFrom<Loss>('cut', 'black-hole', 'change-network', 'disconnect', 'throw-out');
const rarely = fc.integer({ min: 0, max: 3 }).map((n) => n === 0);

const emitHow: fc.Arbitrary<EmitHow> = fc.oneof(fc.record({ isVolatile: rarely, isTorn: rarely }), fc.record({ ackId: fc.nat(20) }));
const broadcastHow: fc.Arbitrary<Broadcast> = fc
  .record({ isLobby: fc.boolean(), except: fc.option(lane, { nil: undefined }) })
  .map(({ isLobby, except }) => ({ ...(isLobby && { room: 'lobby' }), ...(except && { except }) }));

const only = <Name extends Call[0]>(name: Name) => fc.constant(name);
const often = (weight: number, arbitrary: fc.Arbitrary<Call>) => ({ weight, arbitrary });
const calls = fc.oneof(
  often(5, fc.tuple(only('emit'), lane, said, emitHow)),
  often(5, fc.tuple(only('broadcast'), said, broadcastHow)),
  often(
    2,
    fc.tuple(
      only('broadcast'),
      fc.constant(CURSOR),
      broadcastHow.map((how) => ({ ...how, isVolatile: true })),
    ),
  ),
  often(1, fc.tuple(only('emitTo'), lane, said)),
  often(5, fc.tuple(only('lose'), lane, way)),
  often(5, fc.tuple(only('comeBack'), fc.option(lane, { nil: undefined }))),
  often(1, fc.tuple(only('clientNotices'), lane)),
  often(2, fc.tuple(only('serverNotices'), lane)),
  often(1, fc.tuple(only('ping'))),
  often(1, fc.tuple(only('jam'), lane, fc.boolean())),
  often(1, fc.tuple(only('leave'), lane, fc.constant('lobby'))),
  often(1, fc.tuple(only('expire'), lane)),
  often(1, fc.tuple(only('crash'))),
  often(3, fc.tuple(only('restart'))),
);
const step = fc.record({ call: calls, waitMs: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 900 })) });
type Step = { readonly call: Call; readonly waitMs: number };

const settings: fc.Arbitrary<Settings> = fc.record({
  skewMs: fc.integer({ min: -5_000, max: 5_000 }),
  estimateErrorMs: fc.integer({ min: -300, max: 300 }),
  upMs: fc.integer({ min: 1, max: 250 }),
  downMs: fc.integer({ min: 1, max: 250 }),
  recovery: fc.boolean(),
});

export type Script = { readonly settings: Settings; readonly steps: readonly Step[] };

/** A lab that has played its script, and ended in the middle of everything. */
export function play({ settings: how, steps }: Script): Lab {
  const lab = Lab.begun(how).wait(1_000);
  // From here on, recovery knows where each client stands.
  if (how.recovery) lab.broadcast({ event: 'hello', args: [] }).wait(1_000);
  for (const { waitMs, call: move } of steps) {
    call(lab, move);
    lab.wait(waitMs);
  }
  return lab;
}

/** Mostly long scripts; what fails is shrunk to a short one. */
const steps = fc.oneof(
  { withCrossShrink: true },
  { weight: 1, arbitrary: fc.array(step, { maxLength: 12 }) },
  { weight: 3, arbitrary: fc.array(step, { minLength: 20, maxLength: 50, size: 'max' }) },
);

export const scripts = (over: Partial<Settings> = {}): fc.Arbitrary<Script> =>
  fc.record({ settings: settings.map((one) => ({ ...one, ...over })), steps });
