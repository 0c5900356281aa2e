/**
 * The first real thing a stranger does: say hello, cut a cable, say hello again. Three steps on a live lab;
 * without a server, the same three steps through a recording. Knows no DOM.
 */
import { batch, computed, signal } from '@preact/signals';
import type { Lab, LabHost } from '#lab/lab.ts';
import type { Scenario } from '#lab/scenario.ts';
import { assemble } from '#trace/assemble.ts';
import type { ClientRecord, Logs } from '#trace/records.ts';
import type { Message, Trace } from '#trace/trace.ts';

export type FirstLabSources = { scenario(): Promise<Scenario>; host(): Promise<LabHost> };

/** How many of the three steps have been done. */
export type Step = 0 | 1 | 2 | 3;

const NEXT: Record<Step, Step> = { 0: 1, 1: 2, 2: 3, 3: 3 };

/** One-way delay: slow enough to watch a message travel. Milliseconds. */
const DELAY_MS = 450;

const isStep = (record: ClientRecord): boolean => record[0] === 'emitted' || (record[0] === 'act' && record[1] > 0);

/** When each of the three steps happened in a recording, and when it ended: ms since the run began. */
export function stepTimes(logs: Logs): readonly number[] {
  const times = Object.values(logs.clients)
    .flat()
    .filter(isStep)
    .map((record) => record[1] - logs.since)
    .filter((at) => at >= 0)
    .toSorted((a, b) => a - b);
  return [...times.slice(1, 3), logs.until - logs.since];
}

/** What has been seen of a trace at time `t`: a recording that is still being told. */
export function until(trace: Trace, t: number): Trace {
  return {
    ...trace,
    endsAt: t,
    events: trace.events.filter((event) => (event.kind === 'message' ? event.sentAt : event.kind === 'note' ? event.at : event.from) < t),
  };
}

/** Copies of the event for Bo, in order: first hello, second hello. */
export const hellosForBo = (trace: Trace): readonly Message[] =>
  trace.events
    .filter((event) => event.kind === 'message')
    .filter(({ to, what, event }) => to === 'bo' && what === 'event' && event?.name === 'hello');

export class FirstLabState {
  readonly step = signal<Step>(0);
  readonly busy = signal(false);
  readonly badge = signal<'live' | 'recorded'>('live');
  readonly notice = signal('');
  readonly logs;
  readonly trace;

  readonly #recording: Logs;
  readonly #sources: FirstLabSources;
  #lab: Lab | undefined;
  #host: LabHost | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(recording: Logs, sources: FirstLabSources) {
    this.#recording = recording;
    this.#sources = sources;
    this.logs = signal(recording);
    const times = stepTimes(recording);
    this.trace = computed<Trace>(() => {
      const whole = assemble(this.logs.value);
      if (this.logs.value !== this.#recording) return whole;
      return until(whole, this.step.value === 0 ? 0 : (times[this.step.value - 1] ?? whole.endsAt));
    });
  }

  /** Does the next step, and resolves when what it caused has come to rest. */
  async advance(): Promise<void> {
    if (this.busy.value || this.step.value === 3) return;
    this.busy.value = true;
    try {
      if (this.step.value === 0) await this.#open();
      await this.#do(this.step.value);
    } catch {
      this.#fallBack();
    }
    batch(() => {
      this.step.value = NEXT[this.step.value];
      this.busy.value = false;
    });
  }

  async again(): Promise<void> {
    await this.dispose();
    batch(() => {
      this.step.value = 0;
      this.badge.value = 'live';
      this.notice.value = '';
      this.logs.value = this.#recording;
    });
  }

  async dispose(): Promise<void> {
    this.#stopWatching?.();
    const lab = this.#lab;
    this.#lab = undefined;
    await lab?.close();
    this.#host?.leave();
    this.#host = undefined;
  }

  async #open(): Promise<void> {
    const [host, scenario] = await Promise.all([this.#sources.host(), this.#sources.scenario()]);
    this.#host = host;
    const opened = await host.open(scenario);
    if (!opened.ok) throw new Error(opened.why);
    const lab = opened.value;
    this.#lab = lab;
    lab.setDelay(DELAY_MS);
    lab.begin();
    this.logs.value = lab.logs();
    this.#stopWatching = lab.onChange(() => {
      this.logs.value = lab.logs();
      if (lab.ended()) this.#fallBack();
    });
  }

  async #do(step: Step): Promise<void> {
    const lab = this.#lab;
    if (!lab) return;
    const stage = lab.stage();
    if (step === 1) {
      stage.lose('bo', 'cut');
      await stage.serverKnows('bo', 'disconnected');
    } else {
      stage.act('hello');
      await stage.settled();
    }
  }

  /** The server does not answer: the recording tells the same story. */
  #fallBack(): void {
    this.#stopWatching?.();
    this.#lab = undefined;
    batch(() => {
      this.badge.value = 'recorded';
      this.notice.value = 'The lab server does not answer. This is a recorded run of the same steps.';
      this.logs.value = this.#recording;
    });
  }
}
