/** The companion server dies under a page, is not there at all, or comes back. */
import { test as base } from '@playwright/test';
import { labNamed, run, tally } from './lab.ts';
import { expect, startSite, stopSite, watch } from './site.ts';

const LESSON = '/lessons/disconnected-is-normal/';
const TITLE = 'Lose Bo in the middle of a chat';
/** What a browser itself says about a server that is gone. */
const GONE = [/ERR_CONNECTION_REFUSED/, /ERR_SOCKET_NOT_CONNECTED/, /WebSocket connection to .* failed/, /ERR_CONNECTION_RESET/];

base('a server that dies leaves the trace readable, and a lab of its own open again later', async ({ page }) => {
  const site = await startSite();
  const { host, port } = new URL(site.url);
  const faults = watch(page, host, GONE);
  await page.goto(new URL(LESSON, site.url).href);
  const lab = labNamed(page, TITLE);
  await run(lab, { choose: 'Let Bo say goodbye', guess: ['1'] });

  site.server.kill('SIGKILL');
  await expect(lab.getByText('The lab server does not answer any more. What happened until then stays here.')).toBeVisible();
  await expect(tally(lab)).toContainText('1 delivered');
  await expect(page.getByRole('heading', { name: 'Do you still have it?' })).toBeVisible();

  // Running again without a server: the recorded run, with its badge, and a way to try again.
  await lab.getByRole('button', { name: /^Choose another experiment/ }).click();
  await run(lab, { choose: 'Black-hole Bo’s cable', guess: ['3'] });
  await expect(lab.getByText('The lab server does not answer. This is a recorded run of the same steps.')).toBeVisible();
  await expect(lab.getByText('recorded', { exact: true }).first()).toBeVisible();
  await expect(lab.locator('.verdict')).toContainText('A recorded run.');
  await expect(tally(lab)).toContainText('1 lost');

  const again = await startSite({ PORT: port });
  await lab.getByRole('button', { name: /^Try again live/ }).click();
  await expect(lab.getByText('live', { exact: true }).first()).toBeVisible();
  await expect(tally(lab)).toContainText('1 lost');
  await stopSite(again);
  expect(faults).toEqual([]);
});

base('a server that stops politely says so', async ({ page }) => {
  const site = await startSite();
  await page.goto(new URL(LESSON, site.url).href);
  const lab = labNamed(page, TITLE);
  await run(lab, { choose: 'Let Bo say goodbye' });
  await stopSite(site);
  await expect(lab.getByText('The lab server is being stopped. What happened until then stays here.')).toBeVisible();
  await expect(lab.getByRole('button', { name: /^Open a new lab/ })).toBeVisible();
});
