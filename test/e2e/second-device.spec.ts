import { awake, labNamed, paneOf, run } from './lab.ts';
import { expect, test, watch } from './site.ts';

test('a second device joins the same lab by its link, as one client more', async ({ page, browser, site }) => {
  await page.goto('/lessons/disconnected-is-normal/');
  const lab = labNamed(page, 'Lose Bo in the middle of a chat');
  await run(lab, { choose: 'Let Bo say goodbye', guess: ['1'] });
  await lab.getByRole('button', { name: 'Share link or QR code' }).click();
  await expect(lab.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await expect(lab.getByText('npm start -- --lan')).toBeVisible();
  const link = await lab.getByLabel('Whoever opens this link joins this lab, as one client more').inputValue();

  const device = await browser.newContext();
  const phone = await device.newPage();
  const faults = watch(phone, new URL(site.url).host);
  await phone.goto(link);
  const shared = labNamed(phone, 'Lose Bo in the middle of a chat');
  await awake(shared);
  await shared.getByRole('button', { name: 'Join the lab' }).click();
  await expect(paneOf(shared, 'dee')).toContainText('connected');
  await expect(paneOf(lab, 'dee')).toContainText('connected');

  // What Ada says on the first device arrives on the second, and both see whole arrows.
  await lab.getByLabel('Say something as Ada').fill('to the phone');
  await lab.getByLabel('Say something as Ada').press('Enter');
  await expect(paneOf(shared, 'dee')).toContainText('to the phone');
  await expect(paneOf(lab, 'dee')).toContainText('to the phone');

  // The first device goes, and its clients with it. The lab lives on while somebody watches.
  await page.close();
  await expect(paneOf(shared, 'server').locator('dd').first()).toHaveText('Dee');
  expect(faults).toEqual([]);
  await device.close();
});
