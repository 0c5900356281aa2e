/**
 * The state of one table of sockets: what the learner has done, the bench whose sockets are shown, and what it wrote
 * down. Knows no DOM; views read the signals and call the verbs.
 */
import { batch, computed, signal } from '@preact/signals';
import type { Refusal } from '#lab/control-plane.ts';
import { laneOf } from '#lab/people.ts';
import { refusalText } from '#lab/refusals.ts';
import type { BenchEnd, BenchHost, SocketBench } from '#lab/sockets/bench.ts';
import { canDo } from '#lab/sockets/can-do.ts';
import type { BenchAct, BenchRecording, BenchScript } from '#lab/sockets/script.ts';
import { assembleSockets } from '#trace/sockets/assemble.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';
import { type SocketRow, socketRows } from '#trace/sockets/table.ts';
import type { Trace } from '#trace/trace.ts';
import { keepUnchanged } from '#trace/unchanged.ts';
import type { AskState } from './ask-state.ts';
import { type Answer, answerOf, newestArrow, seenIn } from './reading.ts';

/** Where the bench comes from; loaded when first used. */
export type BenchSources = { host(): Promise<BenchHost> };

/** What a table is of. `recording`: the path of the script, as it went once. */
export type TableOf = {
  readonly script: BenchScript;
  readonly recording: BenchRecording;
  readonly sources: BenchSources;
  readonly ask: AskState;
};

/** An act, and the number that its records carry. */
export type Done = { readonly act: BenchAct; readonly step: number };

const END_TEXT: Record<BenchEnd, string> = {
  closed: 'These sockets were closed. What happened with them stays here.',
  expired: 'These sockets were closed, because nobody had used them for a while. What happened with them stays here.',
  stopped: 'The lab server is being stopped, and has closed these sockets. What happened with them stays here.',
  unreachable: 'The lab server does not answer any more. What happened until then stays here.',
};
const INSTEAD = 'You can go through a recorded run of the same steps.';

/** Records of the first so many acts of a recording. */
const upTo = ({ records }: BenchRecording, acts: number): readonly SocketRecord[] => records.filter(({ step }) => step <= acts);

export class SocketTableState {
  readonly script: BenchScript;
  readonly recording: BenchRecording;
  readonly ask: AskState;
  readonly busy = signal(false);
  readonly records = signal<readonly SocketRecord[]>([]);
  /** What was done, in order. */
  readonly done = signal<readonly Done[]>([]);

  readonly rows = computed<readonly SocketRow[]>(() => socketRows(this.records.value));
  readonly trace = computed<Trace>(() => {
    const { lanes, hub } = this.script;
    this.#before = keepUnchanged(this.#before, assembleSockets(this.records.value, { lanes: lanes.map(laneOf), nobody: hub }));
    return this.#before;
  });
  /** What the last step did, and why. */
  readonly outcome = computed(() => {
    const last = this.done.value.at(-1);
    return last ? last.act.says(seenIn(this.records.value, this.rows.value, last.step)) : '';
  });
  /** Sockets that the last step has touched. */
  readonly touched = computed(() => {
    const number = this.done.value.at(-1)?.step;
    return new Set(this.records.value.filter(({ step }) => step === number).map(({ socket }) => socket));
  });
  /** The guess beside what the table says, as soon as it says so. */
  readonly answer = computed<Answer | undefined>(() =>
    answerOf(this.script.predict, this.ask.guess.value, { rows: this.rows.value, records: this.records.value }),
  );
  /** The step to which the learner is led. */
  readonly next = computed<BenchAct | undefined>(() => {
    const { value } = this.ask.phase;
    if (value === 'recorded') return this.#act(this.recording.acts[this.done.value.length]);
    return value === 'live' ? this.script.path.map((id) => this.#act(id)).find((act) => act && this.#isDue(act)) : undefined;
  });
  readonly isComplete = computed(() => this.next.value === undefined && this.done.value.length > 0);

  readonly #sources: BenchSources;
  #before: Trace | undefined;
  #bench: SocketBench | undefined;
  #host: BenchHost | undefined;
  #stopWatching: (() => void) | undefined;
  /** Counts openings, so that what a forgotten one still does is not taken for the present one's. */
  #attempt = 0;

  constructor({ script, recording, sources, ask }: TableOf) {
    this.script = script;
    this.recording = recording;
    this.ask = ask;
    this.#sources = sources;
  }

  /** Whether an act makes sense now. */
  isPossible({ step }: BenchAct): boolean {
    return this.ask.phase.value === 'live' && canDo(step, this.rows.value);
  }

  /** The id of the last arrow that the last step has brought, if it has brought one. */
  newestArrow(): string | undefined {
    const last = this.done.peek().at(-1);
    return last && newestArrow(this.trace.peek(), this.records.peek(), last.step);
  }

  /** Opens a bench and does the first step; without a server, a recording is gone through instead. */
  async begin(): Promise<void> {
    const mine = this.#startOpening();
    const opened = await this.#reach();
    if (mine !== this.#attempt) {
      if (opened.ok) await opened.value.close();
    } else if (opened.ok) {
      this.#adopt(opened.value);
      await this.#doNext();
    } else this.#fallBack(opened.why);
  }

  /** Does an act, with another text if the learner has written one; in a recording, shows its next step. */
  async act(act: BenchAct, text = ''): Promise<void> {
    if (this.ask.phase.value === 'recorded') {
      this.#showRecorded(this.done.value.length + 1);
      return;
    }
    const bench = this.#bench;
    if (!bench || this.busy.value || !this.isPossible(act)) return;
    const { step } = act;
    batch(() => {
      this.busy.value = true;
      this.ask.notice.value = '';
    });
    const answer = await bench.step(step.do === 'send' && text !== '' ? { ...step, text } : step);
    if (bench !== this.#bench) return;
    batch(() => {
      this.busy.value = false;
      if (answer.ok) this.done.value = [...this.done.value, { act, step: answer.value.step }];
      else if (!bench.ended()) this.ask.notice.value = refusalText(answer.why);
    });
  }

  /** Shows the whole recording at once. */
  showRecording(): void {
    this.ask.phase.value = 'recorded';
    this.#showRecorded(this.recording.acts.length);
  }

  /** Back to the question, with every socket closed. */
  startOver(): void {
    void this.#drop();
    batch(() => {
      this.ask.phase.value = 'before';
      this.ask.guess.value = undefined;
      this.ask.notice.value = '';
      this.#clear();
    });
  }

  /** Ends everything: what started with the widget ends when it leaves. */
  async dispose(): Promise<void> {
    await this.#drop();
    this.#host?.leave();
    this.#host = undefined;
  }

  #act(id: string | undefined): BenchAct | undefined {
    return this.script.acts.find((act) => act.id === id);
  }
  #isDue(act: BenchAct): boolean {
    return !this.done.value.some((one) => one.act.id === act.id) && this.isPossible(act);
  }
  #clear(): void {
    this.busy.value = false;
    this.records.value = [];
    this.done.value = [];
  }

  #startOpening(): number {
    void this.#drop();
    batch(() => {
      this.ask.leave();
      this.#clear();
    });
    return this.#attempt;
  }

  async #reach() {
    try {
      this.#host ??= await this.#sources.host();
      return await this.#host.open();
    } catch {
      // The module itself could not be loaded: the server that holds it is gone.
      return { ok: false, why: 'unreachable' } as const;
    }
  }

  #adopt(bench: SocketBench): void {
    this.#bench = bench;
    this.ask.phase.value = 'live';
    this.#stopWatching = bench.onChange(() => this.#refresh(bench));
  }

  #refresh(bench: SocketBench): void {
    const end = bench.ended();
    batch(() => {
      this.records.value = bench.records();
      if (!end || this.ask.phase.value === 'over') return;
      this.ask.phase.value = 'over';
      this.busy.value = false;
      this.ask.notice.value = END_TEXT[end];
    });
  }

  async #doNext(): Promise<void> {
    const { value } = this.next;
    if (value) await this.act(value);
  }

  #fallBack(why: Refusal): void {
    batch(() => {
      this.ask.phase.value = 'recorded';
      this.ask.notice.value = `${refusalText(why)} ${INSTEAD}`;
      this.#showRecorded(1);
    });
  }

  #showRecorded(acts: number): void {
    batch(() => {
      this.records.value = upTo(this.recording, acts);
      this.done.value = this.recording.acts.slice(0, acts).flatMap((id, index) => {
        const act = this.#act(id);
        return act ? [{ act, step: index + 1 }] : [];
      });
    });
  }

  async #drop(): Promise<void> {
    this.#attempt += 1;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    const bench = this.#bench;
    this.#bench = undefined;
    await bench?.close();
  }
}
