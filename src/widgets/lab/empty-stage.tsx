/** Before the first run: who is there, and the first lines of an empty drawing. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { panesAt } from '#trace/panes.ts';
import type { Logs } from '#trace/records.ts';
import type { Lane, Trace } from '#trace/trace.ts';
import { DrawingView } from '../sequence/drawing-view.tsx';
import { SequenceState } from '../sequence/sequence-state.ts';
import { PanesView } from './panes-view.tsx';

/** How much of the time axis is drawn, ms: a second, whatever the zoom. */
const SHOWN_MS = 1_000;

const emptyTrace = (lanes: readonly Lane[]): Trace => ({ version: 1, lanes, events: [], endsAt: SHOWN_MS });
const emptyLogs = (lanes: readonly Lane[]): Logs => ({
  lanes,
  since: 0,
  until: 0,
  clockOffsetMs: 0,
  server: [],
  clients: {},
});

export function EmptyStage({ lanes }: { lanes: readonly Lane[] }): JSX.Element {
  const state = useMemo(() => new SequenceState(signal(emptyTrace(lanes))), [lanes]);
  const order = lanes.map(({ id }) => id);
  return (
    <div class="drawing">
      <PanesView panes={panesAt(emptyLogs(lanes), 0)} order={order} now={0} isOpen={false} />
      {(['wide', 'narrow'] as const).map((size) => (
        <DrawingView key={size} drawing={state[size].value} trace={state.trace.value} state={state} withHeads={false} />
      ))}
    </div>
  );
}
