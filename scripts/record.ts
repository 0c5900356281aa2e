/**
 * Plays every run of every scenario on a real server with real clients, and writes down what happened: the recordings
 * that a lesson shows before and without a server. Usage: `npm run record`, or `npm run record emit broadcast`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { SCENARIOS } from '#content/scenarios/index.ts';
import { companionHost } from '#lab/companion.ts';
import type { Run, Scenario } from '#lab/scenario.ts';
import type { Logs } from '#trace/records.ts';
import { createApp } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { createLog } from '../server/log.ts';
import { anonymised } from './recording.ts';

const FOLDER = new URL('../content/recordings/', import.meta.url);
/** As in the page: slow enough for an arrow to slant, milliseconds. */
const DELAY_MS = 250;

async function play(url: string, scenario: Scenario, run: Run): Promise<Logs> {
  const host = companionHost(url);
  const opened = await host.open(scenario);
  if (!opened.ok) throw new Error(`${scenario.id}: ${opened.why}`);
  const lab = opened.value;
  lab.setDelay(DELAY_MS);
  lab.begin();
  await run.play(lab.stage());
  const logs = structuredClone(lab.logs());
  await lab.close();
  host.leave();
  return logs;
}

const parsed = readConfig({ PORT: '0', LOG_LEVEL: 'silent' }, []);
if (!parsed.ok) throw new Error(parsed.message);
const app = createApp({ config: parsed.config, scenarios: SCENARIOS, log: createLog('silent') });
const { port } = await app.start();
const wanted = process.argv.slice(2);

await mkdir(FOLDER, { recursive: true });
for (const scenario of SCENARIOS.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  for (const run of scenario.runs) {
    const logs = anonymised(await play(`http://127.0.0.1:${port}`, scenario, run));
    await writeFile(new URL(`${scenario.id}.${run.id}.json`, FOLDER), `${JSON.stringify(logs)}\n`);
    console.log(`${scenario.id}.${run.id}`);
  }
}
await app.stop();
