/** What a learner says before the first socket, and where the table stands. Light, since it is in the page from the beginning. */
import { batch, computed, signal } from '@preact/signals';
import type { BenchScript } from '#lab/sockets/script.ts';

/**
 * `before`: the question stands. `opening`: the bench is asked for. `live`: its sockets are there. `over`: they are not any
 * more, what happened stays. `recorded`: a recording stands in for a bench.
 */
export type Phase = 'before' | 'opening' | 'live' | 'over' | 'recorded';

/** What is shown of a script before anything is opened: plain data. */
export type BenchCard = Pick<BenchScript, 'id' | 'title' | 'task'> & {
  readonly ask: string;
  readonly choices: BenchScript['predict']['choices'];
  /** The first step, a verb phrase. */
  readonly begin: string;
};

export const cardOf = ({ id, title, task, predict, acts, path }: BenchScript): BenchCard => ({
  id,
  title,
  task,
  ask: predict.ask,
  choices: predict.choices,
  begin: acts.find((act) => act.id === path[0])?.label ?? '',
});

const NOT_LOADED = 'The lab could not be loaded: the server does not answer. The recorded run below stands; try again in a moment.';

export class AskState {
  readonly phase = signal<Phase>('before');
  readonly guess = signal<string | undefined>(undefined);
  /** Why this is a recording, why a step was refused, why the sockets are gone. */
  readonly notice = signal('');
  readonly badge = computed(() => (this.phase.value === 'recorded' ? 'recorded' : 'live'));

  say(guess: string): void {
    this.guess.value = guess;
  }

  /** The question is answered; what comes after is on its way. */
  leave(): void {
    batch(() => {
      this.phase.value = 'opening';
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
