/** What must hold between the glossary and the lessons, so that no page promises what another does not keep. */

export type TermFacts = { readonly id: string; readonly lesson: string };
export type LessonFacts = { readonly slug: string; readonly terms: readonly string[] };

const missing = (slug: string, id: string): string =>
  `content/lessons/${slug}.mdx introduces "${id}", but the glossary has no such entry. Write content/glossary/${id}.json, or correct the id in terms.`;

const unkept = (slug: string, id: string): string =>
  `content/glossary/${id}.json says that "${slug}" teaches it, but that lesson does not introduce it. Add ${id} to terms in content/lessons/${slug}.mdx, or name another lesson in the entry.`;

/** One sentence for each fault, with what to do. A lesson that is not written yet promises nothing. */
export function termFaults(terms: readonly TermFacts[], lessons: readonly LessonFacts[]): readonly string[] {
  const ids = new Set(terms.map(({ id }) => id));
  return lessons.flatMap(({ slug, terms: introduced }) => [
    ...introduced.filter((id) => !ids.has(id)).map((id) => missing(slug, id)),
    ...terms.filter(({ id, lesson }) => lesson === slug && !introduced.includes(id)).map(({ id }) => unkept(slug, id)),
  ]);
}
