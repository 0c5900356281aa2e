/** Writes name.br and name.gz beside each text file of the built site, so that the server compresses nothing itself. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

const COMPRESSIBLE = new Set(['.html', '.css', '.js', '.svg', '.json', '.xml', '.txt', '.webmanifest']);
const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** A form that is not smaller than the file itself is not written. */
async function compress(file: string): Promise<void> {
  const body = await readFile(file);
  const brotli = await toBrotli(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });
  const gzipped = await toGzip(body, { level: 9 });
  if (brotli.length < body.length) await writeFile(`${file}.br`, brotli);
  if (gzipped.length < body.length) await writeFile(`${file}.gz`, gzipped);
}

export default function precompress(): AstroIntegration {
  return {
    name: 'precompress',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const entries = await readdir(fileURLToPath(dir), { recursive: true, withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.has(extname(entry.name)));
        await Promise.all(files.map(({ parentPath, name }) => compress(join(parentPath, name))));
        logger.info(`${files.length} files`);
      },
    },
  };
}
