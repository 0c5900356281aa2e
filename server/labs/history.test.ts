import { expect, it } from 'vitest';
import type { ServerRecord } from '#trace/records.ts';
import { History } from './history.ts';

const made = (t: number): ServerRecord => ['created', t, 'sid', `42["n",${t}]`];
function historyOf(limit: number, ...batches: readonly (readonly ServerRecord[])[]): readonly ServerRecord[][] {
  const history = new History(limit);
  for (const batch of batches) history.add(JSON.stringify(batch), batch);
  return history.batches().map((text) => JSON.parse(text));
}

it('a history keeps the batches in order, and of the oldest that go the counts', () => {
  const batches = historyOf(5, [made(1), made(2)], [made(3), made(4)], [made(5), made(6)]);
  expect(batches).toEqual([[['skipped', 2, 'sid', 2, 0, 0, 0, 0]], [made(3), made(4)], [made(5), made(6)]]);
});

it('a history keeps who came and who left, however old', () => {
  const joined: ServerRecord = ['joined', 1, '/', 'socket', 'lobby'];
  expect(historyOf(1, [joined, made(1)], [made(2)])).toEqual([[['skipped', 1, 'sid', 1, 0, 0, 0, 0], joined], [made(2)]]);
});

it('a history keeps its newest batch, however large, and is whole until something goes', () => {
  const large = [made(2), made(3), made(4)];
  expect(historyOf(1, large)).toEqual([large]);
});
