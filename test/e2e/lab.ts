/** What a learner does in a lab, in words. */
import { expect, type Locator, type Page } from '@playwright/test';

/** The lab with this title, from its heading to its last line. */
export const labNamed = (page: Page, title: string): Locator => page.getByRole('region', { name: `Lab: ${title}`, exact: true });

/** Brings a lab into sight, and resolves when it is awake: until then it is a picture of itself. */
export async function awake(lab: Locator): Promise<void> {
  await lab.scrollIntoViewIfNeeded();
  await expect(lab.locator('xpath=ancestor::astro-island')).not.toHaveAttribute('ssr');
}

export type Experiment = {
  /** The experiment to choose; left out, the one that is offered. */
  readonly choose?: string;
  /** What to expect beforehand; left out, the guess is skipped. */
  readonly guess?: readonly string[];
};

/** Chooses, guesses, runs, and resolves when the lab has said what happened. */
export async function run(lab: Locator, { choose, guess = [] }: Experiment): Promise<void> {
  await awake(lab);
  if (choose) await lab.getByRole('radio', { name: choose, exact: true }).check();
  for (const expected of guess) await lab.getByLabel(expected, { exact: true }).check();
  await lab.getByRole('button', { name: guess.length > 0 ? 'Run it' : 'Skip the guess and run', exact: true }).click();
  await expect(lab.getByText('What happened').or(lab.getByText('As you said'))).toBeVisible();
}

/** The list of what became of the messages. */
export const tally = (lab: Locator): Locator => lab.getByRole('list', { name: /^What became of the messages/ });

/** The pane of a client, or of the server, that is seen. */
export const paneOf = (lab: Locator, who: string): Locator => lab.locator(`.pane-${who}:visible`);

/** The arrows of the drawing that is shown, in order of time. */
export const arrows = (lab: Locator): Locator => lab.locator('svg.seq:visible').getByRole('button');

/** Whether something reaches beyond the right edge of the window. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
