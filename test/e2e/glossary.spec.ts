/** The glossary, and the cards of its terms in a lesson. */
import type { Locator, Page } from '@playwright/test';
import { findings } from './findings.ts';
import { scrollsSideways } from './lab.ts';
import { expect, test } from './site.ts';

const LESSON = '/lessons/disconnected-is-normal/';
const PHONE = { width: 360, height: 740 };

const searchBox = (page: Page): Locator => page.getByRole('searchbox', { name: 'Find a word' });
const entries = (page: Page): Locator => page.locator('[data-entry]:visible');
const nameOf = (entry: Locator): Promise<string> => entry.locator('[data-name]').first().innerText();
const termLink = (page: Page, id: string): Locator => page.locator(`a.term-link[data-term="${id}"]`).first();
const card = (page: Page, name: string): Locator => page.getByRole('note', { name, exact: true });

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let stops = 0; stops < 200 && !(await hasFocus()); stops += 1) await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}

test.describe('the search of the glossary', () => {
  test('narrows the list while typing, best first, tells how many are left, and keeps it in the address', async ({ page }) => {
    await page.goto('/glossary/');
    const all = await entries(page).count();
    await searchBox(page).fill('ACK');
    expect(await nameOf(entries(page).first())).toBe('Acknowledgement');
    const left = await entries(page).count();
    expect(left).toBeLessThan(all);
    await expect(page.getByRole('status')).toHaveText(left === 1 ? '1 word' : `${left} words`);
    await expect(page).toHaveURL(/\/glossary\/\?q=ACK$/);
    expect(await findings(page)).toEqual([]);

    await searchBox(page).fill('');
    await expect(entries(page)).toHaveCount(all);
    await expect(page).toHaveURL(/\/glossary\/$/);
    await expect(page.getByRole('status')).toHaveText('');
  });

  test('can be linked, and does not care for case, dots and hyphens', async ({ page }) => {
    await page.goto('/glossary/?q=Socket-IO');
    await expect(searchBox(page)).toHaveValue('Socket-IO');
    expect(await nameOf(entries(page).first())).toBe('Socket.IO');
  });

  test('says so when nothing is found, and leads back to all', async ({ page }) => {
    await page.goto('/glossary/');
    const all = await entries(page).count();
    await searchBox(page).fill('zeppelin');
    await expect(entries(page)).toHaveCount(0);
    await expect(page.getByText('Nothing here speaks of “zeppelin”.')).toBeVisible();
    await expect(page.getByRole('status')).toHaveText('nothing found');
    expect(await findings(page)).toEqual([]);

    await page.getByRole('button', { name: `Show all ${all} words` }).click();
    await expect(entries(page)).toHaveCount(all);
    await expect(searchBox(page)).toBeFocused();
    await expect(searchBox(page)).toHaveValue('');
  });

  test('puts the words back in the order of the alphabet', async ({ page }) => {
    await page.goto('/glossary/');
    const before = await entries(page).allInnerTexts();
    await searchBox(page).fill('ping');
    expect(await nameOf(entries(page).first())).toBe('Heartbeat');
    await searchBox(page).fill('');
    expect(await entries(page).allInnerTexts()).toEqual(before);
  });

  test('gives way to a link that leads to an entry', async ({ page }) => {
    await page.goto('/glossary/?q=ack#room');
    await expect(searchBox(page)).toHaveValue('');
    await expect(page.locator('#room')).toBeInViewport();
  });

  test('fits a phone, with hits and without', async ({ page }) => {
    await page.setViewportSize(PHONE);
    await page.goto('/glossary/?q=ack');
    await expect(entries(page).first()).toBeVisible();
    expect(await scrollsSideways(page)).toBe(false);
    await searchBox(page).fill('averyverylongwordthatnobodywouldeverlookforinaglossary');
    await expect(entries(page)).toHaveCount(0);
    expect(await scrollsSideways(page)).toBe(false);
  });
});

test('a letter leads to its words', async ({ page }) => {
  await page.goto('/glossary/');
  await page.getByRole('navigation', { name: 'Letters' }).getByRole('link', { name: 'W', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'W', exact: true })).toBeInViewport();
});

test.describe('the card of a term', () => {
  test('stands once in the page, and describes its link by the meaning alone', async ({ page }) => {
    await page.goto(LESSON);
    const cards = await page.locator('.term-card').evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(cards).size).toBe(cards.length);
    await expect(termLink(page, 'heartbeat')).toHaveAccessibleDescription(/^A ping at regular times[^“]*$/);
    await expect(page.locator('.term-card:visible')).toHaveCount(0);
  });

  test('opens by keyboard, lets Tab in, and closes on Escape with the focus on its link', async ({ page }) => {
    await page.goto(LESSON);
    const link = termLink(page, 'heartbeat');
    await tabTo(page, link);
    await expect(card(page, 'Heartbeat')).toBeVisible();
    await expect(card(page, 'Heartbeat').getByText('The common mistake')).toBeVisible();
    expect(await findings(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await expect(page.locator('.term-card:visible')).toHaveCount(0);
    await expect(link).toBeFocused();

    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(card(page, 'Heartbeat').getByRole('link', { name: 'More in the glossary' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.locator('.term-card:visible')).toHaveCount(0);
    await expect(link).toBeFocused();
  });

  test('goes when Tab leaves it', async ({ page }) => {
    await page.goto(LESSON);
    await tabTo(page, termLink(page, 'heartbeat'));
    await expect(card(page, 'Heartbeat')).toBeVisible();
    await tabTo(page, termLink(page, 'ping-timeout'));
    await expect(card(page, 'Ping timeout')).toBeVisible();
    await expect(page.locator('.term-card:visible')).toHaveCount(1);
  });

  test('opens under a resting pointer, stays while the pointer is in it, and goes with it', async ({ page }) => {
    await page.clock.install();
    await page.goto(LESSON);
    await termLink(page, 'black-hole').hover();
    await page.clock.runFor(1000);
    await expect(card(page, 'Black hole')).toBeVisible();
    await card(page, 'Black hole').getByText('The common mistake').hover();
    await page.clock.runFor(1000);
    await expect(card(page, 'Black hole')).toBeVisible();
    await page.locator('h1').hover();
    await page.clock.runFor(1000);
    await expect(page.locator('.term-card:visible')).toHaveCount(0);
  });

  test('names another lesson that teaches the term by a link, or as planned', async ({ page }) => {
    await page.goto('/lessons/emit/');
    await tabTo(page, termLink(page, 'packet'));
    await expect(card(page, 'Packet')).toContainText(/Taught in Packets/);
  });

  test('is not printed', async ({ page }) => {
    await page.goto(LESSON);
    await tabTo(page, termLink(page, 'heartbeat'));
    await expect(card(page, 'Heartbeat')).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.term-card:visible')).toHaveCount(0);
  });
});

test.describe('the card of a term, by touch', () => {
  test.use({ hasTouch: true, viewport: PHONE });

  test('opens at a tap, fits the screen, and closes at a tap elsewhere', async ({ page }) => {
    await page.goto(LESSON);
    for (const link of await page.locator('a.term-link').all()) {
      await link.tap();
      const open = page.locator('.term-card:visible');
      await expect(open).toHaveCount(1);
      await expect(open).toBeInViewport({ ratio: 1 });
      expect(await scrollsSideways(page)).toBe(false);
    }
    expect(await findings(page)).toEqual([]);
    await page.locator('h1').tap();
    await expect(page.locator('.term-card:visible')).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`${LESSON}$`));
  });

  test('leads on to the glossary at a second tap', async ({ page }) => {
    await page.goto(LESSON);
    await termLink(page, 'heartbeat').tap();
    await expect(card(page, 'Heartbeat')).toBeVisible();
    await termLink(page, 'heartbeat').tap();
    await expect(page).toHaveURL(/\/glossary\/#heartbeat$/);
    await expect(page.locator('#heartbeat')).toBeInViewport();
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the glossary is the full list, and a term in a lesson leads to its entry', async ({ page }) => {
    await page.goto('/glossary/');
    await expect(searchBox(page)).toBeHidden();
    await expect(page.getByText('Heartbeat', { exact: true })).toBeVisible();
    await expect(page.getByText('Volatile', { exact: true })).toBeVisible();

    await page.goto(LESSON);
    await expect(page.locator('.term-card:visible')).toHaveCount(0);
    await termLink(page, 'heartbeat').click();
    await expect(page).toHaveURL(/\/glossary\/#heartbeat$/);
  });
});
