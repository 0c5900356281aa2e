/** Says in which line of a content file a field is wrong: Astro itself names the file alone. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Loader } from 'astro/loaders';
import type { z } from 'astro/zod';

type Issue = z.core.$ZodIssue;

/** The field of a file that an issue is about: an unknown one is named by the issue, any other stands in its path. */
const fieldOf = (issue: Issue): string => String(issue.code === 'unrecognized_keys' ? issue.keys[0] : (issue.path[0] ?? ''));

/** Line of a field of YAML or JSON at the top level, from 1; the first line if it is missing. */
export function lineOf(field: string, text: string): number {
  const begins = new RegExp(`^\\s*"?${field.replace(/[^\w-]/g, '.')}"?\\s*:`);
  return (
    Math.max(
      0,
      text.split('\n').findIndex((line) => begins.test(line)),
    ) + 1
  );
}

const sentenceOf = (issue: Issue): string =>
  issue.code === 'unrecognized_keys' ? 'There is no such field here. Correct its name, or take it out.' : issue.message;

/** One line for each issue: `content/lessons/emit.mdx:2: title: Give the lesson a title.` */
export const tellIssues = (issues: readonly Issue[], file: string, text: string): string =>
  issues
    .map((issue) => `${file}:${lineOf(fieldOf(issue), text)}: ${[fieldOf(issue), ...issue.path.slice(1)].join('.')}: ${sentenceOf(issue)}`)
    .join('\n');

/** A loader that stops the build with file, line and sentence when an entry does not fit the schema. */
export function withLines(loader: Loader, schema: z.ZodType): Loader {
  return {
    ...loader,
    load: (context) =>
      loader.load({
        ...context,
        parseData: async (entry) => {
          const parsed = await schema.safeParseAsync(entry.data);
          if (!parsed.success && entry.filePath) {
            const file = relative(process.cwd(), entry.filePath);
            throw new Error(
              `Content does not fit src/content.config.ts.\n${tellIssues(parsed.error.issues, file, readFileSync(entry.filePath, 'utf8'))}`,
            );
          }
          return context.parseData(entry);
        },
      }),
  };
}
