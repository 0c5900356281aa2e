/** Our server as `main.ts` runs it, last net and all, but with the attackable scenario. Prints its port. */
import pino from 'pino';
import { testConfig } from '../../server/app.fixture.ts';
import { createApp } from '../../server/app.ts';
import { spreadLastNet } from '../../server/last-net.ts';
import { ATTACKABLE } from './attackable.ts';
import { BROKEN } from './broken.ts';

const log = pino({ level: 'fatal' }, pino.destination(2));
const app = createApp({ config: testConfig({ DIST: '/no/site' }), scenarios: [ATTACKABLE, BROKEN], log });
spreadLastNet(app, log);
const { port } = await app.start();
console.log(`port ${port}`);
process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
