import { expect, it } from 'vitest';
import { folded } from './folded.ts';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const told = (count: number, keep: readonly number[] = []): string =>
  folded(numbers(count), (one) => keep.includes(one))
    .map((entry) => (entry.kind === 'item' ? String(entry.item) : `(${entry.items.length})`))
    .join(' ');

it('shows a short list as it is', () => {
  expect(told(3)).toBe('1 2 3');
  expect(told(16)).toBe(numbers(16).join(' '));
});

it('shows the beginning and the end of a long one, and what is to be kept', () => {
  expect(told(45)).toBe('1 2 3 4 5 6 7 8 9 (33) 43 44 45');
  expect(told(45, [27, 34])).toBe('1 2 3 4 5 6 7 8 9 (17) 27 (6) 34 (8) 43 44 45');
  expect(told(45, [10, 42])).toBe('1 2 3 4 5 6 7 8 9 10 (31) 42 43 44 45');
});
