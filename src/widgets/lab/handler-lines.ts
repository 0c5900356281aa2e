/** Index of the first and the last line of a handler, counted from 0. */
export type LineRange = { readonly first: number; readonly last: number };

const opens = (text: string): number => text.split('(').length - text.split(')').length;

/**
 * The lines of the handler that a piece of Socket.IO code registers for `event`: from `.on('event'` to the line that
 * closes that call. Undefined when the code registers none.
 * The connection handler usually holds all others, so of it only the lines that belong to no other are meant: its first.
 */
export function handlerLines(lines: readonly string[], event: string): LineRange | undefined {
  const first = lines.findIndex((line) => line.includes(`.on('${event}'`));
  if (first < 0) return undefined;
  if (event === 'connection') return { first, last: first };
  let depth = 0;
  for (let index = first; index < lines.length; index++) {
    depth += opens(lines[index] ?? '');
    if (depth <= 0) return { first, last: index };
  }
  return { first, last: lines.length - 1 };
}
