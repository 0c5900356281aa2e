/** A lab that is run: the verdict, the controls, and everything that the run wrote down. Fetched when it is wanted. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { messagesOf } from '#trace/fates.ts';
import { panesAt } from '#trace/panes.ts';
import type { Logs } from '#trace/records.ts';
import type { Message, Trace } from '#trace/trace.ts';
import { SequenceState } from '../sequence/sequence-state.ts';
import type { AskState } from './ask-state.ts';
import { Bench } from './bench.tsx';
import type { CodePart } from './code-panel.tsx';
import { Controls } from './controls.tsx';
import { type LabSources, LabState } from './lab-state.ts';
import { joinLink, SharePanel } from './share-panel.tsx';
import { Verdict } from './verdict.tsx';

export { RecordedRun } from './bench.tsx';

/** The lab of a widget, and what is looked at in it. */
export type Session = { readonly lab: LabState; readonly sequence: SequenceState };

/** Logs of a lab in which nobody has been yet. */
const NOBODY: Logs = { lanes: [], since: 0, until: 0, clockOffsetMs: 0, server: [], clients: {} };

export function openSession(ask: AskState, sources: LabSources): Session {
  const lab = new LabState(ask, NOBODY, sources);
  return { lab, sequence: new SequenceState(lab.trace, ask.card.zoom) };
}

/** The arrow that says most: what was lost, else what was never sent, else the last event. */
function tellingMessage(trace: Trace): Message | undefined {
  const events = messagesOf(trace).filter(({ what }) => what === 'event' || what === 'ack');
  return (
    events.find(({ fate }) => fate.kind === 'lost') ??
    events.find(({ fate }) => fate.kind === 'never-sent') ??
    events.findLast(({ what }) => what === 'ack') ??
    events.at(-1)
  );
}

/** How often the drawing's time moves while something is under way, ms. */
const TICK_MS = 100;

/** Lets what is under way grow, and counts retries down, while a live lab has something to wait for. */
function useClock(lab: LabState): void {
  const phase = lab.ask.phase.value;
  useEffect(() => {
    if (phase !== 'running' && phase !== 'free') return undefined;
    const timer = setInterval(() => lab.look(), TICK_MS);
    return () => clearInterval(timer);
  }, [lab, phase]);
}

/** Follows a run as it grows; once it has ended, opens the arrow that says most. */
function useFollowing({ lab, sequence }: Session, onDone: LabRunProps['onDone']): void {
  const phase = lab.ask.phase.value;
  useEffect(() => {
    if (phase === 'connecting') {
      sequence.pick(undefined);
      sequence.follow();
    }
    if (phase !== 'free' && phase !== 'recorded' && phase !== 'over') return;
    sequence.pick(tellingMessage(lab.trace.value)?.id);
    if (lab.played.value) onDone?.(lab.played.value.id);
    if (phase === 'recorded') sequence.play();
  }, [phase, lab, sequence, onDone]);
}

export type LabRunProps = {
  readonly session: Session;
  readonly code: readonly CodePart[];
  readonly isSharing: boolean;
  /** Told the id of each run that has been seen to its end. */
  readonly onDone: ((run: string) => void) | undefined;
  /** The empty stage, which stands until the first lab is open. */
  readonly children: ComponentChildren;
};

export function LabRun({ session, code, isSharing, onDone, children }: LabRunProps): JSX.Element {
  const { lab, sequence } = session;
  const { card } = lab.ask;
  const phase = lab.ask.phase.value;
  const logs = lab.logs.value;
  const open = lab.lab.value;
  const panes = panesAt(logs, Number.POSITIVE_INFINITY);
  useClock(lab);
  useFollowing(session, onDone);
  return (
    <>
      <div role="status">
        <Verdict lab={lab} />
      </div>
      {isSharing && open && phase === 'free' && <SharePanel link={joinLink(location.href, card.scenario, open.id)} />}
      {(phase === 'free' || phase === 'over' || phase === 'recorded') && <Controls lab={lab} panes={panes} />}
      {logs === NOBODY ? children : <Bench title={card.title} logs={logs} sequence={sequence} code={code} />}
    </>
  );
}
