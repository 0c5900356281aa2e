/** What metrics and log are told of labs and requests. Neither ever gets a payload, a whole address or a whole lab id. */
import type { ServerRecord } from '#trace/records.ts';
import type { GuardContext } from './guard/guard.ts';
import type { LabEnding } from './labs/registry.ts';
import type { LabRoom } from './labs/room.ts';
import { type Log, shortAddress, shortLab } from './log.ts';
import type { Metrics } from './metrics.ts';

export type Observer = Pick<GuardContext, 'refused' | 'fault'> & {
  counted(record: ServerRecord): void;
  opened(room: LabRoom): void;
  ending(room: LabRoom, why: LabEnding): void;
  /** A fault was caught on the control plane, of this kind. */
  trouble(what: string): void;
};

export function observe(metrics: Metrics, log: Log): Observer {
  return {
    counted(record) {
      if (record[0] === 'arrived') metrics.packets.in += 1;
      else if (record[0] === 'created') metrics.packets.out += 1;
      else if (record[0] === 'trouble') {
        metrics.troubles.inc({ what: record[2] });
        log.info({ what: record[2] }, 'a fault in a lab was caught');
      }
    },
    opened(room) {
      metrics.labsOpened.inc();
      log.info({ lab: shortLab(room.id), scenario: room.scenario.id, address: shortAddress(room.address) }, 'lab opened');
    },
    ending(room, why) {
      log.info({ lab: shortLab(room.id), why }, 'lab ended');
    },
    refused(event, why) {
      metrics.refusals.inc({ why });
      log.debug({ event, why }, 'refused');
    },
    fault(event, error) {
      metrics.troubles.inc({ what: 'handler' });
      // pino writes an error's message and stack only under this name.
      log.error({ event, err: error }, 'a handler failed');
    },
    trouble(what) {
      metrics.troubles.inc({ what });
    },
  };
}
