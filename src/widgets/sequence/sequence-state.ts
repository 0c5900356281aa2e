/** What a reader does with a drawing: which arrow is open, until when it is shown, whether it plays. Knows no DOM. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { messagesOf } from '#trace/fates.ts';
import type { Drawing } from '#trace/layout/drawing.ts';
import { layout, stepsOf } from '#trace/layout/layout.ts';
import { QUIET_MS } from '#trace/layout/time-scale.ts';
import type { Message, Ms, Trace } from '#trace/trace.ts';

export class SequenceState {
  readonly trace: ReadonlySignal<Trace>;
  readonly pickedId = signal<string | undefined>(undefined);
  /** Until when the trace is shown; undefined follows it to its end, as it grows. */
  readonly until = signal<Ms | undefined>(undefined);
  readonly isPlaying = signal(false);
  readonly shown = computed<Ms>(() => this.until.value ?? this.trace.value.endsAt);
  readonly picked = computed<Message | undefined>(() => messagesOf(this.trace.value).find(({ id }) => id === this.pickedId.value));

  /** The two drawings of one trace. Each is made only when somebody looks at it. */
  readonly wide: ReadonlySignal<Drawing>;
  readonly narrow: ReadonlySignal<Drawing>;
  /** Which of them is seen: one on a screen, both before there is a script, and on paper. */
  readonly seen = signal<'wide' | 'narrow' | 'both'>('both');
  /** The arrow to which Tab leads. */
  readonly stopId = computed<string | undefined>(() => {
    const { arrows } = this.seen.value === 'narrow' ? this.narrow.value : this.wide.value;
    const pickedId = this.pickedId.value;
    return arrows.some(({ id }) => id === pickedId) ? pickedId : arrows[0]?.id;
  });

  readonly #steps = computed<readonly Ms[]>(() => stepsOf(this.trace.value));

  /** `zoom`: how much larger than usual time is drawn. */
  constructor(trace: ReadonlySignal<Trace>, zoom = 1) {
    this.trace = trace;
    const drawn = (geometry: 'wide' | 'narrow') =>
      computed(() => {
        const until = this.until.value;
        return layout(this.trace.value, { geometry, zoom, ...(until !== undefined && { until }) });
      });
    this.wide = drawn('wide');
    this.narrow = drawn('narrow');
  }

  pick(id: string | undefined): void {
    this.pickedId.value = id;
  }

  /** Shows the trace as it was at a time; the end means following it. */
  scrub(t: Ms): void {
    this.isPlaying.value = false;
    this.#show(t);
  }

  step(): void {
    this.isPlaying.value = false;
    const next = this.#steps.value.find((t) => t > this.shown.value + 1 / this.#slowed);
    this.#show(next ?? this.trace.value.endsAt);
  }

  stepBack(): void {
    this.isPlaying.value = false;
    this.#show(this.#steps.value.findLast((t) => t < this.shown.value - 1 / this.#slowed) ?? 0);
  }

  /** Plays from here, or from the beginning when all is shown. */
  play(): void {
    if (this.until.value === undefined) this.until.value = 0;
    this.isPlaying.value = true;
  }

  pause(): void {
    this.isPlaying.value = false;
    this.until.value = this.shown.value;
  }

  /** Time has passed while playing, ms. Stops at the end. */
  tick(ms: number): void {
    if (!this.isPlaying.value) return;
    const next = this.#past(this.shown.value + ms / this.#slowed);
    if (next >= this.trace.value.endsAt) this.isPlaying.value = false;
    this.#show(next);
  }

  follow(): void {
    this.isPlaying.value = false;
    this.until.value = undefined;
  }

  /** In a slowed run, quiet that the drawing folds is passed over: a second of it could last for minutes. */
  #past(t: Ms): Ms {
    const quiet = QUIET_MS / this.#slowed;
    const next = this.#steps.value.find((step) => step > t) ?? t;
    return this.#slowed > 1 && next - t > quiet ? next - quiet / 2 : t;
  }

  get #slowed(): number {
    return this.trace.value.slowed ?? 1;
  }

  #show(t: Ms): void {
    const { endsAt } = this.trace.value;
    this.until.value = t >= endsAt ? undefined : Math.max(0, t);
  }
}
