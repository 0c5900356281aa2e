/** Labs as a lesson opens them: a real companion server, real clients, and the run's own script. */
import { readFileSync } from 'node:fs';
import { companionHost } from '#lab/companion.ts';
import type { Lab } from '#lab/lab.ts';
import { truthOf } from '#lab/prediction.ts';
import type { Run, Scenario } from '#lab/scenario.ts';
import { assemble } from '#trace/assemble.ts';
import { fateKinds, messagesOf, tally } from '#trace/fates.ts';
import type { Logs } from '#trace/records.ts';
import type { Trace } from '#trace/trace.ts';
import { type RunningApp, startApp } from '../../server/app.fixture.ts';
import { contradictionsIn } from './conversation.fixture.ts';
import { SCENARIOS } from './index.ts';

/** One-way delay of each link, milliseconds: enough for a packet to be under way when something happens. */
const DELAY_MS = 40;

export type Live = {
  readonly app: RunningApp;
  /** Opens a lab with clients that are connected, and begins. */
  open(scenario: Scenario): Promise<Lab>;
  /** Opens a lab and plays one run to its end. The lab stays open. */
  play(scenario: Scenario, runId: string): Promise<Lab>;
  /** Plays every run of a scenario side by side. */
  playAll(scenario: Scenario): Promise<ReadonlyMap<string, Lab>>;
  close(): Promise<void>;
};

export const runOf = (scenario: Scenario, id: string): Run => {
  const run = scenario.runs.find((one) => one.id === id);
  if (!run) throw new Error(`${scenario.id} has no run ${id}`);
  return run;
};

/** A server with the scenarios of the site, and what a test adds. */
export async function goLive(more: readonly Scenario[] = []): Promise<Live> {
  const app = await startApp({ scenarios: [...SCENARIOS, ...more] });
  const endings: (() => Promise<void>)[] = [];

  async function open(scenario: Scenario): Promise<Lab> {
    const host = companionHost(app.url);
    const opened = await host.open(scenario);
    if (!opened.ok) throw new Error(`${scenario.id}: ${opened.why}`);
    endings.push(async () => {
      await opened.value.close();
      host.leave();
    });
    opened.value.setDelay(DELAY_MS);
    opened.value.begin();
    return opened.value;
  }

  async function play(scenario: Scenario, runId: string): Promise<Lab> {
    const lab = await open(scenario);
    await runOf(scenario, runId).play(lab.stage());
    return lab;
  }

  return {
    app,
    open,
    play,
    playAll: async (scenario) => new Map(await Promise.all(scenario.runs.map(async ({ id }) => [id, await play(scenario, id)] as const))),
    async close() {
      await Promise.all(endings.map((end) => end()));
      await app.close();
    },
  };
}

export const traceOf = (lab: Lab): Trace => assemble(lab.logs());

/** The recording that a lesson shows of a run. */
export const recordingOf = (scenario: Scenario, runId: string): Logs =>
  JSON.parse(readFileSync(new URL(`../recordings/${scenario.id}.${runId}.json`, import.meta.url), 'utf8'));

/** What is wrong with logs that no run may ever show; empty when they are sound. */
export function unsoundIn(logs: Logs, run: Run): readonly string[] {
  const trace = assemble(logs);
  const messages = messagesOf(trace);
  const sums = trace.lanes.flatMap(({ id }) =>
    [...new Set(messages.flatMap(({ event }) => event?.name ?? []))].map((event) => tally(trace, { event, to: id })),
  );
  const truth = truthOf(run.predict, trace);
  const isOffered =
    (truth.kind === 'count' && run.predict.kind === 'count' && run.predict.choices.includes(truth.count)) ||
    (truth.kind === 'choice' && run.predict.kind === 'choice' && run.predict.choices.some(({ id }) => id === truth.id)) ||
    truth.kind === 'recipients';
  return [
    ...contradictionsIn(logs),
    ...sums
      .filter(({ meant, counts }) => fateKinds().reduce((sum, kind) => sum + counts[kind], 0) !== meant)
      .map(({ to, meant }) => `the fates of ${meant} messages for ${to} do not add up`),
    ...messages
      .filter(({ fate, sentAt }) => fate.kind === 'delivered' && fate.at < sentAt)
      .map(({ label }) => `${label} arrived before it left`),
    ...logs.server.filter(([kind]) => kind === 'trouble').map((record) => `trouble: ${record.join(' ')}`),
    ...(isOffered ? [] : [`what happened is none of the choices: ${JSON.stringify(truth)}`]),
  ];
}
