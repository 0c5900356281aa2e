/**
 * Heap of one connection: what a server's heap and external memory grow by, both after a full collection, while clients
 * connect; by their number. Labs and the pages that watch them are there before; what a lab writes down of a connection
 * counts as the connection's.
 */
import { Crowd } from './crowd.ts';
import { compare, interleave, type Row, type Sample } from './measure.ts';
import { startTarget, type Target } from './target.ts';

const GROUPS = 60;
const ROUNDS = 7;

/** Bytes a connection. Everybody leaves again, so that the next round begins where this one did. */
function connectionHeap(target: Target): Sample {
  return async () => {
    const before = await target.ask('heap');
    const crowd = await Crowd.join(target.groups);
    const grown = (await target.ask('heap')) - before;
    await crowd.leave();
    return grown / crowd.size;
  };
}

export async function measureHeap(): Promise<Row[]> {
  await using bareA = await startTarget('bare', GROUPS);
  await using bareB = await startTarget('bare', GROUPS);
  await using app = await startTarget('app', GROUPS);
  const samples = await interleave('heap of a connection', ROUNDS, {
    bareA: connectionHeap(bareA),
    bareB: connectionHeap(bareB),
    app: connectionHeap(app),
  });
  const against = { bare: samples.bareA, show: (bytes: number) => `${(bytes / 1000).toFixed(1)} kB` };
  return [
    compare({ ...against, what: 'heap of a connection', ours: samples.app, goal: 1.3 }),
    compare({ ...against, what: '  null test: bare B', ours: samples.bareB }),
  ];
}
