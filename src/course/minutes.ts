/** How long a lesson takes, told from what it is made of. Pure. */

const WORDS_A_MINUTE = 200;
/** A lab with one experiment is read in half the time of one that offers several. */
const MINUTES_A_LAB = { several: 3, one: 1.5 };
const MINUTES_A_QUESTION = 0.5;
/** Widgets that are no labs, by the name under which a lesson writes them. */
const MINUTES_A_WIDGET: Readonly<Record<string, number>> = {
  LayerMaps: 0.5,
  LayerSorter: 4,
  SocketTable: 3,
  PacketCutter: 3,
  DelayRuler: 3,
  ByteExplorer: 3,
  CaptureViewer: 3,
};

/** The names of these widgets. */
export const WIDGETS: readonly string[] = Object.keys(MINUTES_A_WIDGET);

export type Station = { readonly heading: string; readonly atMinute: number };
export type Schedule = {
  readonly stations: readonly Station[];
  /** When the review questions begin. */
  readonly reviewAtMinute: number;
  readonly minutes: number;
  readonly words: number;
};
/** How many questions a lesson asks before its text, and after it, and how many experiments the lab of a scenario offers. */
export type Load = { readonly warmUp: number; readonly review: number; experimentsIn(scenario: string): number };

const countWords = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.length ?? 0;

/** Prose alone: no code, no tags, no addresses. */
export function proseOf(mdx: string): string {
  return mdx
    .replaceAll(/^```.*?^```$/gms, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\]\([^)]*\)/g, ']');
}

function labMinutes(part: string, { experimentsIn }: Load): number {
  const scenarios = [...part.matchAll(/<Lab\s+scenario="([^"]+)"/g)].map(([, scenario = '']) => scenario);
  return scenarios.reduce((sum, scenario) => sum + MINUTES_A_LAB[experimentsIn(scenario) > 1 ? 'several' : 'one'], 0);
}

const widgetMinutes = (part: string): number =>
  [...part.matchAll(/<([A-Z]\w+)/g)].reduce((sum, [, name = '']) => sum + (MINUTES_A_WIDGET[name] ?? 0), 0);

const costOf = (part: string, questions: Load): number =>
  countWords(proseOf(part)) / WORDS_A_MINUTE +
  labMinutes(part, questions) +
  widgetMinutes(part) +
  (/<WarmUp\b/.test(part) ? questions.warmUp * MINUTES_A_QUESTION : 0) +
  (/<Review\b/.test(part) ? questions.review * MINUTES_A_QUESTION : 0);

/** At which minute each section of an MDX text begins, and how long the whole takes, rounded up. */
export function scheduleOf(mdx: string, questions: Load): Schedule {
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
