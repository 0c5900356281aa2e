/** Before the first socket: what is asked, the choices, and the way past the question. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { AskState, BenchCard } from './ask-state.ts';

type OpeningProps = { readonly card: BenchCard; readonly ask: AskState; readonly ready: boolean; readonly onBegin: () => void };

export function Opening({ card, ask, ready, onBegin }: OpeningProps): JSX.Element {
  const name = useId();
  const guess = ask.guess.value;
  return (
    <div class="ask">
      <p class="without-script">These sockets are opened from your browser, with JavaScript. Without it, here is a recorded run.</p>
      <fieldset>
        <legend class="question-line">{card.ask}</legend>
        <div class="choices is-long">
          {card.choices.map(({ id, label }) => (
            <label key={id} class="choice">
              <input type="radio" name={name} checked={guess === id} onChange={() => ask.say(id)} />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="go needs-script">
        <button
          type="button"
          class={guess === undefined ? 'button' : 'button is-next'}
          disabled={!ready || guess === undefined}
          onClick={() => onBegin()}
        >
          {card.begin}
        </button>
        {guess === undefined && (
          <button type="button" class="button quiet" disabled={!ready} onClick={() => onBegin()}>
            Skip the guess and begin
          </button>
        )}
        <p>
          {guess === undefined
            ? 'Say first what you expect. A wrong guess costs nothing and helps you remember.'
            : 'Now see whether it is so.'}
        </p>
      </div>
    </div>
  );
}
