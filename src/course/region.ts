/** Code shown is code that runs: regions of the files that a lab executes. */
const SOURCES = import.meta.glob<string>(
  ['/content/scenarios/*.ts', '/server/sockets/*.ts', '/src/wire/**/*.ts', '/src/sim/**/*.ts', '/src/widgets/*/*.ts', '!/**/*.test.ts'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

const MARK = /^\s*\/\/ #(?:end)?region\b/;
const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The lines between `// #region name` and `// #endregion name`, moved to the left margin. Throws if the file or the region is not there. */
export function readRegion(file: string, region: string): string {
  const source = SOURCES[`/${file}`];
  if (source === undefined)
    throw new Error(
      `There is no file "${file}" to quote: lessons may quote content/scenarios, server/sockets, src/wire, src/sim and src/widgets.`,
    );
  const lines = source.split('\n');
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const end = lines.findIndex((line) => line.trim() === `// #endregion ${region}`);
  if (start < 0 || end < start) throw new Error(`There is no region "${region}" in ${file}.`);
  const body = lines.slice(start + 1, end).filter((line) => !MARK.test(line));
  const indent = Math.min(...body.filter((line) => line.trim() !== '').map(indentOf));
  return body
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd();
}
