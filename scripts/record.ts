/**
 * Plays every run of every scenario on a real server with real clients, and goes through every bench of sockets, and writes
 * down what happened: the recordings that a lesson shows before and without a server. Usage: `npm run record`, or
 * `npm run record emit three-connections`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { BENCHES } from '#content/benches/index.ts';
import { SCENARIOS } from '#content/scenarios/index.ts';
import { companionHost } from '#lab/companion.ts';
import type { Run, Scenario } from '#lab/scenario.ts';
import { companionBenches } from '#lab/sockets/companion.ts';
import type { BenchRecording, BenchScript } from '#lab/sockets/script.ts';
import type { Logs } from '#trace/records.ts';
import { createApp } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { createLog } from '../server/log.ts';
import { recordCalls } from './bench-calls.ts';
import { anonymised, fromZero } from './recording.ts';

const FOLDER = new URL('../content/recordings/', import.meta.url);
/** As in the page: slow enough for an arrow to slant, milliseconds. */
const DELAY_MS = 250;
/** Between two steps on a bench, so that the drawing can be read. Milliseconds. */
const PACE_MS = 500;

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

async function walk(url: string, script: BenchScript): Promise<BenchRecording> {
  const { acts, path } = script;
  const host = companionBenches(url);
  const opened = await host.open();
  if (!opened.ok) throw new Error(opened.why);
  const bench = opened.value;
  for (const id of path) {
    const act = acts.find((one) => one.id === id);
    const done = act && (await bench.step(act.step));
    if (!done?.ok) throw new Error(`${id}: ${done?.why ?? 'there is no such act'}`);
    await new Promise((resolve) => setTimeout(resolve, PACE_MS));
  }
  const records = fromZero(bench.records());
  await bench.close();
  host.leave();
  return { acts: path, records, calls: recordCalls(script) };
}

const parsed = readConfig({ PORT: '0', LOG_LEVEL: 'silent' }, []);
if (!parsed.ok) throw new Error(parsed.message);
const app = createApp({ config: parsed.config, scenarios: SCENARIOS, log: createLog('silent') });
const { port } = await app.start();
const wanted = process.argv.slice(2);
const isWanted = ({ id }: { readonly id: string }) => wanted.length === 0 || wanted.includes(id);
const origin = `http://127.0.0.1:${port}`;

await mkdir(new URL('benches/', FOLDER), { recursive: true });
for (const scenario of SCENARIOS.filter(isWanted)) {
  for (const run of scenario.runs) {
    const logs = anonymised(await play(origin, scenario, run));
    await writeFile(new URL(`${scenario.id}.${run.id}.json`, FOLDER), `${JSON.stringify(logs)}\n`);
    console.log(`${scenario.id}.${run.id}`);
  }
}
for (const script of BENCHES.filter(isWanted)) {
  await writeFile(new URL(`benches/${script.id}.json`, FOLDER), `${JSON.stringify(await walk(origin, script))}\n`);
  console.log(`benches/${script.id}`);
}
await app.stop();
