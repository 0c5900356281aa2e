/** The byte explorer and the capture viewer, as a learner uses them. */
import { readFileSync, writeFileSync } from 'node:fs';
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

  test('keeps the focus where the pressed button was, when that is gone', async ({ page }) => {
    const explorer = await explorerIn(page);
    await explorer.getByRole('button', { name: 'Skip the guess' }).press('Enter');
    await expect(explorer.locator('.outcome')).toBeFocused();
    await explorer.locator('[data-byte="22"]').press('0');
    await page.keyboard.press('0');
    await explorer.getByRole('button', { name: 'Repair length and checksums' }).press('Enter');
    await expect(explorer.getByRole('button', { name: 'Send it to the server' })).toBeFocused();
    await explorer.getByRole('button', { name: 'Undo all edits' }).press('Enter');
    await expect(explorer.getByRole('button', { name: 'Send it to the server' })).toBeFocused();
    await explorer.getByRole('button', { name: 'Write another message' }).press('Enter');
    await expect(explorer.getByLabel('Your message')).toBeFocused();
  });

  test('shows on a phone what an edit has done, and how far the frame came', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const explorer = await explorerIn(page);
    await explorer.getByRole('button', { name: 'Skip the guess' }).click();
    await explorer.locator('[data-byte="22"]').click();
    await explorer.getByLabel('Write another value').fill('1');
    await explorer.getByRole('button', { name: 'Set', exact: true }).click();
    await expect(explorer.getByText('Time to Live is now 1 hop.')).toBeInViewport({ ratio: 1 });
    await explorer.getByRole('button', { name: 'Send it to the server' }).click();
    await expect(explorer.getByText('It did not arrive: the router stopped it.')).toBeInViewport({ ratio: 1 });
  });

  test('fetches what reads bytes when somebody is about to answer, and says so if it cannot', async ({ page, allowed }) => {
    allowed.push(/wrapped-view/, /Failed to load resource/);
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(request.url()));
    await page.route(/wrapped-view/, (route) => route.abort());
    const explorer = await explorerIn(page);
    expect(scripts.filter((url) => url.includes('wrapped-view'))).toEqual([]);
    await explorer.getByRole('button', { name: 'Skip the guess' }).click();
    await expect(explorer.getByText('This part could not be fetched.')).toBeVisible();
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

  test('brings what is opened into sight, with the focus on it', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const viewer = await viewerIn(page);
    await viewer.getByLabel('4', { exact: true }).check();
    await viewer.getByRole('button', { name: 'Show the packets' }).click();
    await expect(viewer.getByText('You said 4: 14 packets.')).toBeFocused();
    await expect(viewer.getByRole('heading', { name: /^Packet 1: / })).toBeVisible();
    await viewer.getByRole('button', { name: 'Packet 8', exact: true }).click();
    const heading = viewer.getByRole('heading', { name: /^Packet 8: / });
    await expect(heading).toBeFocused();
    await expect(heading).toBeInViewport({ ratio: 1 });
    await viewer.getByRole('button', { name: 'Follow stream 0' }).press('Enter');
    await expect(viewer.getByRole('heading', { name: /^Stream 0: / })).toBeFocused();
    await viewer.getByRole('button', { name: 'Close the stream' }).press('Enter');
    await expect(viewer.getByRole('button', { name: 'Follow stream 0' })).toBeFocused();
  });

  test('says so when no packet fits the filter', async ({ page }) => {
    const viewer = await viewerIn(page);
    await viewer.getByRole('button', { name: 'Skip the guess' }).click();
    await viewer.getByRole('textbox', { name: 'Address' }).fill('203.0.113.9');
    await expect(viewer.getByText('No packet fits.')).toBeVisible();
    await viewer.getByRole('button', { name: 'Show all' }).click();
    await expect(viewer.getByRole('listbox', { name: 'Packets of the capture' })).toBeVisible();
  });

  test('says so when its worker cannot be had, and goes on when it can', async ({ page, allowed }) => {
    allowed.push(/capture-worker/, /Failed to load resource/);
    await page.route(/capture-worker/, (route) => route.abort());
    const viewer = await viewerIn(page);
    await viewer.getByRole('button', { name: 'Skip the guess' }).click();
    await expect(viewer.getByText('The reader could not be started')).toBeInViewport({ ratio: 1 });
    expect(await findings(page)).toEqual([]);
    await page.unroute(/capture-worker/);
    await viewer.getByRole('combobox', { name: 'Capture' }).selectOption({ index: 0 });
    await expect(viewer.getByText('14 packets', { exact: true })).toBeVisible();
  });

  test('reads the first of several files that are dropped, and says so', async ({ page }) => {
    const viewer = await viewerIn(page);
    const hex = readFileSync('content/captures/udp-fragments.pcap', 'hex');
    await viewer.evaluate((element, text) => {
      const bytes = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      const dataTransfer = new DataTransfer();
      for (const name of ['one.pcap', 'two.pcap']) dataTransfer.items.add(new File([bytes], name));
      element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    }, hex);
    await expect(viewer.getByText('8 packets', { exact: true })).toBeVisible();
    await expect(viewer.getByText('this is the first of the 2 that were dropped')).toBeVisible();
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
