/** Questions of a lesson, bound to what this browser remembers. */
import type { JSX } from 'preact';
import type { Question } from '#review/question.ts';
import { QuestionSet } from '#widgets/question/question-set.tsx';
import { rememberAnswer } from '../../course/memory.ts';

type Props = { readonly lesson: string; readonly questions: readonly Question[]; readonly beliefs: Readonly<Record<string, string>> };

export function QuestionsIsland({ lesson, questions, beliefs }: Props): JSX.Element {
  return (
    <QuestionSet
      questions={questions}
      beliefs={beliefs}
      onAnswer={(question, right) => {
        if (question.use === 'review') rememberAnswer(lesson, question.id, right);
      }}
    />
  );
}
