/** The program that `npm start` runs: environment, listening, signals. */
import { networkInterfaces } from 'node:os';
import { SCENARIOS } from '#content/scenarios/index.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { spreadLastNet } from './last-net.ts';
import { createLog } from './log.ts';

const parsed = readConfig(process.env, process.argv.slice(2));
if (!parsed.ok) {
  console.error(parsed.message);
  process.exit(1);
}
const { config } = parsed;
const log = createLog(config.LOG_LEVEL);
const app = createApp({ config, scenarios: SCENARIOS, log });

spreadLastNet(app, log);

const stop = () => void app.stop().then(() => process.exit(0));
process.once('SIGTERM', stop).once('SIGINT', stop);

const lanAddress = () =>
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one && one.family === 'IPv4' && !one.internal)?.address;
const named = config.HOST === '0.0.0.0' || config.HOST === '::' ? (lanAddress() ?? '127.0.0.1') : config.HOST;

/** Why the port could not be opened, and what to do. */
function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${config.PORT} is taken. Stop what uses it, or choose another: PORT=3001 npm start`;
  const reason = error instanceof Error ? error.message : String(error);
  return `Cannot listen on ${config.HOST}, port ${config.PORT} (${reason}). HOST and PORT choose others.`;
}

try {
  const { port } = await app.start();
  console.log(`On the Wire is at http://${named.includes(':') ? `[${named}]` : named}:${port}/`);
} catch (error) {
  console.error(whyNot(error));
  process.exit(1);
}
