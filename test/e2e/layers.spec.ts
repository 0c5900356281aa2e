/** The two maps and the layer sorter: by keyboard alone, by mouse, on a phone, without JavaScript. */
import type { Locator, Page } from '@playwright/test';
import { findings } from './findings.ts';
import { arrows, labNamed, run, scrollsSideways } from './lab.ts';
import { expect, test } from './site.ts';

const LESSON = '/lessons/osi-and-tcp-ip/';

const sorterIn = (page: Page): Locator => page.getByRole('region', { name: 'Layer sorter' });

/** Opens the lesson and resolves with the sorter when it is awake. */
async function openSorter(page: Page): Promise<Locator> {
  await page.goto(LESSON);
  const sorter = sorterIn(page);
  await sorter.scrollIntoViewIfNeeded();
  await sorter.locator('xpath=ancestor::astro-island[not(@ssr)]').waitFor();
  return sorter;
}

const place = (sorter: Locator, id: string): Locator => sorter.locator(`[data-place="${id}"]`);

async function put(sorter: Locator, card: string, ids: readonly string[]): Promise<void> {
  await sorter.getByRole('radio', { name: card }).check();
  for (const id of ids) await place(sorter, id).click();
}

/** The places of the first hand: right ones, arguments, and two misses. */
const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  TCP: ['osi-4', 'transport'],
  Switch: ['osi-2', 'link'],
  HTTP: ['osi-7', 'application'],
  ARP: ['osi-3', 'internet'],
  IP: ['osi-3', 'internet'],
  WebSocket: ['osi-4', 'transport'],
  Router: ['osi-3', 'internet'],
  TLS: ['osi-6', 'application'],
  Ethernet: ['osi-2', 'link'],
  QUIC: ['osi-4', 'transport'],
};

async function playAll(sorter: Locator): Promise<void> {
  for (const [card, ids] of Object.entries(PLACES)) await put(sorter, card, ids);
  await sorter.getByRole('button', { name: 'See how it went' }).click();
}

test('two cards are sorted by keyboard alone', async ({ page }) => {
  const sorter = await openSorter(page);
  const focused = page.locator(':focus');
  await sorter.getByRole('radio', { name: 'TCP' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('7 Application: put TCP here');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(focused).toHaveAccessibleName('4 Transport: put TCP here');
  await page.keyboard.press('Enter');
  await expect(sorter.getByRole('status')).toContainText('TCP on 4 Transport (OSI): fits.');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('Application: put TCP here');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(sorter.getByRole('status')).toContainText('TCP on Transport (TCP/IP): fits.');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('Next card: Switch');
  await page.keyboard.press('Enter');
  await expect(sorter.getByRole('radio', { name: 'Switch' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(sorter.getByRole('radio', { name: 'HTTP' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('4 Transport: put HTTP here');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(sorter.getByRole('status')).toContainText('HTTP on 7 Application (OSI): fits.');
});

test('a wrong place says why, and where the card belongs', async ({ page }) => {
  const sorter = await openSorter(page);
  await put(sorter, 'WebSocket', ['transport']);
  const said = sorter.getByRole('status');
  await expect(said).toContainText('WebSocket on Transport (TCP/IP): does not fit.');
  await expect(said).toContainText('it gets nothing across a network by itself');
  await expect(said).toContainText('On TCP/IP it fits on Application.');
});

test('a card is dragged to its place', async ({ page }) => {
  const sorter = await openSorter(page);
  await sorter.locator('.sort-card', { hasText: 'Router' }).dragTo(place(sorter, 'internet'));
  await expect(sorter.getByRole('status')).toContainText('Router on Internet (TCP/IP): fits.');
});

test('a whole hand ends with what went well, and with the missed ones to play again', async ({ page }) => {
  const sorter = await openSorter(page);
  await playAll(sorter);
  await expect(sorter.getByRole('heading', { level: 4 })).toBeFocused();
  await expect(sorter.getByRole('heading', { level: 4 })).toHaveText('20 places: 15 fit, 3 can be argued, 2 do not fit');
  await expect(sorter.getByText('ARP, TLS and QUIC are among the hard ones.')).toBeVisible();
  await sorter.getByRole('button', { name: 'Again with the 1 card you missed' }).click();
  await expect(sorter.getByRole('radio')).toHaveCount(1);
  await expect(sorter.getByRole('radio', { name: 'WebSocket' })).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it has no accessibility finding while it is used, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const sorter = await openSorter(page);
    await put(sorter, 'ARP', ['osi-3', 'link']);
    await put(sorter, 'HTTP', ['osi-4']);
    expect(await findings(page)).toEqual([]);
  });

  test(`it has none when it is over, and all is opened, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await playAll(await openSorter(page));
    await page.getByText('All cards, their places and the reasons (it gives the answers away)').click();
    await page.locator('.card-entry summary').first().click();
    await page.getByText('The same as a table').first().click();
    expect(await findings(page)).toEqual([]);
  });
}

test('on a phone it fits, what was said stays in sight, and the maps keep their text readable', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const sorter = await openSorter(page);
  await put(sorter, 'TLS', ['osi-7']);
  await expect(sorter.getByRole('status').getByText('Any protocol can lie on top of TLS')).toBeInViewport();
  expect(await scrollsSideways(page)).toBe(false);
  expect(await findings(page)).toEqual([]);
  await playAll(sorter);
  expect(await scrollsSideways(page)).toBe(false);
  const sizes = await page
    .locator('.maps-picture')
    .evaluate((picture) => [...picture.querySelectorAll('*')].map((element) => Number.parseFloat(getComputedStyle(element).fontSize)));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
});

test('the lab opens its arrow: three wrappings round the event, all in one layer', async ({ page }) => {
  await page.goto(LESSON);
  const lab = labNamed(page, 'One word, wrapped');
  await run(lab, { guess: ['Three times, one wrapping inside the other'] });
  await expect(arrows(lab).filter({ hasText: 'word' }).first()).toBeVisible();
  for (const layer of ['WebSocket frame', 'Engine.IO packet', 'Socket.IO packet'])
    await expect(lab.getByText(layer, { exact: false }).first()).toBeVisible();
  await expect(lab.getByText('As you said')).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the maps, and every card with its reasons, can be read', async ({ page }) => {
    await page.goto(LESSON);
    await expect(page.getByRole('list', { name: 'The four layers of TCP/IP, from the top down' })).toBeVisible();
    await expect(page.getByText('Sorting needs JavaScript.')).toBeVisible();
    await expect(sorterIn(page).getByRole('radio')).toHaveCount(0);
    await page.getByText('All cards, their places and the reasons (it gives the answers away)').click();
    await page.locator('.card-entry summary', { hasText: 'reports errors of IP' }).click();
    await expect(page.getByText('RFC 1122 considers it an integral part of IP').first()).toBeVisible();
  });
});
