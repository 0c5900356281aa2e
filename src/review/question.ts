/**
 * What a question is: one idea, one schema per kind. A question file that is not right stops the build with a message that
 * names the file, the question and the field. Texts are plain, with `code` between backticks as the only markup.
 */
import * as z from 'zod/mini';

const text = (least = 1) => z.string().check(z.minLength(least));
const id = z.string().check(z.regex(/^[a-z0-9-]+$/, 'an id is small letters, digits and hyphens'));
const misconception = z.string().check(z.regex(/^M\d+$/, 'a misconception is M and a number'));

/** Why a wrong answer is wrong, and the belief behind it. */
const why = z.strictObject({ value: text(), m: z.optional(misconception), why: text(10) });
const option = z.strictObject({ id, text: text() });
const source = z.strictObject({ label: text(3), url: z.url({ protocol: /^https$/ }) });

const common = {
  id,
  lesson: id,
  /** A warm-up stands before the text and is not scored. */
  use: z.enum(['warm-up', 'review']),
  /** Difficulty, 1 to 3. */
  d: z.int().check(z.minimum(1), z.maximum(3)),
  stem: text(10),
  /** Why the right answer is right. */
  explain: text(10),
  source: z.array(source).check(z.minLength(1)),
  /** The versions for which it was found true, where that matters. */
  versions: z.optional(text()),
  /** The run of a lab that shows the answer. */
  show: z.optional(z.strictObject({ scenario: id, run: id })),
  /** What was seen, for a question about it: the rows of a trace or of a list of packets. */
  seen: z.optional(z.strictObject({ caption: text(5), head: z.array(text()), rows: z.array(z.array(z.string())).check(z.minLength(1)) })),
};

/** One of the options. Each other one has its own reason. */
const single = z.strictObject({
  ...common,
  kind: z.literal('single'),
  data: z.strictObject({ options: z.array(option).check(z.minLength(3)) }),
  answer: id,
  wrong: z.array(why),
});

/** Exactly these of the options. Every option has its reason: of a right one, what leaving it out shows. */
const multi = z.strictObject({
  ...common,
  kind: z.literal('multi'),
  data: z.strictObject({ options: z.array(option).check(z.minLength(3)) }),
  answer: z.array(id).check(z.minLength(1)),
  wrong: z.array(why),
});

/** All lines, in this order. `wrong` names, for a line, why it does not stand earlier or later. */
const order = z.strictObject({
  ...common,
  kind: z.literal('order'),
  data: z.strictObject({ lines: z.array(option).check(z.minLength(3)) }),
  answer: z.array(id),
  wrong: z.array(why),
});

const client = z.enum(['ada', 'bo', 'cy', 'dee']);

/** Exactly these clients receive it. `wrong` names sets as ids joined with `+`, or `nobody`; each client has its own note. */
const recipients = z.strictObject({
  ...common,
  kind: z.literal('recipients'),
  data: z.strictObject({
    call: text(),
    setting: text(10),
    clients: z.array(z.strictObject({ id: client, note: text(5) })).check(z.minLength(2)),
  }),
  answer: z.array(client),
  wrong: z.array(why),
});

/** A number, in the unit that stands beside it. `wrong` names numbers that people come to; `hint` helps with any other. */
const numeric = z.strictObject({
  ...common,
  kind: z.literal('numeric'),
  data: z.strictObject({ unit: text(), hint: text(10), tolerance: z.optional(z.number().check(z.minimum(0))) }),
  answer: z.number(),
  wrong: z.array(why),
});

/** Each of the left with one of the right, which may serve twice or not at all. `wrong` names pairs as `left=right`. */
const match = z.strictObject({
  ...common,
  kind: z.literal('match'),
  data: z.strictObject({ left: z.array(option).check(z.minLength(2)), right: z.array(option).check(z.minLength(2)) }),
  /** Pairs as `left=right`, one for each of the left. */
  answer: z.array(text(3)),
  wrong: z.array(why),
});

/** A stretch of bytes, `from` and `to` counted from 0 and both in it; `why` says what it is when it is taken for another. */
const stretch = z.strictObject({ id, name: text(), from: z.int(), to: z.int(), why: text(10), m: z.optional(misconception) });

/** One byte of a dump: any byte of the stretch that is the answer. Every byte belongs to one stretch. */
const byte = z.strictObject({
  ...common,
  kind: z.literal('byte'),
  data: z.strictObject({
    hex: z.string().check(z.regex(/^([0-9a-f]{2})+$/, 'hex is pairs of the digits 0 to 9 and a to f')),
    fields: z.array(stretch).check(z.minLength(2)),
  }),
  answer: id,
});

export const questionSchema = z.discriminatedUnion('kind', [single, multi, order, recipients, numeric, match, byte]);

export type Question = z.infer<typeof questionSchema>;
export type QuestionOf<Kind extends Question['kind']> = Extract<Question, { kind: Kind }>;
export type ClientId = z.infer<typeof client>;

const idsOf = (question: Question): readonly string[] => {
  switch (question.kind) {
    case 'single':
    case 'multi':
      return question.data.options.map((one) => one.id);
    case 'order':
      return question.data.lines.map((one) => one.id);
    case 'recipients':
      return question.data.clients.map((one) => one.id);
    case 'match':
      return question.data.left.flatMap((left) => question.data.right.map((right) => `${left.id}=${right.id}`));
    case 'byte':
      return question.data.fields.map((one) => one.id);
    case 'numeric':
      return [];
  }
};

const answerOf = (question: Question): readonly string[] =>
  Array.isArray(question.answer) ? question.answer : question.kind === 'numeric' ? [] : [String(question.answer)];

/** The misconceptions that wrong answers to a question show. */
export const misconceptionsOf = (question: Question): readonly string[] =>
  (question.kind === 'byte' ? question.data.fields : question.wrong).flatMap(({ m }) => (m ? [m] : []));

const isWhole = ({ data }: QuestionOf<'byte'>): boolean => {
  const order = data.fields.toSorted((a, b) => a.from - b.from);
  const end = order.reduce((next, { from, to }) => (from === next && to >= from ? to + 1 : Number.NaN), 0);
  return end === data.hex.length / 2;
};

/** What only this kind of question can have wrong. */
function faultOfKind(question: Question): string | undefined {
  switch (question.kind) {
    case 'order':
      return question.answer.length === question.data.lines.length ? undefined : 'answer: it names every line once';
    case 'match':
      return question.data.left.every(({ id: left }) => question.answer.filter((pair) => pair.startsWith(`${left}=`)).length === 1)
        ? undefined
        : 'answer: it names each of the left once';
    case 'byte':
      return isWhole(question) ? undefined : 'fields: they cover every byte once, in no gap and no overlap';
    case 'numeric':
      return question.wrong.every(({ value }) => Number.isFinite(Number(value)) && Number(value) !== question.answer)
        ? undefined
        : 'wrong: each value is a number, and not the answer';
    default:
      return undefined;
  }
}

/** The options that must have an explanation of their own. */
function toExplain(question: Question): readonly string[] {
  if (question.kind === 'single') return idsOf(question).filter((one) => one !== question.answer);
  return question.kind === 'multi' ? idsOf(question) : [];
}

/** What the schema cannot say: ids that fit together, and a reason for every option. The first fault, in words. */
function faultOf(question: Question): string | undefined {
  const ids = idsOf(question);
  if (new Set(ids).size !== ids.length) return 'two options have the same id';
  const stray = answerOf(question).find((one) => !ids.includes(one));
  if (stray) return `answer: there is no option "${stray}"`;
  const ofKind = faultOfKind(question);
  if (ofKind) return ofKind;
  if (question.kind === 'byte' || question.kind === 'numeric') return undefined;
  const unknown = question.wrong.find(({ value }) => question.kind !== 'recipients' && !ids.includes(value));
  if (unknown) return `wrong: there is no option "${unknown.value}"`;
  const unexplained = toExplain(question).find((one) => !question.wrong.some(({ value }) => value === one));
  return unexplained ? `wrong: option "${unexplained}" has no explanation` : undefined;
}

const nameOf = (record: unknown, index: number): string => {
  const named = z.object({ id: z.string() }).safeParse(record);
  return named.success ? `question "${named.data.id}"` : `question number ${index + 1}`;
};

/** Reads a file of questions. Throws with one message that names the file, the question and what to correct. */
export function parseQuestions(file: unknown, name: string): readonly Question[] {
  if (!Array.isArray(file)) throw new Error(`${name}: a file of questions is a list, [ … ].`);
  return file.map((record: unknown, index) => {
    const parsed = questionSchema.safeParse(record);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Error(`${name}, ${nameOf(record, index)}, ${issue?.path.join('.') || 'kind'}: ${issue?.message ?? 'not valid'}`);
    }
    const fault = faultOf(parsed.data);
    if (fault) throw new Error(`${name}, ${nameOf(record, index)}, ${fault}`);
    return parsed.data;
  });
}
