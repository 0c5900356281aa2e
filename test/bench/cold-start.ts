/** Cold start: from starting the process to the line that says where the server is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compare, interleave, type Row, type Sample } from './measure.ts';

const ROUNDS = 11;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Milliseconds until `script` has printed an address. */
function startTime(script: string): Sample {
  return async () => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [script], {
      cwd: ROOT,
      env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    let printed = '';
    for await (const text of child.stdout.setEncoding('utf8')) {
      printed += text;
      if (printed.includes('http://')) break;
    }
    const took = performance.now() - startedAt;
    child.kill('SIGKILL');
    await gone;
    if (!printed.includes('http://')) throw new Error(`${script} ended before it said where it is`);
    return took;
  };
}

export async function measureColdStart(): Promise<Row[]> {
  const samples = await interleave('cold start', ROUNDS, {
    bareA: startTime('test/bench/bare-server.ts'),
    bareB: startTime('test/bench/bare-server.ts'),
    main: startTime('server/main.ts'),
  });
  const against = { bare: samples.bareA, show: (ms: number) => `${ms.toFixed(0)} ms` };
  return [
    compare({ ...against, what: 'cold start to ready', ours: samples.main, goal: 3 }),
    compare({ ...against, what: '  null test: bare B', ours: samples.bareB }),
  ];
}
