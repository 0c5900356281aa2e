/** The delay ruler: guessed, run, changed, zoomed, measured for real, without a server, by keyboard, on a phone, without JavaScript. */
import { test as base, type Locator, type Page } from '@playwright/test';
import { findings } from './findings.ts';
import { awake, scrollsSideways } from './lab.ts';
import { expect, startSite, stopSite, test, watch } from './site.ts';

const LESSON = '/lessons/delay-and-loss/';
/** What a browser itself says about a server that is gone. */
const GONE = [/ERR_CONNECTION_REFUSED/, /ERR_SOCKET_NOT_CONNECTED/, /WebSocket connection to .* failed/, /ERR_CONNECTION_RESET/];

const rulerIn = (page: Page): Locator => page.getByRole('region', { name: 'Delay ruler', exact: true });

async function openRuler(page: Page): Promise<Locator> {
  await page.goto(LESSON);
  const ruler = rulerIn(page);
  await awake(ruler);
  return ruler;
}

async function run(ruler: Locator, caseName: string, guess?: string): Promise<void> {
  await ruler.getByRole('radio', { name: caseName }).check();
  if (guess) await ruler.getByRole('radio', { name: guess, exact: true }).check();
  await ruler.getByRole('button', { name: guess ? 'Run it' : 'Skip the guess and run', exact: true }).click();
  await expect(ruler.locator('.verdict')).toBeVisible();
}

const barOf = (ruler: Locator, name: RegExp): Locator => ruler.getByRole('button', { name });
const part = (bar: Locator, name: string): Locator => bar.locator(`.ruler-part.is-${name}`);

test('a guess is asked for, and the reason given in figures', async ({ page }) => {
  const ruler = await openRuler(page);
  await expect(ruler.getByRole('button', { name: 'Run it' })).toBeDisabled();
  await run(ruler, 'A click to another continent', 'A tenth of what it was');
  await expect(ruler.locator('.verdict')).toContainText('You said');
  await expect(ruler.locator('.verdict')).toContainText('30.04 ms in place of 30.4 ms');
  await expect(ruler.locator('.verdict')).toBeFocused();
});

test('the bars are to scale, and a part that is too small is seen when it is zoomed in on', async ({ page }) => {
  const ruler = await openRuler(page);
  await run(ruler, 'A click to another continent');
  const before = barOf(ruler, /^before, 10 Mbit/);
  const [sent, travelled] = await Promise.all([part(before, 'transmission').boundingBox(), part(before, 'propagation').boundingBox()]);
  // 400 µs to 30 ms; a box is measured with its stroke.
  expect(Math.abs((travelled?.width ?? 0) / (sent?.width ?? 1) - 75)).toBeLessThan(15);
  const now = barOf(ruler, /^packet 1/);
  await expect(part(now, 'transmission')).toHaveCount(0);
  await expect(ruler.getByText('too small to draw at this scale').first()).toBeVisible();
  await ruler.getByRole('button', { name: 'transmission', exact: true }).click();
  await expect(part(now, 'transmission')).toBeVisible();
});

test('a queue overflows: the lost ones are in the bars, in the graph, in the sentence and in the table', async ({ page }) => {
  const ruler = await openRuler(page);
  await run(ruler, 'A full queue', 'No losses, and delays that grow and grow');
  await expect(ruler.getByText('As you said')).toBeVisible();
  await ruler.getByRole('checkbox', { name: 'Any number may wait' }).uncheck();
  await expect(ruler.getByText('24 of 200 packets are dropped: they came when all 10 places were taken.')).toBeVisible();
  await ruler.getByRole('button', { name: 'First dropped' }).click();
  await expect(ruler.locator('[aria-pressed="true"]').getByText('lost: the queue was full')).toBeVisible();
  await expect(ruler.locator('.ruler-queue-drops:not(.is-before) path')).toHaveCount(24);
  await ruler.getByText('The same as a table, 200 packets').click();
  await expect(ruler.getByRole('row').filter({ hasText: 'lost' })).toHaveCount(24);
});

test('a figure is set by its slider or typed, and what is out of bounds is brought back', async ({ page }) => {
  const ruler = await openRuler(page);
  await run(ruler, 'A click to another continent');
  await ruler.getByRole('slider', { name: 'Length of the cable' }).press('End');
  await expect(ruler.getByText('100 ms to travel')).toBeVisible();
  const size = ruler.getByRole('spinbutton', { name: 'Size of a packet bytes' });
  await size.fill('9000');
  await size.press('Enter');
  await expect(size).toHaveValue('1500');
  await expect(ruler.getByText('120 µs to be sent')).toBeVisible();
});

test('the real round trip is measured when asked for, and drawn with the bars', async ({ page }) => {
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const ruler = await openRuler(page);
  await run(ruler, 'A click to another continent');
  expect(sockets).toEqual([]);
  const closed = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('close'));
  await ruler.getByRole('button', { name: 'Measure' }).click();
  await expect(ruler.getByText('is the median of 12 round trips')).toBeVisible();
  await expect(ruler.getByText('the server is a program on your own computer')).toBeVisible();
  await expect(ruler.getByText('your round trip, measured: there and back')).toBeVisible();
  await closed;
  expect(sockets).toHaveLength(1);
});

base('without a server the measuring says so, and the simulated part goes on', async ({ page }) => {
  const site = await startSite();
  const { host, port } = new URL(site.url);
  const faults = watch(page, host, GONE);
  await page.goto(new URL(LESSON, site.url).href);
  const ruler = rulerIn(page);
  await awake(ruler);
  // Everything that is loaded on first use is loaded, and then the server dies.
  await run(ruler, 'A click to another continent');
  await ruler.getByRole('button', { name: 'Measure' }).click();
  await expect(ruler.getByText('is the median')).toBeVisible();
  site.server.kill('SIGKILL');
  await ruler.getByRole('button', { name: 'Measure again' }).click();
  await expect(ruler.getByText('The server does not answer. The rest of this page works without it.')).toBeVisible();
  await ruler.getByRole('button', { name: 'Another case' }).click();
  await run(ruler, 'A large file on a slow line', 'After about a tenth of the time');
  await expect(ruler.getByText('As you said')).toBeVisible();

  const again = await startSite({ PORT: port });
  await ruler.getByRole('button', { name: 'Try again' }).click();
  await expect(ruler.getByText('is the median')).toBeVisible();
  await stopSite(again);
  expect(faults).toEqual([]);
});

test('it is worked by keyboard alone', async ({ page }) => {
  const ruler = await openRuler(page);
  const focused = page.locator(':focus');
  await ruler.getByRole('radio', { name: 'A click to another continent' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveAccessibleName('A large file on a slow line');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('Run it');
  await page.keyboard.press('Enter');
  await expect(ruler.getByText('As you said')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(focused).toHaveRole('slider');
  await page.keyboard.press('ArrowLeft');
  await expect(ruler.getByText('1,250 bytes')).toBeVisible();
  await expect(ruler.getByText('Nothing is dropped.')).toBeVisible();
  await ruler.getByRole('button', { name: 'Another case' }).focus();
  await page.keyboard.press('Enter');
  await expect(focused).toHaveAccessibleName('A click to another continent');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it has no accessibility finding when everything in it has been used, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const ruler = await openRuler(page);
    await ruler.getByText('See two of the cases first').click();
    expect(await findings(page)).toEqual([]);
    await run(ruler, 'A full queue', 'As many losses as before');
    await ruler.getByRole('checkbox', { name: 'Any number may wait' }).uncheck();
    await ruler.getByRole('button', { name: 'First dropped' }).click();
    await ruler.getByText('The same as a table, 200 packets').click();
    await ruler.getByRole('button', { name: 'Measure' }).click();
    await expect(ruler.getByText('is the median')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test('on a phone it fits, and the bar stays in sight while a slider is moved', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const ruler = await openRuler(page);
  await run(ruler, 'A full queue');
  await ruler.getByRole('button', { name: 'Change the settings' }).click();
  const seconds = ruler.getByRole('slider', { name: 'How many arrive a second' });
  await seconds.press('ArrowLeft');
  await expect(ruler.locator('.ruler-follow')).toBeInViewport();
  await ruler.getByRole('button', { name: 'Measure' }).click();
  await expect(ruler.getByText('is the median')).toBeVisible();
  expect(await scrollsSideways(page)).toBe(false);
  expect(await findings(page)).toEqual([]);
  const sizes = await ruler
    .locator('svg text')
    .evaluateAll((texts) => texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize)));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('two cases can be read, with bars, queue and reason, and no control that cannot act', async ({ page }) => {
    await page.goto(LESSON);
    const ruler = rulerIn(page);
    await expect(ruler.getByText('30.04 ms in place of 30.4 ms')).toBeVisible();
    await expect(ruler.getByText('24 packets lost at the thin crosses')).toBeVisible();
    await expect(ruler.getByRole('button')).toHaveCount(0);
    await expect(ruler.locator('.ruler-part.is-queueing').first()).toBeVisible();
  });
});
