/** A header as a picture and as a table, both from the table of fields that reads and writes it. */
import type { JSX } from 'preact';
import type { HeaderSpec } from '#wire/header.ts';
import { Twin } from '../twin/twin.tsx';
import { type Cell, drawHeader, type HeaderGeometry } from './header-drawing.ts';

const LINE = { word: 15, letter: 12 };

function CellView({ cell, row }: { cell: Cell; row: number }): JSX.Element {
  const { x, y, width, lines, isStacked } = cell;
  const line = isStacked ? LINE.letter : LINE.word;
  const first = y + row / 2 + 4.5 - ((lines.length - 1) * line) / 2;
  return (
    <g>
      <rect class="header-cell" x={x} y={y} width={width} height={row} />
      <text class={isStacked ? 'header-name is-stacked' : 'header-name'} y={first}>
        {lines.map((text, index) => (
          <tspan key={index} x={x + width / 2} dy={index === 0 ? 0 : line}>
            {text}
          </tspan>
        ))}
      </text>
    </g>
  );
}

function Picture({ header, geometry }: { header: HeaderSpec; geometry: HeaderGeometry }): JSX.Element {
  const { width, height, cells, seams, ticks, rows } = drawHeader(header, geometry);
  const [first, second] = rows;
  const row = first && second ? second.y - first.y : 42;
  return (
    <svg class={`header-picture ${geometry}`} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {ticks.map(({ x, label }) => (
        <text key={label} class="header-tick" x={x} y={14}>
          {label}
        </text>
      ))}
      {rows.map(({ y, label }) => (
        <text key={label} class="header-byte" x={24} y={y + row / 2 + 4}>
          {label}
        </text>
      ))}
      {cells.map((cell) => (
        <CellView key={`${cell.id}${cell.y}`} cell={cell} row={row} />
      ))}
      {seams.map(({ x, y, width: length }) => (
        <path key={`${x} ${y}`} class="header-seam" d={`M${x + 2} ${y}h${length - 4}`} />
      ))}
    </svg>
  );
}

const widthOf = (bits: number): string =>
  bits % 8 === 0 ? `${bits / 8} ${bits === 8 ? 'byte' : 'bytes'}` : `${bits} ${bits === 1 ? 'bit' : 'bits'}`;

function Rows({ header }: { header: HeaderSpec }): JSX.Element {
  return (
    <>
      {header.fields.map((field) => (
        <tr key={field.id}>
          <th scope="row">
            {field.name}
            {field.short && ` (${field.short})`}
          </th>
          <td>{widthOf(field.bits)}</td>
          <td>
            {field.kind === 'group'
              ? field.parts.map(({ name, short }) => (short && short.length > 1 ? `${name} (${short})` : name)).join(', ')
              : (field.unit ?? '')}
          </td>
          <td>{field.wireshark && <code>{field.wireshark}</code>}</td>
        </tr>
      ))}
    </>
  );
}

export function HeaderFigure({ header, level }: { readonly header: HeaderSpec; readonly level: string }): JSX.Element {
  const bytes = header.fields.reduce((sum, { bits }) => sum + bits, 0) / 8;
  return (
    <figure class={`header-figure layer-${level}`}>
      <figcaption>
        <strong>{header.title}</strong>, {bytes} bytes. The numbers over the picture count bits, those beside it bytes. Source:{' '}
        {header.source}.
      </figcaption>
      <Picture header={header} geometry="wide" />
      <Picture header={header} geometry="narrow" />
      <Twin
        summary="The same header as a table"
        label={`The fields of ${header.title}`}
        heads={['Field', 'Width', 'Counted in, or made of', 'Wireshark’s name']}
      >
        <Rows header={header} />
      </Twin>
    </figure>
  );
}
