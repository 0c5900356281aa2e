/** A bench of real sockets: a question, and then the table and the drawing, which are fetched when they are wanted. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Badge } from '../lab/badge.tsx';
import { AskState, type BenchCard } from './ask-state.ts';
import { BenchParts, type Fetched, type TableSources } from './bench-parts.ts';
import { Opening } from './opening.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

export type SocketTableProps = {
  readonly card: BenchCard;
  readonly sources: TableSources;
  /** Called when the path has been walked to its end, for the learner's progress. */
  readonly onDone?: () => void;
  /** The table before there is a socket: made when the site is built. */
  readonly rows?: ComponentChildren;
  /** The recorded run: made when the site is built, for who has no script or no wish to guess. */
  readonly children?: ComponentChildren;
};

type BeforeProps = Pick<SocketTableProps, 'card' | 'rows' | 'children'> & { readonly parts: BenchParts; readonly ready: boolean };

function Before({ card, parts, ready, rows, children }: BeforeProps): JSX.Element {
  const recorded = parts.isRecordingOpen.value ? parts.fetched.value : undefined;
  return (
    <>
      <p class="task">{card.task}</p>
      <Opening card={card} ask={parts.ask} ready={ready} onBegin={() => void parts.begin()} />
      {rows}
      <details class="recorded-run" onToggle={(event) => event.currentTarget.open && parts.showRecording()}>
        <summary>See a recorded run first (it gives the answer away)</summary>
        {recorded ? <recorded.RecordedBench script={recorded.table.script} recording={recorded.table.recording} /> : children}
      </details>
    </>
  );
}

/** What stands there until the table is fetched. */
function Coming({ rows }: Pick<SocketTableProps, 'rows'>): JSX.Element {
  return (
    <>
      <div role="status">
        <div class="verdict is-open">
          <div class="why">
            <p>Asking the server for sockets…</p>
          </div>
        </div>
      </div>
      {rows}
    </>
  );
}

function Foot({ ask }: { ask: AskState }): JSX.Element {
  return (
    <p class="lab-foot">
      <strong>{ask.badge.value}</strong>{' '}
      {ask.badge.value === 'live'
        ? 'means real sockets, opened for you on the computer that serves this page, on its loopback interface. One program there plays everybody: Ada, Bo and the others are names for the sockets that it holds.'
        : 'means that these sockets were real once: what they did was written down, and is shown again.'}
    </p>
  );
}

/** Which buttons are there depends on this. */
function stepsNow({ ask }: BenchParts, fetched: Fetched | undefined): string {
  if (!fetched) return ask.phase.value;
  const { table } = fetched;
  const possible = table.script.acts.filter((act) => table.isPossible(act)).map(({ id }) => id);
  return [ask.phase.value, table.next.value?.id, ...possible].join();
}

export function SocketTable({ card, sources, onDone, rows, children }: SocketTableProps): JSX.Element {
  const parts = useMemo(() => new BenchParts(new AskState(), sources), [sources]);
  const { ask } = parts;
  const ready = useSignal(false);
  const fetched = parts.fetched.value;
  const box = useKeptFocus(stepsNow(parts, fetched));
  useEffect(() => {
    ready.value = true;
    return () => void parts.dispose();
  }, [parts, ready]);
  return (
    <section
      class="lab sockets-lab"
      ref={box}
      aria-labelledby={`sockets-${card.id}`}
      onPointerEnter={() => parts.prefetch()}
      onFocusIn={() => parts.prefetch()}
    >
      <header class="lab-head">
        <h3 id={`sockets-${card.id}`}>Lab: {card.title}</h3>
        <Badge kind={ask.badge.value} />
      </header>
      {ask.notice.value && (
        <div class="notice" role="status">
          <p>{ask.notice.value}</p>
        </div>
      )}
      {ask.phase.value === 'before' && (
        <Before card={card} parts={parts} ready={ready.value} rows={rows}>
          {children}
        </Before>
      )}
      {ask.phase.value !== 'before' && (fetched ? <fetched.BenchRun table={fetched.table} onDone={onDone} /> : <Coming rows={rows} />)}
      <Foot ask={ask} />
    </section>
  );
}
