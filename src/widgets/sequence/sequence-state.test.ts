import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Note, Trace } from '#trace/trace.ts';
import { SequenceState } from './sequence-state.ts';

const notesAt = (times: readonly number[], slowed?: number): Trace => ({
  version: 1,
  lanes: [{ id: 'ada', name: 'Ada', role: 'host' }],
  events: times.map((at): Note => ({ kind: 'note', id: `${at}`, lane: 'ada', at, by: 'fact', text: 'something' })),
  endsAt: times.at(-1) ?? 0,
  ...(slowed !== undefined && { slowed }),
});
const stateOf = (trace: Trace): SequenceState => new SequenceState(signal(trace));

describe('a run of a few milliseconds that is shown 500 times slower', () => {
  it('plays as long as it is shown', () => {
    const state = stateOf(notesAt([0, 1, 2], 500));
    state.play();
    state.tick(500);
    expect(state.shown.value).toBeCloseTo(1);
    state.tick(600);
    expect([state.isPlaying.value, state.shown.value]).toEqual([false, 2]);
  });

  it('goes step by step through what happened, though it lies within one millisecond', () => {
    const state = stateOf(notesAt([0, 0.2, 0.4, 3], 500));
    state.scrub(0);
    const seen: number[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      state.step();
      seen.push(state.shown.value);
    }
    expect(seen).toEqual([0.2, 0.4, 3]);
    state.stepBack();
    expect(state.shown.value).toBeCloseTo(0.4);
  });

  it('passes over quiet that the drawing folds', () => {
    const state = stateOf(notesAt([0, 1, 30_000], 500));
    state.play();
    for (let nth = 0; nth < 60; nth += 1) state.tick(50);
    expect(state.isPlaying.value).toBe(false);
  });
});

it('a run that is not slowed is played as it was, quiet and all', () => {
  const state = stateOf(notesAt([0, 1000, 30_000]));
  state.play();
  state.tick(2000);
  expect(state.shown.value).toBe(2000);
});
