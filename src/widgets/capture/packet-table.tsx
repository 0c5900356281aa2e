/** The text twin of the list: the packets that fit the filter, as a table. */
import type { JSX } from 'preact';
import { TCP_MARKS } from '#wire/analysis/tcp-marks.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';

/** Rows at most: the list shows all. */
const LINES_IN_TABLE = 100;

export function PacketTable({ packets }: { packets: readonly PacketSummary[] }): JSX.Element {
  const shown = packets.slice(0, LINES_IN_TABLE);
  return (
    <details class="twin">
      <summary>The same packets as a table{packets.length > shown.length ? `, the first ${shown.length}` : ''}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="The packets as a table">
        <table>
          <thead>
            <tr>
              {['No.', 'Time (s)', 'Source', 'Destination', 'Protocol', 'Bytes', 'What it says'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </section>
    </details>
  );
}
