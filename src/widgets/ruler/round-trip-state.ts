/** The reader's own round trip to the server: so many samples, when asked for, and never by itself. Knows no DOM and no clock. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';

/** What measures: a connection to the server. */
export type Meter = {
  /** Whether the server was reached. */
  open(): Promise<boolean>;
  /** Milliseconds until the answer to one small question was there; undefined if none came. */
  roundTripMs(): Promise<number | undefined>;
  close(): void;
};

export type Sources = {
  meter(): Promise<Meter>;
  /** Resolves after so many milliseconds. */
  pause(ms: number): Promise<void>;
};

export type RoundTripPhase = 'idle' | 'connecting' | 'measuring' | 'done' | 'gone';

export type Summary = {
  /** From the fastest to the slowest. */
  readonly samplesUs: readonly number[];
  readonly medianUs: number;
  readonly leastUs: number;
  readonly mostUs: number;
  /** How far light in a fibre gets in half of the median: there, and in the other half back. */
  readonly lightKm: number;
};

/** Light in a fibre needs about this long for a kilometre, as in the simulated part. */
export const LIGHT_US_PER_KM = 5;
export const SAMPLES = 12;
/** So that one sample does not wait for the one before, and the server is not hurried. */
const PAUSE_MS = 60;

export function summaryOf(samplesMs: readonly number[]): Summary | undefined {
  const sorted = samplesMs.map((ms) => ms * 1_000).toSorted((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (least === undefined || most === undefined || low === undefined || high === undefined) return undefined;
  const medianUs = (low + high) / 2;
  return { samplesUs: sorted, medianUs, leastUs: least, mostUs: most, lightKm: medianUs / 2 / LIGHT_US_PER_KM };
}

export class RoundTripState {
  readonly phase = signal<RoundTripPhase>('idle');
  readonly samplesMs = signal<readonly number[]>([]);
  readonly summary: ReadonlySignal<Summary | undefined>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly #sources: Sources;
  #meter: Meter | undefined;
  /** Which measurement is going on: one that was left finds another number here, and ends. */
  #nth = 0;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.summary = computed(() => (this.phase.value === 'done' ? summaryOf(this.samplesMs.value) : undefined));
    this.isBusy = computed(() => this.phase.value === 'connecting' || this.phase.value === 'measuring');
  }

  /** Connects, takes the samples and disconnects. The first round trip is not counted: it finds everything cold. */
  async measure(): Promise<void> {
    if (this.isBusy.value) return;
    this.#nth += 1;
    const mine = this.#nth;
    this.phase.value = 'connecting';
    this.samplesMs.value = [];
    const isMeasured = await this.#measure(mine);
    if (this.#nth !== mine) return;
    this.#close();
    this.phase.value = isMeasured ? 'done' : 'gone';
  }

  /** Stops at once. */
  leave(): void {
    this.#nth += 1;
    this.#close();
    if (this.isBusy.value) this.phase.value = 'idle';
  }

  #close(): void {
    this.#meter?.close();
    this.#meter = undefined;
  }

  /** Whether all samples were taken. */
  async #measure(mine: number): Promise<boolean> {
    try {
      const meter = await this.#sources.meter();
      if (this.#nth !== mine) return false;
      this.#meter = meter;
      return (await meter.open()) && (await this.#sample(meter, mine));
    } catch {
      return false;
    }
  }

  async #sample(meter: Meter, mine: number): Promise<boolean> {
    if (this.#nth !== mine || (await meter.roundTripMs()) === undefined) return false;
    while (this.samplesMs.value.length < SAMPLES) {
      if (this.#nth !== mine) return false;
      this.phase.value = 'measuring';
      await this.#sources.pause(PAUSE_MS);
      const ms = await meter.roundTripMs();
      if (ms === undefined || this.#nth !== mine) return false;
      this.samplesMs.value = [...this.samplesMs.value, ms];
    }
    return true;
  }
}
