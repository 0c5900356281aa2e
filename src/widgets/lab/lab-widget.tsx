/** The lab: a question, a live run, the verdict. The run, with all that it writes down, is fetched when it is wanted. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Ask } from './ask.tsx';
import { AskState } from './ask-state.ts';
import { Badge } from './badge.tsx';
import type { LabCard } from './card.ts';
import type { CodePart } from './code-panel.tsx';
import { LabParts } from './lab-parts.ts';
import type { LabSources } from './lab-state.ts';
import { Running } from './running.tsx';

export type LabWidgetProps = {
  readonly card: LabCard;
  readonly code: readonly CodePart[];
  readonly sources: LabSources;
  /** Told the id of each run that has been seen to its end, for the learner's progress. */
  readonly onDone?: (run: string) => void;
  /** Who is there before the first run, beside the first piece of code: made when the site is built. */
  readonly stage?: ComponentChildren;
  /** A recorded run of the first experiment: made when the site is built, for who has no script or no wish to guess. */
  readonly children?: ComponentChildren;
};

type HeadProps = { readonly parts: LabParts; readonly share: { readonly value: boolean; toggle(): void } };

function Head({ parts, share }: HeadProps): JSX.Element {
  const { ask } = parts;
  const isLive = parts.fetched.value?.lab.lab.value !== undefined && ask.phase.value === 'free';
  return (
    <header class="lab-head">
      <h3 id={`lab-${ask.card.scenario}`}>Lab: {ask.card.title}</h3>
      <Badge kind={ask.badge.value} />
      <div class="tools needs-script">
        <button type="button" class="button" aria-pressed={ask.slow.value} onClick={() => parts.setSlow(!ask.slow.value)}>
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

/** An invitation in the address: `?join=<scenario>&lab=<id>`. */
function invitationTo(scenario: string): string | undefined {
  const query = new URLSearchParams(globalThis.location?.search ?? '');
  return query.get('join') === scenario ? (query.get('lab') ?? undefined) : undefined;
}

function Invitation({ onJoin }: { onJoin: () => void }): JSX.Element {
  return (
    <div class="notice">
      <p>You are invited to a lab that is running on another device. You join it as one client more.</p>
      <button type="button" class="button is-next" onClick={onJoin}>
        Join the lab
      </button>
    </div>
  );
}

type BeforeProps = Pick<LabWidgetProps, 'code' | 'stage' | 'children'> & { readonly parts: LabParts; readonly ready: boolean };

/** The question, with nobody on the stage yet, and the recorded run for who wants it first. */
function Before({ parts, ready, code, stage, children }: BeforeProps): JSX.Element {
  const { card } = parts.ask;
  const recording = parts.recording.value;
  const RecordedRun = parts.fetched.value?.RecordedRun;
  return (
    <>
      <p class="task">{card.task}</p>
      <Ask ask={parts.ask} ready={ready} onRun={() => void parts.run()} />
      {stage}
      <details class="recorded-run" onToggle={(event) => event.currentTarget.open && void parts.showRecording()}>
        <summary>See a recorded run first (it gives the answer away)</summary>
        {recording && RecordedRun ? <RecordedRun card={card} recording={recording} code={code} /> : children}
      </details>
    </>
  );
}

type AfterProps = Omit<BeforeProps, 'ready'> & { readonly isSharing: boolean; readonly onDone: LabWidgetProps['onDone'] };

/** The run; until it is here, what is known of it. */
function After({ parts, code, stage, isSharing, onDone }: AfterProps): JSX.Element {
  const fetched = parts.fetched.value;
  if (!fetched) {
    return (
      <>
        <div role="status">
          <Running ask={parts.ask} />
        </div>
        {stage}
      </>
    );
  }
  return (
    <fetched.LabRun session={fetched} code={code} isSharing={isSharing} onDone={onDone}>
      {stage}
    </fetched.LabRun>
  );
}

function Foot({ ask }: { ask: AskState }): JSX.Element {
  return (
    <p class="lab-foot">
      <strong>{ask.badge.value}</strong>{' '}
      {ask.badge.value === 'live'
        ? 'means a real Socket.IO server and real clients in this page. A page cannot unplug itself, so a cable is broken inside the client: what it sends and gets is swallowed there. Each hop takes a quarter of a second here, so that you can watch it.'
        : 'means that these are the logs of a real run that was made earlier, drawn again.'}
    </p>
  );
}

export function LabWidget({ card, code, sources, onDone, stage, children }: LabWidgetProps): JSX.Element {
  const parts = useMemo(() => new LabParts(new AskState(card), sources), [card, sources]);
  const { ask } = parts;
  const sharing = useSignal(false);
  const ready = useSignal(false);
  const invitation = useSignal<string | undefined>(undefined);
  useEffect(() => {
    ready.value = true;
    invitation.value = invitationTo(card.scenario);
    return () => void parts.dispose();
  }, [parts, card, ready, invitation]);
  const join = (id: string) => {
    invitation.value = undefined;
    void parts.join(id);
  };
  const isBefore = ask.phase.value === 'before';
  const { value: invited } = invitation;
  return (
    <section
      class="lab"
      aria-labelledby={`lab-${card.scenario}`}
      onPointerEnter={() => parts.prefetch()}
      onFocusIn={() => parts.prefetch()}
    >
      <Head parts={parts} share={{ value: sharing.value, toggle: () => (sharing.value = !sharing.value) }} />
      {ask.notice.value && (
        <div class="notice" role="status">
          <p>{ask.notice.value}</p>
        </div>
      )}
      {invited !== undefined && isBefore && <Invitation onJoin={() => join(invited)} />}
      {isBefore ? (
        <Before parts={parts} ready={ready.value} code={code} stage={stage}>
          {children}
        </Before>
      ) : (
        <After parts={parts} code={code} stage={stage} isSharing={sharing.value} onDone={onDone} />
      )}
      <Foot ask={ask} />
    </section>
  );
}
