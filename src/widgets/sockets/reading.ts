/** What can be read from a bench's records after a step. Pure. */
import type { BenchScript, Seen } from '#lab/sockets/script.ts';
import { messagesOf } from '#trace/fates.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';
import type { SocketRow } from '#trace/sockets/table.ts';
import type { Trace } from '#trace/trace.ts';

type Records = readonly SocketRecord[];
type Rows = readonly SocketRow[];

/** A guess beside the truth, each in the words of its choice. */
export type Answer = { readonly right: boolean; readonly said: string | undefined; readonly happened: string };

/** What is there after a step, and what the step itself has brought. */
export const seenIn = (records: Records, rows: Rows, step: number): Seen => ({
  rows,
  row: (name) => rows.find((row) => row.name === name),
  records: records.filter((record) => record.step === step),
});

/** The answer to what was asked; undefined while it cannot be told yet. */
export function answerOf(
  { choices, read }: BenchScript['predict'],
  guess: string | undefined,
  { rows, records }: { readonly rows: Rows; readonly records: Records },
): Answer | undefined {
  const truth = read(rows, records);
  if (truth === undefined) return undefined;
  const labelOf = (id: string | undefined) => choices.find((choice) => choice.id === id)?.label;
  return { right: truth === guess, said: labelOf(guess), happened: labelOf(truth) ?? truth };
}

/** The number of the record of which an arrow was made. */
export const recordNumber = (arrow: string): number => Number(arrow.split(':')[1]);

/** The last arrow of a trace, if the step has brought it. */
export function newestArrow(trace: Trace, records: Records, step: number): string | undefined {
  const { id } = messagesOf(trace).at(-1) ?? {};
  return id !== undefined && records[recordNumber(id)]?.step === step ? id : undefined;
}
