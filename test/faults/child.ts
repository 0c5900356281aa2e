/** A server in a process of its own, whose end is seen from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

export type Child = {
  readonly process: ChildProcess;
  readonly port: number;
  readonly url: string;
  /** Resolves when the process has ended: its exit code, and all that it wrote to stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  isAlive(): boolean;
  /** Ends the process politely, and resolves when it is gone. */
  stop(): Promise<void>;
};

/** Starts a program of this folder, and resolves when it has printed its port. */
export async function startChild(file: string, args: readonly string[] = []): Promise<Child> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/${file}`, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = Promise.all([once(child, 'close'), text(child.stderr)]).then(([[code], stderr]) => ({ code, stderr }));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(Number(line.replace('port ', ''))));
    void ended.then(({ stderr }) => reject(new Error(`${file} ended before it listened: ${stderr}`)));
  });
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    process: child,
    port,
    url: `http://127.0.0.1:${port}`,
    ended,
    isAlive,
    async stop() {
      if (isAlive()) child.kill('SIGTERM');
      await ended;
    },
  };
}
