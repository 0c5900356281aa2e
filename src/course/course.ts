/** The course as the pages see it: planned lessons from content/course.json, written ones from content/lessons. */
import { type CollectionEntry, getCollection } from 'astro:content';
import { scenarioOf } from '#content/scenarios/index.ts';
import plan from '../../content/course.json';
import { type Schedule, scheduleOf, WIDGETS } from './minutes.ts';
import { questionsOf, reviewQuestionsOf, warmUpsOf } from './questions.ts';

export type Lesson = CollectionEntry<'lessons'>;

export type PlannedLesson = {
  readonly slug: string;
  readonly title: string;
  readonly line: string;
  /** Undefined while it is only planned. */
  readonly written?: { readonly lesson: Lesson; readonly schedule: Schedule };
};

export type Part = { readonly number: number; readonly title: string; readonly line: string; readonly lessons: readonly PlannedLesson[] };

/** The parts of the course, in order, with what is written of them. */
export async function readCourse(): Promise<readonly Part[]> {
  const lessons = new Map((await getCollection('lessons')).map((lesson) => [lesson.id, lesson]));
  checkPlanned(lessons);
  return plan.map(({ title, line, lessons: planned }, index) => ({
    number: index + 1,
    title,
    line,
    lessons: planned.map((entry) => {
      const lesson = lessons.get(entry.slug);
      return lesson ? { ...entry, title: lesson.data.title, written: { lesson, schedule: scheduleOfLesson(lesson) } } : entry;
    }),
  }));
}

export const scheduleOfLesson = (lesson: Lesson): Schedule =>
  scheduleOf(lesson.body ?? '', {
    warmUp: warmUpsOf(lesson.id).length,
    review: reviewQuestionsOf(lesson.id).length,
    experimentsIn: (scenario) => scenarioOf(scenario)?.runs.length ?? 0,
  });

/** All lessons in the order of the course. */
export const inOrder = (course: readonly Part[]): readonly PlannedLesson[] => course.flatMap(({ lessons }) => lessons);

/** The parts that every lesson must have, each by the components that can make it. */
const MUST_HAVE: readonly (readonly string[])[] = [
  ['WarmUp'],
  ['Lab', ...WIDGETS],
  ['Myth'],
  ['CodeRegion', 'HeaderFigure', 'LayerMaps'],
  ['Review'],
  ['TryToBreakIt'],
];

function checkPlanned(lessons: ReadonlyMap<string, Lesson>): void {
  for (const [slug, lesson] of lessons) {
    const at = plan.findIndex((part) => part.lessons.some((planned) => planned.slug === slug));
    if (at < 0) throw new Error(`content/lessons/${slug}.mdx is not in content/course.json: plan it there, in its part.`);
    if (lesson.data.part !== at + 1)
      throw new Error(`content/lessons/${slug}.mdx says part ${lesson.data.part}, content/course.json says ${at + 1}.`);
    const missing = MUST_HAVE.filter((names) => !names.some((name) => new RegExp(`<${name}\\b`).test(lesson.body ?? '')));
    const lacks = missing.map((names) => `no <${names.join('> or <')}>`);
    if (missing.length > 0) throw new Error(`content/lessons/${slug}.mdx has ${lacks.join(', ')}: every lesson has one.`);
    if (questionsOf(slug).length === 0) throw new Error(`content/questions/${slug}.json is missing: every lesson has questions.`);
  }
}
