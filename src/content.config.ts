/** What a lesson and a term must say about themselves. A field that is missing or wrong stops the build, with the file and line. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import course from '../content/course.json';
import { withLines } from './build/content-lines.ts';

const slugs = new Set(course.flatMap((part) => part.lessons.map(({ slug }) => slug)));

const sentence = (what: string, max: number) =>
  z
    .string({ error: `Say ${what}.` })
    .min(10, `Say ${what}: at least ten characters.`)
    .max(max, `Shorten ${what} to ${max} characters.`);

const source = z.strictObject({
  label: z.string({ error: 'Each source has a label, for example "RFC 6455 §5.2".' }).min(3),
  url: z.url({ protocol: /^https$/, error: 'Each source has a url that begins with https://.' }),
});

const lessonSlug = z.string({ error: 'Name a lesson by its slug in content/course.json.' }).refine((slug) => slugs.has(slug), {
  error: ({ input }) => `There is no lesson "${String(input)}" in content/course.json. Correct the slug, or plan the lesson there first.`,
});

const lesson = z.strictObject({
  title: z.string({ error: 'Give the lesson a title.' }).min(3).max(60),
  part: z.int({ error: 'part is the number of a part in content/course.json, 1 to 6.' }).min(1).max(course.length),
  objective: sentence('in objective what the reader can do afterwards', 200),
  summary: sentence('in summary what the lesson is, for lists and search engines', 160),
  prerequisites: z.array(lessonSlug, { error: 'prerequisites is a list of slugs from content/course.json, [] for none.' }),
  terms: z
    .array(z.string(), { error: 'terms is a list of the ids in content/glossary that this lesson introduces.' })
    .min(1, 'Name at least one term that this lesson introduces.'),
  sources: z.array(source, { error: 'sources is a list of label and url.' }).min(1, 'Name at least one source.'),
});

const term = z.strictObject({
  term: z.string().min(2),
  /** Other names under which people look for it: abbreviations, other spellings. Shown beside the term. */
  also: z.array(z.string().min(2), { error: 'also is a list of other names for the term.' }).default([]),
  short: sentence('in short what the term means, in one sentence', 220),
  more: sentence('in more what a beginner should know next', 800),
  /** What people often get wrong about it, and what is so. */
  mistake: sentence('in mistake what people often get wrong about the term, and what is so', 400),
  /** Where it is taught: a lesson of the course, written or planned. */
  lesson: lessonSlug,
  source,
});

export const collections = {
  lessons: defineCollection({ loader: withLines(glob({ base: './content/lessons', pattern: '*.mdx' }), lesson), schema: lesson }),
  glossary: defineCollection({ loader: withLines(glob({ base: './content/glossary', pattern: '*.json' }), term), schema: term }),
};
