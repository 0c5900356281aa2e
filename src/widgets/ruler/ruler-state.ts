/** The delay ruler: a question, two runs to compare, and then settings that can be changed. Knows no DOM. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { partSpan, type Span, wholeSpan, zoomedSpan } from './axis.ts';
import { longestUs, PARTS, type Packet, type Part, type Play, type Played, playedOf } from './played.ts';
import { PRESETS, type Preset, type PresetId } from './presets.ts';
import { saidOf } from './sentences.ts';
import { fitted, type RulerSettings, type Scale } from './settings.ts';

/** `failed`: the simulator could not be loaded. */
export type Phase = 'asking' | 'loading' | 'failed' | 'ran';

/** The packet whose parts are measured: one of this run by its index, or the longest of the run it is compared with. */
export type Chosen = number | 'before';
export type Zoom = Part | 'whole';

/** The run that the present one is compared with. */
export type Compared = { readonly name: string; readonly played: Played };

export type Verdict = { readonly said: string | undefined; readonly happened: string; readonly isRight: boolean; readonly because: string };

/** So many packets are shown at once. */
export const SHOWN = 6;

/** Where a reader may want to go at once. */
export type Landmark = { readonly name: string; readonly packet: number };

function landmarksOf({ packets, longest, dropped }: Played): readonly Landmark[] {
  if (packets.length <= SHOWN) return [];
  const firstDropped = packets.findIndex(({ parts }) => !parts);
  return [
    { name: 'First packet', packet: 0 },
    { name: 'Longest delay', packet: longest },
    ...(dropped > 0 ? [{ name: 'First dropped', packet: firstDropped }] : []),
    { name: 'Last packet', packet: packets.length - 1 },
  ];
}

const labelIn = ({ choices }: Preset, id: string): string => choices.find((choice) => choice.id === id)?.label ?? '';

export class RulerState {
  readonly phase = signal<Phase>('asking');
  readonly presetId = signal<PresetId>(PRESETS[0].id);
  readonly preset: ReadonlySignal<Preset>;
  readonly guess = signal<string | undefined>(undefined);
  /** Questions that have been answered on this page. */
  readonly done = signal<ReadonlySet<PresetId>>(new Set());
  readonly settings = signal<RulerSettings>(PRESETS[0].now);
  readonly played = signal<Played | undefined>(undefined);
  readonly compared = signal<Compared | undefined>(undefined);
  readonly verdict = signal<Verdict | undefined>(undefined);
  /** What the last change has done; empty before the first. */
  readonly news = signal('');
  readonly chosen = signal<Chosen>(0);
  readonly firstShown = signal(0);
  readonly zoom = signal<Zoom>('whole');
  readonly chosenPacket: ReadonlySignal<Packet | undefined>;
  readonly landmarks: ReadonlySignal<readonly Landmark[]>;
  readonly span: ReadonlySignal<Span>;
  readonly #load: () => Promise<Play>;
  readonly #besidesUs: ReadonlySignal<number>;
  #play: Play | undefined;

  /** `load` brings the simulator, when it is needed first; `besidesUs` is a time that is drawn below the bars, on their scale. */
  constructor(load: () => Promise<Play>, besidesUs: ReadonlySignal<number> = signal(0)) {
    this.#load = load;
    this.#besidesUs = besidesUs;
    this.preset = computed(() => PRESETS.find(({ id }) => id === this.presetId.value) ?? PRESETS[0]);
    this.chosenPacket = computed(() => this.#packetAt(this.chosen.value));
    this.landmarks = computed(() => (this.played.value ? landmarksOf(this.played.value) : []));
    this.span = computed(() => this.#spanOf(this.zoom.value));
  }

  choose(id: PresetId): void {
    this.presetId.value = id;
    this.guess.value = undefined;
  }

  say(choice: string): void {
    this.guess.value = choice;
  }

  /** Plays both runs of the question, and grades the guess if there was one. */
  async run(): Promise<void> {
    this.phase.value = 'loading';
    try {
      this.#play ??= await this.#load();
    } catch {
      this.phase.value = 'failed';
      return;
    }
    const { before, now, beforeName } = this.preset.value;
    this.compared.value = { name: beforeName, played: playedOf(this.#play, before) };
    this.settings.value = now;
    this.news.value = '';
    this.#show(playedOf(this.#play, now));
    this.verdict.value = this.#verdictOf(this.compared.value.played);
    this.done.value = new Set([...this.done.value, this.presetId.value]);
    this.phase.value = 'ran';
  }

  /** Back to the questions; the next one that has not been answered is offered. */
  again(): void {
    const next = PRESETS.find(({ id }) => !this.done.value.has(id)) ?? this.preset.value;
    this.choose(next.id);
    this.phase.value = 'asking';
  }

  set(change: Partial<RulerSettings>): void {
    if (!this.#play) return;
    this.settings.value = { ...this.settings.value, ...change };
    this.#show(playedOf(this.#play, this.settings.value));
    this.news.value = this.played.value ? saidOf(this.played.value) : '';
  }

  /** Sets one of the figures; what is out of bounds is set to the nearest bound, and what is no number changes nothing. */
  setScale(scale: Scale, value: number): void {
    const fit = fitted(scale, value);
    if (fit !== undefined) this.set({ [scale.key]: fit });
  }

  /** From now on, the bars are compared with those of this run. */
  keep(): void {
    if (this.played.value) this.compared.value = { name: 'as you kept it', played: this.played.value };
  }

  /** From now on, the bars are compared with nothing, and have the whole scale for themselves. */
  forget(): void {
    this.compared.value = undefined;
    if (this.chosen.value === 'before') this.pick(this.played.value?.longest ?? 0);
  }

  pick(chosen: Chosen): void {
    this.chosen.value = chosen;
    this.zoom.value = 'whole';
    if (typeof chosen === 'number') this.#bringIntoView(chosen);
  }

  /** Shows the packets before or after those that are shown. */
  turn(pages: number): void {
    const last = Math.max(0, (this.played.value?.packets.length ?? 0) - SHOWN);
    this.firstShown.value = Math.min(last, Math.max(0, this.firstShown.value + pages * SHOWN));
  }

  #show(played: Played): void {
    this.played.value = played;
    this.zoom.value = 'whole';
    this.firstShown.value = 0;
    this.chosen.value = played.longest;
    this.#bringIntoView(played.longest);
  }

  #bringIntoView(packet: number): void {
    const { value: first } = this.firstShown;
    const last = Math.max(0, (this.played.value?.packets.length ?? 0) - SHOWN);
    if (packet < first || packet >= first + SHOWN) this.firstShown.value = Math.min(last, Math.max(0, packet - SHOWN + 2));
  }

  #packetAt(chosen: Chosen): Packet | undefined {
    const compared = this.compared.value?.played;
    return chosen === 'before' ? compared?.packets[compared.longest] : this.played.value?.packets[chosen];
  }

  #spanOf(zoom: Zoom): Span {
    const packet = this.chosenPacket.value;
    const part = zoom !== 'whole' && packet ? partSpan(packet, zoom) : undefined;
    if (part) return zoomedSpan(part);
    const runs = [this.played.value, this.compared.value?.played].flatMap((played) => (played ? [longestUs(played)] : []));
    return wholeSpan(Math.max(0, this.#besidesUs.value, ...runs));
  }

  #verdictOf(before: Played): Verdict | undefined {
    const { value: preset } = this.preset;
    const now = this.played.value;
    if (!now) return undefined;
    const { value: guess } = this.guess;
    return {
      said: guess === undefined ? undefined : labelIn(preset, guess),
      happened: labelIn(preset, preset.answer),
      isRight: guess === preset.answer,
      because: preset.because(before, now),
    };
  }
}

/** The parts of a packet that can be looked at closely. */
export const zoomsOf = (packet: Packet | undefined): readonly Part[] => PARTS.filter((part) => (packet?.parts?.[part] ?? 0) > 0);
