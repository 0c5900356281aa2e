/** Files as the server gives them to a browser that takes brotli, and scripts with all that they import. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { importsOf } from './first-load.ts';

/** `bytes` are those of the body that came over the wire, compressed or not. */
export type Fetched = { readonly url: string; readonly bytes: number; readonly text: string };
export type Load = (url: string) => Promise<Fetched>;

const DECODERS: Record<string, (body: Buffer) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync };

/** Loads addresses of the site at `origin`, each once. */
export function loader(origin: string): Load {
  const known = new Map<string, Promise<Fetched>>();
  const load: Load = async (url) => {
    const [response] = (await once(get(url, { headers: { 'Accept-Encoding': 'br, gzip' } }), 'response')) as [IncomingMessage];
    const body = await buffer(response);
    if (response.statusCode !== 200) throw new Error(`${url} is answered with ${response.statusCode}`);
    const decode = DECODERS[response.headers['content-encoding'] ?? ''];
    return { url, bytes: body.length, text: (decode ? decode(body) : body).toString() };
  };
  return (path) => {
    const url = new URL(path, origin).href;
    const fetched = known.get(url) ?? load(url);
    known.set(url, fetched);
    return fetched;
  };
}

/** Scripts with everything that they import before they run, each once, but for those already `loaded`. */
export async function withImports(
  urls: readonly string[],
  load: Load,
  loaded: ReadonlySet<string> = new Set(),
): Promise<Map<string, Fetched>> {
  const found = new Map<string, Fetched>();
  const waiting = [...urls];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    const script = await load(url);
    if (found.has(script.url) || loaded.has(script.url)) continue;
    found.set(script.url, script);
    waiting.push(...importsOf(script.text).map((path) => new URL(path, script.url).href));
  }
  return found;
}
