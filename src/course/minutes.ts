/** How long a lesson takes, told from what it is made of. Pure. */

const WORDS_A_MINUTE = 200;
const MINUTES_A_LAB = 3;
const MINUTES_A_QUESTION = 0.5;

export type Station = { readonly heading: string; readonly atMinute: number };
export type Schedule = { readonly stations: readonly Station[]; readonly minutes: number; readonly words: number };

const countWords = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.length ?? 0;

/** Prose alone: no code, no tags, no addresses. */
export function proseOf(mdx: string): string {
  return mdx
    .replaceAll(/^```.*?^```$/gms, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\]\([^)]*\)/g, ']');
}

const costOf = (part: string, questions: number): number =>
  countWords(proseOf(part)) / WORDS_A_MINUTE +
  (part.match(/<Lab\b/g)?.length ?? 0) * MINUTES_A_LAB +
  (/<Review\b/.test(part) ? questions * MINUTES_A_QUESTION : 0);

/** At which minute each section of an MDX text begins, and how long the whole takes, rounded up. */
export function scheduleOf(mdx: string, questions: number): Schedule {
  const [opening = '', ...sections] = mdx.split(/^## /m);
  let minute = costOf(opening, questions);
  const stations = sections.map((section) => {
    const station = { heading: section.split('\n', 1)[0]?.trim() ?? '', atMinute: Math.floor(minute) };
    minute += costOf(section, questions);
    return station;
  });
  return { stations, minutes: Math.ceil(minute), words: countWords(proseOf(mdx)) };
}
