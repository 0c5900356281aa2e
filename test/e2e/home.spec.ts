import { LESSONS, PLANNED } from './questions.ts';
import { expect, test } from './site.ts';

test('a stranger breaks a real connection in three clicks on the front page', async ({ page }) => {
  await page.goto('/');
  const lab = page.getByRole('region', { name: 'Try it now' });
  await lab.getByRole('button', { name: 'Say hello to Bo' }).click();
  await expect(lab.getByText('Bo got it.')).toBeVisible();
  await lab.getByRole('button', { name: 'Cut Bo’s cable' }).click();
  await expect(lab.getByText('Both sides have noticed.')).toBeVisible();
  await lab.getByRole('button', { name: 'Say hello again' }).click();
  await expect(lab.getByText('it never sent it')).toBeVisible();
  await expect(lab.getByText('live', { exact: true })).toBeVisible();

  await lab.getByText('See every step').click();
  await expect(lab.getByRole('button', { name: /hello.*Server to Bo.*never sent/i }).first()).toBeVisible();
  await lab.getByRole('button', { name: 'Once more' }).click();
  await expect(lab.getByRole('button', { name: 'Say hello to Bo' })).toBeEnabled();
});

test('the outline links the lessons that exist and greys the planned ones', async ({ page }) => {
  await page.goto('/');
  const outline = page.getByRole('region', { name: /^The course/ });
  await expect(outline.getByRole('link')).toHaveCount(LESSONS.length);
  await expect(outline.getByText('planned', { exact: true })).toHaveCount(PLANNED.length - LESSONS.length);
  await outline.getByRole('link', { name: /Emit/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Emit' })).toBeVisible();
});

test('the theme is chosen by a button, kept, and there before the page is drawn', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const button = page.getByRole('button', { name: 'Theme: auto' });
  await button.click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    const look = () => {
      if (document.body) seen.push(getComputedStyle(document.body).backgroundColor);
      if (seen.length < 5) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => new Set(Reflect.get(globalThis, 'seen') as string[]).size)).toBe(1);
  expect(await paper()).toBe(dark);
});

test('an address where nothing is says so, with status 404 and a way on', async ({ page, allowed }) => {
  allowed.push(/404/);
  const answer = await page.goto('/lessons/no-such-lesson/');
  expect(answer?.status()).toBe(404);
  await page.getByRole('link', { name: 'See all lessons' }).click();
  await expect(page.getByRole('region', { name: /^The course/ })).toBeVisible();
});
