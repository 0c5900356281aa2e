/** The text twin of the list: the packets that fit the filter, as a table. */
import type { JSX } from 'preact';
import { TCP_MARKS } from '#wire/analysis/tcp-marks.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';
import { Twin } from '../twin/twin.tsx';

/** Rows at most: the list shows all. */
const LINES_IN_TABLE = 100;
const HEADS = ['No.', 'Time (s)', 'Source', 'Destination', 'Protocol', 'Bytes', 'What it says'];

export function PacketTable({ packets }: { readonly packets: readonly PacketSummary[] }): JSX.Element {
  const shown = packets.slice(0, LINES_IN_TABLE);
  const summary = `The same packets as a table${packets.length > shown.length ? `, the first ${shown.length}` : ''}`;
  return (
    <Twin summary={summary} label="The packets as a table" heads={HEADS}>
      {shown.map(({ number, us, source, destination, name, length, info, marks }) => (
        <tr key={number}>
          <td>{number}</td>
          <td>{(us / 1e6).toFixed(6)}</td>
          <td>{source}</td>
          <td>{destination}</td>
          <td>{name}</td>
          <td>{length}</td>
          <td>
            {marks.map((mark) => `[${TCP_MARKS[mark].title}] `).join('')}
            {info}
          </td>
        </tr>
      ))}
    </Twin>
  );
}
