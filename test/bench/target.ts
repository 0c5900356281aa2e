/** The parent's end of one measured server: its process, the addresses of its groups, and the visitors who watch its labs. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { labPath } from '#lab/control-plane.ts';
import type { Kind, Question, Started } from './server.ts';
import { openLabs } from './visitors.ts';

export type Target = AsyncDisposable & {
  /** Where each group of clients connects: a lab each, or always the one bare server. */
  readonly groups: readonly string[];
  ask(question: Question): Promise<number>;
};

const SERVER = new URL('server.ts', import.meta.url);

/** The next message of a child; rejects if it ends instead. */
async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const end = () => ended.abort();
  child.once('exit', end);
  try {
    const [answer] = await once(child, 'message', { signal: ended.signal });
    return answer;
  } catch {
    throw new Error(`A measured server ended with code ${child.exitCode}`);
  } finally {
    child.off('exit', end);
  }
}

/** Starts a server that has `groups` groups of clients to serve. Disposing of it ends its process. */
export async function startTarget(kind: Kind, groups: number): Promise<Target> {
  const child = fork(SERVER, [kind, String(groups)], { execArgv: ['--expose-gc'] });
  const { port, labs } = (await answerOf(child)) as Started;
  const url = `ws://127.0.0.1:${port}`;
  const visitors = kind === 'app' ? await openLabs(url, groups) : { labs, close: () => undefined };
  const paths = kind === 'bare' ? Array.from({ length: groups }, () => '/socket.io/') : visitors.labs.map(labPath);
  return {
    groups: paths.map((path) => url + path),
    async ask(question) {
      child.send(question);
      const answer = await answerOf(child);
      if (typeof answer !== 'number') throw new Error('A measured server did not answer with a number');
      return answer;
    },
    async [Symbol.asyncDispose]() {
      visitors.close();
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
