import { expect, it } from 'vitest';
import { History } from './history.ts';

it('a history keeps the batches in order, and lets the oldest go when there are too many records', () => {
  const history = new History(5);
  for (const text of ['a', 'b', 'c']) history.add(text, 2);
  expect(history.batches()).toEqual(['b', 'c']);
});

it('a history keeps its newest batch, however large', () => {
  const history = new History(5);
  history.add('small', 1);
  history.add('large', 100);
  expect(history.batches()).toEqual(['large']);
});
