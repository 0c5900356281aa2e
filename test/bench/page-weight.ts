/**
 * Weight of each page before it is used: compressed bytes of the bodies that the server sends to a browser that takes
 * brotli, split by kind. Scripts of islands that load on sight count, since a reader sees the lab before using it; they are
 * told apart. Headers do not count.
 */
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveSite } from '../../server/static.ts';
import { loadsOf, urlsOf } from './first-load.ts';
import { progress, type Row } from './measure.ts';
import { type Fetched, type Load, loader, withImports } from './served-files.ts';

const DIST = process.env['DIST'] ?? 'dist';
const GOAL_BYTES = 60_000;
/** What only Socket.IO's client says: the first is how Engine.IO's client sets its version, however it is minified. */
const SOCKET_IO_CLIENT = /\.EIO\s*=|xhr poll error/;

const weigh = (files: Iterable<Fetched>): number => [...files].reduce((sum, { bytes }) => sum + bytes, 0);
const loadAll = (urls: Iterable<string>, load: Load): Promise<Fetched[]> => Promise.all([...new Set(urls)].map(load));
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

type Weighed = { readonly row: Row; readonly page: string; readonly hasClient: boolean };

async function weighPage(page: string, load: Load): Promise<Weighed> {
  const document = await load(page);
  const wants = loadsOf(document.text);
  const styles = await loadAll(wants.styles, load);
  const fromStyles = styles.flatMap(({ text, url }) => urlsOf(text).map((path) => new URL(path, url).href));
  const scripts = await withImports(wants.scripts, load);
  const onSight = await withImports(wants.onSight, load, new Set(scripts.keys()));
  const parts = {
    HTML: document.bytes,
    CSS: weigh(styles),
    JS: weigh(scripts.values()),
    'JS on sight': weigh(onSight.values()),
    other: weigh(await loadAll([...wants.others, ...fromStyles], load)),
  };
  const total = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
  const row: Row = {
    what: `weight of ${page}`,
    ours: kilobytes(total),
    goal: `≤ ${kilobytes(GOAL_BYTES)}`,
    verdict: total <= GOAL_BYTES ? 'ok' : 'over',
    notes: Object.entries(parts)
      .map(([kind, bytes]) => `${kind} ${(bytes / 1000).toFixed(1)}`)
      .join(', '),
  };
  return { row, page, hasClient: [...scripts.values(), ...onSight.values()].some(({ text }) => SOCKET_IO_CLIENT.test(text)) };
}

function clientRow(pages: readonly Weighed[]): Row {
  const guilty = pages.filter(({ hasClient }) => hasClient).map(({ page }) => page);
  return {
    what: 'pages with Socket.IO’s client before use',
    ours: String(guilty.length),
    goal: '0',
    verdict: guilty.length === 0 ? 'ok' : 'over',
    notes: guilty.join(' ') || `of ${pages.length}`,
  };
}

const MISSING: Row = { what: 'weight of pages', goal: `≤ ${kilobytes(GOAL_BYTES)}`, notes: 'run npm run build first' };

export async function measurePageWeight(): Promise<Row[]> {
  const site = serveSite(DIST);
  if (!site) return [MISSING];
  progress('weight of pages');
  const http = createServer(site);
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const load = loader(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const files = globSync('**/*.html', { cwd: DIST, exclude: ['404.html'] }).sort();
  const pages: Weighed[] = [];
  for (const file of files) pages.push(await weighPage(`/${file.replace(/(?:index)?\.html$/, '')}`, load));
  http.closeAllConnections();
  http.close();
  return [...pages.map(({ row }) => row), clientRow(pages)];
}
