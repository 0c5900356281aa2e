/** The text twin of tree and bytes: every field with its place, value and meaning. */
import type { JSX } from 'preact';
import { Twin } from '../twin/twin.tsx';
import { placeOf, type Row } from './field-rows.ts';

const HEADS = ['Where', 'Field', 'Value', 'What it says'];

export function FieldTable({ rows }: { readonly rows: readonly Row[] }): JSX.Element {
  return (
    <Twin summary={`The same bytes as a table, ${rows.length} rows`} label="Every field of the frame" heads={HEADS}>
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
    </Twin>
  );
}
