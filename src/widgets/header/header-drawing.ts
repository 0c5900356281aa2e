/** A header drawn as the RFCs draw it: rows of bits, most significant first. Geometry only. */
import type { FieldSpec, HeaderSpec } from '#wire/header.ts';

/** One stretch of a field in one row. A field that is wider than what is left of a row has several. */
export type Cell = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** What fits into the cell: the name, its short form, or nothing in the second and later stretches. */
  readonly lines: readonly string[];
  readonly isContinued: boolean;
  /** Its lines are single letters. */
  readonly isStacked: boolean;
};

/** Where a field goes on in the next row right below itself: no edge of the field, though an edge is drawn there. */
export type Seam = { readonly x: number; readonly y: number; readonly width: number };

export type HeaderDrawing = {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly Cell[];
  readonly seams: readonly Seam[];
  /** Bit numbers over the first row, and byte numbers beside each. */
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly rows: readonly { readonly y: number; readonly label: string }[];
};

export type HeaderGeometry = 'wide' | 'narrow';

/** `bits`: in one row. `bit`: width of one bit. Text is `charWidth` wide on average, at 13 units. */
const GEOMETRIES = {
  wide: { bits: 32, bit: 20, gutter: 40, row: 42 },
  narrow: { bits: 16, bit: 18.5, gutter: 30, row: 44 },
} as const;
const TOP = 24;
const CHAR_WIDTH = 7;
const LINES_A_CELL = 2;
const LETTERS_STACKED = 3;

/** Groups are drawn by their parts: the bits are what one looks for. */
const drawn = (specs: readonly FieldSpec[]): readonly FieldSpec[] => specs.flatMap((spec) => (spec.kind === 'group' ? spec.parts : [spec]));

/** Words laid into lines of so many characters; undefined if they do not fit. */
function linesOf(text: string, chars: number): readonly string[] | undefined {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= chars) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= LINES_A_CELL && lines.every((line) => line.length <= chars) ? lines : undefined;
}

/** The name, else its short form, else that with its letters one under the other, as the RFCs write flags. */
function wordsIn({ name, short = name }: FieldSpec, width: number): readonly string[] {
  const chars = Math.floor((width - 4) / CHAR_WIDTH);
  return linesOf(name, chars) ?? linesOf(short, chars) ?? [...short].slice(0, LETTERS_STACKED);
}

type Stretch = { readonly spec: FieldSpec; readonly at: number; readonly bits: number; readonly isContinued: boolean };

/** The fields cut at the ends of rows. */
function stretchesOf(specs: readonly FieldSpec[], rowBits: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const spec of drawn(specs)) {
    const end = at + spec.bits;
    const start = at;
    while (at < end) {
      const bits = Math.min(end - at, rowBits - (at % rowBits));
      stretches.push({ spec, at, bits, isContinued: at > start });
      at += bits;
    }
  }
  return stretches;
}

function seamsOf(cells: readonly Cell[]): readonly Seam[] {
  return cells.flatMap((cell, index) => {
    const above = cells[index - 1];
    if (!cell.isContinued || !above) return [];
    const x = Math.max(cell.x, above.x);
    const width = Math.min(cell.x + cell.width, above.x + above.width) - x;
    return width > 0 ? [{ x, y: cell.y, width }] : [];
  });
}

/** Where everything of a header's drawing stands. `wide` has 32 bits a row, `narrow` 16. */
export function drawHeader({ fields }: HeaderSpec, geometry: HeaderGeometry): HeaderDrawing {
  const { bits: rowBits, bit, gutter, row } = GEOMETRIES[geometry];
  const stretches = stretchesOf(fields, rowBits);
  const cells = stretches.map(({ spec, at, bits, isContinued }): Cell => {
    const width = bits * bit;
    const place = { x: gutter + (at % rowBits) * bit, y: TOP + Math.floor(at / rowBits) * row };
    const lines = isContinued ? [] : wordsIn(spec, width);
    return { id: spec.id, ...place, width, lines, isContinued, isStacked: lines.length > LINES_A_CELL };
  });
  const total = stretches.reduce((sum, { bits }) => sum + bits, 0);
  const rows = Array.from({ length: Math.ceil(total / rowBits) }, (_, index) => ({
    y: TOP + index * row,
    label: String((index * rowBits) / 8),
  }));
  const ticks = Array.from({ length: rowBits / 8 + 1 }, (_, index) => ({ x: gutter + index * 8 * bit, label: String(index * 8) }));
  return { width: gutter + rowBits * bit + 12, height: TOP + rows.length * row + 2, cells, seams: seamsOf(cells), ticks, rows };
}
