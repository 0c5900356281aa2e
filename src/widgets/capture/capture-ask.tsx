/** Before the packets are shown: a guess. After it: what was said, and what is so. */
import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useId } from 'preact/hooks';
import type { CaptureAsk, CaptureState } from './capture-state.ts';

type Props = { readonly state: CaptureState };

export type AskProps = Props & {
  readonly ask: CaptureAsk;
  /** Packets of the first capture. */
  readonly packets: number;
  readonly ready: boolean;
};

export function Ask({ state, ask, ready }: Omit<AskProps, 'packets'>): JSX.Element {
  const name = useId();
  const chosen = useSignal<number | undefined>(undefined);
  return (
    <form
      class="capture-ask needs-script"
      onSubmit={(event) => {
        event.preventDefault();
        state.reveal(chosen.value);
      }}
    >
      <fieldset>
        <legend>{ask.question}</legend>
        <div class="choices">
          {ask.choices.map((count) => (
            <label class="choice" key={count}>
              <input type="radio" name={name} checked={chosen.value === count} onChange={() => (chosen.value = count)} />
              <span>{count}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p class="row">
        <button
          type="submit"
          class={chosen.value === undefined ? 'button' : 'button is-next'}
          disabled={!ready || chosen.value === undefined}
        >
          Show the packets
        </button>
        <button type="button" class="button" disabled={!ready} onClick={() => state.reveal()}>
          Skip the guess
        </button>
      </p>
    </form>
  );
}

type VerdictProps = Omit<AskProps, 'ready'> & { readonly words: RefObject<HTMLParagraphElement> };

/** What was guessed, and what it is. It belongs to the first capture. */
export function Verdict({ state, ask, packets, words }: VerdictProps): JSX.Element | null {
  const guess = state.guess.value;
  if (guess === undefined || state.shipped.value?.file !== state.captures[0]?.file || state.phase.value === 'failed') return null;
  return (
    <p class="outcome" tabIndex={-1} ref={words}>
      {guess === packets ? 'As you said' : `You said ${guess}`}: <b>{packets} packets</b>. {ask.answer}
    </p>
  );
}
