import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { threeConnections } from '#content/benches/three-connections.ts';
import type { Result } from '#lab/control-plane.ts';
import type { BenchEnd, BenchHost, SocketBench } from '#lab/sockets/bench.ts';
import type { BenchAct, BenchRecording } from '#lab/sockets/script.ts';
import type { SocketStep } from '#lab/sockets/steps.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';
import { AskState } from './ask-state.ts';
import { type BenchSources, SocketTableState } from './socket-table-state.ts';

const RECORDING: BenchRecording = JSON.parse(readFileSync('content/recordings/benches/three-connections.json', 'utf8'));
const actNamed = (id: string): BenchAct => threeConnections.acts.find((act) => act.id === id) as BenchAct;

/** A bench on which every step brings what it brought when it was recorded. */
class FakeBench implements SocketBench {
  readonly asked: SocketStep[] = [];
  isClosed = false;
  /** What the next step is answered with, if it is refused. */
  refusal: Result<never> | undefined;
  #records: readonly SocketRecord[] = [];
  #listener: () => void = () => undefined;
  #end: BenchEnd | undefined;

  records = (): readonly SocketRecord[] => this.#records;
  ended = (): BenchEnd | undefined => this.#end;
  onChange(listener: () => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => undefined;
    };
  }
  async step(step: SocketStep): Promise<Result<{ readonly step: number }>> {
    this.asked.push(step);
    if (this.refusal) return this.refusal;
    const number = this.asked.length;
    this.#records = RECORDING.records.filter((record) => record.step <= number);
    this.#listener();
    return { ok: true, value: { step: number } };
  }
  async close(): Promise<void> {
    this.isClosed = true;
  }
  end(why: BenchEnd): void {
    this.#end = why;
    this.#listener();
  }
}

let bench: FakeBench;
let left: number;
let host: BenchHost;
const stateWith = (sources: Partial<BenchSources> = {}): SocketTableState =>
  new SocketTableState({
    script: threeConnections,
    recording: RECORDING,
    sources: { host: async () => host, ...sources },
    ask: new AskState(),
  });

beforeEach(() => {
  bench = new FakeBench();
  left = 0;
  host = {
    open: async () => ({ ok: true, value: bench }),
    leave: () => {
      left += 1;
    },
  };
});

/** Goes on along the path, so many steps. */
async function goOn(state: SocketTableState, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) {
    const { value } = state.next;
    if (value) await state.act(value);
  }
}

describe('a table of sockets', () => {
  it('asks first, and opens nothing before the learner begins', () => {
    const state = stateWith();
    expect([state.ask.phase.value, state.rows.value, state.next.value]).toEqual(['before', [], undefined]);
    expect(state.isPossible(actNamed('listen'))).toBe(false);
  });

  it('begins with the first step of the path, and leads along it', async () => {
    const state = stateWith();
    await state.begin();
    expect(state.ask.phase.value).toBe('live');
    expect(bench.asked).toEqual([{ do: 'listen', socket: 'server' }]);
    expect(state.rows.value.map(({ name, state: word }) => `${name} ${word}`)).toEqual(['server listening']);
    expect(state.outcome.value).toContain(`port ${state.rows.value[0]?.local?.port}.`);
    expect(state.next.value?.id).toBe('connect-ada');
  });

  it('grades the guess as soon as the table tells', async () => {
    const state = stateWith();
    state.ask.say('3');
    await state.begin();
    await goOn(state, 2);
    expect(state.answer.value).toBeUndefined();
    await goOn(state, 1);
    expect(state.answer.value).toEqual({ right: false, said: 'Three: one for each client', happened: 'One, for all of them' });
  });

  it('tells a right guess, and one that was skipped', async () => {
    const [right, skipped] = [stateWith(), stateWith()];
    right.ask.say('1');
    await right.begin();
    await goOn(right, 3);
    expect(right.answer.value?.right).toBe(true);
    bench = new FakeBench();
    await skipped.begin();
    await goOn(skipped, 3);
    expect(skipped.answer.value).toEqual({ right: false, said: undefined, happened: 'One, for all of them' });
  });

  it('walks the whole path, and says that it is complete', async () => {
    const state = stateWith();
    await state.begin();
    await goOn(state, 20);
    expect(state.done.value.map(({ act }) => act.id)).toEqual(threeConnections.path);
    expect([state.isComplete.value, state.next.value]).toEqual([true, undefined]);
  });

  it('sends what the learner wrote, and marks the sockets that a step touched', async () => {
    const state = stateWith();
    await state.begin();
    await goOn(state, 3);
    await state.act(actNamed('send-ada'), 'good morning');
    expect(bench.asked.at(-1)).toEqual({ do: 'send', socket: 'ada', text: 'good morning' });
    expect(state.touched.value.size).toBeGreaterThan(0);
  });

  it('does not ask for what makes no sense', async () => {
    const state = stateWith();
    await state.begin();
    await state.act(actNamed('send-ada'));
    await state.act(actNamed('connect-to-ada'));
    expect(bench.asked).toHaveLength(1);
  });

  it('says why a step was refused, until the next one', async () => {
    const state = stateWith();
    await state.begin();
    bench.refusal = { ok: false, why: 'bench-full' };
    await goOn(state, 1);
    expect(state.ask.notice.value).toBe('That many sockets may not be open at once. Close one first.');
    expect(state.done.value).toHaveLength(1);
    bench.refusal = undefined;
    await goOn(state, 1);
    expect(state.ask.notice.value).toBe('');
  });

  it.each<[BenchEnd, RegExp]>([
    ['expired', /nobody had used them/],
    ['stopped', /being stopped/],
    ['unreachable', /does not answer any more/],
  ])('that has %s keeps what happened, and says why', async (why, words) => {
    const state = stateWith();
    await state.begin();
    await goOn(state, 1);
    const rows = state.rows.value;
    bench.end(why);
    expect(state.ask.phase.value).toBe('over');
    expect(state.ask.notice.value).toMatch(words);
    expect(state.rows.value).toEqual(rows);
    expect([state.next.value, state.isPossible(actNamed('connect-bo'))]).toEqual([undefined, false]);
  });
});

describe('without a server', () => {
  it.each<[string, Partial<BenchSources>]>([
    ['that answers', { host: async () => ({ open: async () => ({ ok: false, why: 'unreachable' }), leave: () => undefined }) }],
    ['from which its code could be loaded', { host: () => Promise.reject(new Error('gone')) }],
  ])('%s, a recorded run is gone through step by step', async (_what, sources) => {
    const state = stateWith(sources);
    state.ask.say('1');
    await state.begin();
    expect([state.ask.phase.value, state.ask.badge.value]).toEqual(['recorded', 'recorded']);
    expect(state.ask.notice.value).toBe('The lab server does not answer. You can go through a recorded run of the same steps.');
    expect(state.rows.value).toHaveLength(1);
    await goOn(state, 20);
    expect(state.done.value.map(({ act }) => act.id)).toEqual(RECORDING.acts);
    expect(state.answer.value?.right).toBe(true);
    expect(state.isComplete.value).toBe(true);
  });

  it('with no sockets left to lend, the recording says so, and live is tried again', async () => {
    let isFull = true;
    const open = async () => (isFull ? ({ ok: false, why: 'bench-limit' } as const) : ({ ok: true, value: bench } as const));
    const state = stateWith({ host: async () => ({ open, leave: () => undefined }) });
    await state.begin();
    expect(state.ask.notice.value).toContain('no sockets left to lend');
    isFull = false;
    await state.begin();
    expect([state.ask.phase.value, state.ask.notice.value, state.done.value.length]).toEqual(['live', '', 1]);
  });
});

describe('leaving', () => {
  it('closes the bench, and the connection to the host', async () => {
    const state = stateWith();
    await state.begin();
    await state.dispose();
    expect([bench.isClosed, left]).toEqual([true, 1]);
  });

  it('starting over closes the bench and forgets the guess', async () => {
    const state = stateWith();
    state.ask.say('1');
    await state.begin();
    state.startOver();
    expect(bench.isClosed).toBe(true);
    expect([state.ask.phase.value, state.ask.guess.value, state.rows.value]).toEqual(['before', undefined, []]);
  });

  it('closes a bench that is opened too late', async () => {
    let answer = (_bench: Result<SocketBench>): void => undefined;
    const open = () =>
      new Promise<Result<SocketBench>>((resolve) => {
        answer = resolve;
      });
    const state = stateWith({ host: async () => ({ open, leave: () => undefined }) });
    const beginning = state.begin();
    await Promise.resolve();
    state.startOver();
    answer({ ok: true, value: bench });
    await beginning;
    expect([bench.isClosed, state.ask.phase.value]).toEqual([true, 'before']);
  });
});
