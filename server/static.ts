/** The built site: compressed, cached rightly, with safe headers. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/** Sent with every answer. The pages carry the rest of the content policy themselves, with the hashes of their scripts. */
const HEADERS = {
  'Content-Security-Policy': "frame-ancestors 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

const HASHED = /^\/_astro\//;
const YEAR = 'public, max-age=31536000, immutable';

export type SiteHandler = (request: IncomingMessage, response: ServerResponse) => void;

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function readPage(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return true;
  } catch {
    return false;
  }
}

/** Sets the headers that every answer of this server carries. */
export function setSafeHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

/**
 * Takes away what sirv 3.0.2 fails on, which would end the process: a Range that ends before it begins is thrown, and a file
 * that has gone since the start is an error of the stream that it pipes into the response, which nobody hears.
 * Source: RFC 9110 §14.2 (a server may ignore Range).
 */
function prepareForSirv(request: IncomingMessage, response: ServerResponse): void {
  delete request.headers.range;
  response.once('pipe', (file) => file.once('error', () => response.destroy()));
}

/** Serves a folder; undefined when no site has been built there. It reads the list of files once, so build first. */
export function serveSite(folder: string): SiteHandler | undefined {
  const notFound = readPage(join(folder, '404.html'));
  if (!notFound) return undefined;
  const serve = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    dotfiles: false,
    setHeaders: (response, path) => response.setHeader('Cache-Control', HASHED.test(path) ? YEAR : 'no-cache'),
  });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      answer(response, 405, 'Only GET and HEAD.');
    } else if (!isDecodable(request.url ?? '/')) {
      answer(response, 400, 'This address cannot be read.');
    } else {
      prepareForSirv(request, response);
      // sirv would answer 200 with the page for a missing address; the status must say that nothing is there.
      serve(request, response, () => {
        response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' }).end(notFound);
      });
    }
  };
}
