/** What is asked before the text is cut, and before it is sent. Pure. */
import { lastOf, type Plan } from './plan.ts';
import { type Run, timesRead, type Weather } from './run.ts';

/** Numbers of packets to choose from: the right one, and what people come to. */
export function countChoices({ hops: [first = []], textBytes, mtus: [mtu] }: Plan): readonly number[] {
  const right = first.length;
  // Headers forgotten; a message taken for one packet; one more, one less.
  const others = [Math.max(1, Math.ceil(textBytes / mtu)), 1, right + 1, right + 2];
  return [...new Set([right, ...others])].slice(0, 4).sort((a, b) => a - b);
}

export type OutcomeId = 'once' | 'twice' | 'part' | 'nothing' | 'first' | 'last';
export type Outcome = { readonly id: OutcomeId; readonly label: string };
export type Question = { readonly text: string; readonly choices: readonly Outcome[] };

const AMOUNTS: readonly Outcome[] = [
  { id: 'once', label: 'All of it, once' },
  { id: 'part', label: 'All but the lost part' },
  { id: 'nothing', label: 'Nothing' },
];
const TWICE: Outcome = { id: 'twice', label: 'All of it, more than once' };

const HOW_MUCH: Question = { text: 'How much of the text will Bo’s program read?', choices: AMOUNTS };

const WHEN: Question = {
  text: 'When will Bo’s program read the first letter?',
  choices: [
    { id: 'first', label: 'When the first piece has come' },
    { id: 'last', label: 'When the last missing piece has come' },
  ],
};

const isAtRisk = ({ lossPercent, copyPercent, lose }: Weather): boolean => lossPercent > 0 || copyPercent > 0 || lose.size > 0;

/** The question that this weather makes worth asking. */
export function questionFor(plan: Plan, weather: Weather): Question {
  if (!isAtRisk(weather) && lastOf(plan).length > 1) return WHEN;
  return weather.copyPercent > 0 ? { ...HOW_MUCH, choices: [TWICE, ...AMOUNTS] } : HOW_MUCH;
}

/** The answer that a run gives. */
export function answerOf(question: Question, run: Run): OutcomeId {
  const read = timesRead(run);
  if (question === WHEN) return 'last';
  if (read === 0) return 'nothing';
  return read === 1 ? 'once' : 'twice';
}
