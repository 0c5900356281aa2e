/** The question, its choices and the way past it; and, after the run, what was said and what is so. */
import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { GuessBesideTruth } from '../lab/guess-beside-truth.tsx';
import { PRESETS } from './presets.ts';
import type { RulerState, Verdict } from './ruler-state.ts';

type Props = { readonly state: RulerState };

function Questions({ state }: Props): JSX.Element {
  const name = useId();
  const cases = useRef<HTMLFieldSetElement>(null);
  // Who comes back to the cases has pressed a button that is gone now.
  useLayoutEffect(() => {
    if (state.done.peek().size > 0) cases.current?.querySelector<HTMLInputElement>(':checked')?.focus();
  }, [state]);
  return (
    <fieldset ref={cases}>
      <legend>Choose a case</legend>
      <div class="choices">
        {PRESETS.map(({ id, label }) => (
          <label key={id} class="choice">
            <input type="radio" name={name} checked={state.presetId.value === id} onChange={() => state.choose(id)} />
            <span>
              {label}
              {state.done.value.has(id) && <span class="visually-hidden"> (you have seen this one)</span>}
              {state.done.value.has(id) && <span aria-hidden="true"> ✓</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Guesses({ state }: Props): JSX.Element {
  const name = useId();
  const { ask, plan, choices } = state.preset.value;
  return (
    <fieldset>
      <legend class="question-line">{ask}</legend>
      <p class="plan">{plan}</p>
      <div class="choices is-long">
        {choices.map(({ id, label }) => (
          <label key={id} class="choice">
            <input type="radio" name={name} checked={state.guess.value === id} onChange={() => state.say(id)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function AskView({ state, ready }: Props & { readonly ready: boolean }): JSX.Element {
  const isGuessed = state.guess.value !== undefined;
  const isReady = ready && state.phase.value !== 'loading';
  return (
    <div class="ask">
      <p class="without-script">The ruler runs in your browser, with JavaScript. Without it, here are two cases as they were played.</p>
      <Questions state={state} />
      <Guesses state={state} />
      <div class="go needs-script">
        <button
          type="button"
          class={isGuessed ? 'button is-next' : 'button'}
          disabled={!isReady || !isGuessed}
          onClick={() => void state.run()}
        >
          Run it
        </button>
        {!isGuessed && (
          <button type="button" class="button quiet" disabled={!isReady} onClick={() => void state.run()}>
            Skip the guess and run
          </button>
        )}
        <p role="status">
          {state.phase.value === 'failed'
            ? 'The simulator could not be loaded. Look at your connection, and run it again.'
            : isGuessed
              ? 'Now see whether it is so.'
              : 'Say first what you expect. A wrong guess costs nothing and helps you remember.'}
        </p>
      </div>
    </div>
  );
}

type VerdictProps = {
  readonly verdict: Verdict;
  /** Whether the settings are still those of the case. */
  readonly isAsAsked: boolean;
};

export function VerdictView({ verdict, isAsAsked }: VerdictProps): JSX.Element {
  const { said, happened, isRight, because } = verdict;
  const result = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: what it has brought is read next.
  useLayoutEffect(() => result.current?.focus(), [verdict]);
  return (
    <div ref={result} class="verdict" tabIndex={-1}>
      <GuessBesideTruth said={said} happened={happened} isRight={isRight} label="What happened" />
      <div class="why">
        <p>{because}</p>
        <p class="label">{isAsAsked ? 'This case' : 'This case, as it was before your changes'}</p>
      </div>
    </div>
  );
}
