/** The packet cutter: a text and a link, a guess, the cut, the weather, a guess, the run. Knows no DOM. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Trace } from '#trace/trace.ts';
import { SequenceState } from '../sequence/sequence-state.ts';
import { bytesOf, hopOfKey, type Plan, type PlanResult, planOf } from './plan.ts';
import { answerOf, countChoices, type Outcome, type OutcomeId, type Question, questionFor } from './questions.ts';
import { Rolls } from './rolls.ts';
import { chanceOfAll, type Run, runOf, type Weather, wholeUs } from './run.ts';
import { FIRST_TEXT } from './samples.ts';

export type Phase = 'cutting' | 'ready' | 'sent';
export type Percent = 'lossPercent' | 'overtakePercent' | 'copyPercent';

/** What a first look is worth: cut into three, none too long to read. */
const FIRST_MTU = 68;
const FIRST_SECOND_MTU = 1500;
const FAIR = { lossPercent: 0, overtakePercent: 0, copyPercent: 0, seed: 1 } as const;
const NO_TRACE: Trace = { version: 1, lanes: [], events: [], endsAt: 0 };

export class CutterState {
  readonly phase = signal<Phase>('cutting');
  readonly text = signal(FIRST_TEXT);
  readonly mtu = signal(FIRST_MTU);
  readonly secondMtu = signal(FIRST_SECOND_MTU);
  readonly hasRouter = signal(false);
  readonly weather = signal<Weather>({ ...FAIR, lose: new Set() });

  /** The text as it travels, UTF-8. */
  readonly bytes = computed(() => bytesOf(this.text.value));
  readonly result: ReadonlySignal<PlanResult>;
  /** How the text will be cut; undefined while it cannot be. */
  readonly plan: ReadonlySignal<Plan | undefined>;
  readonly choices: ReadonlySignal<readonly number[]>;
  readonly question: ReadonlySignal<Question | undefined>;

  readonly countGuess = signal<number | undefined>(undefined);
  readonly guess = signal<OutcomeId | undefined>(undefined);
  readonly run = signal<Run | undefined>(undefined);
  /** Plays the run. The diagram has the same clock. */
  readonly clock: SequenceState;
  /** Until when the run is shown, µs. */
  readonly shownUs: ReadonlySignal<number>;
  readonly isOver: ReadonlySignal<boolean>;
  /** The piece whose bytes are open. */
  readonly openKey = signal<string | undefined>(undefined);
  readonly rolls: Rolls;

  constructor() {
    this.result = computed(() => planOf(this.text.value, this.hasRouter.value ? [this.mtu.value, this.secondMtu.value] : [this.mtu.value]));
    this.plan = computed(() => (this.result.value.ok ? this.result.value.plan : undefined));
    this.choices = computed(() => (this.plan.value ? countChoices(this.plan.value) : []));
    this.question = computed(() => this.plan.value && questionFor(this.plan.value, this.weather.value));
    this.clock = new SequenceState(computed(() => this.run.value?.trace ?? NO_TRACE));
    this.shownUs = computed(() => wholeUs(this.clock.shown.value));
    this.isOver = computed(() => this.clock.until.value === undefined);
    this.rolls = new Rolls();
  }

  write(text: string): void {
    this.text.value = text;
    this.#recut(1);
  }

  setMtu(hop: 1 | 2, mtu: number): void {
    (hop === 1 ? this.mtu : this.secondMtu).value = mtu;
    this.#recut(hop);
  }

  setRouter(hasRouter: boolean): void {
    this.hasRouter.value = hasRouter;
    this.#recut(2);
  }

  setPercent(what: Percent, percent: number): void {
    this.weather.value = { ...this.weather.value, [what]: percent };
    this.#changed();
  }

  /** Marks a piece to be lost, or no longer. */
  toggleLost(key: string): void {
    const lose = new Set(this.weather.value.lose);
    if (!lose.delete(key)) lose.add(key);
    this.weather.value = { ...this.weather.value, lose };
    this.#changed();
  }

  /** Shows the cut; `skip` without a guess. */
  cut(how?: 'skip'): void {
    if (!this.plan.value) return;
    if (how === 'skip') this.countGuess.value = undefined;
    this.phase.value = 'ready';
  }

  /** Sends the pieces; `skip` without a guess. */
  send(how?: 'skip'): void {
    if (how === 'skip') this.guess.value = undefined;
    this.#play();
  }

  /** The same pieces, and another throw of the dice. */
  roll(): void {
    const { seed } = this.weather.value;
    this.weather.value = { ...this.weather.value, seed: seed + 1 };
    this.#play();
  }

  /** Back to the settings, all of them as they are. */
  change(): void {
    this.phase.value = 'ready';
    this.guess.value = undefined;
    this.run.value = undefined;
  }

  /** Begins a series of sends that nobody watches. */
  rollMany(): void {
    const plan = this.plan.value;
    if (plan) this.rolls.begin({ text: this.text.value, plan, weather: this.weather.value });
  }

  /** The label of what was guessed, and whether it came true. Undefined without a guess. */
  get verdict(): { readonly said: string; readonly isRight: boolean } | undefined {
    const { run, question, guess } = this;
    if (!run.value || !question.value) return undefined;
    const chosen = question.value.choices.find(({ id }: Outcome) => id === guess.value);
    return chosen && { said: chosen.label, isRight: chosen.id === answerOf(question.value, run.value) };
  }

  /** How likely it is that all pieces arrive, where that can be told by one formula. */
  get chance(): number | undefined {
    const plan = this.plan.value;
    const { lossPercent, copyPercent, lose } = this.weather.value;
    return plan && copyPercent === 0 && lose.size === 0 ? chanceOfAll(plan, lossPercent) : undefined;
  }

  open(key: string): void {
    this.openKey.value = this.openKey.value === key ? undefined : key;
  }

  #play(): void {
    const plan = this.plan.value;
    if (!plan) return;
    this.run.value = runOf(this.text.value, plan, this.weather.value);
    this.phase.value = 'sent';
    this.openKey.value = undefined;
    this.clock.until.value = 0;
    this.clock.play();
  }

  /** From this link on the pieces are others: what was said of the ones before is forgotten. */
  #recut(from: 1 | 2): void {
    if (from === 1) this.countGuess.value = undefined;
    const { lose } = this.weather.value;
    const kept = [...lose].filter((key) => hopOfKey(key) < from);
    this.weather.value = { ...this.weather.value, lose: new Set(kept) };
    this.#changed();
  }

  /** What was guessed of other settings is no guess of these. */
  #changed(): void {
    this.guess.value = undefined;
    this.openKey.value = undefined;
    this.run.value = undefined;
    this.rolls.clear();
    if (this.phase.value === 'sent') this.phase.value = 'ready';
  }
}
