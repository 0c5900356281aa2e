/** Before the first socket: what is asked, the choices, and the way past the question. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Go } from '../lab/go.tsx';
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
      <Go hasGuess={guess !== undefined} ready={ready} label={card.begin} skip="Skip the guess and begin" onGo={onBegin} />
    </div>
  );
}
