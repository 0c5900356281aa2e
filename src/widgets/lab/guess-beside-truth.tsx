/** What was said beside what is so: the wrong guess struck through, the right one ticked. */
import type { JSX } from 'preact';
import { FateGlyph } from '../marks/marks.tsx';

type AnswerProps = { readonly label: string; readonly text: string; readonly isWrong?: boolean; readonly isRight?: boolean };

/** Short answers are set large; sentences are not. */
const isShort = (text: string): boolean => text.length <= 4;

function Answer({ label, text, isWrong = false, isRight = false }: AnswerProps): JSX.Element {
  return (
    <div class={isWrong ? 'wrong' : undefined}>
      <span class="label">
        {isRight && (
          <span class="fate delivered">
            <FateGlyph fate="delivered" />{' '}
          </span>
        )}
        {label}
      </span>
      <b class={isShort(text) ? undefined : 'in-words'}>{text}</b>
    </div>
  );
}

type GuessProps = {
  /** Missing if the guess was skipped. */
  readonly said: string | undefined;
  readonly happened: string;
  readonly isRight: boolean;
  /** Over what is so, where it was not said before: `What happened`. */
  readonly label: string;
};

export function GuessBesideTruth({ said, happened, isRight, label }: GuessProps): JSX.Element {
  // A right answer in words would stand there twice; two equal numbers are read at a glance.
  const isTold = said !== undefined && !(isRight && !isShort(happened));
  return (
    <div class="guess">
      {isTold && <Answer label="You said" text={said} isWrong={!isRight} />}
      <Answer label={isRight ? 'As you said' : label} text={happened} isRight={isRight} />
    </div>
  );
}
