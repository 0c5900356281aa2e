/** The capture viewer: which capture, which of its packets are listed, which one is chosen. Knows no DOM. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { CAPTURE_ERRORS, type CaptureError } from '#wire/capture/capture-error.ts';
import { CAPTURE_LIMITS } from '#wire/capture/packet.ts';
import type { FollowedStream, PacketDetail, PacketSummary } from '#wire/capture/reading.ts';
import type { StreamSummary } from '#wire/capture/stream-record.ts';
import { SourcesState } from '../bytes/sources-state.ts';
import type { CaptureReader, StartReader } from './capture-reader.ts';
import type { CaptureAnswer } from './capture-service.ts';
import { filterHint, fitting, NO_FILTER, type PacketFilter, protocolsOf } from './packet-filter.ts';

/** A capture that is shipped with the lesson. */
export type ShippedCapture = {
  readonly file: string;
  readonly title: string;
  readonly what: string;
  readonly lookFor: readonly { readonly packet: number; readonly text: string }[];
};

/** A guess about the first capture, before its packets are shown. */
export type CaptureAsk = { readonly question: string; readonly choices: readonly number[]; readonly answer: string };

/** `asking`: the packets of the first capture are not shown yet. `resting`: the lines are there, and the worker is not started yet. */
export type CapturePhase = 'asking' | 'resting' | 'reading' | 'ready' | 'failed';

export type CaptureSources = {
  readonly start: StartReader;
  /** The bytes of a shipped capture. Rejects if they cannot be had. */
  readonly fetchShipped: (file: string) => Promise<Uint8Array>;
};

/** What of a browser's `File` is needed. */
export type OwnFile = { readonly name: string; readonly size: number; arrayBuffer(): Promise<ArrayBuffer> };

const count = (value: number): string => value.toLocaleString('en-US');

export class CaptureState {
  readonly phase = signal<CapturePhase>('asking');
  readonly guess = signal<number | undefined>(undefined);
  /** Name of a file of the learner's own; empty while a shipped one is shown. */
  readonly ownFile = signal('');
  /** How many files came with that one, and are not read. */
  readonly others = signal(0);
  readonly shipped: ReadonlySignal<ShippedCapture | undefined>;
  readonly packets = signal<readonly PacketSummary[]>([]);
  /** How many packets there will be, while they are read. */
  readonly expected = signal(0);
  readonly streams = signal<readonly StreamSummary[]>([]);
  readonly errors = signal<readonly CaptureError[]>([]);
  /** What went wrong so that nothing can be shown, in words. */
  readonly trouble = signal('');
  readonly filter = signal<PacketFilter>(NO_FILTER);
  readonly hint = computed(() => filterHint(this.filter.value));
  readonly listed = computed(() => fitting(this.packets.value, this.filter.value));
  readonly protocols = computed(() => protocolsOf(this.packets.value));
  readonly chosenNumber = signal<number | undefined>(undefined);
  readonly chosen = computed(() => this.packets.value[(this.chosenNumber.value ?? 0) - 1]);
  readonly detail = signal<PacketDetail | undefined>(undefined);
  readonly followed = signal<FollowedStream | undefined>(undefined);
  readonly view = new SourcesState();
  readonly #shippedFile = signal('');
  readonly #captures: readonly ShippedCapture[];
  readonly #sources: CaptureSources;
  #reader: CaptureReader | undefined;
  /** What has been read so far, before it is shown. */
  #lines: PacketSummary[] = [];
  /** The packet that is shown when a capture is open. */
  #firstShown = 1;
  /** Counts what was opened, so that an answer about something older is dropped. */
  #opening = 0;

  constructor(captures: readonly ShippedCapture[], first: readonly PacketSummary[], sources: CaptureSources) {
    this.#captures = captures;
    this.#sources = sources;
    this.#shippedFile.value = captures[0]?.file ?? '';
    this.packets.value = first;
    this.shipped = computed(() =>
      this.ownFile.value === '' ? this.#captures.find(({ file }) => file === this.#shippedFile.value) : undefined,
    );
  }

  get captures(): readonly ShippedCapture[] {
    return this.#captures;
  }

  /** One line that says how far it is, or what is shown. */
  get status(): string {
    if (this.phase.value === 'failed') return this.trouble.value;
    const all = this.packets.value.length;
    if (this.phase.value === 'reading') return this.#progress(all);
    const shown = this.listed.value.length;
    return shown === all ? `${count(all)} packets` : `${count(shown)} of ${count(all)} packets fit the filter`;
  }

  /** Shows the packets, with a guess or without one. */
  reveal(guess?: number): void {
    this.guess.value = guess;
    this.phase.value = 'resting';
    void this.choose(1);
  }

  /** Reads a shipped capture, and shows one of its packets. */
  async openShipped(file: string, number = 1): Promise<void> {
    const { value: lines } = this.packets;
    const isResting = this.phase.value === 'resting';
    const opening = this.#begin('');
    if (isResting) {
      // The lines of the first capture are in the page already: they stay, and one of them is chosen, while its bytes are fetched.
      this.packets.value = lines;
      this.chosenNumber.value = number;
    }
    this.#shippedFile.value = file;
    this.#firstShown = number;
    try {
      const bytes = await this.#sources.fetchShipped(file);
      if (opening === this.#opening) this.#read(bytes);
    } catch {
      if (opening === this.#opening)
        this.#fail('This capture could not be fetched. Check the connection and choose it again; a file of your own needs no connection.');
    }
  }

  /** Reads a file of the learner's. It stays in the page. `others`: how many more were given with it, of which nothing is read. */
  async openOwn(file: OwnFile, others = 0): Promise<void> {
    const opening = this.#begin(file.name);
    this.others.value = others;
    this.#firstShown = 1;
    if (file.size > CAPTURE_LIMITS.bytes * 2) {
      this.#fail(
        `“${file.name}” has ${count(Math.round(file.size / 1e6))} MB. Up to ${count(CAPTURE_LIMITS.bytes / 1e6)} MB are read here: cut it with editcap -c, or save a part of it.`,
      );
      return;
    }
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (opening === this.#opening) this.#read(bytes);
    } catch {
      if (opening === this.#opening) this.#fail(`“${file.name}” could not be read. Was it moved, or is it a folder?`);
    }
  }

  /** Shows a packet. The reader is started if it is not there yet. */
  async choose(number: number): Promise<void> {
    this.chosenNumber.value = number;
    if (this.#reader) this.#reader.ask({ kind: 'detail', number });
    else if (this.phase.value === 'resting') await this.openShipped(this.#shippedFile.value, number);
  }

  follow(stream: number): void {
    this.#reader?.ask({ kind: 'follow', stream });
  }

  unfollow(): void {
    this.followed.value = undefined;
  }

  setFilter(change: Partial<PacketFilter>): void {
    this.filter.value = { ...this.filter.value, ...change };
  }

  dispose(): void {
    this.#opening += 1;
    this.#reader?.close();
    this.#reader = undefined;
  }

  #progress(read: number): string {
    if (this.expected.value > 0) return `Reading: ${count(read)} of ${count(this.expected.value)} packets…`;
    return this.ownFile.value === '' ? 'Fetching the capture…' : `Reading “${this.ownFile.value}”…`;
  }

  #begin(ownFile: string): number {
    this.dispose();
    this.ownFile.value = ownFile;
    this.others.value = 0;
    this.phase.value = 'reading';
    this.trouble.value = '';
    this.expected.value = 0;
    this.packets.value = [];
    this.streams.value = [];
    this.errors.value = [];
    this.filter.value = NO_FILTER;
    this.chosenNumber.value = undefined;
    this.detail.value = undefined;
    this.followed.value = undefined;
    this.view.show([]);
    return this.#opening;
  }

  #read(bytes: Uint8Array): void {
    const opening = this.#opening;
    this.#lines = [];
    this.#reader = this.#sources.start(
      (answer) => {
        if (opening === this.#opening) this.#take(answer);
      },
      () => {
        if (opening === this.#opening)
          this.#fail(
            'The reader could not be started, or has failed. Nothing happened to the file: check the connection, and open it again.',
          );
      },
    );
    this.#reader.ask({ kind: 'open', bytes });
  }

  #take(answer: CaptureAnswer): void {
    switch (answer.kind) {
      case 'read':
        for (const line of answer.lines) this.#lines.push(line);
        this.expected.value = answer.of;
        this.packets.value = this.#lines.slice();
        break;
      case 'opened':
        this.#opened(answer.streams, answer.errors);
        break;
      case 'detail':
        this.detail.value = answer.detail;
        this.view.show(answer.detail?.sources ?? []);
        break;
      case 'followed':
        this.followed.value = answer.stream;
    }
  }

  #opened(streams: readonly StreamSummary[], errors: readonly CaptureError[]): void {
    this.streams.value = streams;
    this.errors.value = errors;
    const [first] = errors;
    if (this.packets.value.length === 0) this.#fail(first ? CAPTURE_ERRORS[first.code] : 'The capture holds no packets.');
    else {
      this.phase.value = 'ready';
      // What was chosen while the rest was read stays chosen.
      void this.choose(this.chosenNumber.value ?? this.#firstShown);
    }
  }

  #fail(trouble: string): void {
    this.phase.value = 'failed';
    this.trouble.value = trouble;
  }
}
