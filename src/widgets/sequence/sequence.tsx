/** One diagram for every trace: the drawing in two sizes, replay, the opened message, and the text twin. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Drawing } from '#trace/layout/drawing.ts';
import type { Trace } from '#trace/trace.ts';
import { DrawingView, NoteKeys } from './drawing-view.tsx';
import { Legend } from './legend.tsx';
import { MessageDetail } from './message-detail.tsx';
import { ReplayControls } from './replay.tsx';
import { SequenceState } from './sequence-state.ts';
import { TraceTable } from './trace-table.tsx';
import { useSeen } from './use-seen.ts';

type DrawingProps = { readonly state: SequenceState; readonly withHeads?: boolean };

type GeometryProps = { readonly state: SequenceState; readonly size: 'wide' | 'narrow'; readonly withHeads: boolean };

/** One of the two sizes. While the style sheet hides it, it stays as it was, and costs nothing. */
function Geometry({ state, size, withHeads }: GeometryProps): JSX.Element {
  const before = useRef<Drawing | undefined>(undefined);
  const seen = state.seen.value;
  const drawing = seen !== 'both' && seen !== size && before.current ? before.current : state[size].value;
  before.current = drawing;
  // The same element as before tells Preact that there is nothing to do.
  return useMemo(
    () => (
      <>
        <DrawingView drawing={drawing} trace={state.trace.peek()} state={state} withHeads={withHeads} />
        {size === 'narrow' && <NoteKeys drawing={drawing} />}
      </>
    ),
    [drawing, state, size, withHeads],
  );
}

/** The drawing with its replay and legend, for a widget that places the rest itself. */
export function SequenceDrawing({ state, withHeads = false }: DrawingProps): JSX.Element {
  const box = useSeen(state.seen);
  return (
    <div class="figure" ref={box}>
      <Geometry state={state} size="wide" withHeads={withHeads} />
      <Geometry state={state} size="narrow" withHeads={withHeads} />
      <ReplayControls state={state} />
      <Legend drawing={(state.seen.value === 'narrow' ? state.narrow : state.wide).value} />
    </div>
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
