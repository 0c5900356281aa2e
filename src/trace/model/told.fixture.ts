/** What a trace tells, in lines that can be compared; and logs that are written by hand. */
import { assemble } from '../assemble.ts';
import { meantFor, messagesOf } from '../fates.ts';
import type { ClientRecord, Logs, ServerRecord } from '../records.ts';
import type { LaneId, Message } from '../trace.ts';
import { LANES, type Lab } from './lab.fixture.ts';
import { fateWords } from './truth.fixture.ts';

export const HI = { event: 'chat', args: ['hi'] };
export const FILE = { event: 'chat', args: ['a file'], bytes: [[1, 2], [3]] };

export const chatsFor = (lab: Lab, to: LaneId): readonly Message[] => meantFor(assemble(lab.logs()), { event: 'chat', to });

/** `chat "hi": never-sent away` */
const lineOf = ({ label, fate }: Message): string => `${label}: ${fateWords(fate)}`;
export const toldOfChats = (lab: Lab, to: LaneId): readonly string[] => chatsFor(lab, to).map(lineOf);
export const toldBy = (logs: Logs): readonly string[] => messagesOf(assemble(logs)).map(lineOf);

/** The logs of a lab in which Ada is connected, on the session `a` with the socket `ada1`; then what each side wrote down. */
export function logsOf(ada: readonly ClientRecord[], server: readonly ServerRecord[] = []): Logs {
  return {
    lanes: LANES,
    since: 0,
    until: 1_000,
    clockOffsetMs: 0,
    server: [['opened', -9, 'a', 'websocket'], ['joined', -8, '/', 'ada1', 'ada1'], ['connected', -7, 'a', 'ada1', '/', false], ...server],
    clients: { ada: [['opened', -9, 'a', 'websocket'], ['connected', -7, 'a', 'ada1', '/', false], ...ada] },
  };
}
