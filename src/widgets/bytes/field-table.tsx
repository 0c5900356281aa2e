/** The text twin of tree and bytes: every field with its place, value and meaning. */
import type { JSX } from 'preact';
import { placeOf, type Row } from './field-rows.ts';

export function FieldTable({ rows }: { readonly rows: readonly Row[] }): JSX.Element {
  return (
    <details class="twin">
      <summary>The same bytes as a table, {rows.length} rows</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Every field of the frame">
        <table>
          <thead>
            <tr>
              {['Where', 'Field', 'Value', 'What it says'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td>{placeOf(row)}</td>
                <th scope="row">{row.name}</th>
                <td>
                  <code>{row.text}</code>
                </td>
                <td>
                  {row.meaning} {row.problem && `✕ ${row.problem}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
