/** The words of the course as the pages see them: entries of content/glossary, and where each is taught. */
import { type CollectionEntry, getCollection, getEntry } from 'astro:content';
import type { PlannedLesson } from './course.ts';

export type Term = CollectionEntry<'glossary'>;

/** All terms, in alphabetical order. */
export async function readGlossary(): Promise<readonly Term[]> {
  return (await getCollection('glossary')).toSorted((a, b) => a.data.term.localeCompare(b.data.term, 'en', { sensitivity: 'base' }));
}

/** One term. Throws, saying what to do, if there is none of that id; `place` names the file that asks for it. */
export async function termNamed(id: string, place: string): Promise<Term> {
  const term = await getEntry('glossary', id);
  if (!term) throw new Error(`There is no term "${id}" (named by ${place}). Correct the id, or write content/glossary/${id}.json.`);
  return term;
}

export type Taught = { readonly slug: string; readonly title: string; readonly isWritten: boolean };

/** The lesson that teaches a term, written or planned. */
export function taughtIn({ id, data }: Term, order: readonly PlannedLesson[]): Taught {
  const lesson = order.find(({ slug }) => slug === data.lesson);
  if (!lesson) throw new Error(`content/glossary/${id}.json names the lesson "${data.lesson}", which is not in content/course.json.`);
  return { slug: lesson.slug, title: lesson.title, isWritten: lesson.written !== undefined };
}

/** Groups of terms by the first letter of their name, in order; what begins with anything else stands under `#`. */
export function byLetter(terms: readonly Term[]): readonly (readonly [letter: string, terms: readonly Term[]])[] {
  const groups = Map.groupBy(terms, ({ data }) => /^[a-z]/i.exec(data.term)?.[0].toUpperCase() ?? '#');
  return [...groups];
}
