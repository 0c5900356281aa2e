import type { App } from './app.ts';
import { type Log, shortLab } from './log.ts';

/**
 * The last net: what code of a scenario throws where nobody else can catch it (a timer of its own, a promise that it
 * forgot) is that lab's; anything else is our own bug, and ends the program.
 */
export function spreadLastNet(app: App, log: Log): void {
  const net = (error: unknown) => {
    const lab = app.labs.labInside();
    if (lab === undefined) {
      log.fatal({ err: error }, 'a fault of our own');
      process.exit(1);
    }
    app.metrics.troubles.inc({ what: 'uncaught' });
    log.error({ lab: shortLab(lab) }, 'a fault in a lab reached the last net');
  };
  process.on('uncaughtException', net).on('unhandledRejection', net);
}
