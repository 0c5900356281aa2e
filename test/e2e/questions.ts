/** What a learner does with a question, of any kind. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { parseQuestions, type Question } from '#review/question.ts';

/** The slugs of all lessons that are written. */
export const LESSONS: readonly string[] = readdirSync('content/lessons').map((file) => file.replace(/\.mdx$/, ''));

type Course = readonly { readonly lessons: readonly { readonly slug: string }[] }[];

/** The slugs of all lessons of the course, written or not. */
export const PLANNED: readonly string[] = (JSON.parse(readFileSync('content/course.json', 'utf8')) as Course).flatMap(({ lessons }) =>
  lessons.map(({ slug }) => slug),
);

/** The questions of a lesson in the order of its page: the guess beforehand, then the review. */
export function questionsOf(lesson: string): readonly Question[] {
  const file = `content/questions/${lesson}.json`;
  const all = parseQuestions(JSON.parse(readFileSync(file, 'utf8')), file);
  return [...all.filter(({ use }) => use === 'warm-up'), ...all.filter(({ use }) => use === 'review')];
}

const asShown = (text: string): string => text.replaceAll('`', '');
const PEOPLE = { ada: 'Ada', bo: 'Bo', cy: 'Cy', dee: 'Dee', eli: 'Eli', fay: 'Fay' } as const;

/** The forms of a page's questions, in order. */
export const forms = (page: Page): Locator => page.locator('form.question');

/** Brings a question into sight and waits until it is awake. */
export async function wake(form: Locator): Promise<void> {
  await form.scrollIntoViewIfNeeded();
  await form.locator('xpath=ancestor::astro-island[not(@ssr)]').waitFor();
}

/** Moves the lines until they stand as in `texts`, from the first on. */
async function putInOrder(form: Locator, texts: readonly string[]): Promise<void> {
  for (const [place, text] of texts.entries()) {
    const up = form.page().getByRole('button', { name: `Move up: ${text}`, exact: true });
    const line = form.getByRole('listitem').filter({ has: up });
    const isThere = async (): Promise<boolean> => (await line.locator('.place').textContent()) === String(place + 1);
    while (!(await isThere())) await line.locator(up).click();
  }
}

/** Gives the right answer, without checking it. */
export async function answerRightly(form: Locator, question: Question): Promise<void> {
  const check = (label: string) => form.getByLabel(label, { exact: true }).check();
  switch (question.kind) {
    case 'single':
    case 'multi':
      for (const { id, text } of question.data.options) if ([question.answer].flat().includes(id)) await check(asShown(text));
      break;
    case 'order':
      await putInOrder(
        form,
        question.answer.map((id) => asShown(question.data.lines.find((line) => line.id === id)?.text ?? '')),
      );
      break;
    case 'recipients':
      for (const id of question.answer) await check(PEOPLE[id]);
      if (question.answer.length === 0) await check('Nobody');
      break;
    case 'numeric':
      await form.getByLabel('Your answer').fill(String(question.answer));
      break;
    case 'match':
      for (const pair of question.answer) {
        const [left = '', right = ''] = pair.split('=');
        const label = asShown(question.data.left.find(({ id }) => id === left)?.text ?? '');
        await form.getByRole('combobox', { name: label, exact: true }).selectOption(right);
      }
      break;
    case 'byte':
      await form.locator(`[data-byte="${question.data.fields.find(({ id }) => id === question.answer)?.from}"]`).click();
  }
}
