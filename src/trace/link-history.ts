/** What a learner did to one client's link, and when: from it the cause of a loss is read. Pure. */
import type { ClientRecord, LinkAct } from './records.ts';
import type { LossCause } from './trace.ts';

/** One engine session, on the page's clock, milliseconds. A side that has not ended it yet says `Infinity`. */
export type SessionLife = {
  readonly openedAt: number;
  readonly clientEndedAt: number;
  readonly serverEndedAt: number;
  /** Whether the server's end of it is a crash. */
  readonly isCrash: boolean;
};

const CAUSES: Partial<Record<LinkAct, LossCause>> = { 'black-hole': 'black-hole', cut: 'cut', 'change-network': 'network-change' };

/**
 * Why what was under way in a session died: the first thing that broke its link, unless it was mended before either side
 * had given up. What was done to the links of earlier sessions is over.
 */
export function causeOfLoss(records: readonly ClientRecord[], { openedAt, clientEndedAt, serverEndedAt, isCrash }: SessionLife): LossCause {
  let broken: LossCause | undefined;
  for (const record of records) {
    if (record[0] !== 'act' || record[1] < openedAt || record[1] > clientEndedAt) continue;
    if (record[2] !== 'plug') broken ??= CAUSES[record[2]];
    else if (record[1] < serverEndedAt) broken = undefined;
  }
  return broken ?? (isCrash ? 'crash' : 'closed');
}
