/** A hundred sends at once: how many texts arrive, and how many ought to. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CutterState } from './cutter-state.ts';
import { MANY, type Rolls } from './rolls.ts';
import { counted } from './sentences.ts';

/** So long one slice of them may take: the page stays quick, ms. */
const SLICE_MS = 8;

/** Plays slices, one a frame, while there is something to play. */
function useRolling(rolls: Rolls): void {
  const isRolling = rolls.isRolling.value;
  useEffect(() => {
    if (!isRolling) return undefined;
    let frame = requestAnimationFrame(function slice() {
      const until = performance.now() + SLICE_MS;
      while (rolls.isRolling.value && performance.now() < until) rolls.next();
      frame = requestAnimationFrame(slice);
    });
    return () => cancelAnimationFrame(frame);
  }, [rolls, isRolling]);
}

function Dots({ outcomes }: { readonly outcomes: readonly boolean[] }): JSX.Element {
  return (
    <svg class="rolls-dots" viewBox="0 0 400 66" aria-hidden="true">
      {Array.from({ length: MANY }, (_, index) => {
        const outcome = outcomes[index];
        const look = outcome === undefined ? 'is-open' : outcome ? 'is-whole' : 'is-nothing';
        const [x, y] = [8 + (index % 25) * 16, 9 + Math.floor(index / 25) * 16];
        return outcome === false ? (
          <path key={index} class={look} d={`m${x - 4} ${y - 4} 8 8m0-8-8 8`} />
        ) : (
          <circle key={index} class={look} cx={x} cy={y} r="5" />
        );
      })}
    </svg>
  );
}

const percentText = (share: number): string => `${(share * 100).toFixed(1)} %`;

export function RollsView({ state }: { readonly state: CutterState }): JSX.Element {
  const { rolls, chance } = state;
  useRolling(rolls);
  const outcomes = rolls.outcomes.value;
  const pieces = state.plan.value?.hops.flat().length ?? 0;
  const loss = state.weather.value.lossPercent;
  return (
    <section class="rolls">
      <p class="row">
        <button type="button" class="button" disabled={rolls.isRolling.value} onClick={() => state.rollMany()}>
          Send it {MANY} times
        </button>
      </p>
      {outcomes.length > 0 && (
        <>
          <Dots outcomes={outcomes} />
          <p role="status">
            {rolls.isRolling.value
              ? `${outcomes.length} of ${MANY} …`
              : `Of ${MANY} texts ${rolls.whole.value} arrived, ${MANY - rolls.whole.value} did not.`}
            {!rolls.isRolling.value && chance !== undefined && (
              <>
                {' '}
                To be expected: {percentText(chance)} arrive, for all of {counted(pieces, 'packet')} must get through, each with{' '}
                {100 - loss} %.
              </>
            )}
          </p>
        </>
      )}
    </section>
  );
}
