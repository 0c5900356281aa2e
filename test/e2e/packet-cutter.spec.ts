/** The packet cutter: by mouse, by keyboard alone, on a phone, with reduced motion, without JavaScript. */
import type { Locator, Page } from '@playwright/test';
import { findings } from './findings.ts';
import { awake, scrollsSideways } from './lab.ts';
import { expect, test } from './site.ts';

const LESSON = '/lessons/packets/';

const cutterIn = (page: Page): Locator => page.getByRole('region', { name: 'Packet cutter' });
const outcome = (cutter: Locator): Locator => cutter.locator('.outcome').first();
const press = (cutter: Locator, name: string | RegExp): Promise<void> => cutter.getByRole('button', { name, exact: true }).click();

async function openCutter(page: Page): Promise<Locator> {
  await page.goto(LESSON);
  const cutter = cutterIn(page);
  await awake(cutter);
  return cutter;
}

/** Opens the lesson, with the text cut. */
async function cut(page: Page): Promise<Locator> {
  const cutter = await openCutter(page);
  await press(cutter, 'Skip the guess');
  return cutter;
}

async function setMtu(cutter: Locator, bytes: number, nth = 0): Promise<void> {
  const field = cutter.getByRole('spinbutton').nth(nth);
  await field.fill(String(bytes));
  await field.press('Tab');
}

async function sendToTheEnd(cutter: Locator): Promise<void> {
  await press(cutter, 'Skip the guess and send');
  await press(cutter, 'Skip to the end');
}

test('a text is cut, a piece is lost, and the guess is judged', async ({ page }) => {
  const cutter = await openCutter(page);
  await cutter
    .getByRole('textbox', { name: 'Your text' })
    .fill('Packets know nothing of each other. Each has an address, and that is all it needs.');
  await cutter.getByRole('radio', { name: '2', exact: true }).check();
  await press(cutter, 'Cut it');
  await expect(outcome(cutter)).toContainText('As you said: 2 packets.');
  await press(cutter, 'Lose it: piece 1');
  await cutter.getByRole('radio', { name: 'Nothing' }).check();
  await press(cutter, 'Send it');
  // It plays by itself, to its end.
  await expect(outcome(cutter)).toContainText('As you said. Piece 1 of 2 was lost: the other one is thrown away after 30 s');
  await expect(cutter.getByText('Bo’s program has read: nothing')).toBeVisible();
});

test('a piece is lost by keyboard alone, and its bytes are opened', async ({ page }) => {
  const cutter = await openCutter(page);
  const focused = page.locator(':focus');
  const tabTo = async (wanted: Locator) => {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('The focus never came there');
  };
  await cutter.getByRole('textbox', { name: 'Your text' }).focus();
  await tabTo(cutter.getByRole('slider'));
  await page.keyboard.press('ArrowRight');
  await expect(cutter.getByRole('spinbutton')).toHaveValue('69');
  await page.keyboard.press('ArrowLeft');
  await tabTo(cutter.getByRole('radio', { name: '1', exact: true }));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await tabTo(cutter.getByRole('button', { name: 'Cut it' }));
  await page.keyboard.press('Enter');
  await expect(focused).toHaveText('How it is cut');
  await expect(outcome(cutter)).toContainText('You said 2. 3 packets.');
  await tabTo(cutter.getByRole('button', { name: 'Lose it: piece 2' }));
  await page.keyboard.press('Space');
  await expect(focused).toHaveAttribute('aria-pressed', 'true');
  await tabTo(cutter.getByRole('button', { name: 'Skip the guess and send' }));
  await page.keyboard.press('Enter');
  await expect(focused).toContainText('on their way to Bo');
  await tabTo(cutter.getByRole('button', { name: 'Skip to the end' }));
  await page.keyboard.press('Enter');
  await expect(outcome(cutter)).toContainText('Piece 2 of 3 was lost');
  await tabTo(cutter.getByRole('button', { name: 'Bytes of piece 3' }));
  await page.keyboard.press('Enter');
  await expect(cutter.getByRole('tree', { name: 'Layers and fields of piece 3' })).toContainText('begins at byte 96');
});

test('two links show who cuts, and the diagram has the same clock', async ({ page }) => {
  const cutter = await cut(page);
  await cutter.getByRole('radio', { name: 'Two links and a router' }).check();
  await setMtu(cutter, 100);
  await setMtu(cutter, 68, 1);
  await sendToTheEnd(cutter);
  await expect(outcome(cutter)).toContainText('The router cut what did not fit, and put nothing together');
  await cutter.getByText('The same run as a sequence diagram').click();
  const arrows = cutter.locator('svg.seq:visible').getByRole('button');
  await expect(arrows).toHaveCount(5);
  await press(cutter.locator('.cutter-replay'), 'Step back');
  await expect(cutter.locator('.figure').getByRole('slider')).toHaveValue(
    await cutter.locator('.cutter-replay').getByRole('slider').inputValue(),
  );
  await cutter.getByText('The same run as a table').click();
  await expect(cutter.getByRole('row').filter({ hasText: 'piece 1.2' })).toBeVisible();
});

test('a hundred sends show how losses multiply', async ({ page }) => {
  const cutter = await cut(page);
  await press(cutter, /^The longest/);
  await expect(cutter.getByRole('alert')).toContainText('Choose a larger MTU or a shorter text.');
  await setMtu(cutter, 1500);
  await cutter.getByRole('slider', { name: /^Lost/ }).fill('1');
  await sendToTheEnd(cutter);
  await press(cutter, 'Send it 100 times');
  await expect(cutter.getByText('To be expected: 63.6 % arrive, for all of 45 packets must get through, each with 99 %.')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it has no accessibility finding after use, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const cutter = await cut(page);
    await press(cutter, 'Lose it: piece 2');
    await cutter.getByRole('slider', { name: 'Arrive twice' }).fill('100');
    await cutter.getByRole('slider', { name: /^Lost/ }).fill('10');
    expect(await findings(page)).toEqual([]);
    await sendToTheEnd(cutter);
    await press(cutter, 'Send it 100 times');
    await press(cutter, 'Bytes of piece 2');
    await cutter.getByText('The same run as a sequence diagram').click();
    await cutter.getByText('All pieces as a table, 3 rows').click();
    await expect(cutter.locator('svg.seq:visible').first()).toBeVisible();
    await expect(cutter.getByText(/^Of 100 texts/)).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test('on a phone it fits at every step, and its text stays readable', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const cutter = await cut(page);
  await cutter.getByRole('radio', { name: 'Two links and a router' }).check();
  await setMtu(cutter, 68, 1);
  expect(await scrollsSideways(page)).toBe(false);
  await sendToTheEnd(cutter);
  await press(cutter, 'Bytes of piece 1 on the second link');
  await expect(cutter.getByRole('tree')).toBeVisible();
  await cutter.getByText('The same run as a sequence diagram').click();
  await expect(cutter.locator('svg.seq:visible').first()).toBeVisible();
  expect(await scrollsSideways(page)).toBe(false);
  expect(await findings(page)).toEqual([]);
  const sizes = await cutter.evaluate((lab) =>
    [...lab.querySelectorAll('.track text, .shelf text, .cutter-bar text, .piece *')].map((element) =>
      Number.parseFloat(getComputedStyle(element).fontSize),
    ),
  );
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
});

test('with reduced motion a run goes by steps', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const cutter = await cut(page);
  await press(cutter, 'Skip the guess and send');
  const shown = await cutter.getByRole('slider', { name: 'Time shown' }).evaluate(async (slider) => {
    const values = new Set<string>();
    while (values.size < 3) {
      await new Promise(requestAnimationFrame);
      values.add((slider as HTMLInputElement).value);
    }
    return [...values].map(Number);
  });
  // A smooth replay would show a value in every frame, hundredths of a millisecond apart.
  const gaps = shown.slice(1).map((value, index) => value - (shown[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.2);
  await press(cutter, 'Pause');
  await press(cutter, 'Step');
  await expect(outcome(cutter)).toContainText(/Piece \d/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an example run can be read: what was lost, each piece, and the shelf', async ({ page }) => {
    await page.goto(LESSON);
    const cutter = cutterIn(page);
    await expect(cutter.getByText('Piece 2 of 3 was lost: the other two are thrown away after 30 s')).toBeVisible();
    await expect(cutter.getByText('me may never arrive.').first()).toBeVisible();
    await expect(cutter.getByText('Bo’s program has read: nothing')).toBeVisible();
    await expect(cutter.getByRole('button', { name: 'Cut it' })).toBeHidden();
    await cutter.getByText('All pieces as a table, 3 rows').click();
    await expect(cutter.getByRole('row').filter({ hasText: 'lost' })).toBeVisible();
  });
});
