/** The lab: a question, a live run, the verdict, and everything that the run wrote down. */
import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { messagesOf } from '#trace/fates.ts';
import { panesAt } from '#trace/panes.ts';
import type { Logs } from '#trace/records.ts';
import type { Message, Trace } from '#trace/trace.ts';
import { MessageDetail } from '../sequence/message-detail.tsx';
import { SequenceDrawing } from '../sequence/sequence.tsx';
import { SequenceState } from '../sequence/sequence-state.ts';
import { TraceTable } from '../sequence/trace-table.tsx';
import { Ask } from './ask.tsx';
import { Badge } from './badge.tsx';
import type { LabCard } from './card.ts';
import { CodePanel, type CodePart } from './code-panel.tsx';
import { Controls } from './controls.tsx';
import { EmptyStage } from './empty-stage.tsx';
import { type LabSources, LabState } from './lab-state.ts';
import { PanesView } from './panes-view.tsx';
import { joinLink, SharePanel } from './share-panel.tsx';
import { Verdict } from './verdict.tsx';

export type LabWidgetProps = {
  readonly card: LabCard;
  readonly code: readonly CodePart[];
  /** A recorded run of the first experiment: what is there before and without JavaScript. */
  readonly recording: Logs;
  readonly sources: LabSources;
  /** Told the id of each run that has been seen to its end, for the learner's progress. */
  readonly onDone?: (run: string) => void;
};

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
  const phase = lab.phase.value;
  useEffect(() => {
    if (phase !== 'running' && phase !== 'free') return undefined;
    const timer = setInterval(() => lab.look(), TICK_MS);
    return () => clearInterval(timer);
  }, [lab, phase]);
}

function Head({ lab, share }: { lab: LabState; share: { readonly value: boolean; toggle(): void } }): JSX.Element {
  const isLive = lab.lab.value !== undefined && lab.phase.value === 'free';
  return (
    <header class="lab-head">
      <h3 id={`lab-${lab.card.scenario}`}>Lab: {lab.card.title}</h3>
      <Badge kind={lab.badge.value} />
      <div class="tools needs-script">
        <button type="button" class="button" aria-pressed={lab.slow.value} onClick={() => lab.setSlow(!lab.slow.value)}>
          <svg width="15" height="15" viewBox="0 0 16 16" stroke-width="1.5" aria-hidden="true">
            <circle cx="8" cy="8" r="6.500" />
            <path d="M8 4v4l3 2" />
          </svg>
          Slow motion
        </button>
        {isLive && (
          <button type="button" class="button" aria-expanded={share.value} onClick={() => share.toggle()}>
            <svg width="15" height="15" viewBox="0 0 16 16" stroke-width="1.5" aria-hidden="true">
              <path d="M2 2h4v4H2zM10 2h4v4h-4zM2 10h4v4H2zM10 10h1.500v1.500M14 10v4h-4" />
            </svg>
            Share link or QR code
          </button>
        )}
      </div>
    </header>
  );
}

/** The drawing with its panes, the opened message and the code: what a run has left. */
function Bench({ lab, sequence, code }: { lab: LabState; sequence: SequenceState; code: readonly CodePart[] }): JSX.Element {
  const logs = lab.logs.value;
  const now = sequence.shown.value;
  const panes = panesAt(logs, sequence.until.value ?? Number.POSITIVE_INFINITY);
  const trace = sequence.trace.value;
  const order = trace.lanes.map(({ id }) => id);
  // The first piece of code stands beside the drawing, the others below it, where there is room.
  const [first, ...others] = code;
  const panel = (part: CodePart) => (
    <CodePanel key={part.title} part={part} lab={lab.card.title} ran={part.side === 'server' ? panes.server.ran : undefined} />
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
      <TraceTable trace={trace} name={lab.card.title} />
    </>
  );
}

/** An invitation in the address: `?join=<scenario>&lab=<id>`. */
function invitationTo(scenario: string): string | undefined {
  const query = new URLSearchParams(globalThis.location?.search ?? '');
  return query.get('join') === scenario ? (query.get('lab') ?? undefined) : undefined;
}

function Invitation({ lab, id, onDone }: { lab: LabState; id: string; onDone: () => void }): JSX.Element {
  return (
    <div class="notice">
      <p>You are invited to a lab that is running on another device. You join it as one client more.</p>
      <button
        type="button"
        class="button is-next"
        onClick={() => {
          onDone();
          void lab.join(id);
        }}
      >
        Join the lab
      </button>
    </div>
  );
}

function Foot({ lab }: { lab: LabState }): JSX.Element {
  return (
    <p class="lab-foot">
      <strong>{lab.badge.value}</strong>{' '}
      {lab.badge.value === 'live'
        ? 'means a real Socket.IO server and real clients in this page. A page cannot unplug itself, so a cable is broken inside the client: what it sends and gets is swallowed there. Each hop takes a quarter of a second here, so that you can watch it.'
        : 'means that these are the logs of a real run that was made earlier, drawn again.'}
    </p>
  );
}

export function LabWidget({ card, code, recording, sources, onDone }: LabWidgetProps): JSX.Element {
  const lab = useMemo(() => new LabState(card, recording, sources), [card, recording, sources]);
  const sequence = useMemo(() => new SequenceState(lab.trace, card.zoom), [lab, card]);
  const sharing = useSignal(false);
  const ready = useSignal(false);
  const invitation = useSignal<string | undefined>(undefined);
  const phase = lab.phase.value;
  const shareState = useComputed(() => sharing.value);
  useClock(lab);
  useEffect(() => {
    ready.value = true;
    void lab.prefetch();
    invitation.value = invitationTo(card.scenario);
    return () => void lab.dispose();
  }, [lab, card, ready, invitation]);
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

  const open = lab.lab.value;
  const panes = panesAt(lab.logs.value, Number.POSITIVE_INFINITY);
  return (
    <section class="lab" aria-labelledby={`lab-${card.scenario}`}>
      <Head lab={lab} share={{ value: shareState.value, toggle: () => (sharing.value = !sharing.value) }} />
      {lab.notice.value && (
        <div class="notice" role="status">
          <p>{lab.notice.value}</p>
        </div>
      )}
      {invitation.value !== undefined && phase === 'before' && (
        <Invitation lab={lab} id={invitation.value} onDone={() => (invitation.value = undefined)} />
      )}
      {phase === 'before' ? (
        <>
          <p class="task">{card.task}</p>
          <Ask lab={lab} ready={ready.value} />
          <div class="bench is-empty needs-script">
            <EmptyStage lanes={recording.lanes} />
            {code[0] && (
              <div class="detail">
                <CodePanel part={code[0]} lab={`${card.title}, before it runs`} ran={undefined} />
              </div>
            )}
          </div>
          <details class="recorded-run">
            <summary>See a recorded run first (it gives the answer away)</summary>
            <Bench lab={lab} sequence={sequence} code={code} />
          </details>
        </>
      ) : (
        <>
          <div role="status">
            <Verdict lab={lab} />
          </div>
          {sharing.value && open && phase === 'free' && <SharePanel link={joinLink(location.href, card.scenario, open.id)} />}
          {(phase === 'free' || phase === 'over' || phase === 'recorded') && <Controls lab={lab} panes={panes} />}
          <Bench lab={lab} sequence={sequence} code={code} />
        </>
      )}
      <Foot lab={lab} />
    </section>
  );
}
