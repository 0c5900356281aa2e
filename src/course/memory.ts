/** The reader's progress in this browser. Everything that a page remembers goes through here. */
import { answeredQuestion, opened, type Progress, ran } from '#review/progress.ts';
import { ProgressStore } from '#review/storage.ts';

function browserStore(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

const store = new ProgressStore(browserStore());
const now = (): string => new Date().toISOString();

export const readProgress = (): Progress => store.read();
export const changeProgress = (how: (before: Progress) => Progress): Progress => store.change(how);

export const rememberOpened = (lesson: string): Progress => store.change((before) => opened(before, lesson, now()));
export const rememberLab = (lesson: string, scenario: string, run: string): Progress =>
  store.change((before) => ran(before, lesson, `${scenario}.${run}`, now()));
export const rememberAnswer = (lesson: string, question: string, right: boolean): Progress =>
  store.change((before) => answeredQuestion(before, lesson, question, right, now()));
