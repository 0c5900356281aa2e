/** One diagram for every trace: the drawing in two sizes, replay, the opened message, and the text twin. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { layout } from '#trace/layout/layout.ts';
import type { Trace } from '#trace/trace.ts';
import { DrawingView, NoteKeys } from './drawing-view.tsx';
import { Legend } from './legend.tsx';
import { MessageDetail } from './message-detail.tsx';
import { ReplayControls } from './replay.tsx';
import { SequenceState } from './sequence-state.ts';
import { TraceTable } from './trace-table.tsx';

type DrawingProps = { readonly state: SequenceState; readonly withHeads?: boolean; readonly zoom?: number };

/** The drawing with its replay and legend, for a widget that places the rest itself. */
export function SequenceDrawing({ state, withHeads = false, zoom = 1 }: DrawingProps): JSX.Element {
  const trace = state.trace.value;
  const until = state.until.value;
  const wide = useMemo(() => layout(trace, { geometry: 'wide', zoom, ...(until !== undefined && { until }) }), [trace, until, zoom]);
  const narrow = useMemo(() => layout(trace, { geometry: 'narrow', zoom, ...(until !== undefined && { until }) }), [trace, until, zoom]);
  const onPick = useMemo(() => (id: string) => state.pick(id), [state]);
  return (
    <>
      {[wide, narrow].map((drawing) => (
        <DrawingView
          key={drawing.geometry}
          drawing={drawing}
          trace={trace}
          pickedId={state.pickedId.value}
          onPick={onPick}
          withHeads={withHeads}
        />
      ))}
      <NoteKeys drawing={narrow} />
      <ReplayControls state={state} />
      <Legend drawing={wide} />
    </>
  );
}

/** A whole diagram that stands alone. */
export function Sequence({ trace, name }: { trace: Trace; name: string }): JSX.Element {
  const source = useSignal(trace);
  const state = useMemo(() => new SequenceState(source), [source]);
  useEffect(() => {
    source.value = trace;
  }, [source, trace]);
  return (
    <div class="sequence">
      <SequenceDrawing state={state} withHeads />
      <MessageDetail message={state.picked.value} trace={state.trace.value} />
      <TraceTable trace={state.trace.value} name={name} />
    </div>
  );
}
