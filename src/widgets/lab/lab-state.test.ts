import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgottenRoom } from '#content/scenarios/forgotten-room.ts';
import type { Lab, LabEnd, LabHost } from '#lab/lab.ts';
import { DEFAULT_OPTIONS, type Stage } from '#lab/scenario.ts';
import type { Logs } from '#trace/records.ts';
import { AskState } from './ask-state.ts';
import { cardOf } from './card.ts';
import { LabState } from './lab-state.ts';

const RECORDING: Logs = JSON.parse(readFileSync('content/recordings/forgotten-room.cut-and-back.json', 'utf8'));
const NOTHING: Logs = { ...RECORDING, server: [], clients: {} };

const done = async (): Promise<void> => undefined;
const STAGE: Stage = {
  act: () => undefined,
  serverAct: done,
  lose: () => undefined,
  bringBack: () => undefined,
  crash: done,
  restart: done,
  settled: done,
  clientKnows: done,
  serverKnows: done,
  shown: done,
  breathe: done,
};

/** A lab in which everything has happened as it was recorded. */
class FakeLab implements Lab {
  readonly id = 'fake';
  readonly scenario = forgottenRoom;
  readonly options = DEFAULT_OPTIONS;
  readonly mine = ['ada', 'bo'] as const;
  readonly delays: number[] = [];
  isClosed = false;
  #listener: () => void = () => undefined;
  #end: LabEnd | undefined;
  logs = (): Logs => ({ ...RECORDING });
  onChange(listener: () => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }
  begin(): void {}
  act(): void {}
  readonly serverActs: string[] = [];
  serverAct = async (actId: string) => {
    this.serverActs.push(actId);
    return { ok: true, value: null } as const;
  };
  lose = done;
  bringBack(): void {}
  crash = async () => ({ ok: true, value: null }) as const;
  restart = async () => ({ ok: true, value: null }) as const;
  setDelay(ms: number): void {
    this.delays.push(ms);
  }
  ended = (): LabEnd | undefined => this.#end;
  stage = (): Stage => STAGE;
  async close(): Promise<void> {
    this.isClosed = true;
  }
  end(why: LabEnd): void {
    this.#end = why;
    this.#listener();
  }
}

let lab: FakeLab;
let host: LabHost;
const stateWith = (sources: Partial<ConstructorParameters<typeof LabState>[2]> = {}): LabState =>
  new LabState(new AskState(cardOf(forgottenRoom)), NOTHING, {
    scenario: async () => forgottenRoom,
    host: async () => host,
    recording: async () => RECORDING,
    ...sources,
  });

beforeEach(() => {
  lab = new FakeLab();
  host = { open: async () => ({ ok: true, value: lab }), join: async () => ({ ok: true, value: lab }), leave: () => undefined };
});

describe('a lab widget', () => {
  it('asks, runs, and grades the guess on the trace', async () => {
    const state = stateWith();
    expect(state.ask.phase.value).toBe('before');
    state.ask.say({ kind: 'count', count: 2 });
    await state.run();
    expect(state.ask.phase.value).toBe('free');
    expect(state.answer.value).toMatchObject({ right: false, said: '2', happened: '1' });
    expect(state.ask.badge.value).toBe('live');
    expect([...state.ask.done.value]).toEqual(['cut-and-back']);
  });

  it('runs without a guess, and then grades none', async () => {
    const state = stateWith();
    await state.run();
    expect([state.ask.phase.value, state.answer.value]).toEqual(['free', undefined]);
  });

  it('withdraws a guess that was made for another experiment', () => {
    const state = stateWith();
    state.ask.say({ kind: 'count', count: 1 });
    state.ask.choose('cut-and-back');
    expect(state.ask.guess.value).toBeUndefined();
  });

  it('keeps the trace when its lab ends, and says why', async () => {
    const state = stateWith();
    await state.run();
    lab.end('expired');
    expect(state.ask.phase.value).toBe('over');
    expect(state.ask.notice.value).toMatch(/^This lab has ended/);
    expect(state.trace.value.events.length).toBeGreaterThan(0);
  });

  it.each([
    ['the server does not answer', { host: async () => ({ ...host, open: async () => ({ ok: false, why: 'unreachable' }) as const }) }],
    ['the server took its modules along', { host: () => Promise.reject(new Error('gone')) }],
  ])('shows the recorded run, with its badge, when %s', async (_what, sources) => {
    const state = stateWith(sources);
    state.ask.say({ kind: 'count', count: 1 });
    await state.run();
    expect([state.ask.phase.value, state.ask.badge.value]).toEqual(['recorded', 'recorded']);
    expect(state.ask.notice.value).toBe('The lab server does not answer. This is a recorded run of the same steps.');
    expect(state.answer.value?.right).toBe(true);
  });

  it('says why it was refused, in words that help', async () => {
    const state = stateWith({ host: async () => ({ ...host, open: async () => ({ ok: false, why: 'lab-limit' }) as const }) });
    await state.run();
    expect(state.ask.phase.value).toBe('recorded');
    expect(state.ask.notice.value).toMatch(/This is a recorded run of the same steps\.$/);
    expect(state.ask.notice.value).not.toContain('lab-limit');
  });

  it('goes back to the question when not even the scenario can be loaded', async () => {
    const state = stateWith({ scenario: () => Promise.reject(new Error('gone')) });
    await state.run();
    expect(state.ask.phase.value).toBe('before');
    expect(state.ask.notice.value).toMatch(/^The lab could not be loaded/);
  });

  it('goes back to the question when there is neither a server nor a recording', async () => {
    const state = stateWith({ host: () => Promise.reject(new Error('gone')), recording: async () => undefined });
    await state.run();
    expect([state.ask.phase.value, state.played.value]).toEqual(['before', undefined]);
    expect(state.ask.notice.value).toMatch(/^The lab could not be loaded/);
  });

  it('closes a lab that opens after the learner has gone back', async () => {
    let open: (lab: FakeLab) => void = () => undefined;
    const opened = new Promise<FakeLab>((resolve) => {
      open = resolve;
    });
    const state = stateWith({ host: async () => ({ ...host, open: async () => ({ ok: true, value: await opened }) as const }) });
    const running = state.run();
    state.startOver();
    open(lab);
    await running;
    expect([state.ask.phase.value, lab.isClosed, state.lab.value]).toEqual(['before', true, undefined]);
  });

  it('sets slow motion before and during a run', async () => {
    const state = stateWith();
    state.setSlow(true);
    await state.run();
    state.setSlow(false);
    expect(lab.delays).toEqual([600, 250]);
  });

  it('closes its lab when it leaves', async () => {
    const state = stateWith();
    await state.run();
    await state.dispose();
    expect(lab.isClosed).toBe(true);
  });
});
