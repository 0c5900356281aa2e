/** Before a run: which experiment, what it will do, what you expect. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Guess } from '#lab/prediction.ts';
import { Person } from '../marks/marks.tsx';
import type { AskState } from './ask-state.ts';
import type { AskCard, RunCard } from './card.ts';
import { Go } from './go.tsx';

type ChoiceProps = {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly checked: boolean;
  readonly onPick: () => void;
  readonly children: preact.ComponentChildren;
};

function Choice({ type, name, checked, onPick, children }: ChoiceProps): JSX.Element {
  return (
    <label class="choice">
      <input type={type} name={name} checked={checked} onChange={onPick} />
      <span>{children}</span>
    </label>
  );
}

type GuessProps = { readonly ask: AskCard; readonly guess: Guess | undefined; readonly onGuess: (guess: Guess) => void };

/** Who receives it? Nobody is an answer too, and has a box of its own, so that an empty choice is never one by accident. */
function RecipientsGuess({ ask, guess, onGuess }: GuessProps & { ask: AskCard & { kind: 'recipients' } }): JSX.Element {
  const name = useId();
  const chosen = guess?.kind === 'recipients' ? guess.who : undefined;
  const toggle = (who: (typeof ask.among)[number]) => {
    const before = chosen ?? [];
    const who2 = before.includes(who)
      ? before.filter((other) => other !== who)
      : ask.among.filter((one) => one === who || before.includes(one));
    onGuess({ kind: 'recipients', who: who2 });
  };
  return (
    <div class="choices">
      {ask.among.map((who) => (
        <Choice key={who} type="checkbox" name={name} checked={chosen?.includes(who) ?? false} onPick={() => toggle(who)}>
          <Person who={who} />
        </Choice>
      ))}
      <Choice type="checkbox" name={name} checked={chosen?.length === 0} onPick={() => onGuess({ kind: 'recipients', who: [] })}>
        Nobody
      </Choice>
    </div>
  );
}

function OneOfGuess({ ask, guess, onGuess }: GuessProps & { ask: AskCard & { kind: 'count' | 'choice' } }): JSX.Element {
  const name = useId();
  if (ask.kind === 'count') {
    return (
      <div class="choices">
        {ask.choices.map((count) => (
          <Choice
            key={count}
            type="radio"
            name={name}
            checked={guess?.kind === 'count' && guess.count === count}
            onPick={() => onGuess({ kind: 'count', count })}
          >
            {count}
          </Choice>
        ))}
      </div>
    );
  }
  return (
    <div class="choices is-long">
      {ask.choices.map(({ id, label }) => (
        <Choice
          key={id}
          type="radio"
          name={name}
          checked={guess?.kind === 'choice' && guess.id === id}
          onPick={() => onGuess({ kind: 'choice', id })}
        >
          {label}
        </Choice>
      ))}
    </div>
  );
}

function Experiments({ ask }: { ask: AskState }): JSX.Element | null {
  const name = useId();
  const runs: readonly RunCard[] = ask.card.runs;
  if (runs.length < 2) return null;
  return (
    <fieldset>
      <legend>Choose what to try</legend>
      <div class="choices">
        {runs.map(({ id, label }) => (
          <Choice key={id} type="radio" name={name} checked={ask.runId.value === id} onPick={() => ask.choose(id)}>
            {label}
            {ask.done.value.has(id) && <span class="visually-hidden"> (you have seen this one)</span>}
            {ask.done.value.has(id) && <span aria-hidden="true"> ✓</span>}
          </Choice>
        ))}
      </div>
    </fieldset>
  );
}

type AskProps = { readonly ask: AskState; readonly ready: boolean; readonly onRun: () => void };

/** The question and its choices, Run, and the way past the question. */
export function Ask({ ask, ready, onRun }: AskProps): JSX.Element | null {
  const run = ask.runCard.value;
  if (!run) return null;
  const { predict } = run;
  const guess = ask.guess.value;
  const onGuess = (value: Guess) => ask.say(value);
  return (
    <div class="ask">
      <p class="without-script">This lab runs in your browser, with JavaScript. Without it, here is a recorded run.</p>
      <Experiments ask={ask} />
      <fieldset>
        <legend class="question-line">{predict.ask}</legend>
        <p class="plan">{run.plan}</p>
        {predict.kind === 'recipients' ? (
          <RecipientsGuess ask={predict} guess={guess} onGuess={onGuess} />
        ) : (
          <OneOfGuess ask={predict} guess={guess} onGuess={onGuess} />
        )}
      </fieldset>
      <Go hasGuess={guess !== undefined} ready={ready} label="Run it" skip="Skip the guess and run" onGo={onRun} />
    </div>
  );
}
