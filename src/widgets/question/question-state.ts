/** One question in a page: what is chosen, and what came of it. Knows no DOM. */
import { computed, signal } from '@preact/signals';
import { type Answer, type Graded, grade, numberIn } from '#review/grade.ts';
import type { Question, QuestionOf } from '#review/question.ts';

/**
 * Things in an order that says nothing about them, the same at every visit: authors write the right answer where they
 * like. `salt`: the question, so that each is shuffled differently.
 */
export function shuffled<Thing extends { readonly id: string }>(things: readonly Thing[], salt: string): readonly Thing[] {
  return things.toSorted((a, b) => hash(`${salt} ${a.id}`) - hash(`${salt} ${b.id}`));
}

/** The lines of an order question as they stand at first: never in the right order. */
export function firstOrder({ id, data, answer }: QuestionOf<'order'>): readonly string[] {
  const ids = shuffled(data.lines, id).map((line) => line.id);
  return ids.every((line, index) => line === answer[index]) ? ids.toReversed() : ids;
}

/** FNV-1a, and a last mixing, without which texts that differ at their end alone would keep their order. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

/** Kinds whose answer is one thing: another choice takes its place. */
const ANSWERED_BY_ONE: ReadonlySet<Question['kind']> = new Set(['single', 'numeric', 'byte']);

export class QuestionState {
  readonly question: Question;
  /** Ids that are chosen; of an order question, all ids as they stand. */
  readonly chosen = signal<readonly string[]>([]);
  /** "Nobody", said on purpose. */
  readonly nobody = signal(false);
  readonly graded = signal<Graded | undefined>(undefined);
  readonly tries = signal(0);
  /** The learner has asked for the answer. */
  readonly revealed = signal(false);
  readonly canCheck = computed(() => this.#isAnswered());

  readonly #onAnswer: (right: boolean) => void;

  constructor(question: Question, onAnswer: (right: boolean) => void) {
    this.question = question;
    this.#onAnswer = onAnswer;
    this.#reset();
  }

  /** Chooses one option, or takes it back, as the kind of question has it. */
  choose(id: string): void {
    if (this.graded.value) return;
    this.nobody.value = false;
    if (ANSWERED_BY_ONE.has(this.question.kind)) this.chosen.value = [id];
    else this.chosen.value = this.chosen.value.includes(id) ? this.chosen.value.filter((one) => one !== id) : [...this.chosen.value, id];
  }

  /** Joins one of the left with one of the right, in place of what it was joined with. */
  join(left: string, right: string): void {
    if (this.graded.value) return;
    const others = this.chosen.value.filter((pair) => !pair.startsWith(`${left}=`));
    this.chosen.value = right === '' ? others : [...others, `${left}=${right}`];
  }

  chooseNobody(): void {
    if (this.graded.value) return;
    this.chosen.value = [];
    this.nobody.value = true;
  }

  /** Moves a line of an order question by one place; at the edge nothing moves. */
  move(id: string, by: -1 | 1): void {
    if (this.graded.value) return;
    const ids = [...this.chosen.value];
    const from = ids.indexOf(id);
    const other = ids[from + by];
    if (from < 0 || other === undefined) return;
    ids[from] = other;
    ids[from + by] = id;
    this.chosen.value = ids;
  }

  check(): void {
    if (!this.canCheck.value || this.graded.value) return;
    const [first = ''] = this.chosen.value;
    const answer: Answer = ANSWERED_BY_ONE.has(this.question.kind) ? first : this.chosen.value;
    const graded = grade(this.question, answer);
    this.tries.value += 1;
    this.graded.value = graded;
    this.#onAnswer(graded.right);
  }

  /** Once more, with what was chosen still there: it can be corrected. */
  tryAgain(): void {
    this.graded.value = undefined;
    this.revealed.value = false;
    if (this.question.kind === 'single') this.#reset();
  }

  reveal(): void {
    this.revealed.value = true;
  }

  #isAnswered(): boolean {
    const { question } = this;
    const chosen = this.chosen.value;
    if (question.kind === 'numeric') return !Number.isNaN(numberIn(chosen[0] ?? ''));
    if (question.kind === 'match') return chosen.length === question.data.left.length;
    return chosen.length > 0 || this.nobody.value;
  }

  #reset(): void {
    const { question } = this;
    this.nobody.value = false;
    this.chosen.value = question.kind === 'order' ? firstOrder(question) : [];
  }
}
