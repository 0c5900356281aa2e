/** The drawing with its panes, the opened message and the code: what a run has left. */
import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { assemble } from '#trace/assemble.ts';
import { panesAt } from '#trace/panes.ts';
import type { Logs } from '#trace/records.ts';
import { MessageDetail } from '../sequence/message-detail.tsx';
import { SequenceDrawing } from '../sequence/sequence.tsx';
import { SequenceState } from '../sequence/sequence-state.ts';
import { TraceTable } from '../sequence/trace-table.tsx';
import type { LabCard } from './card.ts';
import { CodePanel, type CodePart } from './code-panel.tsx';
import { PanesView } from './panes-view.tsx';

type BenchProps = {
  readonly title: string;
  readonly logs: Logs;
  readonly sequence: SequenceState;
  readonly code: readonly CodePart[];
};

export function Bench({ title, logs, sequence, code }: BenchProps): JSX.Element {
  const now = sequence.shown.value;
  const panes = panesAt(logs, sequence.until.value ?? Number.POSITIVE_INFINITY);
  const trace = sequence.trace.value;
  const order = trace.lanes.map(({ id }) => id);
  // The first piece of code stands beside the drawing, the others below it, where there is room.
  const [first, ...others] = code;
  const panel = (part: CodePart) => (
    <CodePanel key={part.title} part={part} lab={title} ran={part.side === 'server' ? panes.server.ran : undefined} />
  );
  return (
    <>
      <div class="bench">
        <div class="drawing">
          <PanesView panes={panes} order={order} now={now} />
          <SequenceDrawing state={sequence} />
          {others.map(panel)}
        </div>
        <div class="detail">
          <MessageDetail message={sequence.picked.value} trace={trace} />
          {first && panel(first)}
        </div>
      </div>
      <TraceTable trace={trace} name={title} />
    </>
  );
}

export type RecordedRunProps = { readonly card: LabCard; readonly recording: Logs; readonly code: readonly CodePart[] };

/** A recorded run, whole: for whoever wants to see it first, and for a page without JavaScript. */
export function RecordedRun({ card, recording, code }: RecordedRunProps): JSX.Element {
  const sequence = useMemo(
    () =>
      new SequenceState(
        computed(() => assemble(recording)),
        card.zoom,
      ),
    [card, recording],
  );
  return <Bench title={card.title} logs={recording} sequence={sequence} code={code} />;
}
