/** The questions of each lesson, read and checked at build time. */
import { parseQuestions, type Question } from '#review/question.ts';

const FILES = import.meta.glob<unknown>('/content/questions/*.json', { import: 'default', eager: true });

/** All questions of a lesson, warm-ups among them; none for a lesson without a file. Throws, naming file and field, if one is not valid. */
export function questionsOf(lesson: string): readonly Question[] {
  const path = `/content/questions/${lesson}.json`;
  const file = FILES[path];
  return file === undefined ? [] : parseQuestions(file, path.slice(1));
}

export const warmUpsOf = (lesson: string): readonly Question[] => questionsOf(lesson).filter(({ use }) => use === 'warm-up');
export const reviewQuestionsOf = (lesson: string): readonly Question[] => questionsOf(lesson).filter(({ use }) => use === 'review');
