/** What a learner says before a run, and where the lab stands. Light, since it is in the page from the beginning. */
import { batch, computed, signal } from '@preact/signals';
import type { Guess } from '#lab/prediction.ts';
import type { LabCard } from './card.ts';

/**
 * `before`: the question stands. `connecting`, `running`: the script plays. `free`: it has ended, and the learner
 * plays on. `over`: the lab is gone, the trace stays. `recorded`: a recording stands in for a live lab.
 */
export type Phase = 'before' | 'connecting' | 'running' | 'free' | 'over' | 'recorded';

const NOT_LOADED = 'The lab could not be loaded: the server does not answer. The recorded run below stands; try again in a moment.';

export class AskState {
  readonly card: LabCard;
  readonly phase = signal<Phase>('before');
  readonly runId;
  readonly guess = signal<Guess | undefined>(undefined);
  /** One line above the verdict: why this is a recording, or why the lab has ended. */
  readonly notice = signal('');
  readonly slow = signal(false);
  /** Experiments that this learner has seen to their end. */
  readonly done = signal<ReadonlySet<string>>(new Set());
  readonly runCard = computed(() => this.card.runs.find(({ id }) => id === this.runId.value));
  readonly badge = computed(() => (this.phase.value === 'recorded' ? 'recorded' : 'live'));

  constructor(card: LabCard) {
    this.card = card;
    this.runId = signal(card.runs[0]?.id ?? '');
  }

  /** Chooses the experiment; a guess made for another is withdrawn. */
  choose(id: string): void {
    batch(() => {
      this.runId.value = id;
      this.guess.value = undefined;
    });
  }

  say(guess: Guess): void {
    this.guess.value = guess;
  }

  /** The question is answered; what comes after is on its way. */
  leave(): void {
    batch(() => {
      this.phase.value = 'connecting';
      this.notice.value = '';
    });
  }

  /** Back to the question, since the server that holds the rest is gone. */
  notLoaded(): void {
    batch(() => {
      this.notice.value = NOT_LOADED;
      this.phase.value = 'before';
    });
  }
}
