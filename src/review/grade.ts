/** Grades an answer. Pure: the same answer gets the same words. All or nothing; what was partly right is said all the same. */
import type { ClientId, Question, QuestionOf } from './question.ts';

/** What a learner has chosen: an id, ids, ids in an order, pairs as `left=right`; or has written: a number; or a byte's index. */
export type Answer = string | readonly string[];

/** How one option of the learner's answer did. */
export type Verdict = 'right' | 'wrong' | 'left-out';

export type Graded = {
  readonly right: boolean;
  /** Of each option that was chosen, or should have been. */
  readonly options: ReadonlyMap<string, Verdict>;
  /** Sentences to show, the most telling first. */
  readonly because: readonly string[];
  /** Ids of the misconceptions that the answer shows. */
  readonly misconceptions: readonly string[];
};

type Reason = { readonly why: string; readonly m?: string | undefined };

const listOf = (answer: Answer): readonly string[] => (typeof answer === 'string' ? [answer] : answer);

function wrongBecause(reasons: readonly Reason[], options: ReadonlyMap<string, Verdict>): Graded {
  return {
    right: false,
    options,
    because: reasons.map(({ why }) => why),
    misconceptions: [...new Set(reasons.flatMap(({ m }) => (m ? [m] : [])))],
  };
}

const rightBecause = ({ explain }: Question, options: ReadonlyMap<string, Verdict>): Graded => ({
  right: true,
  options,
  because: [explain],
  misconceptions: [],
});

/** Of each id in either set: whether it was rightly chosen, wrongly chosen, or left out. */
function verdicts(chosen: readonly string[], wanted: readonly string[]): ReadonlyMap<string, Verdict> {
  const all = new Set([...chosen, ...wanted]);
  return new Map(
    [...all].map((id): [string, Verdict] => [id, chosen.includes(id) ? (wanted.includes(id) ? 'right' : 'wrong') : 'left-out']),
  );
}

const isFaulty = ([, verdict]: readonly [string, Verdict]): boolean => verdict !== 'right';

function gradeSingle(question: QuestionOf<'single'>, [chosen = '']: readonly string[]): Graded {
  if (chosen === question.answer) return rightBecause(question, new Map([[chosen, 'right']]));
  return wrongBecause(
    question.wrong.filter(({ value }) => value === chosen),
    new Map([[chosen, 'wrong']]),
  );
}

function gradeMulti(question: QuestionOf<'multi'>, chosen: readonly string[]): Graded {
  const options = verdicts(chosen, question.answer);
  const faults = [...options].filter(isFaulty).map(([id]) => id);
  if (faults.length === 0) return rightBecause(question, options);
  return wrongBecause(
    question.wrong.filter(({ value }) => faults.includes(value)),
    options,
  );
}

/** Only the first line that stands wrong is told: what follows it is often a consequence. */
function gradeOrder(question: QuestionOf<'order'>, chosen: readonly string[]): Graded {
  const at = question.answer.findIndex((id, index) => chosen[index] !== id);
  const options = new Map(question.answer.slice(0, at < 0 ? undefined : at).map((id): [string, Verdict] => [id, 'right']));
  if (at < 0) return rightBecause(question, options);
  const misplaced = chosen[at] ?? '';
  const expected = question.answer[at] ?? '';
  const reasons = question.wrong.filter(({ value }) => value === misplaced);
  const more = reasons.length > 0 ? reasons : question.wrong.filter(({ value }) => value === expected);
  const line = question.data.lines.find(({ id }) => id === misplaced);
  const place = {
    why: `The first ${at === 0 ? 'line' : `${at === 1 ? 'line stands' : `${at} lines stand`} right; line ${at + 1}`} is wrong: “${line?.text ?? ''}” does not come here.`,
  };
  return wrongBecause([place, ...more], new Map([...options, [misplaced, 'wrong']]));
}

/** A set of clients as `wrong` names it. */
const nameOfSet = (ids: readonly string[]): string => (ids.length === 0 ? 'nobody' : ids.toSorted().join('+'));

const NAMES: Record<ClientId, string> = { ada: 'Ada', bo: 'Bo', cy: 'Cy', dee: 'Dee' };

function gradeRecipients(question: QuestionOf<'recipients'>, chosen: readonly string[]): Graded {
  const options = verdicts(chosen, question.answer);
  const faults = [...options].filter(isFaulty);
  if (faults.length === 0) return rightBecause(question, options);
  const named = question.wrong.filter(({ value }) => value === nameOfSet(chosen));
  const notes = faults.flatMap(([id, verdict]) => {
    const client = question.data.clients.find((one) => one.id === id);
    if (!client) return [];
    return [{ why: `${NAMES[client.id]} ${verdict === 'wrong' ? 'does not get it' : 'gets it'}: ${client.note}` }];
  });
  return wrongBecause([...named, ...notes], options);
}

/** What a person means by a number: `1,500`, `1 500` and `1500` are the same; NaN if it is none. */
export function numberIn(text: string): number {
  const plain = text.trim().replaceAll(/(?<=\d)[\s,\u00a0\u202f](?=\d{3})/g, '');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

function gradeNumeric(question: QuestionOf<'numeric'>, [written = '']: readonly string[]): Graded {
  const number = numberIn(written);
  const { tolerance = 0, hint } = question.data;
  if (Math.abs(number - question.answer) <= tolerance) return rightBecause(question, new Map([[written, 'right']]));
  const known = question.wrong.filter(({ value }) => Math.abs(Number(value) - number) <= tolerance);
  return wrongBecause(known.length > 0 ? known : [{ why: hint }], new Map([[written, 'wrong']]));
}

function gradeMatch(question: QuestionOf<'match'>, pairs: readonly string[]): Graded {
  const options = new Map(pairs.map((pair): [string, Verdict] => [pair, question.answer.includes(pair) ? 'right' : 'wrong']));
  const wrong = pairs.filter((pair) => options.get(pair) === 'wrong');
  if (wrong.length === 0 && pairs.length === question.answer.length) return rightBecause(question, options);
  const known = question.wrong.filter(({ value }) => wrong.includes(value));
  const count = { why: `${question.answer.length - wrong.length} of ${question.answer.length} are right.` };
  return wrongBecause([...known, count], options);
}

function gradeByte(question: QuestionOf<'byte'>, [chosen = '']: readonly string[]): Graded {
  const index = Number(chosen);
  const field = question.data.fields.find(({ from, to }) => index >= from && index <= to);
  if (field?.id === question.answer) return rightBecause(question, new Map([[chosen, 'right']]));
  const because = field ? [{ why: `Byte ${index} is ${field.name}. ${field.why}`, m: field.m }] : [];
  return wrongBecause(because, new Map([[chosen, 'wrong']]));
}

/** Grades an answer to any question. An answer that is empty where one is needed is wrong, without a reason. */
export function grade(question: Question, answer: Answer): Graded {
  const chosen = listOf(answer);
  switch (question.kind) {
    case 'single':
      return gradeSingle(question, chosen);
    case 'multi':
      return gradeMulti(question, chosen);
    case 'order':
      return gradeOrder(question, chosen);
    case 'recipients':
      return gradeRecipients(question, chosen);
    case 'numeric':
      return gradeNumeric(question, chosen);
    case 'match':
      return gradeMatch(question, chosen);
    case 'byte':
      return gradeByte(question, chosen);
  }
}
