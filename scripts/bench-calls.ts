/**
 * Which system calls a bench's steps make, as the kernel sees them: goes through a bench in a process of its own, under
 * strace, and reads what strace wrote. Linux only.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchScript } from '#lab/sockets/script.ts';
import { callsByStep } from './strace.ts';

const TRACED = 'socket,bind,listen,connect,accept,accept4,read,write,writev,sendmsg,sendmmsg,recvmsg,recvmmsg,getsockopt,shutdown,close';

/** The calls of each act of a script's path, by the act's id. Throws where there is no strace. */
export function recordCalls({ id }: BenchScript): Readonly<Record<string, readonly string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-calls-'));
  const file = join(folder, 'strace');
  const walker = new URL('bench-walk.ts', import.meta.url).pathname;
  const { error, status } = spawnSync('strace', ['-e', `trace=${TRACED}`, '-o', file, process.execPath, walker, id], { stdio: 'pipe' });
  try {
    if (error) throw new Error('Benches are recorded under strace, which is not installed here.');
    if (status !== 0) throw new Error(`The bench ${id} did not run to its end under strace.`);
    return callsByStep(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
