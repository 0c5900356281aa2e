/** The text twin of a picture: the same facts in a table, folded away, for screen readers, print and whoever prefers words. */
import type { ComponentChildren, JSX } from 'preact';

type TableProps = {
  readonly caption?: string;
  readonly heads: readonly string[];
  /** Rows: `<tr>` elements. */
  readonly children: ComponentChildren;
};

/** A table with a head; its caption is for screen readers. */
export function HeadedTable({ caption, heads, children }: TableProps): JSX.Element {
  return (
    <table>
      {caption && <caption class="visually-hidden">{caption}</caption>}
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

type TwinProps = TableProps & {
  readonly summary: ComponentChildren;
  /** Names the region, so that several of one page can be told apart. */
  readonly label: string;
};

export function Twin({ summary, label, ...table }: TwinProps): JSX.Element {
  return (
    <details class="twin">
      <summary>{summary}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={label}>
        <HeadedTable {...table} />
      </section>
    </details>
  );
}
