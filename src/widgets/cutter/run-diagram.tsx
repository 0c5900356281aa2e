/** The same run as a sequence diagram. It has the clock of the stage, so that both show the same moment. */
import type { JSX } from 'preact';
import { MessageDetail } from '../sequence/message-detail.tsx';
import { SequenceDrawing } from '../sequence/sequence.tsx';
import type { SequenceState } from '../sequence/sequence-state.ts';
import { TraceTable } from '../sequence/trace-table.tsx';

export function RunDiagram({ clock }: { readonly clock: SequenceState }): JSX.Element {
  return (
    <div class="sequence">
      <SequenceDrawing state={clock} withHeads />
      <MessageDetail message={clock.picked.value} trace={clock.trace.value} />
      <TraceTable trace={clock.trace.value} name="the pieces of your text" />
    </div>
  );
}
