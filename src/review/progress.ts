/** What a reader has done, as their browser keeps it. Pure: time is an argument, storage is elsewhere. */

type Answered = { readonly right: boolean /** ISO 8601. */; readonly at: string; readonly tries: number };

export type LessonProgress = {
  readonly opened?: string;
  /** Runs seen to their end, as `scenario.run`, with the moment. */
  readonly labs: Readonly<Record<string, string>>;
  readonly questions: Readonly<Record<string, Answered>>;
};

export type Progress = { readonly version: 1; readonly lessons: Readonly<Record<string, LessonProgress>> };
export type LessonState = 'new' | 'started' | 'done';
export type ParsedProgress =
  | { readonly ok: true; readonly progress: Progress }
  | { readonly ok: false; readonly why: 'not-json' | 'not-progress' | 'newer-version' };

export const EMPTY: Progress = { version: 1, lessons: {} };
const UNTOUCHED: LessonProgress = { labs: {}, questions: {} };

/*
 * Read by hand, not by a schema of Zod: every page of the site reads this one record, and Zod would cost each of them 8 kB.
 */
type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMoment = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
const isTable = <Value>(value: unknown, isOne: (one: unknown) => one is Value): value is Readonly<Record<string, Value>> =>
  isRecord(value) && Object.values(value).every(isOne);

const isAnswered = (value: unknown): value is Answered =>
  isRecord(value) &&
  typeof value['right'] === 'boolean' &&
  isMoment(value['at']) &&
  Number.isInteger(value['tries']) &&
  Number(value['tries']) >= 1;

const isLesson = (value: unknown): value is LessonProgress =>
  isRecord(value) &&
  (value['opened'] === undefined || isMoment(value['opened'])) &&
  isTable(value['labs'], isMoment) &&
  isTable(value['questions'], isAnswered);

const isProgress = (value: unknown): value is Progress => isRecord(value) && value['version'] === 1 && isTable(value['lessons'], isLesson);

/** Reads progress from text: a saved file, or what the browser kept. Never throws. */
export function parseProgress(text: string): ParsedProgress {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'not-json' };
  }
  if (isProgress(value)) return { ok: true, progress: value };
  return { ok: false, why: isRecord(value) && Number(value['version']) > 1 ? 'newer-version' : 'not-progress' };
}

function changed(progress: Progress, slug: string, change: (before: LessonProgress) => LessonProgress): Progress {
  return { ...progress, lessons: { ...progress.lessons, [slug]: change(progress.lessons[slug] ?? UNTOUCHED) } };
}

/** The reader has opened a lesson. The first time counts. */
export const opened = (progress: Progress, slug: string, at: string): Progress =>
  changed(progress, slug, (before) => ({ ...before, opened: before.opened ?? at }));

/** A run of a lab was seen to its end. */
export const ran = (progress: Progress, slug: string, run: string, at: string): Progress =>
  changed(progress, slug, (before) => ({ ...before, labs: { ...before.labs, [run]: at } }));

/** A question was answered. Once right, it stays right. */
export const answeredQuestion = (progress: Progress, slug: string, question: string, right: boolean, at: string): Progress =>
  changed(progress, slug, (before) => {
    const earlier = before.questions[question];
    const entry = { right: right || (earlier?.right ?? false), at, tries: (earlier?.tries ?? 0) + 1 };
    return { ...before, questions: { ...before.questions, [question]: entry } };
  });

/** A lesson is done when each of its review questions has been answered rightly once. */
export function stateOf(progress: Progress, slug: string, questions: readonly string[]): LessonState {
  const mine = progress.lessons[slug];
  if (!mine) return 'new';
  return questions.length > 0 && questions.every((id) => mine.questions[id]?.right) ? 'done' : 'started';
}

const later = (a: string, b: string): string => (a > b ? a : b);

function joined<Value>(a: Record<string, Value>, b: Record<string, Value>, both: (x: Value, y: Value) => Value): Record<string, Value> {
  const entries = Object.entries(b).map(([key, value]): [string, Value] => [
    key,
    Object.hasOwn(a, key) ? both(a[key] ?? value, value) : value,
  ]);
  return { ...a, ...Object.fromEntries(entries) };
}

function openedFirst(a: string | undefined, b: string | undefined): { readonly opened?: string } {
  if (a === undefined) return b === undefined ? {} : { opened: b };
  return { opened: b !== undefined && b < a ? b : a };
}

const joinedLessons = (a: LessonProgress, b: LessonProgress): LessonProgress => ({
  ...openedFirst(a.opened, b.opened),
  labs: joined(a.labs, b.labs, later),
  questions: joined(a.questions, b.questions, (x, y) => ({
    right: x.right || y.right,
    at: later(x.at, y.at),
    tries: Math.max(x.tries, y.tries),
  })),
});

/** Both together; where they differ, the better. Nothing is lost. */
export const merged = (a: Progress, b: Progress): Progress => ({ version: 1, lessons: joined(a.lessons, b.lessons, joinedLessons) });
