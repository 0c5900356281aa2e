/** A bench that is used: what happened, the controls, the table, and the drawing. Fetched when it is wanted. */
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { BenchRecording, BenchScript } from '#lab/sockets/script.ts';
import { SequenceDrawing } from '../sequence/sequence.tsx';
import { SequenceState } from '../sequence/sequence-state.ts';
import { TraceTable } from '../sequence/trace-table.tsx';
import { AskState } from './ask-state.ts';
import { CallsPanel } from './calls-panel.tsx';
import { Chosen } from './chosen.tsx';
import { Controls } from './controls.tsx';
import { Outcome } from './outcome.tsx';
import { RowsView } from './rows-view.tsx';
import { type BenchSources, SocketTableState, type TableOf } from './socket-table-state.ts';

export const openTable = (of: TableOf): SocketTableState => new SocketTableState(of);

function Bench({ table }: { table: SocketTableState }): JSX.Element {
  const sequence = useMemo(() => new SequenceState(table.trace), [table]);
  const trace = sequence.trace.value;
  const { length } = table.done.value;
  // What the last step brought is opened by itself.
  useEffect(() => sequence.pick(table.newestArrow()), [table, sequence, length]);
  return (
    <>
      <div class="socket-rows">
        <RowsView table={table} />
      </div>
      <div class="bench">
        <div class="drawing">
          <SequenceDrawing state={sequence} withHeads />
        </div>
        <div class="detail">
          <Chosen message={sequence.picked.value} trace={trace} table={table} />
          <CallsPanel table={table} />
        </div>
      </div>
      <TraceTable trace={trace} name={table.script.title} />
    </>
  );
}

/** A recording opens nothing. */
const NOWHERE: BenchSources = { host: () => Promise.reject(new Error('A recording has no server')) };

type RecordedProps = { readonly script: BenchScript; readonly recording: BenchRecording };

/** The recorded run, whole, for whoever wants to see it first, and for a page without JavaScript. */
export function RecordedBench({ script, recording }: RecordedProps): JSX.Element {
  const table = useMemo(() => {
    const whole = new SocketTableState({ script, recording, sources: NOWHERE, ask: new AskState() });
    whole.showRecording();
    return whole;
  }, [script, recording]);
  return <Bench table={table} />;
}

type RunProps = { readonly table: SocketTableState; readonly onDone: (() => void) | undefined };

export function BenchRun({ table, onDone }: RunProps): JSX.Element {
  const isComplete = table.isComplete.value;
  useEffect(() => {
    if (isComplete) onDone?.();
  }, [isComplete, onDone]);
  return (
    <>
      <div role="status">
        <Outcome table={table} />
      </div>
      {table.ask.phase.value !== 'opening' && <Controls table={table} />}
      <Bench table={table} />
    </>
  );
}
