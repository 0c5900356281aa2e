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

export const questionSchema = z.discriminatedUnion('kind', [single, multi, order, recipients]);

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
  }
};

const answerOf = (question: Question): readonly string[] => (question.kind === 'single' ? [question.answer] : question.answer);

/** What the schema cannot say: ids that fit together, and a reason for every option. The first fault, in words. */
function faultOf(question: Question): string | undefined {
  const ids = idsOf(question);
  const answer = answerOf(question);
  if (new Set(ids).size !== ids.length) return 'two options have the same id';
  const stray = answer.find((one) => !ids.includes(one));
  if (stray) return `answer: there is no option "${stray}"`;
  if (question.kind === 'order' && answer.length !== ids.length) return 'answer: it names every line once';
  const known = question.kind === 'recipients' ? undefined : ids;
  const unknown = question.wrong.find(({ value }) => known && !known.includes(value));
  if (unknown) return `wrong: there is no option "${unknown.value}"`;
  const mustExplain = question.kind === 'single' ? ids.filter((one) => one !== question.answer) : question.kind === 'multi' ? ids : [];
  const unexplained = mustExplain.find((one) => !question.wrong.some(({ value }) => value === one));
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
