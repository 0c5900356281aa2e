/** The byte explorer: write and guess. What comes after, with all that reads bytes, is fetched when it is wanted. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Badge } from '../lab/badge.tsx';
import { later } from '../later/later.tsx';
import { AskState } from './ask-state.ts';

const loadWrapped = () => import('./wrapped-view.tsx').then((module) => module.WrappedView);
const WrappedView = later(loadWrapped, 'Wrapping…');
/** Fetched when it is first asked for, and then kept with what was pasted. */
const PastePanel = later(() => import('./paste-panel.tsx').then((module) => module.PastePanel), 'Fetching the reader…');

type AskProps = {
  readonly state: AskState;
  readonly ready: boolean;
  /** It comes back after a frame, in place of the button that was pressed. */
  readonly takesFocus: boolean;
};

/** As soon as somebody is about to answer, what comes after is fetched. */
function Ask({ state, ready, takesFocus }: AskProps): JSX.Element {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  return (
    <form
      class="explorer-ask needs-script"
      onFocusIn={() => void loadWrapped().catch(() => undefined)}
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
        ref={input}
        class="explorer-message"
        value={state.message.value}
        maxLength={240}
        autocomplete="off"
        onInput={(event) => state.write(event.currentTarget.value)}
      />
      <fieldset class="ask-choices">
        <legend>It is sent as a chat event. How many bytes does your computer put on the cable?</legend>
        <div class="choices">
          {state.choices.value.map((bytes) => (
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

type WrappingProps = {
  readonly state: AskState;
  readonly ready: boolean;
  /** The message “hi”, wrapped: made when the site is built, for who has no script or no wish to guess. */
  readonly example: ComponentChildren;
};

function Wrapping({ state, ready, example }: WrappingProps): JSX.Element {
  const hasWrapped = useRef(false);
  const { value: message } = state.wrapped;
  if (message !== undefined) {
    hasWrapped.current = true;
    return <WrappedView message={message} guess={state.guess.value} onAgain={() => state.again()} />;
  }
  return (
    <>
      <p class="task">Write a message, guess how large it gets, and follow it down to the frame.</p>
      <Ask state={state} ready={ready} takesFocus={hasWrapped.current} />
      <details class="recorded-run">
        <summary>See “hi” wrapped first (it gives the answer away)</summary>
        {example}
      </details>
    </>
  );
}

const MODES = [
  { id: 'wrap', title: 'Wrap a message' },
  { id: 'paste', title: 'Decode bytes of yours' },
] as const;
type Mode = (typeof MODES)[number]['id'];

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

export function ByteExplorer({ children }: { readonly children?: ComponentChildren }): JSX.Element {
  const id = useId();
  const state = useMemo(() => new AskState(), []);
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
        <Wrapping state={state} ready={ready.value} example={children} />
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
