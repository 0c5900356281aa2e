import type { LoaderContext } from 'astro/loaders';
import { z } from 'astro/zod';
import { describe, expect, it } from 'vitest';
import { lineOf, withLines } from './content-lines.ts';

const FILE = 'content/lessons/emit.mdx';
const schema = z.strictObject({
  title: z.string({ error: 'Give the lesson a title.' }),
  sources: z.array(z.string({ error: 'A source is a text.' })),
});

/** Loads one entry with `data` from the file of the first lesson. */
const loading = (data: Record<string, unknown>): Promise<void> => {
  const parseData = (entry: { data: unknown }) => Promise.resolve(entry.data);
  const loader = withLines(
    { name: 'one', load: async (context) => void (await context.parseData({ id: 'emit', data, filePath: FILE })) },
    schema,
  );
  return loader.load({ parseData } as unknown as LoaderContext);
};

describe('an entry of a collection', () => {
  it('is loaded when it fits the schema', async () => {
    await expect(loading({ title: 'Emit', sources: [] })).resolves.toBeUndefined();
  });

  it.each([
    ['a wrong field', { title: 7, sources: [] }, `${FILE}:2: title: Give the lesson a title.`],
    ['a missing field', { title: 'Emit' }, `${FILE}:8: sources: `],
    ['a wrong field inside another', { title: 'Emit', sources: [1] }, `${FILE}:8: sources.0: A source is a text.`],
    ['a field that nobody knows', { title: 'Emit', sources: [], terms: [] }, `${FILE}:7: terms: There is no such field here.`],
  ])('stops the build with file, line and sentence for %s', async (_what, data, told) => {
    await expect(loading(data)).rejects.toThrow(told);
  });
});

describe('the line of a field', () => {
  it.each([
    ['in front matter', '---\ntitle: x\npart: 4\n---', 'part', 3],
    ['in JSON', '{\n  "term": "x",\n  "short": "y"\n}', 'short', 3],
    ['that is missing is the first', '---\ntitle: x\n---', 'part', 1],
    ['whose name begins like another', '---\nterms: []\nterm: x\n---', 'term', 3],
  ])('%s', (_where, text, field, line) => {
    expect(lineOf(field, text)).toBe(line);
  });
});
