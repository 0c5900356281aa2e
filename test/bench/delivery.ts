/**
 * Server CPU for one delivery: an event comes in, goes out to four clients, and is acknowledged. Raw WebSockets in this
 * process load servers in processes of their own, which tell what CPU they have used. `app` is the whole server, with
 * pages that watch every lab; `labs alone` is the same without the stream to pages, which shows what part that has.
 */
import { setTimeout } from 'node:timers/promises';
import { LIMITS } from '#lab/limits.ts';
import { Crowd } from './crowd.ts';
import { compare, interleave, type Row, type Sample } from './measure.ts';
import { startTarget, type Target } from './target.ts';

const GROUPS = 40;
const ROUNDS = 11;
/** Deliveries that each client asks for in one round. */
const TIMES = 80;
/** A batch of records leaves up to this long after the last event: its cost belongs to the round. */
const LAST_BATCH_MS = 2 * LIMITS.batchMs;

/** Microseconds of the server's CPU for one delivery. */
export function deliveryCost(target: Target, crowd: Crowd): Sample {
  return async () => {
    await crowd.rest(TIMES);
    const before = await target.ask('cpu');
    await crowd.talk(TIMES);
    await setTimeout(LAST_BATCH_MS);
    return ((await target.ask('cpu')) - before) / (crowd.size * TIMES);
  };
}

export const showMicroseconds = (value: number): string => `${value.toFixed(1)} µs`;

export async function measureDelivery(): Promise<Row[]> {
  await using bareA = await startTarget('bare', GROUPS);
  await using bareB = await startTarget('bare', GROUPS);
  await using alone = await startTarget('labs-alone', GROUPS);
  await using app = await startTarget('app', GROUPS);
  const cost = async (target: Target) => deliveryCost(target, await Crowd.join(target.groups));
  const samples = await interleave('server CPU for one delivery', ROUNDS, {
    bareA: await cost(bareA),
    bareB: await cost(bareB),
    alone: await cost(alone),
    app: await cost(app),
  });
  const against = { bare: samples.bareA, show: showMicroseconds };
  return [
    compare({ ...against, what: 'server CPU for one delivery', ours: samples.app, goal: 1.25 }),
    compare({ ...against, what: '  without the stream to pages', ours: samples.alone, goal: 1.25 }),
    compare({ ...against, what: '  null test: bare B', ours: samples.bareB }),
  ];
}
