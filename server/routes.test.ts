import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLab, type RunningApp, startApp } from './app.fixture.ts';
import { createPort, type Port } from './port.ts';
import { createRoutes, type RouteSettings } from './routes.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.close());

const healthOf = async (url: string) => {
  const answer = await fetch(`${url}/health`);
  return { status: answer.status, cache: answer.headers.get('cache-control'), body: await answer.json() };
};

/** Waits until all of a raw answer is there: the server closes the connection behind it. */
async function allOf(socket: Socket): Promise<string> {
  return Buffer.concat(await socket.toArray()).toString();
}

describe('/health', () => {
  it('says ready once the app has started', async () => {
    expect(await healthOf(running.url)).toEqual({ status: 200, cache: 'no-store', body: { ready: true } });
  });
  it('says that no site has been built, and so does every page', async () => {
    const bare = await startApp({ config: { DIST: '/nowhere/at/all' } });
    expect(await healthOf(bare.url)).toMatchObject({ status: 503, body: { ready: false, why: 'no site has been built' } });
    const page = await fetch(bare.url);
    expect([page.status, await page.text()]).toEqual([503, 'No site has been built. Run `npm start`, which builds it.\n']);
    await bare.close();
  });
  it('says stopping to a request that is still under way when the app stops', async () => {
    const stopping = await startApp();
    const socket = connect(stopping.port, '127.0.0.1');
    // The server has read half of this request once it answers the one before it.
    socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n');
    await new Promise((resolve) => socket.once('readable', resolve));
    const stopped = stopping.app.stop();
    socket.write('Connection: close\r\n\r\n');
    const [, before, after] = (await allOf(socket)).split('HTTP/1.1 ');
    expect([before, after]).toEqual([
      expect.stringMatching(/^200 OK/),
      expect.stringMatching(/^503 Service Unavailable.*{"ready":false,"why":"stopping"}/s),
    ]);
    await stopped;
    await stopping.close();
  });
});

describe('/metrics', () => {
  const metrics = async () => (await fetch(`${running.url}/metrics`)).text();
  const numberOf = async (name: string) =>
    Number(
      (await metrics())
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );

  it('is text for Prometheus, never cached', async () => {
    const { status, headers } = await fetch(`${running.url}/metrics`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'no-store',
    ]);
  });
  it('counts labs, connections, watchers, events, refusals and faults', async () => {
    const page = await running.page();
    const lab = await openLab(page);
    const client = await running.client(lab);
    await client.emitWithAck('echo', 'hi');
    client.emit('echo', 'and no ack');
    await client.emitWithAck('echo', 'hi');
    await page.emitWithAck('lab:open', { scenario: 'unknown', lanes: [] });
    expect(await numberOf('wire_labs')).toBe(1);
    expect(await numberOf('wire_labs_opened_total')).toBe(1);
    expect(await numberOf('wire_connections')).toBe(1);
    expect(await numberOf('wire_watchers')).toBe(1);
    expect(await numberOf('wire_events_total{direction="in"}')).toBeGreaterThanOrEqual(4);
    expect(await numberOf('wire_events_total{direction="out"}')).toBeGreaterThanOrEqual(3);
    expect(await numberOf('wire_refusals_total{why="unknown-scenario"}')).toBe(1);
    expect(await numberOf('wire_troubles_total{what="threw"}')).toBe(1);
    expect(await numberOf('wire_loop_delay_ms')).toBeGreaterThan(0);
    page.disconnect();
  });
  it('reads the same twice: reading resets nothing', async () => {
    expect(await numberOf('wire_loop_delay_ms')).toBeGreaterThan(0);
    expect(await numberOf('wire_loop_delay_ms')).toBeGreaterThan(0);
  });
});

describe('createRoutes', () => {
  const faults: unknown[] = [];
  const settings = (changes: Partial<RouteSettings>): RouteSettings => ({
    ...running.app,
    site: undefined,
    unreadyBecause: () => undefined,
    isStopping: () => false,
    fault: (what, error) => faults.push([what, error]),
    ...changes,
  });
  let port: Port;
  const serve = async (changes: Partial<RouteSettings>) => {
    port = createPort(createRoutes(settings(changes)));
    return `http://127.0.0.1:${await port.listen(0, '127.0.0.1')}`;
  };
  beforeEach(() => {
    faults.length = 0;
    return () => port.close();
  });

  it('says why the app is not ready: it is starting, or overloaded', async () => {
    let why = 'starting';
    const url = await serve({ unreadyBecause: () => why });
    expect(await healthOf(url)).toMatchObject({ status: 503, body: { ready: false, why: 'starting' } });
    why = 'overloaded';
    expect(await healthOf(url)).toMatchObject({ status: 503, body: { ready: false, why: 'overloaded' } });
  });
  it('answers 500 when a handler throws, reports it, and goes on', async () => {
    const broken = new Error('broken');
    const url = await serve({
      site: () => {
        throw broken;
      },
    });
    expect((await fetch(url)).status).toBe(500);
    expect(faults).toEqual([['request', broken]]);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
  it('cuts an answer off that fails half-way', async () => {
    const url = await serve({
      site: (_request, response) => {
        response.writeHead(200, { 'Content-Length': 10 }).write('half');
        throw new Error('half-way');
      },
    });
    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
    expect(faults).toHaveLength(1);
  });
  it('answers 404 for a lab that is not there, and for a path that only looks like one the site’s page', async () => {
    const url = await serve({ site: (_request, response) => response.writeHead(404).end('the site') });
    expect(await (await fetch(`${url}/labs/unknown/socket.io/`)).text()).toBe('');
    expect(await (await fetch(`${url}/labs/a.b/socket.io/`)).text()).toBe('the site');
  });
});
