/**
 * The site as a learner gets it: `node server/main.ts` on a free port, as `npm start` runs it, over the
 * built pages. Every page that a test opens is watched: a console error, an unhandled rejection, a failed
 * request or a request to another host fails the test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test as base, expect, type Page } from '@playwright/test';

export type Site = { readonly url: string; readonly server: ChildProcess };

/** Starts the server and resolves with the address that it prints. */
export async function startSite(env: Record<string, string> = {}): Promise<Site> {
  const server = spawn(process.execPath, ['server/main.ts'], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  for await (const line of lines) {
    const url = /https?:\/\/[^\s/"]+/.exec(line)?.[0];
    if (url) return { url, server };
  }
  throw new Error('The server ended before it printed its address');
}

/** Ends a site that `startSite` started, and waits until it is gone. */
export async function stopSite({ server }: Site): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  await gone;
}

/** Collects what must not happen in a page. `allowed` names what the test itself provokes. */
export function watch(page: Page, host: string, allowed: readonly RegExp[] = []): string[] {
  const faults: string[] = [];
  const note = (text: string) => {
    if (!allowed.some((pattern) => pattern.test(text))) faults.push(text);
  };
  page.on('console', (message) => message.type() === 'error' && note(`console: ${message.text()}`));
  page.on('pageerror', (error) => note(`page error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.host !== host) note(`another host: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') note(`failed: ${request.url()} ${why}`);
  });
  return faults;
}

type Fixtures = { readonly allowed: RegExp[]; readonly faults: string[] };
type WorkerFixtures = { readonly site: Site };

/** `test` with a site for each worker, `baseURL` set to it, and every page watched. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its pattern.
    async ({}, use) => {
      const site = await startSite();
      await use(site);
      await stopSite(site);
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site.url),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  allowed: async ({}, use) => use([]),
  faults: [
    async ({ page, site, allowed }, use) => {
      const faults = watch(page, new URL(site.url).host, allowed);
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
