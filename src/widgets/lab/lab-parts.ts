/** The parts of a lab that are not in the page from the beginning: fetched once, as soon as somebody is about to use them. */
import { signal } from '@preact/signals';
import type { Logs } from '#trace/records.ts';
import type { AskState } from './ask-state.ts';
import type { LabSources, LabState } from './lab-state.ts';

const loadRun = () => import('./lab-run.tsx');

/** How a run looks, and the lab that is run. */
export type Fetched = Awaited<ReturnType<typeof loadRun>> & ReturnType<Awaited<ReturnType<typeof loadRun>>['openSession']>;

export class LabParts {
  readonly ask: AskState;
  readonly fetched = signal<Fetched | undefined>(undefined);
  /** The recorded run of the first experiment, once somebody has opened it. */
  readonly recording = signal<Logs | undefined>(undefined);

  readonly #sources: LabSources;
  #isGone = false;
  #prefetching: Promise<void> | undefined;

  constructor(ask: AskState, sources: LabSources) {
    this.ask = ask;
    this.#sources = sources;
  }

  /**
   * Fetches all that a run needs, and what stands in for a live one, while the server still answers: once it is gone, so
   * are its files. What cannot be had now is asked for again when it is needed.
   */
  prefetch(): void {
    this.#prefetching ??= this.#fetch().then(
      (parts) => parts?.lab.prefetch(),
      () => {
        this.#prefetching = undefined;
      },
    );
  }

  run(): Promise<void> {
    return this.#begin((lab) => lab.run());
  }

  /** Joins the lab that another device has shared. */
  join(id: string): Promise<void> {
    return this.#begin((lab) => lab.join(id));
  }

  setSlow(slow: boolean): void {
    this.ask.slow.value = slow;
    this.fetched.value?.lab.setSlow(slow);
  }

  /** Brings the recorded run to life, if it can be had; the drawing that was made beforehand stands until then. */
  async showRecording(): Promise<void> {
    const [first] = this.ask.card.runs;
    if (!first || this.recording.value) return;
    const [recording] = await Promise.all([this.#sources.recording(first.id), this.#fetch()]).catch(() => []);
    this.recording.value = recording;
  }

  /** Ends everything: what started with the widget ends when it leaves. */
  async dispose(): Promise<void> {
    this.#isGone = true;
    await this.fetched.value?.lab.dispose();
  }

  async #begin(act: (lab: LabState) => Promise<void>): Promise<void> {
    this.ask.leave();
    const parts = await this.#fetch().catch(() => this.ask.notLoaded());
    if (parts) await act(parts.lab);
  }

  /** Resolves with nothing when the widget has left meanwhile; rejects when the server that holds the parts is gone. */
  async #fetch(): Promise<Fetched | undefined> {
    const module = await loadRun();
    if (this.#isGone) return undefined;
    this.fetched.value ??= { ...module, ...module.openSession(this.ask, this.#sources) };
    return this.fetched.value;
  }
}
