/** The three lessons, each through the page as a learner uses it. */
import { arrows, labNamed, paneOf, run, tally } from './lab.ts';
import { expect, test } from './site.ts';

test('emit: a callback is the answer that emit itself is not', async ({ page }) => {
  await page.goto('/lessons/emit/');
  const lab = labNamed(page, 'Emit, in both directions');
  await run(lab, { choose: 'Emit with a callback', guess: ['As soon as emit has returned'] });
  await expect(lab.getByText('When the callback runs', { exact: true })).toBeVisible();
  await expect(lab.getByText('emit returned before the packet had even arrived', { exact: false })).toBeVisible();
  // The arrow that says most is opened: the acknowledgement, with its id.
  await expect(lab.getByText('430["saved draft"]')).toBeVisible();
  await arrows(lab).filter({ hasText: 'save' }).first().click();
  await expect(lab.getByText('420["save","draft"]')).toBeVisible();
});

test('emit: an event said before the connection waits, and opens nothing', async ({ page }) => {
  await page.goto('/lessons/emit/');
  const lab = labNamed(page, 'Emit before there is a connection');
  await run(lab, { guess: ['They wait in Bo’s page until connect(), then leave in order'] });
  await expect(lab.getByText('As you said')).toBeVisible();
  await expect(tally(lab)).toContainText('2 for the server');
  await expect(tally(lab)).toContainText('2 delivered');
});

test('broadcast: the trace answers who receives it', async ({ page }) => {
  await page.goto('/lessons/broadcast/');
  const lab = labNamed(page, 'Who gets it?');
  await run(lab, { choose: "socket.to('red').emit", guess: ['Ada', 'Bo'] });
  const verdict = lab.locator('.verdict');
  await expect(verdict).toContainText('Ada, Bo');
  await expect(verdict.locator('b').last()).toHaveText('Bo');
  await expect(paneOf(lab, 'bo')).toContainText('hi');
  await expect(paneOf(lab, 'server')).toContainText('red');

  await lab.getByRole('button', { name: /^Try:/ }).click();
  await run(lab, { choose: "io.of('/admin').emit", guess: ['Dee'] });
  await expect(lab.getByText('As you said')).toBeVisible();
});

test('broadcast: the forgotten room is found, and mended', async ({ page }) => {
  await page.goto('/lessons/broadcast/');
  const broken = labNamed(page, 'Find the forgotten room');
  await run(broken, { guess: ['2'] });
  await expect(tally(broken)).toContainText('1 for Bo');
  const mended = labNamed(page, 'The room, remembered');
  await run(mended, { guess: ['2'] });
  await expect(mended.getByText('As you said')).toBeVisible();
});

test('disconnected is normal: one message is delivered, one dies on the wire, one is never sent', async ({ page }) => {
  await page.goto('/lessons/disconnected-is-normal/');
  const lab = labNamed(page, 'Lose Bo in the middle of a chat');
  await run(lab, { choose: 'Black-hole Bo’s cable', guess: ['3'] });
  const sum = tally(lab);
  await expect(sum).toContainText('3 for Bo');
  await expect(sum).toContainText('1 delivered');
  await expect(sum).toContainText('1 lost');
  await expect(sum).toContainText('1 never sent');
  await expect(lab.locator('.verdict')).toContainText('two died on the wire');
  await expect(lab.getByText(/Chosen:.*lost/)).toBeVisible();
  await expect(lab.getByText('42["chat","two"]').first()).toBeVisible();
  await expect(paneOf(lab, 'bo')).toContainText('offline');

  // Back again: he is connected, and what was missed does not come.
  await lab.getByRole('button', { name: /^Bring Bo back/ }).click();
  await expect(paneOf(lab, 'bo')).toContainText('connected');
  await expect(paneOf(lab, 'server')).toContainText('Bo');
  await lab.getByLabel('Say something as Ada').fill('four');
  await lab.getByLabel('Say something as Ada').press('Enter');
  await expect(paneOf(lab, 'bo').locator('dd.mono').last()).toHaveText('one four');
});

test('disconnected is normal: the server is crashed, and started again with an empty memory', async ({ page }) => {
  await page.goto('/lessons/disconnected-is-normal/');
  const lab = labNamed(page, 'Lose Bo in the middle of a chat');
  await run(lab, { choose: 'Let Bo say goodbye', guess: ['1'] });
  await lab.getByRole('button', { name: /^Crash the server/ }).click();
  await expect(paneOf(lab, 'server')).toContainText('crashed');
  await expect(paneOf(lab, 'ada')).toContainText('offline');
  await lab.getByRole('button', { name: /^Start the server again/ }).click();
  await expect(paneOf(lab, 'server')).toContainText('running');
  await expect(paneOf(lab, 'ada').getByText('connected', { exact: true })).toBeVisible();
});

test('a run is replayed: stepped back, stepped, scrubbed', async ({ page }) => {
  await page.goto('/lessons/disconnected-is-normal/');
  const lab = labNamed(page, 'Lose Bo in the middle of a chat');
  await run(lab, { choose: 'Cut Bo’s cable' });
  const all = await arrows(lab).count();
  const time = lab.getByRole('slider', { name: 'Time shown' });
  await time.fill('0');
  await expect(paneOf(lab, 'bo')).toContainText('connected');
  expect(await arrows(lab).count()).toBeLessThan(all);
  await lab.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(time).not.toHaveValue('0');
  await lab.getByRole('button', { name: 'Step back', exact: true }).click();
  await expect(time).toHaveValue('0');
  await lab.getByText(/^The same run as a table/).click();
  await expect(lab.getByRole('row').filter({ hasText: 'never sent' }).first()).toBeVisible();
});
