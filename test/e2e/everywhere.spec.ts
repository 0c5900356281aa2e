/** What holds on every page: no accessibility finding, no sideways scrolling, no console error, no other host. */
import type { Page } from '@playwright/test';
import { findings } from './findings.ts';
import { labNamed, run, scrollsSideways } from './lab.ts';
import { LESSONS } from './questions.ts';
import { expect, test } from './site.ts';

const PAGES = ['/', ...LESSONS.map((lesson) => `/lessons/${lesson}/`), '/glossary/', '/teachers/', '/no-such-page/'];

/** Scrolls to the end and back, so that everything that waits for its first sight is there. */
async function seeAll(page: Page): Promise<void> {
  for (const island of await page.locator('astro-island').all()) await island.scrollIntoViewIfNeeded();
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
}

for (const path of PAGES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${path} has no accessibility finding, in ${colorScheme}`, async ({ page, allowed }) => {
      if (path === '/no-such-page/') allowed.push(/404/);
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await seeAll(page);
      expect(await findings(page)).toEqual([]);
    });
  }

  test(`${path} fits a screen of 360 px`, async ({ page, allowed }) => {
    if (path === '/no-such-page/') allowed.push(/404/);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(path);
    await seeAll(page);
    expect(await scrollsSideways(page)).toBe(false);
  });
}

test('a lab that has been run has no accessibility finding, wide and at 360 px', async ({ page }) => {
  await page.goto('/lessons/disconnected-is-normal/');
  const lab = labNamed(page, 'Lose Bo in the middle of a chat');
  await run(lab, { choose: 'Cut Bo’s cable', guess: ['2'] });
  await lab.getByText(/^The same run as a table/).click();
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await findings(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
});
