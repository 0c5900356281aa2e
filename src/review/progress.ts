/** What a reader has done, as their browser keeps it. Pure: time is an argument, storage is elsewhere. */
import * as z from 'zod/mini';

const moment = z.iso.datetime();
const answered = z.object({ right: z.boolean(), at: moment, tries: z.int().check(z.minimum(1)) });
const lesson = z.object({
  opened: z.optional(moment),
  /** Runs seen to their end, as `scenario.run`. */
  labs: z.record(z.string(), moment),
  questions: z.record(z.string(), answered),
});
const schema = z.object({ version: z.literal(1), lessons: z.record(z.string(), lesson) });

export type Progress = z.infer<typeof schema>;
export type LessonProgress = z.infer<typeof lesson>;
export type LessonState = 'new' | 'started' | 'done';
export type ParsedProgress =
  | { readonly ok: true; readonly progress: Progress }
  | { readonly ok: false; readonly why: 'not-json' | 'not-progress' | 'newer-version' };

export const EMPTY: Progress = { version: 1, lessons: {} };
const UNTOUCHED: LessonProgress = { labs: {}, questions: {} };

/** Reads progress from text: a saved file, or what the browser kept. Never throws. */
export function parseProgress(text: string): ParsedProgress {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'not-json' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, progress: parsed.data };
  const versioned = z.object({ version: z.number() }).safeParse(value);
  return { ok: false, why: versioned.success && versioned.data.version > 1 ? 'newer-version' : 'not-progress' };
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

const joinedLessons = (a: LessonProgress, b: LessonProgress): LessonProgress => ({
  ...(a.opened && b.opened
    ? { opened: a.opened < b.opened ? a.opened : b.opened }
    : a.opened || b.opened
      ? { opened: a.opened ?? b.opened }
      : {}),
  labs: joined(a.labs, b.labs, later),
  questions: joined(a.questions, b.questions, (x, y) => ({
    right: x.right || y.right,
    at: later(x.at, y.at),
    tries: Math.max(x.tries, y.tries),
  })),
});

/** Both together; where they differ, the better. Nothing is lost. */
export const merged = (a: Progress, b: Progress): Progress => ({ version: 1, lessons: joined(a.lessons, b.lessons, joinedLessons) });
