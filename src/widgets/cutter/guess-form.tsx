/** A question with its choices, a button that needs a choice, and one that skips it. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

type Props<Value> = {
  readonly question: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: Value | undefined;
  readonly act: string;
  readonly skip: string;
  readonly disabled: boolean;
  onChoose(value: Value): void;
  onAct(): void;
  onSkip(): void;
};

export function GuessForm<Value extends string | number>(props: Props<Value>): JSX.Element {
  const { question, choices, chosen, act, skip, disabled, onChoose, onAct, onSkip } = props;
  const name = useId();
  return (
    <form
      class="cutter-guess needs-script"
      onSubmit={(event) => {
        event.preventDefault();
        onAct();
      }}
    >
      <fieldset>
        <legend>{question}</legend>
        <div class={choices.some(({ label }) => label.length > 20) ? 'choices is-long' : 'choices'}>
          {choices.map(({ value, label }) => (
            <label class="choice" key={value}>
              <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p class="row">
        <button type="submit" class={chosen === undefined ? 'button' : 'button is-next'} disabled={disabled || chosen === undefined}>
          {act}
        </button>
        <button type="button" class="button" disabled={disabled} onClick={onSkip}>
          {skip}
        </button>
      </p>
    </form>
  );
}
