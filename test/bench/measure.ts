/**
 * How everything here is measured: variants take turns within each round, so that whatever else the machine does meets
 * all of them, and a ratio is the median over rounds of ours against bare in the same round. `bare B` against `bare A`
 * is the null test: two things that are the same, so that whatever differs from 1 is noise.
 */

export type Row = {
  readonly what: string;
  readonly ours?: string;
  readonly bare?: string;
  readonly ratio?: string;
  readonly goal?: string;
  readonly verdict?: 'ok' | 'over' | 'noise';
  readonly notes: string;
};

/** Measures once, in any unit that stays the same. */
export type Sample = () => Promise<number>;

export const progress = (text: string): void => console.error(text);

/** The value below which the part `q` (0 to 1) of `values` lies, interpolated between neighbours. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) throw new Error('Nothing was measured');
  return low + (high - low) * (at % 1);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Takes one sample of each variant in every round, and returns all samples by variant. Each round begins with another
 * variant, so that none always follows the same one. The first round warms up and is thrown away.
 */
export async function interleave<Name extends string>(
  what: string,
  rounds: number,
  variants: Readonly<Record<Name, Sample>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(variants) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    progress(`${what}: ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}`);
    const turn = round % names.length;
    for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
      const sample = await variants[name]();
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

type Compared = {
  readonly what: string;
  readonly ours: readonly number[];
  readonly bare: readonly number[];
  /** The most that the ratio may be; left out for a null test. */
  readonly goal?: number;
  /** Writes one median for a person, with its unit. */
  show(value: number): string;
};

/** A row from samples of the same rounds: medians, the median ratio, and between what half of the ratios lie. */
export function compare({ what, ours, bare, goal, show }: Compared): Row {
  const ratios = ours.map((value, round) => value / (bare[round] ?? Number.NaN));
  const ratio = median(ratios);
  return {
    what,
    ours: show(median(ours)),
    bare: show(median(bare)),
    ratio: ratio.toFixed(2),
    goal: goal === undefined ? '' : `≤ ${goal.toFixed(2)}`,
    verdict: goal === undefined ? 'noise' : ratio <= goal ? 'ok' : 'over',
    notes: `half of ${ratios.length} rounds within ${quantile(ratios, 0.25).toFixed(2)}–${quantile(ratios, 0.75).toFixed(2)}`,
  };
}
