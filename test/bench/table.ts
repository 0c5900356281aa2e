import type { Row } from './measure.ts';

const COLUMNS = ['what', 'ours', 'bare', 'ratio', 'goal', 'verdict', 'notes'] as const satisfies readonly (keyof Row)[];
const NUMBERS: ReadonlySet<string> = new Set(['ours', 'bare', 'ratio', 'goal']);

/** Rows as lines of text, one column under the other; numbers end where their column ends. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => COLUMNS.map((name) => row[name] ?? ''));
  const columns = COLUMNS.map((name, i) => ({
    name,
    width: Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0)),
  }));
  const line = (row: readonly string[]) =>
    columns
      .map(({ name, width }, i) => (NUMBERS.has(name) ? (row[i] ?? '').padStart(width) : (row[i] ?? '').padEnd(width)))
      .join('  ')
      .trimEnd();
  return [line(COLUMNS), columns.map(({ width }) => '─'.repeat(width)).join('  '), ...cells.map(line)].join('\n');
}
