/** Runs for tests. */
import type { CutterSettings } from '#sim/scenes/packet-cutter.ts';
import { planOf } from './plan.ts';
import { type Run, runOf, type Weather } from './run.ts';
import { FIRST_TEXT } from './samples.ts';

export type RunSettings = Partial<Omit<Weather, 'lose'>> & {
  readonly text?: string;
  readonly mtus?: CutterSettings['mtus'];
  readonly lose?: readonly string[];
};

/** A run of the first text over one link of 68 bytes in fair weather, but for what is given. */
export function runWith({ text = FIRST_TEXT, mtus = [68], lose = [], ...weather }: RunSettings = {}): Run {
  const result = planOf(text, mtus);
  if (!result.ok) throw new Error(result.code);
  return runOf(text, result.plan, { lossPercent: 0, overtakePercent: 0, copyPercent: 0, seed: 1, ...weather, lose: new Set(lose) });
}
