/** Real sockets, opened from a page: the table, its steps, and what stands in for it. */
import { test as base, type Locator, type Page } from '@playwright/test';
import { findings } from './findings.ts';
import { arrows, awake, labNamed, scrollsSideways } from './lab.ts';
import { expect, startSite, stopSite, test, watch } from './site.ts';

const LESSON = '/lessons/sockets/';
const TITLE = 'Three connections, one port';

async function begin(page: Page, { title = TITLE, guess }: { readonly title?: string; readonly guess?: string } = {}): Promise<Locator> {
  const lab = labNamed(page, title);
  await awake(lab);
  if (guess) await lab.getByLabel(guess, { exact: true }).check();
  const first = title === TITLE ? 'Open a listening socket' : 'Open a socket for Cy';
  await lab.getByRole('button', { name: guess ? first : 'Skip the guess and begin', exact: true }).click();
  return lab;
}
const press = (lab: Locator, name: string): Promise<void> => lab.getByRole('button', { name, exact: true }).first().click();
/** The lines of the table that is seen: whose, descriptor, protocol, own end, other end, state. */
const line = (lab: Locator, socket: string): Locator => lab.locator(`.sockets:visible tr[data-socket="${socket}"]`);
const cell = async (lab: Locator, socket: string, column: number): Promise<string> =>
  (await line(lab, socket).getByRole('cell').nth(column).innerText()).replaceAll(/\s/g, '');

test('three connections have one port at the server, and each is a pair of ends', async ({ page }) => {
  await page.goto(LESSON);
  const lab = await begin(page, { guess: 'Three: one for each client' });
  for (const who of ['Ada', 'Bo', 'Cy']) await press(lab, `Connect ${who}`);
  await expect(line(lab, 'server/cy')).toContainText('connected');
  const own = await cell(lab, 'server', 2);
  expect(own).toMatch(/^127\.0\.0\.1:\d+$/);
  for (const who of ['ada', 'bo', 'cy']) {
    expect([await cell(lab, `server/${who}`, 2), await cell(lab, who, 3)]).toEqual([own, own]);
    expect(await cell(lab, `server/${who}`, 3)).toBe(await cell(lab, who, 2));
  }
  await expect(lab.getByText('You said')).toBeVisible();
  await expect(lab.getByText('One, for all of them', { exact: true })).toBeVisible();
  await expect(lab.getByText('live', { exact: true }).first()).toBeVisible();
});

test('a connection is refused, bytes go to one end alone, and each end is closed by its own program', async ({ page }) => {
  await page.goto(LESSON);
  const lab = await begin(page);
  for (const who of ['Ada', 'Bo', 'Cy']) await press(lab, `Connect ${who}`);
  await press(lab, 'Connect Dee to a port where nobody waits');
  await expect(line(lab, 'dee')).toContainText('refused');
  await expect(lab.getByRole('status')).toContainText('connection refused');
  await expect(lab.getByText('A SYN came to the port. No socket waits there')).toBeVisible();
  await press(lab, 'Connect Dee to Ada’s port');
  await expect(lab.getByRole('status')).toContainText('is in use');

  await lab.getByRole('textbox', { name: 'Send as Ada' }).fill('good morning');
  await lab.getByRole('textbox', { name: 'Send as Ada' }).press('Enter');
  await expect(lab.getByRole('status')).toContainText('12 bytes went from port');
  await expect(lab.getByText('67 6f 6f 64')).toBeVisible();

  await press(lab, 'Close Ada’s socket');
  await expect(line(lab, 'server/ada')).toContainText('other end closed');
  await expect(line(lab, 'ada')).toContainText('closed');
  await press(lab, 'Close the listening socket');
  await expect(line(lab, 'bo')).toContainText('connected');
  await expect(lab.getByRole('status')).toContainText('waits for nobody any more');
  await expect(arrows(lab)).toHaveCount(7);

  await lab.getByText(/^The same run as a table/).click();
  await expect(lab.getByRole('row').filter({ hasText: 'turned away: no socket waits at that port' })).toHaveCount(2);
  await press(lab, 'Close all and start over');
  await expect(lab.getByText('No socket yet. The first step opens one.')).toBeVisible();
});

test('datagrams: one socket receives from two, without a connection', async ({ page }) => {
  await page.goto(LESSON);
  const lab = await begin(page, { title: 'Two senders, one socket', guess: 'One, for whoever writes' });
  for (const step of ['Open a socket for Ada', 'Open a socket for Bo', 'Send from Ada to Cy', 'Send from Bo to Cy']) await press(lab, step);
  await expect(lab.getByText('As you said')).toBeVisible();
  await expect(line(lab, 'cy')).toContainText('UDP');
  await expect(lab.locator('.sockets:visible tbody tr')).toHaveCount(3);
  await lab.getByText('The calls as the kernel got them').click();
  await expect(lab.getByText(/^recvmsg\(\d+, 127\.0\.0\.1:\d+, "hello from Bo"\) = 13$/)).toBeVisible();
});

test('the whole path can be walked with the keyboard alone, at 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(LESSON);
  const lab = labNamed(page, TITLE);
  await awake(lab);
  await lab.getByLabel('One, for all of them').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  for (let step = 1; step < 10; step++) {
    await expect(lab.locator('.calls:visible li')).toHaveCount(step);
    await expect(lab.locator('.controls .is-next')).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(lab.locator('.calls:visible li')).toHaveCount(10);
  await expect(lab.getByRole('status')).toContainText('waits for nobody any more');
  // The button is gone, the keyboard is not.
  await expect(lab.locator('.controls').getByRole('button').first()).toBeFocused();
  expect(await scrollsSideways(page)).toBe(false);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a table in use has no accessibility finding, in ${colorScheme}, wide and at 360 px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(LESSON);
    const lab = await begin(page, { guess: 'Three: one for each client' });
    for (const who of ['Ada', 'Bo', 'Cy']) await press(lab, `Connect ${who}`);
    await press(lab, 'Connect Dee to a port where nobody waits');
    await press(lab, 'Close Ada’s socket');
    await lab.getByText('The calls as the kernel got them').click();
    await expect(line(lab, 'server/ada')).toContainText('other end closed');
    expect(await findings(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await findings(page)).toEqual([]);
  });
}

base('when the server dies, what happened stays; and a recording is gone through until it is back', async ({ page }) => {
  const site = await startSite();
  const { host, port } = new URL(site.url);
  const gone = [/ERR_CONNECTION_REFUSED/, /ERR_SOCKET_NOT_CONNECTED/, /WebSocket connection to .* failed/, /ERR_CONNECTION_RESET/];
  const faults = watch(page, host, gone);
  await page.goto(new URL(LESSON, site.url).href);
  const lab = await begin(page);
  await press(lab, 'Connect Ada');
  await expect(line(lab, 'server/ada')).toContainText('connected');

  site.server.kill('SIGKILL');
  await expect(lab.getByText('The lab server does not answer any more. What happened until then stays here.')).toBeVisible();
  await expect(line(lab, 'server/ada')).toContainText('connected');
  await press(lab, 'Start over');
  await press(lab, 'Skip the guess and begin');
  await expect(lab.getByText('You can go through a recorded run of the same steps.')).toBeVisible();
  await expect(lab.getByText('recorded', { exact: true }).first()).toBeVisible();
  for (const who of ['Ada', 'Bo', 'Cy']) await press(lab, `Connect ${who}`);
  await expect(lab.getByText('What the table says')).toBeVisible();

  const again = await startSite({ PORT: port });
  await press(lab, 'Try again live');
  await expect(lab.getByText('live', { exact: true }).first()).toBeVisible();
  await expect(lab.locator('.calls:visible li')).toHaveCount(1);
  await stopSite(again);
  await expect(lab.getByText(/is being stopped, and has closed these sockets/)).toBeVisible();
  expect(faults).toEqual([]);
});

base('without JavaScript, the recorded run is there', async ({ browser }) => {
  const site = await startSite();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL(LESSON, site.url).href);
  const lab = labNamed(page, TITLE);
  await expect(lab.getByText('Without it, here is a recorded run.')).toBeVisible();
  await expect(lab.locator('tr[data-socket="dee"]:visible')).toContainText('refused');
  await expect(lab.getByRole('group', { name: /^Sequence diagram/ })).toBeVisible();
  await context.close();
  await stopSite(site);
});
