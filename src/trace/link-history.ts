/** What a learner did to one client's link, and when: from it the cause of a loss is read. Pure. */
import type { ClientRecord, LinkAct } from './records.ts';
import type { LossCause } from './trace.ts';

type Deed = { readonly at: number; readonly act: LinkAct };

const deeds = (records: readonly ClientRecord[]): readonly Deed[] =>
  records.flatMap((record) => (record[0] === 'act' ? [{ at: record[1], act: record[2] }] : []));

const CAUSES: Partial<Record<LinkAct, LossCause>> = { 'black-hole': 'black-hole', cut: 'cut', 'change-network': 'network-change' };

/**
 * Why what was under way at `until` died: the last thing that was done to the link before, unless it was mended since.
 * `crashedAt`: when the server crashed, if it did while this session lived. Page clock, milliseconds.
 */
export function causeOfLoss(records: readonly ClientRecord[], until: number, crashedAt: number | undefined): LossCause {
  const last = deeds(records)
    .filter(({ at }) => at <= until)
    .at(-1);
  const cause = last && CAUSES[last.act];
  if (cause) return cause;
  return crashedAt === undefined ? 'closed' : 'crash';
}
