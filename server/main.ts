/** The program that `npm start` runs: environment, listening, signals. */
import { networkInterfaces } from 'node:os';
import { SCENARIOS } from '#content/scenarios/index.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';

const parsed = readConfig(process.env, process.argv.slice(2));
if (!parsed.ok) {
  console.error(parsed.message);
  process.exit(1);
}
const { config } = parsed;
const log = createLog(config.LOG_LEVEL);
const app = createApp({ config, scenarios: SCENARIOS, log });

/** The last net: what a timer of a scenario throws is that lab's; anything else is our own bug, and ends the program. */
const net = (error: unknown) => {
  const lab = app.labs.labInside();
  if (lab === undefined) {
    log.fatal({ error }, 'a fault of our own');
    process.exit(1);
  }
  app.metrics.troubles.inc({ what: 'uncaught' });
  log.error({ lab: lab.slice(0, 6) }, 'a fault in a lab reached the last net');
};
process.on('uncaughtException', net).on('unhandledRejection', net);

const stop = () => void app.stop().then(() => process.exit(0));
process.once('SIGTERM', stop).once('SIGINT', stop);

const lanAddress = () =>
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one && one.family === 'IPv4' && !one.internal)?.address;
const named = config.HOST === '0.0.0.0' || config.HOST === '::' ? (lanAddress() ?? '127.0.0.1') : config.HOST;

try {
  const { port } = await app.start();
  console.log(`On the Wire is at http://${named.includes(':') ? `[${named}]` : named}:${port}/`);
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(taken ? `Port ${config.PORT} is taken. Stop what uses it, or choose another: PORT=3001 npm start` : error);
  process.exit(1);
}
