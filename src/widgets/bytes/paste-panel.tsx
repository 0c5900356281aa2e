/** Paste hex or a packet's text, and see what it is. */
import type { JSX } from 'preact';
import { useId, useMemo } from 'preact/hooks';
import { EXAMPLES, PasteState } from './paste-state.ts';
import { SourcesView } from './sources-view.tsx';

function Guesses({ state }: { state: PasteState }): JSX.Element | null {
  const name = useId();
  const guesses = state.guesses.value;
  const [first] = guesses;
  if (!first) return null;
  return (
    <>
      <p class="outcome" role="status">
        This is probably {first.because}, {first.bytes.length} bytes long.
      </p>
      {guesses.length > 1 && (
        <fieldset class="source-choice">
          <legend>Read it as</legend>
          {guesses.map(({ because }, index) => (
            <label class="choice" key={because}>
              <input type="radio" name={name} checked={state.index.value === index} onChange={() => state.pick(index)} />
              <span>{because}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

export function PastePanel(): JSX.Element {
  const id = useId();
  const state = useMemo(() => new PasteState(), []);
  const hasResult = state.guesses.value.length > 0;
  return (
    <>
      <form
        class="explorer-ask needs-script"
        onSubmit={(event) => {
          event.preventDefault();
          state.decode();
        }}
      >
        <label class="label" for={id}>
          Bytes in hex, or a packet’s text
        </label>
        <textarea
          id={id}
          class="paste-text"
          rows={4}
          spellcheck={false}
          autocomplete="off"
          value={state.text.value}
          aria-invalid={state.hint.value !== ''}
          aria-describedby={`${id}-hint`}
          onInput={(event) => (state.text.value = event.currentTarget.value)}
        />
        <p id={`${id}-hint`} class="field-hint" role="status">
          {state.hint.value}
        </p>
        <div class="row">
          <button type="submit" class={hasResult ? 'button' : 'button is-next'}>
            Decode it
          </button>
          {EXAMPLES.map(({ title, text }) => (
            <button key={title} type="button" class="button" onClick={() => state.decode(text)}>
              Try {title}
            </button>
          ))}
        </div>
      </form>
      <Guesses state={state} />
      {hasResult && <SourcesView state={state.view} label="What was pasted, layer by layer" />}
    </>
  );
}
