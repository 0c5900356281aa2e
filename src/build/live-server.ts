/**
 * `astro dev` also runs the companion server, as production does, restarted by Node when its code or a scenario
 * changes. Vite passes its two paths on, so that the browser sees one origin.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AstroIntegration } from 'astro';

/** A port that nobody uses: the system's choice. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port'))));
    });
  });
}

function startServer(port: number): ChildProcess {
  return spawn(process.execPath, ['--watch', '--watch-preserve-output', 'server/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { LOG_LEVEL: 'warn', ...process.env, HOST: '127.0.0.1', PORT: String(port) },
  });
}

export default function liveServer(): AstroIntegration {
  let child: ChildProcess | undefined;
  let port = 0;
  const stop = () => void child?.kill();
  return {
    name: 'live-server',
    hooks: {
      'astro:config:setup': async ({ command, updateConfig }) => {
        if (command !== 'dev') return;
        port = Number(process.env['COMPANION_PORT'] ?? 0) || (await freePort());
        const target = { target: `http://127.0.0.1:${port}`, ws: true };
        updateConfig({ vite: { server: { proxy: { '/socket.io': target, '/labs': target } } } });
      },
      'astro:server:start': ({ logger }) => {
        child = startServer(port);
        logger.info(`companion server on port ${port}`);
        // Astro runs no hook when it is ended by a signal.
        for (const signal of ['SIGINT', 'SIGTERM'] as const) {
          process.once(signal, () => {
            stop();
            process.exit();
          });
        }
      },
      'astro:server:done': stop,
    },
  };
}
