/** The text twin of the stage: every piece on every link, with what its header says and what became of it. */
import type { JSX } from 'preact';
import { FATE_LOOK } from '../marks/marks.tsx';
import { fateAt } from './row-at.ts';
import type { Row, Run } from './run.ts';
import { msText } from './sentences.ts';

const HEADS = ['Link', 'Piece', 'Offset', 'MF', 'Length', 'Bytes of the text', 'Fate', 'Sent', 'Arrived'];

function Cells({ row, run }: { readonly row: Row; readonly run: Run }): JSX.Element {
  const { hop, name, data, moreFollow, length, carries, sent, arrivalsUs } = row;
  const fate = fateAt(row, run.endsUs);
  const look = fate === 'coming' ? FATE_LOOK['never-sent'] : FATE_LOOK[fate];
  return (
    <tr>
      <td>{hop}</td>
      <th scope="row">{name}</th>
      <td>{data[0] / 8}</td>
      <td>{moreFollow ? 1 : 0}</td>
      <td>{length}</td>
      <td>{carries[0] < carries[1] ? `${carries[0]} to ${carries[1] - 1}` : 'none'}</td>
      <td>
        <span class={`fate ${look.className}`}>{look.word}</span>
        {arrivalsUs.length > 1 && ', duplicated'}
        {fate === 'delivered' && sent.some((piece) => piece.fate.kind === 'lost') && ', a copy lost'}
      </td>
      <td>{sent.map(({ sentUs }) => msText(sentUs)).join(', ')}</td>
      <td>{arrivalsUs.map(msText).join(', ')}</td>
    </tr>
  );
}

/** `name`: which run, so that several tables of one page can be told apart. */
export function PieceTable({ run, name }: { readonly run: Run; readonly name: string }): JSX.Element {
  const rows = run.hops.flat();
  return (
    <details class="twin">
      <summary>All pieces as a table, {rows.length} rows</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`The pieces as a table: ${name}`}>
        <table>
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Cells key={row.key} row={row} run={run} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
