/** A wrapped message: how it grew, its fields and bytes, what can be done to them, and the way of the frame. */
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { ExplorerState } from './explorer-state.ts';
import { FieldCard } from './field-card.tsx';
import { FieldTable } from './field-table.tsx';
import { FieldTree } from './field-tree.tsx';
import { HexView } from './hex-view.tsx';
import { JourneyView } from './journey-view.tsx';
import { useInSight } from './use-in-sight.ts';
import type { Wrapping } from './wrap.ts';
import { WrapView } from './wrap-view.tsx';

type Props = { readonly state: ExplorerState };

/** It takes the focus, and with it a screen reader's voice: the button that led here is gone. */
function Verdict({ stages, guess }: { readonly stages: readonly Wrapping[]; readonly guess: number | undefined }): JSX.Element {
  const words = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => words.current?.focus(), []);
  const frame = stages.at(-1)?.bytes.length ?? 0;
  const message = stages[0]?.bytes.length ?? 0;
  const said = guess === undefined ? '' : guess === frame ? 'As you said. ' : `You said ${guess}. `;
  return (
    <p class="outcome" tabIndex={-1} ref={words}>
      {said}
      <b>{frame} bytes</b> leave the computer: {message} of them are your message, {frame - message} say what it is, whose it is, and where
      it goes.
    </p>
  );
}

function Actions({ state, onAgain }: Props & { readonly onAgain: () => void }): JSX.Element {
  const send = useRef<HTMLButtonElement>(null);
  /** Some buttons go with what they have done: the focus stays with the one that does not. */
  const andStay = (act: () => void) => () => {
    act();
    send.current?.focus();
  };
  return (
    <div class="explorer-actions needs-script">
      <button type="button" ref={send} class={`button${state.journey.value ? '' : ' is-next'}`} onClick={() => state.send()}>
        Send it to the server
      </button>
      {state.isBroken.value && (
        <button type="button" class="button" onClick={andStay(() => state.repair())}>
          Repair length and checksums
        </button>
      )}
      {state.isEdited.value && (
        <button type="button" class="button" onClick={andStay(() => state.undo())}>
          Undo all edits
        </button>
      )}
      <button type="button" class="button" onClick={onAgain}>
        Write another message
      </button>
    </div>
  );
}

function News({ state }: Props): JSX.Element {
  const news = state.news.value;
  return (
    <p class="explorer-news" role="status" ref={useInSight<HTMLParagraphElement>(news)}>
      {news}
    </p>
  );
}

/** Tree, bytes and the chosen field; under them what was done, and what can be done next. */
function Bench({ state, onAgain }: Props & { readonly onAgain: () => void }): JSX.Element {
  const { view } = state;
  return (
    <div class="byte-bench">
      <FieldTree state={view} label="The frame’s layers and fields" />
      <div class="byte-side">
        <HexView state={view} onByte={(index, value) => state.editByte(index, value)} />
        <FieldCard row={view.chosen.value} bytes={view.bytes.value} hint={state.hint.value} onEdit={(text) => state.edit(text)} />
        <News state={state} />
        <Actions state={state} onAgain={onAgain} />
      </div>
      <JourneyView journey={state.journey.value} />
    </div>
  );
}

type WrappedProps = { readonly message: string; readonly guess: number | undefined; readonly onAgain: () => void };

export function WrappedView({ message, guess, onAgain }: WrappedProps): JSX.Element {
  const state = useMemo(() => new ExplorerState(message), [message]);
  return (
    <>
      <Verdict stages={state.stages} guess={guess} />
      <WrapView stages={state.stages} />
      <p class="task">Choose a field or a byte; its other half lights up. Change one, and send the frame: who notices?</p>
      <Bench state={state} onAgain={onAgain} />
      <FieldTable rows={state.view.rows.value} />
    </>
  );
}
