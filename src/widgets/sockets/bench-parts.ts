/** The parts of a table of sockets that are not in the page from the beginning: fetched once, when somebody is about to use them. */
import { signal } from '@preact/signals';
import type { BenchRecording, BenchScript } from '#lab/sockets/script.ts';
import type { AskState } from './ask-state.ts';
import type { BenchSources, SocketTableState } from './socket-table-state.ts';

const loadRun = () => import('./bench-run.tsx');

/** What the widget needs from outside; each is loaded when first used. */
export type TableSources = BenchSources & {
  script(): Promise<BenchScript>;
  /** The path of the script, as it went once: what is there when no server answers. */
  recording(): Promise<BenchRecording>;
};

/** How the table looks, and its state. */
export type Fetched = Awaited<ReturnType<typeof loadRun>> & { readonly table: SocketTableState };

export class BenchParts {
  readonly ask: AskState;
  readonly fetched = signal<Fetched | undefined>(undefined);
  /** Whether the recorded run has been opened, and can be brought to life. */
  readonly isRecordingOpen = signal(false);

  readonly #sources: TableSources;
  #isGone = false;

  constructor(ask: AskState, sources: TableSources) {
    this.ask = ask;
    this.#sources = sources;
  }

  /** Fetches all that the first step needs, and what stands in for a live bench, while the server still answers. */
  prefetch(): void {
    if (!this.fetched.value) void this.#fetch().catch(() => undefined);
  }

  /** Opens a bench and does the first step. */
  async begin(): Promise<void> {
    this.ask.leave();
    const parts = await this.#fetch().catch(() => this.ask.notLoaded());
    await parts?.table.begin();
  }

  /** Brings the recorded run to life, if it can be had; what was made beforehand stands until then. */
  showRecording(): void {
    this.isRecordingOpen.value = true;
    this.prefetch();
  }

  /** Ends everything: what started with the widget ends when it leaves. */
  async dispose(): Promise<void> {
    this.#isGone = true;
    await this.fetched.value?.table.dispose();
  }

  /** Resolves with nothing when the widget has left meanwhile; rejects when the server that holds the parts is gone. */
  async #fetch(): Promise<Fetched | undefined> {
    const [module, script, recording] = await Promise.all([loadRun(), this.#sources.script(), this.#sources.recording()]);
    if (this.#isGone) return undefined;
    this.fetched.value ??= { ...module, table: module.openTable({ script, recording, sources: this.#sources, ask: this.ask }) };
    return this.fetched.value;
  }
}
