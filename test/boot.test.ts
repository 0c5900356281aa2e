/** `node server/main.ts`, as `npm start` runs it: the one test that Node itself, which is stricter than the test runner, loads the server. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CONTROL_PATH, labPath } from '#lab/control-plane.ts';
import packageJson from '../package.json' with { type: 'json' };
import { connect, makeSite, next, openLab } from '../server/app.fixture.ts';

type Program = ChildProcessByStdio<null, Readable, Readable>;

const ROOT = `${import.meta.dirname}/..`;
const dist = makeSite();
const running: Program[] = [];

/** The program, with an environment of the test's own. */
function run(env: Record<string, string>, args: readonly string[] = []): Program {
  const settings = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', DIST: dist, LOG_LEVEL: 'warn', ...env };
  const program = spawn(process.execPath, ['server/main.ts', ...args], { cwd: ROOT, env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(program);
  return program;
}

/** Resolves with the address that the program prints. */
async function addressOf(program: Program): Promise<string> {
  const lines = createInterface({ input: program.stdout });
  const [line] = await Promise.race([once(lines, 'line'), once(program, 'exit')]);
  return /^On the Wire is at (http:\/\/[\d.]+:\d+)\/$/.exec(String(line))?.[1] ?? `not an address: ${line}`;
}

/** How a program ended that should not have begun: its exit code, and the lines it complained in. */
async function complaintOf(program: Program): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const [[code], stderr] = await Promise.all([once(program, 'exit'), text(program.stderr)]);
  return { code, lines: stderr.trimEnd().split('\n') };
}

afterEach(async () => {
  for (const program of running.splice(0)) {
    if (program.exitCode !== null || program.signalCode !== null) continue;
    const gone = once(program, 'exit');
    program.kill('SIGKILL');
    await gone;
  }
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

describe('npm start', () => {
  it('runs what these tests run', () => {
    expect(packageJson.scripts.start).toBe('exec node server/main.ts');
  });
});

describe('the program', () => {
  it('prints its address, serves the site, and opens a lab with a real scenario', async () => {
    const url = await addressOf(run({}));
    expect(await (await fetch(url)).text()).toBe('<h1>On the Wire</h1>');
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ ready: true });
    const page = await connect(url, CONTROL_PATH);
    const client = await connect(url, labPath(await openLab(page, 'hello')));
    expect(client.connected).toBe(true);
    page.disconnect();
    client.disconnect();
  });
  it('runs without a built site, and says so', async () => {
    const url = await addressOf(run({ DIST: '/nowhere/at/all' }));
    const { status } = await fetch(`${url}/health`);
    expect(status).toBe(503);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends on %s: labs are told, connections close, exit code 0', async (signal) => {
    const program = run({});
    const url = await addressOf(program);
    const page = await connect(url, CONTROL_PATH);
    const lab = await openLab(page, 'hello');
    const client = await connect(url, labPath(lab));
    const news = [next(page, 'lab:ended'), next(page, 'disconnect'), next(client, 'disconnect'), once(program, 'exit')];
    const began = performance.now();
    program.kill(signal);
    const [ended, pageLeft, clientLeft, exit] = await Promise.all(news);
    expect(ended).toEqual([{ lab, why: 'stopped' }]);
    expect([pageLeft?.[0], clientLeft?.[0]]).toEqual(['io server disconnect', 'io server disconnect']);
    expect(exit).toEqual([0, null]);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await text(program.stderr)).toBe('');
  });
});

describe('a start that cannot be', () => {
  it.each([
    ['PORT=abc', { PORT: 'abc' }, [], /^PORT=abc makes no sense: a whole number from 0 to 65535 is wanted\. It is the port to listen on/],
    ['LOG_LEVEL=loud', { LOG_LEVEL: 'loud' }, [], /^LOG_LEVEL=loud makes no sense/],
    ['MAX_LABS=0', { MAX_LABS: '0' }, [], /^MAX_LABS=0 makes no sense/],
    ['an unknown option', {}, ['--wan'], /^Unknown option --wan/],
    ['a host that is not this machine’s', { HOST: '192.0.2.1' }, [], /^Cannot listen on 192\.0\.2\.1, port 0 \(.*EADDRNOTAVAIL/],
  ])('says why in one line, and ends with 1: %s', async (_what, env, args, line) => {
    const { code, lines } = await complaintOf(run(env, args));
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(line)]);
  });
  it('names a port that is taken, and what to do', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const { code, lines } = await complaintOf(run({ PORT: port }));
    other.close();
    expect(code).toBe(1);
    expect(lines).toEqual([`Port ${port} is taken. Stop what uses it, or choose another: PORT=3001 npm start`]);
  });
});
