/** Grades what a learner said against what the trace shows. Pure. */
import { meantFor, recipientsOf } from '#trace/fates.ts';
import type { Trace } from '#trace/trace.ts';
import { laneOf, type PersonId } from './people.ts';
import type { Prediction } from './scenario.ts';

export type Guess =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'recipients'; readonly who: readonly PersonId[] }
  | { readonly kind: 'choice'; readonly id: string };

export type Grade = {
  readonly right: boolean;
  /** Both in words short enough to stand beside each other. */
  readonly said: string;
  readonly happened: string;
  /** For recipients: who was named and got nothing, and who got it unnamed. */
  readonly extra: readonly PersonId[];
  readonly missing: readonly PersonId[];
};

const namesOf = (who: readonly PersonId[]): string => (who.length === 0 ? 'nobody' : who.map((id) => laneOf(id).name).join(', '));

/** What a trace answers to a prediction, in the form of a guess that would have been right. */
export function truthOf(prediction: Prediction, trace: Trace): Guess {
  switch (prediction.kind) {
    case 'count': {
      const { event, to } = prediction;
      return { kind: 'count', count: meantFor(trace, { event, to }).filter(({ fate }) => fate.kind === 'delivered').length };
    }
    case 'recipients': {
      const got = recipientsOf(trace, prediction.event);
      return { kind: 'recipients', who: prediction.among.filter((who) => got.has(who)) };
    }
    case 'choice':
      return { kind: 'choice', id: prediction.read(trace) };
  }
}

function wordsOf(prediction: Prediction, guess: Guess): string {
  if (guess.kind === 'count') return String(guess.count);
  if (guess.kind === 'recipients') return namesOf(guess.who);
  return (prediction.kind === 'choice' && prediction.choices.find(({ id }) => id === guess.id)?.label) || guess.id;
}

/** The truth alone, for a learner who skipped the guess. */
export const happenedIn = (prediction: Prediction, trace: Trace): string => wordsOf(prediction, truthOf(prediction, trace));

/** Compares a guess with the trace. A guess of another kind than the prediction asks for is wrong. */
export function grade(prediction: Prediction, guess: Guess, trace: Trace): Grade {
  const truth = truthOf(prediction, trace);
  const said = guess.kind === 'recipients' ? guess.who : [];
  const got = truth.kind === 'recipients' ? truth.who : [];
  const words = { said: wordsOf(prediction, guess), happened: wordsOf(prediction, truth) };
  const extra = said.filter((who) => !got.includes(who));
  const missing = got.filter((who) => !said.includes(who));
  const right = guess.kind === truth.kind && words.said === words.happened && extra.length + missing.length === 0;
  return { right, ...words, extra, missing };
}
