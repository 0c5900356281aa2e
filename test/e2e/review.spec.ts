/** Questions, and what the browser remembers of them. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { awake, labNamed } from './lab.ts';
import { answerRightly, forms, LESSONS, questionsOf, wake } from './questions.ts';
import { expect, test } from './site.ts';

/** Answers every question of a lesson rightly. */
async function answerAll(page: Page, lesson: string): Promise<void> {
  await page.goto(`/lessons/${lesson}/`);
  for (const [index, question] of questionsOf(lesson).entries()) {
    const form = forms(page).nth(index);
    await wake(form);
    await answerRightly(form, question);
    await form.getByRole('button', { name: 'Check' }).click();
    await expect(form.getByRole('status')).toContainText('Right.');
  }
}
const lessonInOutline = (page: Page, title: string) => page.locator('.outline').getByRole('link', { name: title });

for (const lesson of LESSONS) {
  test(`every question of ${lesson} can be answered, and then the lesson is done`, async ({ page }) => {
    await answerAll(page, lesson);
    await page.goto('/');
    await expect(page.locator(`.outline a[href="/lessons/${lesson}/"]`)).toHaveAttribute('data-progress', 'done');
  });
}

test('a wrong answer gets its own reason, and can be mended', async ({ page }) => {
  await page.goto('/lessons/disconnected-is-normal/');
  const form = forms(page).filter({ hasText: 'With default settings a client is offline for ten seconds' });
  await wake(form);
  await expect(form.getByRole('button', { name: 'Check' })).toBeDisabled();
  await form.getByLabel('All three, in order').check();
  await form.getByRole('button', { name: 'Check' }).click();
  const feedback = form.getByRole('status');
  await expect(feedback).toContainText('Not quite. The belief behind it:');
  await expect(feedback).not.toContainText('The answer:');
  await form.getByRole('button', { name: 'Show the answer' }).click();
  await expect(feedback).toContainText('The answer: None of them');
  await form.getByRole('button', { name: 'Try again' }).click();
  await form.getByLabel('None of them').check();
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(feedback).toContainText('Right.');
  await form.getByText('Why not the others?').click();
  await expect(form.getByRole('listitem').first()).toBeVisible();
});

test('lines that stand wrong can be tried again, as they were', async ({ page }) => {
  await page.goto('/lessons/encapsulation/');
  const form = forms(page).filter({ hasText: 'Put the parts in the order' });
  await wake(form);
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('status')).toContainText('Not quite.');
  await form.getByRole('button', { name: 'Try again' }).click();
  await expect(form.getByRole('button', { name: 'Check' })).toBeEnabled();
  await expect(form.getByRole('status')).toBeEmpty();
});

test('a question leads to the lab that shows its answer', async ({ page }) => {
  await page.goto('/lessons/broadcast/');
  const [form, question] = [forms(page).first(), questionsOf('broadcast')[0]];
  if (!question) throw new Error('The lesson has no question');
  await wake(form);
  await answerRightly(form, question);
  await form.getByRole('button', { name: 'Check' }).click();
  await form.getByRole('link', { name: 'See it in the lab' }).click();
  await expect(labNamed(page, 'Who gets it?')).toBeInViewport();
});

test('progress is saved to a file, and read from it in another browser', async ({ page, browser, site }, testInfo) => {
  await page.goto('/lessons/emit/');
  await page.goto('/');
  await expect(lessonInOutline(page, 'started: Emit')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save my progress to a file' }).click();
  const file = testInfo.outputPath('progress.json');
  await (await downloading).saveAs(file);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 1, lessons: { emit: {} } });

  const other = await browser.newContext({ baseURL: site.url });
  const elsewhere = await other.newPage();
  await elsewhere.goto('/');
  await expect(lessonInOutline(elsewhere, 'started: Emit')).toBeHidden();
  await elsewhere.getByLabel('Load it from a file').setInputFiles(file);
  await expect(elsewhere.getByText('Loaded, and added to what was here.')).toBeVisible();
  await expect(lessonInOutline(elsewhere, 'started: Emit')).toBeVisible();
  await other.close();
});

test('a file that holds something else is refused, and nothing is lost', async ({ page }) => {
  await page.goto('/lessons/emit/');
  await page.goto('/');
  await page
    .getByLabel('Load it from a file')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') });
  await expect(page.getByText('This file holds something else.')).toBeVisible();
  await page.reload();
  await expect(lessonInOutline(page, 'started: Emit')).toBeVisible();
});

test('where a browser keeps nothing, everything works but the memory', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('storage is off', 'SecurityError');
      },
    });
  });
  await page.goto('/lessons/emit/');
  await awake(labNamed(page, 'Emit, in both directions'));
  await page.goto('/');
  await expect(lessonInOutline(page, 'Emit')).toBeVisible();
});
