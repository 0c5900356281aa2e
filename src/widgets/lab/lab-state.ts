/**
 * The state of one lab that is run: the lab that is open, what it wrote down, and what became of the guess.
 * Knows no DOM; views read the signals and call the verbs.
 */
import { batch, computed, signal } from '@preact/signals';
import type { Result } from '#lab/control-plane.ts';
import type { Lab, LabEnd, LabHost } from '#lab/lab.ts';
import type { PersonId } from '#lab/people.ts';
import { type Grade, grade } from '#lab/prediction.ts';
import { refusalText } from '#lab/refusals.ts';
import type { Run, Scenario, WayToLose } from '#lab/scenario.ts';
import { assemble } from '#trace/assemble.ts';
import type { Logs } from '#trace/records.ts';
import type { Trace } from '#trace/trace.ts';
import { keepUnchanged } from '#trace/unchanged.ts';
import type { AskState, Phase } from './ask-state.ts';

/** What the widget needs from outside; each is loaded when first used. */
export type LabSources = {
  scenario(): Promise<Scenario>;
  host(): Promise<LabHost>;
  recording(runId: string): Promise<Logs | undefined>;
};

/** One-way delay of each link: slow enough to see an arrow slant, and slower. Milliseconds. */
export const NORMAL_DELAY_MS = 250;
export const SLOW_DELAY_MS = 600;

const END_TEXT: Record<LabEnd, string> = {
  closed: 'This lab was closed. What happened in it stays here.',
  expired: 'This lab has ended, because nobody had used it for a while. What happened in it stays here.',
  stopped: 'The lab server is being stopped. What happened until then stays here.',
  unreachable: 'The lab server does not answer any more. What happened until then stays here.',
};
const INSTEAD = 'This is a recorded run of the same steps.';
const UNREACHABLE = `The lab server does not answer. ${INSTEAD}`;
const NOT_AS_PLANNED = 'Something in the lab did not happen as planned. What did happen is below.';

export class LabState {
  readonly ask: AskState;
  readonly logs;
  readonly lab = signal<Lab | undefined>(undefined);
  /** The run whose outcome is shown, once one has been played. */
  readonly played = signal<Run | undefined>(undefined);
  readonly answer = signal<Grade | undefined>(undefined);
  readonly trace = computed(() => {
    this.#before = keepUnchanged(this.#before, assemble(this.logs.value));
    return this.#before;
  });

  readonly #sources: LabSources;
  #before: Trace | undefined;
  /** Counts lab openings, so that what a forgotten one still does is not taken for the present one's. */
  #attempt = 0;
  #stopWatching: (() => void) | undefined;
  #host: LabHost | undefined;

  /** `initial` is what is drawn before anything has run. */
  constructor(ask: AskState, initial: Logs, sources: LabSources) {
    this.ask = ask;
    this.logs = signal(initial);
    this.#sources = sources;
  }

  /** Opens a lab, plays the chosen run in it, and grades the guess. Without a server, a recording is shown. */
  async run(): Promise<void> {
    const mine = await this.#startConnecting();
    const scenario = await this.#scenario();
    if (!scenario) return;
    const run = scenario.runs.find(({ id }) => id === this.ask.runId.value);
    if (!run) return;
    const opened = await this.#reach((host) => host.open(scenario));
    if (mine !== this.#attempt) {
      if (opened.ok) await opened.value.close();
    } else if (opened.ok) {
      this.#adopt(opened.value);
      await this.#play(opened.value, run, mine);
    } else {
      await this.#showRecorded(run, opened.why === 'unreachable' ? UNREACHABLE : `${refusalText(opened.why)} ${INSTEAD}`);
    }
  }

  /** Joins the lab that another device has shared, as one client more. */
  async join(lab: string): Promise<void> {
    const mine = await this.#startConnecting();
    const scenario = await this.#scenario();
    if (!scenario) return;
    const joined = await this.#reach((host) => host.join(lab, (id) => (id === scenario.id ? scenario : undefined)));
    if (mine !== this.#attempt) return;
    if (joined.ok) {
      this.#adopt(joined.value);
      joined.value.begin();
      this.ask.phase.value = 'free';
    } else {
      this.ask.notice.value = `${refusalText(joined.why)} You can run a lab of your own here.`;
      this.ask.phase.value = 'before';
    }
  }

  /**
   * Loads what stands in for a live lab while the server still answers: once it is gone, so are its files. What cannot be
   * had now is asked for again when it is needed.
   */
  async prefetch(): Promise<void> {
    await Promise.allSettled([this.#sources.scenario(), ...this.ask.card.runs.map(({ id }) => this.#sources.recording(id))]);
  }

  /** Back to the question, with everything closed; `next` names another experiment to ask about. */
  startOver(next = this.ask.runId.value): void {
    void this.#drop();
    batch(() => {
      this.ask.phase.value = 'before';
      this.ask.runId.value = next;
      this.ask.guess.value = undefined;
      this.ask.notice.value = '';
      this.answer.value = undefined;
      this.played.value = undefined;
    });
  }

  act(actionId: string, input?: string): void {
    this.lab.value?.act(actionId, input);
  }

  async serverAct(actId: string): Promise<void> {
    await this.lab.value?.serverAct(actId);
  }

  async lose(who: PersonId, way: WayToLose): Promise<void> {
    await this.lab.value?.lose(who, way);
  }

  bringBack(who: PersonId): void {
    this.lab.value?.bringBack(who);
  }

  async restart(): Promise<void> {
    await this.lab.value?.restart();
  }

  setSlow(slow: boolean): void {
    this.ask.slow.value = slow;
    this.lab.value?.setDelay(slow ? SLOW_DELAY_MS : NORMAL_DELAY_MS);
  }

  /** Looks at the lab again: time has passed, and what is under way is further. */
  look(): void {
    const lab = this.lab.value;
    if (lab && !lab.ended()) this.logs.value = lab.logs();
  }

  /** Ends everything: what started with the widget ends when it leaves. */
  async dispose(): Promise<void> {
    await this.#drop();
    this.#host?.leave();
    this.#host = undefined;
  }

  /** The number of this attempt is taken before anything is waited for: who goes back meanwhile begins another. */
  async #startConnecting(): Promise<number> {
    const dropped = this.#drop();
    const mine = this.#attempt;
    batch(() => {
      this.ask.leave();
      this.answer.value = undefined;
      this.played.value = undefined;
    });
    await dropped;
    return mine;
  }

  /** The scenario, or undefined, with a notice, when the server that holds it is gone. */
  async #scenario(): Promise<Scenario | undefined> {
    try {
      return await this.#sources.scenario();
    } catch {
      this.ask.notLoaded();
      return undefined;
    }
  }

  async #reach(ask: (host: LabHost) => Promise<Result<Lab>>): Promise<Result<Lab>> {
    try {
      this.#host ??= await this.#sources.host();
      return await ask(this.#host);
    } catch {
      // The module itself could not be loaded: the server that holds it is gone.
      return { ok: false, why: 'unreachable' };
    }
  }

  #adopt(lab: Lab): void {
    this.#stopWatching = lab.onChange(() => this.#refresh(lab));
    lab.setDelay(this.ask.slow.value ? SLOW_DELAY_MS : NORMAL_DELAY_MS);
    batch(() => {
      this.lab.value = lab;
      this.logs.value = lab.logs();
    });
  }

  #refresh(lab: Lab): void {
    const end = lab.ended();
    batch(() => {
      this.logs.value = lab.logs();
      if (!end || this.ask.phase.value === 'over') return;
      this.ask.phase.value = 'over';
      this.ask.notice.value = END_TEXT[end];
    });
  }

  async #play(lab: Lab, run: Run, mine: number): Promise<void> {
    lab.begin();
    batch(() => {
      this.played.value = run;
      this.ask.phase.value = 'running';
    });
    const trouble = await run.play(lab.stage()).then(
      () => '',
      (error: unknown) => `${NOT_AS_PLANNED} (${error instanceof Error ? error.message : 'unknown'})`,
    );
    if (mine !== this.#attempt) return;
    this.#refresh(lab);
    if (trouble && this.ask.phase.value === 'running') this.ask.notice.value = trouble;
    this.#finish(run, this.ask.phase.value === 'over' ? 'over' : 'free');
  }

  async #showRecorded(run: Run, why: string): Promise<void> {
    const recorded = await this.#sources.recording(run.id).catch(() => undefined);
    if (!recorded) {
      this.ask.notLoaded();
      return;
    }
    batch(() => {
      this.logs.value = recorded;
      this.ask.notice.value = why;
      this.played.value = run;
    });
    this.#finish(run, 'recorded');
  }

  #finish(run: Run, phase: Phase): void {
    batch(() => {
      this.ask.phase.value = phase;
      this.ask.done.value = new Set([...this.ask.done.value, run.id]);
      if (this.ask.guess.value !== undefined) this.answer.value = grade(run.predict, this.ask.guess.value, this.trace.value);
    });
  }

  async #drop(): Promise<void> {
    this.#attempt += 1;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    const lab = this.lab.value;
    this.lab.value = undefined;
    await lab?.close();
  }
}
