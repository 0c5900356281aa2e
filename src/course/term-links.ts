/** The links that `<Term>` makes, as they stand in the HTML of a lesson. */

/** Where a term's link begins and ends. Links do not nest, so the nearest end is its own. */
const LINK = /<a class="term-link" data-term="([\w-]+)".*?<\/a>/gs;

export type MarkedText = { readonly html: string; readonly used: readonly string[] };

/** Makes the first use of each term its `<dfn>`, and tells which terms are used, in order. */
export function markFirstUses(html: string): MarkedText {
  const used = new Set<string>();
  const marked = html.replace(LINK, (link: string, id: string) => {
    if (used.has(id)) return link;
    used.add(id);
    return `<dfn>${link}</dfn>`;
  });
  return { html: marked, used: [...used] };
}
