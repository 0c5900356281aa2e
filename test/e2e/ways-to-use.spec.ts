/** The same lessons by keyboard alone, on a phone, with reduced motion, without JavaScript. */
import { arrows, awake, labNamed, paneOf, run, scrollsSideways, tally } from './lab.ts';
import { expect, test } from './site.ts';

const LESSON = '/lessons/disconnected-is-normal/';
const TITLE = 'Lose Bo in the middle of a chat';

test('a message is lost and opened by keyboard alone', async ({ page }) => {
  await page.goto(LESSON);
  const lab = labNamed(page, TITLE);
  const focused = page.locator(':focus');
  /** Presses Tab until the focus stands on what is wanted. */
  const tabTo = async (wanted: import('@playwright/test').Locator, key = 'Tab') => {
    for (let presses = 0; presses < 200; presses++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press(key);
    }
    throw new Error('The focus never came there');
  };
  await tabTo(page.getByRole('link', { name: 'Skip to the text' }));
  await page.keyboard.press('Enter');
  await awake(lab);
  await tabTo(lab.getByRole('radio', { name: 'Black-hole Bo’s cable' }));
  await page.keyboard.press('ArrowRight');
  await expect(lab.getByRole('radio', { name: 'Cut Bo’s cable' })).toBeChecked();
  await page.keyboard.press('ArrowLeft');
  await tabTo(lab.getByRole('radio', { name: '0', exact: true }));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await expect(lab.getByRole('radio', { name: '1', exact: true })).toBeChecked();
  await tabTo(lab.getByRole('button', { name: 'Run it' }));
  await page.keyboard.press('Enter');
  await expect(lab.getByText('As you said')).toBeVisible();

  const lost = arrows(lab).and(page.locator('[aria-pressed=true]'));
  await tabTo(lost);
  await page.keyboard.press('Home');
  await expect(focused).toHaveAccessibleName(/chat "one", Ada to Server/i);
  await page.keyboard.press('Enter');
  await expect(lab.getByText(/Chosen:.*"one"/)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(focused).toHaveAccessibleName(/"one", Server to/i);
});

test('on a phone the lab stacks, keeps its text readable, and fits', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(LESSON);
  const lab = labNamed(page, TITLE);
  await run(lab, { choose: 'Black-hole Bo’s cable', guess: ['1'] });
  await expect(tally(lab)).toContainText('1 lost');
  expect(await scrollsSideways(page)).toBe(false);
  const drawing = lab.locator('svg.seq:visible').first();
  const sizes = await drawing.evaluate((svg) => {
    const scale = svg.getBoundingClientRect().width / (svg as SVGSVGElement).viewBox.baseVal.width;
    return [...svg.querySelectorAll('text')].map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale);
  });
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  await arrows(lab).filter({ hasText: 'two' }).first().click();
  await expect(lab.getByText(/Chosen:.*"two"/)).toBeVisible();
});

test('with reduced motion nothing moves by itself, and a replay goes by steps', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(LESSON);
  const lab = labNamed(page, TITLE);
  await run(lab, { choose: 'Cut Bo’s cable', guess: ['1'] });
  const moving = await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  expect(moving).toBe(0);
  const time = lab.getByRole('slider', { name: 'Time shown' });
  await time.fill('0');
  const shown = await lab.getByRole('button', { name: 'Play', exact: true }).evaluate(async (button) => {
    const slider = button.closest('.replay')?.querySelector('input');
    if (!slider) throw new Error('no slider');
    const values = new Set<string>();
    (button as HTMLButtonElement).click();
    while (values.size < 3) {
      await new Promise(requestAnimationFrame);
      values.add(slider.value);
    }
    return [...values].map(Number);
  });
  // A smooth replay would show a value in every frame, 16 ms apart.
  const gaps = shown.slice(1).map((value, index) => value - (shown[index] ?? 0));
  expect(Math.max(...gaps)).toBeGreaterThanOrEqual(100);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a lesson can be read, its recorded run and its table too', async ({ page }) => {
    await page.goto(LESSON);
    await expect(page.getByRole('heading', { level: 1, name: 'Disconnected is normal' })).toBeVisible();
    const lab = labNamed(page, TITLE);
    await expect(lab.getByText('Without it, here is a recorded run.')).toBeVisible();
    await expect(lab.locator('svg.seq:visible').first()).toBeVisible();
    await expect(lab.getByRole('button', { name: 'Run it' })).toBeHidden();
    await lab.getByText(/^The same run as a table/).click();
    await expect(lab.getByRole('row').filter({ hasText: 'lost' }).first()).toBeVisible();
    await expect(paneOf(lab, 'server')).toBeVisible();
  });

  test('every question stands there with its options', async ({ page }) => {
    await page.goto('/lessons/emit/');
    await expect(page.getByRole('heading', { name: 'Do you still have it?' })).toBeVisible();
    await expect(page.getByRole('radio').first()).toBeVisible();
  });
});
