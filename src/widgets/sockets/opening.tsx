/** Before the first socket: what is asked, the choices, and the way past the question. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { SocketTableState } from './socket-table-state.ts';

export function Opening({ table, ready }: { table: SocketTableState; ready: boolean }): JSX.Element {
  const name = useId();
  const { predict, acts, path } = table.script;
  const guess = table.guess.value;
  const first = acts.find(({ id }) => id === path[0]);
  return (
    <div class="ask">
      <p class="without-script">These sockets are opened from your browser, with JavaScript. Without it, here is a recorded run.</p>
      <fieldset>
        <legend class="question-line">{predict.ask}</legend>
        <div class="choices is-long">
          {predict.choices.map(({ id, label }) => (
            <label key={id} class="choice">
              <input type="radio" name={name} checked={guess === id} onChange={() => table.say(id)} />
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
          onClick={() => void table.begin()}
        >
          {first?.label}
        </button>
        {guess === undefined && (
          <button type="button" class="button quiet" disabled={!ready} onClick={() => void table.begin()}>
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
