/** Finds terms by what people type: case, accents, hyphens, spaces and a plural s make no difference. */

/** A text as its letters and digits in one string, with the places where its words begin. */
export type Folded = { readonly letters: string; readonly starts: readonly number[] };

/** What a term can be found by. */
export type Searchable = { readonly names: readonly Folded[]; readonly everything: Folded };

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** `TCP/IP` and `tcp-ip` become `tcpip` with words at 0 and 3. */
export function fold(text: string): Folded {
  const starts: number[] = [];
  let letters = '';
  for (const word of wordsOf(text)) {
    starts.push(letters.length);
    letters += word;
  }
  return { letters, starts };
}

export const searchable = (names: readonly string[], text: string): Searchable => ({
  names: names.map(fold),
  everything: fold([...names, text].join(' ')),
});

/** Without the s of a plural: who types `packets` means `packet`. */
const singular = (word: string): string => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word);

const hasWord = ({ letters, starts }: Folded, beginning: string): boolean => starts.some((at) => letters.startsWith(beginning, at));

type Query = { readonly letters: string; readonly words: readonly string[] };

/** The query stands in the text as it is, or each of its words begins a word there. */
const says = (text: Folded, { letters, words }: Query): boolean => hasWord(text, letters) || words.every((word) => hasWord(text, word));

/** 0 is called so, 1 begins so, 2 has it in a name, 3 speaks of it; undefined is no hit. A single letter is sought in names alone. */
function rankOf({ names, everything }: Searchable, query: Query): number | undefined {
  if (names.some(({ letters }) => singular(letters) === query.letters)) return 0;
  if (names.some(({ letters }) => letters.startsWith(query.letters))) return 1;
  if (names.some((name) => says(name, query))) return 2;
  return query.letters.length > 1 && says(everything, query) ? 3 : undefined;
}

/** The terms that a query finds, best first, otherwise in their own order; all of them for a query without a character. */
export function findTerms<T extends Searchable>(query: string, terms: readonly T[]): readonly T[] {
  if (query.trim() === '') return terms;
  const letters = singular(fold(query).letters);
  if (letters === '') return [];
  const sought = { letters, words: wordsOf(query).map(singular) };
  const byRank: readonly T[][] = [[], [], [], []];
  for (const term of terms) byRank[rankOf(term, sought) ?? -1]?.push(term);
  return byRank.flat();
}
