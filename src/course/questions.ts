/** The questions of each lesson, read and checked at build time. */

import { misconceptionsOf, parseQuestions, type Question } from '#review/question.ts';
import misconceptions from '../../content/misconceptions.json';

const FILES = import.meta.glob<unknown>('/content/questions/*.json', { import: 'default', eager: true });

/** All questions of a lesson, warm-ups among them; none for a lesson without a file. Throws, naming file and field, if one is not valid. */
export function questionsOf(lesson: string): readonly Question[] {
  const path = `/content/questions/${lesson}.json`;
  const file = FILES[path];
  return file === undefined ? [] : parseQuestions(file, path.slice(1));
}

export const warmUpsOf = (lesson: string): readonly Question[] => questionsOf(lesson).filter(({ use }) => use === 'warm-up');
export const reviewQuestionsOf = (lesson: string): readonly Question[] => questionsOf(lesson).filter(({ use }) => use === 'review');

const BELIEFS = new Map(Object.entries(misconceptions).map(([id, { belief }]) => [id, belief]));

/** The misconceptions that these questions can show, as people say them, by id. Throws on one that is not listed. */
export function beliefsOf(questions: readonly Question[]): Readonly<Record<string, string>> {
  const ids = questions.flatMap(misconceptionsOf);
  return Object.fromEntries(
    [...new Set(ids)].map((id) => {
      const belief = BELIEFS.get(id);
      if (belief === undefined) throw new Error(`content/misconceptions.json has no ${id}, which a question names.`);
      return [id, belief];
    }),
  );
}
