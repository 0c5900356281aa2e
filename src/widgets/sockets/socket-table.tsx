/** A bench of real sockets: a question, steps, the table of the sockets as each end sees them, and the drawing of what happened. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { BenchRecording, BenchScript } from '#lab/sockets/script.ts';
import { Badge } from '../lab/badge.tsx';
import { SequenceDrawing } from '../sequence/sequence.tsx';
import { SequenceState } from '../sequence/sequence-state.ts';
import { TraceTable } from '../sequence/trace-table.tsx';
import { CallsPanel } from './calls-panel.tsx';
import { Chosen } from './chosen.tsx';
import { Controls } from './controls.tsx';
import { Opening } from './opening.tsx';
import { Outcome } from './outcome.tsx';
import { RowsView } from './rows-view.tsx';
import { type BenchSources, SocketTableState } from './socket-table-state.ts';
import { useKeptFocus } from './use-kept-focus.ts';

export type SocketTableProps = {
  readonly script: BenchScript;
  /** The path of the script, as it went once: what is there without JavaScript, and when no server answers. */
  readonly recording: BenchRecording;
  readonly sources: BenchSources;
  /** Called when the path has been walked to its end, for the learner's progress. */
  readonly onDone?: () => void;
};

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

/** The recorded run, whole, for whoever wants to see it first, and for a page without JavaScript. */
function RecordedRun({ script, recording, sources }: SocketTableProps): JSX.Element {
  const table = useMemo(() => {
    const whole = new SocketTableState(script, recording, sources);
    whole.showRecording();
    return whole;
  }, [script, recording, sources]);
  return (
    <details class="recorded-run">
      <summary>See a recorded run first (it gives the answer away)</summary>
      <Bench table={table} />
    </details>
  );
}

function Foot({ table }: { table: SocketTableState }): JSX.Element {
  return (
    <p class="lab-foot">
      <strong>{table.badge.value}</strong>{' '}
      {table.badge.value === 'live'
        ? 'means real sockets, opened for you on the computer that serves this page, on its loopback interface. One program there plays everybody: Ada, Bo and the others are names for the sockets that it holds.'
        : 'means that these sockets were real once: what they did was written down, and is shown again.'}
    </p>
  );
}

export function SocketTable(props: SocketTableProps): JSX.Element {
  const { script, recording, sources, onDone } = props;
  const table = useMemo(() => new SocketTableState(script, recording, sources), [script, recording, sources]);
  const ready = useSignal(false);
  const phase = table.phase.value;
  const isComplete = table.isComplete.value;
  const possible = script.acts.filter((act) => table.isPossible(act)).map(({ id }) => id);
  const box = useKeptFocus([phase, table.next.value?.id, ...possible].join());
  useEffect(() => {
    ready.value = true;
    return () => void table.dispose();
  }, [table, ready]);
  useEffect(() => {
    if (isComplete) onDone?.();
  }, [isComplete, onDone]);
  return (
    <section class="lab sockets-lab" ref={box} aria-labelledby={`sockets-${script.id}`}>
      <header class="lab-head">
        <h3 id={`sockets-${script.id}`}>Lab: {script.title}</h3>
        <Badge kind={table.badge.value} />
      </header>
      {table.notice.value && (
        <div class="notice" role="status">
          <p>{table.notice.value}</p>
        </div>
      )}
      {phase === 'before' ? (
        <>
          <p class="task">{script.task}</p>
          <Opening table={table} ready={ready.value} />
          <div class="socket-rows needs-script">
            <RowsView table={table} />
          </div>
          <RecordedRun {...props} />
        </>
      ) : (
        <>
          <div role="status">
            <Outcome table={table} />
          </div>
          {phase !== 'opening' && <Controls table={table} />}
          <Bench table={table} />
        </>
      )}
      <Foot table={table} />
    </section>
  );
}
