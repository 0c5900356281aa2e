/**
 * What an event costs while many labs are open: the same ten labs talk, in a server that has only these, and in one with
 * a thousand. The other labs are watched too, and have their clients, who stay silent.
 */
import { Crowd } from './crowd.ts';
import { deliveryCost, showMicroseconds } from './delivery.ts';
import { compare, interleave, type Row } from './measure.ts';
import { startTarget } from './target.ts';

const FEW = 10;
const MANY = 1_000;
const ROUNDS = 21;

export async function measureManyLabs(): Promise<Row[]> {
  await using fewA = await startTarget('app', FEW);
  await using fewB = await startTarget('app', FEW);
  await using many = await startTarget('app', MANY);
  await Crowd.join(many.groups.slice(FEW));
  const samples = await interleave('an event with 1,000 labs open', ROUNDS, {
    fewA: deliveryCost(fewA, await Crowd.join(fewA.groups)),
    fewB: deliveryCost(fewB, await Crowd.join(fewB.groups)),
    many: deliveryCost(many, await Crowd.join(many.groups.slice(0, FEW))),
  });
  const against = { bare: samples.fewA, show: showMicroseconds };
  return [
    compare({ ...against, what: 'an event, 1,000 labs against 10', ours: samples.many, goal: 1.15 }),
    compare({ ...against, what: '  null test: 10 labs B', ours: samples.fewB }),
  ];
}
