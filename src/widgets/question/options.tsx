/** What a learner can choose, one view for each kind of question. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Verdict } from '#review/grade.ts';
import type { Question } from '#review/question.ts';
import { FateGlyph, Person } from '../marks/marks.tsx';
import { Bytes, Match, Numeric } from './more-options.tsx';
import { type QuestionState, shuffled } from './question-state.ts';
import { RichText } from './rich-text.tsx';

const WORDS: Record<Verdict, string> = { right: 'right', wrong: 'your answer', 'left-out': 'left out' };

/** After the check, beside an option: a sign and a word, never colour alone. What was left out is not told before it is asked for. */
function Mark({ verdict }: { verdict: Verdict | undefined }): JSX.Element | null {
  if (!verdict || verdict === 'left-out') return null;
  return (
    <span class={`yours is-${verdict}`}>
      <FateGlyph fate={verdict === 'right' ? 'delivered' : 'lost'} /> {WORDS[verdict]}
    </span>
  );
}

const verdictOf = (state: QuestionState, id: string): Verdict | undefined => state.graded.value?.options.get(id);
const classOf = (verdict: Verdict | undefined): string => (verdict && verdict !== 'left-out' ? `option is-${verdict}` : 'option');

type BoxProps = {
  readonly state: QuestionState;
  readonly id: string;
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly children: preact.ComponentChildren;
};

function Box({ state, id, type, name, children }: BoxProps): JSX.Element {
  const verdict = verdictOf(state, id);
  return (
    <label class={classOf(verdict)}>
      <input
        type={type}
        name={name}
        checked={state.chosen.value.includes(id)}
        disabled={state.graded.value !== undefined}
        onChange={() => state.choose(id)}
      />
      <span>{children}</span>
      <Mark verdict={verdict} />
    </label>
  );
}

/**
 * Lines with buttons that move them: by mouse, by touch and by keyboard alike. At the edge a button does nothing, and says so, but stays:
 * who moves a line up with one key would lose the place otherwise.
 */
function Lines({ state, question }: { state: QuestionState; question: Question & { kind: 'order' } }): JSX.Element {
  const ids = state.chosen.value;
  const checked = state.graded.value !== undefined;
  return (
    <ol class="options lines">
      {ids.map((id, index) => {
        const text = question.data.lines.find((line) => line.id === id)?.text ?? '';
        const verdict = verdictOf(state, id);
        const plain = text.replaceAll('`', '');
        return (
          <li key={id} class={classOf(verdict)}>
            <span class="place num">{index + 1}</span>
            <span>
              <RichText text={text} />
              <Mark verdict={verdict} />
            </span>
            <span class="moves needs-script">
              <button
                type="button"
                class="button"
                disabled={checked}
                aria-disabled={index === 0}
                aria-label={`Move up: ${plain}`}
                onClick={() => state.move(id, -1)}
              >
                ↑
              </button>
              <button
                type="button"
                class="button"
                disabled={checked}
                aria-disabled={index === ids.length - 1}
                aria-label={`Move down: ${plain}`}
                onClick={() => state.move(id, 1)}
              >
                ↓
              </button>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Recipients({
  state,
  question,
  name,
}: {
  state: QuestionState;
  question: Question & { kind: 'recipients' };
  name: string;
}): JSX.Element {
  return (
    <div class="options">
      <p class="setting">
        <code>{question.data.call}</code> <RichText text={question.data.setting} />
      </p>
      {question.data.clients.map(({ id }) => (
        <Box key={id} state={state} id={id} type="checkbox" name={name}>
          <Person who={id} />
        </Box>
      ))}
      <label class="option">
        <input
          type="checkbox"
          name={name}
          checked={state.nobody.value}
          disabled={state.graded.value !== undefined}
          onChange={() => state.chooseNobody()}
        />
        <span>Nobody</span>
      </label>
    </div>
  );
}

export function Options({ state }: { state: QuestionState }): JSX.Element {
  const name = useId();
  const { question } = state;
  if (question.kind === 'order') return <Lines state={state} question={question} />;
  if (question.kind === 'numeric') return <Numeric state={state} unit={question.data.unit} />;
  if (question.kind === 'match') return <Match state={state} question={question} />;
  if (question.kind === 'byte') return <Bytes state={state} question={question} />;
  if (question.kind === 'recipients') return <Recipients state={state} question={question} name={name} />;
  return (
    <div class="options">
      {shuffled(question.data.options, question.id).map(({ id, text }) => (
        <Box key={id} state={state} id={id} type={question.kind === 'single' ? 'radio' : 'checkbox'} name={name}>
          <RichText text={text} />
        </Box>
      ))}
    </div>
  );
}
