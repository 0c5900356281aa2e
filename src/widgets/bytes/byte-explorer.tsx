/** The byte explorer: write, guess, wrap, look, change, send. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId, useMemo } from 'preact/hooks';
import { Badge } from '../lab/badge.tsx';
import { later } from '../later/later.tsx';
import { ExplorerState } from './explorer-state.ts';
import { FieldCard } from './field-card.tsx';
import { FieldTable } from './field-table.tsx';
import { FieldTree } from './field-tree.tsx';
import { HexView } from './hex-view.tsx';
import { JourneyView } from './journey-view.tsx';
import { WrapView } from './wrap-view.tsx';

type Props = { readonly state: ExplorerState };

function Ask({ state, ready }: Props & { readonly ready: boolean }): JSX.Element {
  const id = useId();
  return (
    <form
      class="explorer-ask needs-script"
      onSubmit={(event) => {
        event.preventDefault();
        state.wrapIt();
      }}
    >
      <label class="label" for={id}>
        Your message
      </label>
      <input
        id={id}
        class="explorer-message"
        value={state.message.value}
        maxLength={240}
        autocomplete="off"
        onInput={(event) => state.write(event.currentTarget.value)}
      />
      <fieldset class="ask-choices">
        <legend>It is sent as a chat event. How many bytes does your computer put on the cable?</legend>
        <div class="choices">
          {state.choices.map((bytes) => (
            <label class="choice" key={bytes}>
              <input type="radio" name={`${id}-guess`} checked={state.guess.value === bytes} onChange={() => (state.guess.value = bytes)} />
              <span>{bytes} bytes</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p class="row">
        <button
          type="submit"
          class={`button${state.guess.value === undefined ? '' : ' is-next'}`}
          disabled={!ready || state.guess.value === undefined}
        >
          Wrap it
        </button>
        <button type="button" class="button" disabled={!ready} onClick={() => state.skip()}>
          Skip the guess
        </button>
      </p>
    </form>
  );
}

function Verdict({ state }: Props): JSX.Element {
  const stages = state.stages.value;
  const frame = stages.at(-1)?.bytes.length ?? 0;
  const message = stages[0]?.bytes.length ?? 0;
  const { value: guess } = state.guess;
  const said = guess === undefined ? '' : guess === frame ? 'As you said. ' : `You said ${guess}. `;
  return (
    <p class="outcome" role="status">
      {said}
      <b>{frame} bytes</b> leave the computer: {message} of them are your message, {frame - message} say what it is, whose it is, and where
      it goes.
    </p>
  );
}

function Actions({ state }: Props): JSX.Element {
  return (
    <div class="explorer-actions needs-script">
      <button type="button" class={`button${state.journey.value ? '' : ' is-next'}`} onClick={() => state.send()}>
        Send it to the server
      </button>
      {state.isBroken.value && (
        <button type="button" class="button" onClick={() => state.repair()}>
          Repair length and checksums
        </button>
      )}
      {state.isEdited.value && (
        <button type="button" class="button" onClick={() => state.undo()}>
          Undo all edits
        </button>
      )}
      <button type="button" class="button" onClick={() => state.again()}>
        Write another message
      </button>
    </div>
  );
}

/** Tree, bytes and the chosen field. */
function Bench({ state }: Props): JSX.Element {
  const { view } = state;
  return (
    <div class="byte-bench">
      <FieldTree state={view} label="The frame’s layers and fields" />
      <div class="byte-side">
        <HexView state={view} onByte={(index, value) => state.editByte(index, value)} />
        <FieldCard row={view.chosen.value} bytes={view.bytes.value} hint={state.hint.value} onEdit={(text) => state.edit(text)} />
      </div>
    </div>
  );
}

function Wrapped({ state }: Props): JSX.Element {
  return (
    <>
      <Verdict state={state} />
      <WrapView stages={state.stages.value} />
      <p class="task">Choose a field or a byte; its other half lights up. Change one, and send the frame: who notices?</p>
      <Bench state={state} />
      <p class="explorer-news" role="status">
        {state.news.value}
      </p>
      <Actions state={state} />
      {state.journey.value && <JourneyView journey={state.journey.value} />}
      <FieldTable rows={state.view.rows.value} />
    </>
  );
}

function Wrapping({ state, ready }: Props & { readonly ready: boolean }): JSX.Element {
  if (state.phase.value === 'wrapped') return <Wrapped state={state} />;
  return (
    <>
      <p class="task">Write a message, guess how large it gets, and follow it down to the frame.</p>
      <Ask state={state} ready={ready} />
      <details class="recorded-run">
        <summary>See “{state.message.value}” wrapped first (it gives the answer away)</summary>
        <WrapView stages={state.stages.value} />
        <FieldTable rows={state.view.rows.value} />
      </details>
    </>
  );
}

const MODES = [
  { id: 'wrap', title: 'Wrap a message' },
  { id: 'paste', title: 'Decode bytes of yours' },
] as const;
type Mode = (typeof MODES)[number]['id'];

/** Fetched when it is first asked for, and then kept with what was pasted. */
const PastePanel = later(() => import('./paste-panel.tsx').then((module) => module.PastePanel), 'Fetching the reader…');

/** What the explorer is used for. Neither forgets anything while the other is in view. */
function Modes({ mode, onChoose }: { readonly mode: Mode; readonly onChoose: (id: Mode) => void }): JSX.Element {
  return (
    <div class="tools needs-script">
      {MODES.map(({ id, title }) => (
        <button key={id} type="button" class="button" aria-pressed={mode === id} onClick={() => onChoose(id)}>
          {title}
        </button>
      ))}
    </div>
  );
}

export function ByteExplorer(): JSX.Element {
  const id = useId();
  const state = useMemo(() => new ExplorerState(), []);
  const ready = useSignal(false);
  const mode = useSignal<Mode>('wrap');
  const hasPasted = useSignal(false);
  useEffect(() => {
    ready.value = true;
  }, [ready]);
  const choose = (id: Mode) => {
    mode.value = id;
    if (id === 'paste') hasPasted.value = true;
  };
  return (
    <section class="lab explorer" aria-labelledby={id}>
      <header class="lab-head">
        <h3 id={id}>Byte explorer</h3>
        <Badge kind="simulated" />
        <Modes mode={mode.value} onChoose={choose} />
      </header>
      <div hidden={mode.value !== 'wrap'}>
        <Wrapping state={state} ready={ready.value} />
      </div>
      <div hidden={mode.value !== 'paste'}>{hasPasted.value && <PastePanel />}</div>
      <p class="lab-foot">
        <strong>simulated</strong> means that no cable is involved. The bytes are those that a browser’s computer would send on an open
        connection, with a fixed masking key and sequence number so that you can compare; router and server here follow the rules of the
        RFCs. Left out: the frame check sequence, which the network card adds and removes, and TCP options such as timestamps.
      </p>
    </section>
  );
}
