/** Questions, one under the other. Every answer gets its own reason; a wrong one names the belief behind it. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import type { Graded } from '#review/grade.ts';
import type { Question } from '#review/question.ts';
import { answerInWords } from './answer-in-words.ts';
import { Options } from './options.tsx';
import { QuestionState } from './question-state.ts';
import { RichText } from './rich-text.tsx';
import { Seen } from './seen.tsx';
import { useFocusAfter } from './use-focus-after.ts';

type Beliefs = Readonly<Record<string, string>>;

const HOW: Record<Question['kind'], string> = {
  single: 'Choose one.',
  multi: 'Choose all that are true.',
  order: 'Put them in order.',
  recipients: 'Choose everybody who receives it.',
  numeric: 'Write a number.',
  match: 'Give each of them its counterpart.',
  byte: 'Choose one byte.',
};

/** The run that shows the answer, in this page. */
function SeeIt({ show }: { show: NonNullable<Question['show']> }): JSX.Element {
  return (
    <a class="button" href={`#lab-${show.scenario}`}>
      See it in the lab
    </a>
  );
}

function Feedback({
  question,
  graded,
  beliefs,
  revealed,
}: {
  question: Question;
  graded: Graded;
  beliefs: Beliefs;
  revealed: boolean;
}): JSX.Element {
  const belief = graded.misconceptions.map((id) => beliefs[id]).find((text) => text !== undefined);
  return (
    <div class={`feedback ${graded.right ? 'is-right' : 'is-wrong'}`}>
      <p class="feedback-head">
        {graded.right ? 'Right.' : 'Not quite.'}
        {belief && <> The belief behind it: “{belief}”</>}
      </p>
      {graded.because.map((text) => (
        <p key={text}>
          <RichText text={text} />
        </p>
      ))}
      {revealed && (
        <p>
          <strong>The answer:</strong> <RichText text={answerInWords(question)} />. <RichText text={question.explain} />
        </p>
      )}
    </div>
  );
}

/** After a right answer, on request: what was wrong with the others. */
function Others({ question, graded }: { question: Question; graded: Graded }): JSX.Element | null {
  if (!graded.right || question.kind !== 'single') return null;
  return (
    <details class="others">
      <summary>Why not the others?</summary>
      <ul>
        {question.wrong.map(({ value, why }) => (
          <li key={value}>
            <RichText text={question.data.options.find(({ id }) => id === value)?.text ?? value} />: <RichText text={why} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Foot({ state, ready }: { state: QuestionState; ready: boolean }): JSX.Element {
  const graded = state.graded.value;
  const { question } = state;
  if (!graded) {
    return (
      <div class="question-foot needs-script">
        <button
          key="check"
          type="submit"
          class={state.canCheck.value ? 'button is-next' : 'button'}
          disabled={!ready || !state.canCheck.value}
        >
          Check
        </button>
        <p>{state.canCheck.value ? 'Every answer gets its reason.' : HOW[question.kind]}</p>
      </div>
    );
  }
  return (
    <div class="question-foot">
      {!graded.right && (
        <button key="again" type="button" class="button is-next" onClick={() => state.tryAgain()}>
          Try again
        </button>
      )}
      {!graded.right && !state.revealed.value && (
        <button type="button" class="button" onClick={() => state.reveal()}>
          Show the answer
        </button>
      )}
      {question.show && <SeeIt show={question.show} />}
      <p>
        Source:{' '}
        {question.source.map(({ label, url }, index) => (
          <span key={url}>
            {index > 0 && ', '}
            <a href={url}>{label}</a>
          </span>
        ))}
        {question.versions && ` (${question.versions})`}
      </p>
    </div>
  );
}

type ViewProps = {
  readonly question: Question;
  readonly beliefs: Beliefs;
  readonly ready: boolean;
  readonly onAnswer: (right: boolean) => void;
};

function QuestionView({ question, beliefs, ready, onAnswer }: ViewProps): JSX.Element {
  const state = useMemo(() => new QuestionState(question, onAnswer), [question, onAnswer]);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const graded = state.graded.value;
  useFocusAfter(form, state);
  return (
    <form
      class="question"
      ref={form}
      aria-describedby={id}
      onSubmit={(event) => {
        event.preventDefault();
        state.check();
      }}
    >
      <fieldset>
        <legend>
          <RichText text={question.stem} />
        </legend>
        {question.seen && <Seen seen={question.seen} />}
        <Options state={state} />
      </fieldset>
      <div id={id} role="status">
        {graded && <Feedback question={question} graded={graded} beliefs={beliefs} revealed={state.revealed.value} />}
      </div>
      {graded && <Others question={question} graded={graded} />}
      <Foot state={state} ready={ready} />
      <details class="without-script others">
        <summary>The answer</summary>
        <p>
          <RichText text={answerInWords(question)} />. <RichText text={question.explain} />
        </p>
      </details>
    </form>
  );
}

type SetProps = {
  readonly questions: readonly Question[];
  /** Misconceptions as people say them, by id. */
  readonly beliefs: Beliefs;
  readonly onAnswer?: (question: Question, right: boolean) => void;
};

export function QuestionSet({ questions, beliefs, onAnswer }: SetProps): JSX.Element {
  const ready = useSignal(false);
  useEffect(() => {
    ready.value = true;
  }, [ready]);
  const listeners = useMemo(() => questions.map((question) => (right: boolean) => onAnswer?.(question, right)), [questions, onAnswer]);
  return (
    <div class="question-set">
      {questions.map((question, index) => (
        <QuestionView
          key={question.id}
          question={question}
          beliefs={beliefs}
          ready={ready.value}
          onAnswer={listeners[index] ?? (() => undefined)}
        />
      ))}
    </div>
  );
}
