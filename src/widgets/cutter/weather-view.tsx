/** What chance does to the pieces. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CutterState, Percent } from './cutter-state.ts';

type Dial = { readonly what: Percent; readonly label: string; readonly most: number };

const DIALS: readonly Dial[] = [
  { what: 'lossPercent', label: 'Lost on each link', most: 50 },
  { what: 'overtakePercent', label: 'Held back, so that others overtake', most: 100 },
  { what: 'copyPercent', label: 'Arrive twice', most: 100 },
];

export function WeatherView({ state }: { readonly state: CutterState }): JSX.Element {
  const id = useId();
  return (
    <fieldset class="cutter-weather needs-script">
      <legend class="label">What chance does to the pieces, each by itself</legend>
      {DIALS.map(({ what, label, most }) => {
        const percent = state.weather.value[what];
        return (
          <div class="dial" key={what}>
            <label for={`${id}-${what}`}>{label}</label>
            <input
              id={`${id}-${what}`}
              type="range"
              min={0}
              max={most}
              step={1}
              value={percent}
              aria-valuetext={`${percent} percent`}
              onInput={(event) => state.setPercent(what, event.currentTarget.valueAsNumber)}
            />
            <output class="num" for={`${id}-${what}`}>
              {percent} %
            </output>
          </div>
        );
      })}
    </fieldset>
  );
}
