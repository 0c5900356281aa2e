import { mkdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSite, type RunningApp, startApp } from './app.fixture.ts';
import { serveSite } from './static.ts';

const SCRIPT = 'console.log("on the wire");'.repeat(50);
const HASHED = '/_astro/lab.B8s0hQ1f.js';
const dist = makeSite();
let site: RunningApp;

beforeAll(async () => {
  // Files are listed when the app starts: the site is complete before it does.
  mkdirSync(join(dist, '_astro'));
  mkdirSync(join(dist, 'lessons'));
  writeFileSync(join(dist, HASHED), SCRIPT);
  writeFileSync(join(dist, `${HASHED}.br`), brotliCompressSync(SCRIPT));
  writeFileSync(join(dist, `${HASHED}.gz`), gzipSync(SCRIPT));
  writeFileSync(join(dist, 'lessons', 'index.html'), '<h1>Lessons</h1>');
  writeFileSync(join(dist, 'gone.html'), 'soon gone');
  writeFileSync(join(dist, '.env'), 'SECRET=1');
  site = await startApp({ config: { DIST: dist } });
});
afterAll(async () => {
  await site.close();
  rmSync(dist, { recursive: true, force: true });
});

type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: Buffer };

/** Asks with `node:http`, which sends a path as it stands and decompresses nothing. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: site.port, path, method, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    })
      .on('error', reject)
      .end();
  });
}

describe('compression', () => {
  it('sends brotli to who reads it, gzip to who reads only that, and plain text to everybody else', async () => {
    const br = await get(HASHED, { 'Accept-Encoding': 'gzip, deflate, br' });
    expect([br.headers['content-encoding'], brotliDecompressSync(br.body).toString()]).toEqual(['br', SCRIPT]);
    const gzip = await get(HASHED, { 'Accept-Encoding': 'gzip' });
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.body).toString()]).toEqual(['gzip', SCRIPT]);
    const plain = await get(HASHED);
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, SCRIPT]);
  });
  it('tells caches that the answer varies, and keeps the type of what is inside', async () => {
    for (const encoding of ['br', 'gzip', 'identity']) {
      const { headers } = await get(HASHED, { 'Accept-Encoding': encoding });
      expect(headers).toMatchObject({ vary: 'Accept-Encoding', 'content-type': 'text/javascript' });
    }
  });
});

describe('caching', () => {
  it('lets a hashed file be kept for ever, in each encoding', async () => {
    for (const encoding of ['br', 'identity']) {
      const { headers } = await get(HASHED, { 'Accept-Encoding': encoding });
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
  });
  it('has pages asked for each time', async () => {
    for (const path of ['/', '/lessons/', '/nowhere']) expect((await get(path)).headers['cache-control']).toBe('no-cache');
  });
  it('answers 304, without a body, to who has this very version', async () => {
    const { headers } = await get('/');
    const again = await get('/', { 'If-None-Match': String(headers['etag']) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await get('/', { 'If-None-Match': 'W/"another"' })).status).toBe(200);
  });
});

describe('headers', () => {
  it.each(['/', HASHED, '/nowhere', '/health', '/metrics', '/labs/none/socket.io/'])('are safe on %s', async (path) => {
    expect((await get(path)).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'content-security-policy': "frame-ancestors 'self'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    });
  });
});

describe('addresses', () => {
  it('serves the page of a folder', async () => {
    expect((await get('/lessons/')).body.toString()).toBe('<h1>Lessons</h1>');
  });
  it('answers 404 with the page for it', async () => {
    const { status, body, headers } = await get('/nowhere');
    expect([status, body.toString(), headers['content-type']]).toEqual([404, '<h1>Not here</h1>', 'text/html; charset=utf-8']);
  });
  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s with 405, and says what it takes', async (method) => {
    const { status, headers } = await get('/', {}, method);
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
  it('answers HEAD with the headers alone', async () => {
    const { status, headers, body } = await get('/', {}, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, '20', 0]);
    expect((await get('/nowhere', {}, 'HEAD')).status).toBe(404);
  });
  it.each(['/../package.json', '/..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/_astro/../../x', '/.env', '/_astro/..%5c..%5cx'])(
    'gives away nothing at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
  it.each(['/%', '/%ff', '//', '///..', '/%E0%A4%A'])('answers 400 or 404 to the unreadable %s', async (path) => {
    expect([400, 404]).toContain((await get(path)).status);
  });
});

describe('what would end the process', () => {
  it.each(['bytes=5-2', 'bytes=-1', 'bytes=abc', 'bytes=999-', 'bytes=0-0,5-9', '9'.repeat(50)])('is no Range: %s', async (range) => {
    const { status, body } = await get('/', { Range: range });
    expect([status, body.toString()]).toEqual([200, '<h1>On the Wire</h1>']);
  });
  it('is no file that has gone since the start', async () => {
    unlinkSync(join(dist, 'gone.html'));
    await expect(get('/gone')).rejects.toThrow('socket hang up');
    expect((await get('/')).status).toBe(200);
  });
  it('is no request that is not HTTP', async () => {
    const socket = connect(site.port, '127.0.0.1');
    socket.write('NONSENSE\r\n\r\n');
    const [chunk] = await socket.take(1).toArray();
    expect(String(chunk)).toMatch(/^HTTP\/1.1 400/);
  });
});

describe('serveSite', () => {
  it('finds no site in a folder without a page for 404, or in no folder', () => {
    expect(serveSite('/nowhere/at/all')).toBeUndefined();
  });
});
