/** How long a lesson takes, told from what it is made of. Pure. */

const WORDS_A_MINUTE = 200;
const MINUTES_A_LAB = 3;
const MINUTES_A_QUESTION = 0.5;

export type Station = { readonly heading: string; readonly atMinute: number };
export type Schedule = {
  readonly stations: readonly Station[];
  /** When the review questions begin. */
  readonly reviewAtMinute: number;
  readonly minutes: number;
  readonly words: number;
};
/** How many questions a lesson asks before its text, and after it. */
export type QuestionCounts = { readonly warmUp: number; readonly review: number };

const countWords = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.length ?? 0;

/** Prose alone: no code, no tags, no addresses. */
export function proseOf(mdx: string): string {
  return mdx
    .replaceAll(/^```.*?^```$/gms, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\]\([^)]*\)/g, ']');
}

const costOf = (part: string, questions: QuestionCounts): number =>
  countWords(proseOf(part)) / WORDS_A_MINUTE +
  (part.match(/<Lab\b/g)?.length ?? 0) * MINUTES_A_LAB +
  (/<WarmUp\b/.test(part) ? questions.warmUp * MINUTES_A_QUESTION : 0) +
  (/<Review\b/.test(part) ? questions.review * MINUTES_A_QUESTION : 0);

/** At which minute each section of an MDX text begins, and how long the whole takes, rounded up. */
export function scheduleOf(mdx: string, questions: QuestionCounts): Schedule {
  const [opening = '', ...sections] = mdx.split(/^## /m);
  let minute = costOf(opening, questions);
  const stations = sections.map((section) => {
    const station = { heading: section.split('\n', 1)[0]?.trim() ?? '', atMinute: Math.floor(minute) };
    minute += costOf(section, questions);
    return station;
  });
  const beforeReview = mdx.split('<Review', 1)[0] ?? '';
  return {
    stations,
    reviewAtMinute: Math.floor(costOf(beforeReview, questions)),
    minutes: Math.ceil(minute),
    words: countWords(proseOf(mdx)),
  };
}
