/** What the lessons say of sockets, played on real ones. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SocketBench } from '#lab/sockets/bench.ts';
import { canDo } from '#lab/sockets/can-do.ts';
import { companionBenches } from '#lab/sockets/companion.ts';
import type { BenchRecording, BenchScript, Seen } from '#lab/sockets/script.ts';
import { messagesOf } from '#trace/fates.ts';
import { assembleSockets } from '#trace/sockets/assemble.ts';
import { callsOf } from '#trace/sockets/calls.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';
import { socketRows } from '#trace/sockets/table.ts';
import { type RunningApp, startApp } from '../../server/app.fixture.ts';
import { BENCHES } from './index.ts';
import { threeConnections } from './three-connections.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const recordingOf = ({ id }: BenchScript): BenchRecording =>
  JSON.parse(readFileSync(new URL(`../recordings/benches/${id}.json`, import.meta.url), 'utf8'));

const actOf = ({ acts }: BenchScript, id: string) => {
  const act = acts.find((one) => one.id === id);
  if (!act) throw new Error(`there is no act ${id}`);
  return act;
};

function seen(records: readonly SocketRecord[], step: number): Seen {
  const rows = socketRows(records);
  return { rows, row: (name) => rows.find((row) => row.name === name), records: records.filter((record) => record.step === step) };
}

/** Resolves when the bench has told what `expected` looks for. */
const told = (bench: SocketBench, expected: (records: readonly SocketRecord[]) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!expected(bench.records())) return;
      stop();
      resolve();
    };
    const stop = bench.onChange(look);
    look();
  });

const kindsOf = (records: readonly SocketRecord[], step: number): readonly string[] =>
  records
    .filter((record) => record.step === step)
    .map(({ socket, kind }) => `${socket} ${kind}`)
    .toSorted();

type Walk = { readonly records: readonly SocketRecord[]; readonly sentences: readonly string[] };

/** Goes along a path of acts, each when the one before has brought what it brought when it was recorded. */
async function walk(script: BenchScript, path = script.path): Promise<Walk> {
  const host = companionBenches(app.url);
  const opened = await host.open();
  if (!opened.ok) throw new Error(opened.why);
  const bench = opened.value;
  const sentences: string[] = [];
  for (const [index, id] of path.entries()) {
    const act = actOf(script, id);
    expect([id, canDo(act.step, socketRows(bench.records()))]).toEqual([id, true]);
    expect(await bench.step(act.step)).toEqual({ ok: true, value: { step: index + 1 } });
    const wanted = kindsOf(recordingOf(script).records, index + 1);
    if (path === script.path) await told(bench, (records) => kindsOf(records, index + 1).join() === wanted.join());
    sentences.push(act.says(seen(bench.records(), index + 1)));
  }
  const records = bench.records();
  await bench.close();
  host.leave();
  return { records, sentences };
}

describe.each(BENCHES.map((script) => [script.id, script] as const))('%s', (_id, script) => {
  it('goes as it was recorded, and answers what is asked as the lesson says', async () => {
    const { records, sentences } = await walk(script);
    expect(script.predict.read(socketRows(records), records)).toBe('1');
    for (const sentence of sentences) expect(sentence).not.toMatch(/…|undefined|NaN/);
    const drawn = (from: readonly SocketRecord[]) =>
      messagesOf(assembleSockets(from, { lanes: [], nobody: script.hub })).map(
        ({ from: sender, to, label, fate }) => `${sender} ${to} ${label} ${fate.kind}`,
      );
    expect(drawn(records)).toEqual(drawn(recordingOf(script).records));
  });

  it('is answered by its recording, and not before enough has happened', () => {
    const { records } = recordingOf(script);
    const answers = records.map((_, index) => {
      const part = records.slice(0, index + 1);
      return script.predict.read(socketRows(part), part);
    });
    expect(answers[0]).toBeUndefined();
    expect(answers.at(-1)).toBe('1');
  });

  it('names the calls that the kernel got, in their order', () => {
    const { acts, records, calls } = recordingOf(script);
    const named = callsOf(records);
    // Whether an attempt went well is asked for by the way, and says nothing to a reader.
    const recorded = acts.map((id) =>
      (calls[id] ?? []).map((line) => line.split('(')[0]?.replace('accept4', 'accept')).filter((name) => name !== 'getsockopt'),
    );
    expect(acts.map((_, index) => named.get(index + 1))).toEqual(recorded);
  });

  it('offers each act by a name of its own, and a path of acts that there are', () => {
    expect(new Set(script.acts.map(({ id }) => id)).size).toBe(script.acts.length);
    expect(new Set(script.acts.map(({ label }) => label)).size).toBe(script.acts.length);
    for (const id of script.path) expect(actOf(script, id).id).toBe(id);
  });
});

describe('three connections', () => {
  it('Dee is refused at Ada’s port, which is in use', async () => {
    const { records, sentences } = await walk(threeConnections, ['listen', 'connect-ada', 'connect-to-ada']);
    expect(kindsOf(records, 3)).toContain('dee refused');
    const port = socketRows(records).find(({ name }) => name === 'ada')?.local?.port;
    expect(sentences.at(-1)).toContain(`Port ${port} is in use`);
  });

  it('the system answers Dee, and the server’s program hears nothing', () => {
    const { records, acts, calls } = recordingOf(threeConnections);
    const step = acts.indexOf('connect-to-nobody') + 1;
    expect(kindsOf(records, step)).toEqual(['dee closed', 'dee connecting', 'dee refused']);
    expect(calls['connect-to-nobody']?.some((line) => line.includes('ECONNREFUSED'))).toBe(true);
  });

  it('Ada gets another port when she connects again, and the server the same', async () => {
    const { records } = await walk(threeConnections, ['listen', 'connect-ada', 'close-ada', 'close-server-ada', 'connect-ada']);
    const ports = (socket: string) =>
      records.flatMap((record) => (record.socket === socket && 'local' in record ? [record.local?.port] : []));
    expect(new Set(ports('server/ada')).size).toBe(1);
    expect(new Set(ports('ada')).size).toBe(2);
  });
});
