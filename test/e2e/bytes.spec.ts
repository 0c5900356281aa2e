/** The byte explorer and the capture viewer, as a learner uses them. */
import { writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { findings } from './findings.ts';
import { scrollsSideways } from './lab.ts';
import { expect, test } from './site.ts';

async function widgetOf(page: Page, lesson: string, name: string): Promise<Locator> {
  await page.goto(`/lessons/${lesson}/`);
  const widget = page.getByRole('region', { name, exact: true });
  await widget.scrollIntoViewIfNeeded();
  await widget.locator('xpath=ancestor::astro-island[not(@ssr)]').waitFor();
  return widget;
}
const explorerIn = (page: Page) => widgetOf(page, 'encapsulation', 'Byte explorer');
const viewerIn = (page: Page) => widgetOf(page, 'reading-a-capture', 'Capture viewer');

test.describe('the byte explorer', () => {
  test('wraps a message after a guess, and says how large it became', async ({ page }) => {
    const explorer = await explorerIn(page);
    await explorer.getByLabel('Your message').fill('hello');
    await expect(explorer.getByRole('button', { name: 'Wrap it' })).toBeDisabled();
    await explorer.getByLabel('5 bytes', { exact: true }).check();
    await explorer.getByRole('button', { name: 'Wrap it' }).click();
    await expect(explorer.locator('.outcome')).toHaveText(/You said 5\. 78 bytes leave the computer/);
  });

  test('is used by keyboard alone: a field is changed, the checksum told, the frame stopped', async ({ page }) => {
    const explorer = await explorerIn(page);
    await explorer.getByRole('button', { name: 'Skip the guess' }).press('Enter');
    const tree = explorer.getByRole('tree');
    await tree.getByRole('treeitem', { name: 'Internet Protocol Version 4' }).focus();
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowDown');
    await expect(tree.getByRole('treeitem', { name: /Time to Live/ })).toBeFocused();
    await explorer.getByLabel('Write another value').fill('1');
    await page.keyboard.press('Enter');
    await expect(explorer.getByRole('status').filter({ hasText: 'Time to Live is now 1 hop' })).toContainText(
      'Header Checksum ought to be 0x7d67',
    );
    await explorer.getByRole('button', { name: 'Send it to the server' }).press('Enter');
    await expect(explorer.getByText('It did not arrive: the router stopped it.')).toBeVisible();
    await explorer.getByRole('button', { name: 'Repair length and checksums' }).press('Enter');
    await explorer.getByRole('button', { name: 'Send it to the server' }).press('Enter');
    await expect(explorer.getByText('ICMP “time exceeded”')).toBeVisible();
  });

  test('lights up bytes for a field and the field for a byte, and takes hex digits', async ({ page }) => {
    const explorer = await explorerIn(page);
    await explorer.getByRole('button', { name: 'Skip the guess' }).click();
    await explorer.locator('[data-byte="23"]').click();
    await expect(explorer.getByRole('treeitem', { selected: true })).toContainText('Protocol 6');
    await page.keyboard.type('11');
    await expect(explorer.getByText('Protocol is now').or(explorer.getByText('Byte 23 is now 11'))).toBeVisible();
    await expect(explorer.locator('[data-byte="24"]')).toBeFocused();
    await explorer.getByRole('treeitem', { name: /Source Address/ }).click();
    await expect(explorer.locator('.byte.is-chosen')).toHaveCount(4);
  });

  test('refuses a value that does not fit, says what would, and loses nothing', async ({ page }) => {
    const explorer = await explorerIn(page);
    await explorer.getByRole('button', { name: 'Skip the guess' }).click();
    await explorer.locator('[data-byte="22"]').click();
    await explorer.getByLabel('Write another value').fill('soon');
    await explorer.getByRole('button', { name: 'Set', exact: true }).click();
    await expect(explorer.getByRole('alert')).toContainText('a whole number from 0 to 255');
    await expect(explorer.getByLabel('Write another value')).toHaveValue('soon');
  });

  test('decodes what is pasted, and says what to do with what it cannot read', async ({ page }) => {
    const explorer = await explorerIn(page);
    await explorer.getByRole('button', { name: 'Decode bytes of yours' }).click();
    await explorer.getByLabel('Bytes in hex, or a packet’s text').fill('hello');
    await explorer.getByRole('button', { name: 'Decode it' }).click();
    await expect(explorer.getByText('This is neither hex nor')).toBeVisible();
    await explorer.getByLabel('Bytes in hex, or a packet’s text').fill('42["chat","hi"]');
    await explorer.getByRole('button', { name: 'Decode it' }).click();
    await expect(explorer.getByText('This is probably the text of an Engine.IO packet')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('has no accessibility finding after use, and fits 360 px', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const explorer = await explorerIn(page);
    await explorer.getByRole('button', { name: 'Skip the guess' }).click();
    await explorer.locator('[data-byte="22"]').click();
    await explorer.getByRole('button', { name: 'Send it to the server' }).click();
    await expect(explorer.getByText('It arrived: the server’s program hears chat, with "hi".')).toBeVisible();
    expect(await scrollsSideways(page)).toBe(false);
    expect(await findings(page)).toEqual([]);
  });
});

test.describe('the capture viewer', () => {
  test('asks first, then opens packets in a worker', async ({ page }) => {
    const viewer = await viewerIn(page);
    await viewer.getByLabel('4', { exact: true }).check();
    await viewer.getByRole('button', { name: 'Show the packets' }).click();
    await expect(viewer.getByText('You said 4: 14 packets.')).toBeVisible();
    await expect(viewer.getByRole('region', { name: 'Packet 1', exact: true })).toContainText('Address Resolution Protocol');
  });

  test('is used by keyboard: the list moves, the filter narrows, a stream is followed', async ({ page }) => {
    const viewer = await viewerIn(page);
    await viewer.getByRole('button', { name: 'Skip the guess' }).press('Enter');
    const list = viewer.getByRole('listbox', { name: 'Packets of the capture' });
    await list.focus();
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowDown');
    await expect(viewer.getByRole('heading', { name: /^Packet 6: GET/ })).toBeVisible();
    await viewer.getByRole('combobox', { name: 'Protocol' }).selectOption('HTTP');
    await expect(viewer.getByText('2 of 14 packets fit the filter')).toBeVisible();
    await viewer.getByRole('button', { name: 'Follow stream 0' }).press('Enter');
    await expect(viewer.getByText('2 messages of HTTP in 12 packets.')).toBeVisible();
    await viewer.getByRole('textbox', { name: 'Port' }).fill('http');
    await expect(viewer.getByText('A port is a number from 0 to 65535.')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('draws the listed packets, and an arrow opens its packet', async ({ page }) => {
    const viewer = await viewerIn(page);
    await viewer.getByRole('button', { name: 'Skip the guess' }).click();
    await expect(viewer.getByText('14 packets', { exact: true })).toBeVisible();
    await viewer.getByText('Draw the listed packets').click();
    await viewer
      .getByRole('button', { name: /GET \/hello/ })
      .first()
      .press('Enter');
    await expect(viewer.getByRole('heading', { name: /^Packet 6: GET/ })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('opens a file of the learner’s, sends it nowhere, and says when it is none', async ({ page }, testInfo) => {
    const viewer = await viewerIn(page);
    await viewer.getByRole('button', { name: 'Skip the guess' }).click();
    await expect(viewer.getByText('14 packets', { exact: true })).toBeVisible();
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') posts.push(request.url());
    });
    await viewer.getByLabel('Open a file of yours').setInputFiles('content/captures/udp-fragments.pcap');
    await expect(viewer.getByText('8 packets', { exact: true })).toBeVisible();
    const odd = testInfo.outputPath('odd.pcap');
    writeFileSync(odd, 'I am no capture, though my name says so.');
    await viewer.getByLabel('Open a file of yours').setInputFiles(odd);
    await expect(viewer.getByText('This is no capture')).toBeVisible();
    expect(posts).toEqual([]);
  });

  test('says that a shipped capture cannot be had, and lets one be tried again', async ({ page, allowed }) => {
    allowed.push(/Failed to load resource|ERR_/);
    const viewer = await viewerIn(page);
    await viewer.getByRole('button', { name: 'Skip the guess' }).click();
    await expect(viewer.getByText('14 packets', { exact: true })).toBeVisible();
    await page.context().setOffline(true);
    await viewer.getByLabel('Capture', { exact: true }).selectOption('udp-fragments.pcap');
    await expect(viewer.getByText('This capture could not be fetched.')).toBeVisible();
    await page.context().setOffline(false);
    await viewer.getByLabel('Capture', { exact: true }).selectOption('closed-ports.pcap');
    await expect(viewer.getByText('7 packets', { exact: true })).toBeVisible();
  });

  test('fits 360 px with a packet open', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const viewer = await viewerIn(page);
    await viewer.getByRole('button', { name: 'Skip the guess' }).click();
    await viewer.getByRole('button', { name: 'Packet 8' }).click();
    await expect(viewer.getByRole('region', { name: 'Packet 8', exact: true })).toBeVisible();
    expect(await scrollsSideways(page)).toBe(false);
    expect(await findings(page)).toEqual([]);
  });

  test('shows the packets of the first capture without a script', async ({ browser, site }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.url}/lessons/reading-a-capture/`);
    await page.getByText('See the packets first').click();
    await page.getByText('The same packets as a table').first().click();
    await expect(page.getByRole('cell', { name: /GET \/hello/ }).first()).toBeVisible();
    await context.close();
  });
});
