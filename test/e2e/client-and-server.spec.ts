/** The request board: who opens, and who speaks. */
import { labNamed, paneOf, run } from './lab.ts';
import { expect, test } from './site.ts';

test('before the client connects, nobody can send to it; afterwards both may begin', async ({ page }) => {
  await page.goto('/lessons/client-and-server/');
  const lab = labNamed(page, 'Who opens, and who speaks');
  await run(lab, { choose: 'The server speaks too early', guess: ['Nothing: there is nobody to send it to'] });
  await expect(lab.getByText('As you said')).toBeVisible();
  await expect(lab.getByRole('group', { name: /^Sequence diagram/ })).toContainText('Nobody is connected');
  await expect(paneOf(lab, 'ada')).not.toContainText('rain');

  // The same act, now that there is a connection.
  await lab.getByRole('button', { name: 'Server: tell the news' }).click();
  await expect(paneOf(lab, 'ada')).toContainText('rain');
  await lab.getByRole('button', { name: 'Ada: ask' }).click();
  await expect(paneOf(lab, 'ada')).toContainText('yes');

  await lab.getByRole('button', { name: 'Choose another experiment' }).click();
  await run(lab, { choose: 'The server speaks first', guess: ['No: a server only answers'] });
  await expect(lab.getByText('Yes, on the connection that she opened', { exact: true })).toBeVisible();
  await lab.getByRole('button', { name: /^Try:/ }).click();
  await run(lab, { choose: 'Both at once', guess: ['Nobody: the two messages pass each other'] });
  await expect(lab.getByText('As you said')).toBeVisible();
});
