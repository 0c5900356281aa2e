/** A long list is shown by its beginning, its end, and what is worth seeing between them. Pure. */

/** Longer lists are folded; a folded one shows so many of its first and of its last entries. */
const MOST = 16;
const FIRST = 9;
const LAST = 3;

/** One item that is shown, or a row of some that are not. */
export type Entry<Item> = { readonly kind: 'item'; readonly item: Item } | { readonly kind: 'fold'; readonly items: readonly Item[] };

/** `keep`: what is shown wherever it stands. */
export function folded<Item>(items: readonly Item[], keep: (item: Item) => boolean): readonly Entry<Item>[] {
  const isShort = items.length <= MOST;
  const entries: Entry<Item>[] = [];
  items.forEach((item, index) => {
    const last = entries.at(-1);
    if (isShort || index < FIRST || index >= items.length - LAST || keep(item)) entries.push({ kind: 'item', item });
    else if (last?.kind === 'fold') entries[entries.length - 1] = { kind: 'fold', items: [...last.items, item] };
    else entries.push({ kind: 'fold', items: [item] });
  });
  return entries;
}
