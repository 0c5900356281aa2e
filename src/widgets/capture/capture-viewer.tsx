/** The capture viewer: choose a capture or drop one in, look for something, open packets. */
import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { CAPTURE_ERRORS } from '#wire/capture/capture-error.ts';
import { CAPTURE_LIMITS } from '#wire/capture/packet.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';
import { useInSight } from '../bytes/use-in-sight.ts';
import { Badge } from '../lab/badge.tsx';
import { Ask, type AskProps, Verdict } from './capture-ask.tsx';
import { type CaptureAsk, type CaptureSources, CaptureState, type ShippedCapture } from './capture-state.ts';
import { FilterBar } from './filter-bar.tsx';
import { FollowView } from './follow-view.tsx';
import { PacketDetailView } from './packet-detail.tsx';
import { PacketDrawing } from './packet-drawing.tsx';
import { PacketList } from './packet-list.tsx';
import { PacketTable } from './packet-table.tsx';

type Props = { readonly state: CaptureState };

function Chooser({ state, ready }: Props & { readonly ready: boolean }): JSX.Element {
  const id = useId();
  return (
    <div class="capture-choice needs-script">
      <label for={id}>Capture</label>
      <select
        id={id}
        disabled={!ready}
        value={state.shipped.value?.file ?? ''}
        onChange={(event) => void state.openShipped(event.currentTarget.value)}
      >
        {state.ownFile.value !== '' && <option value="">{state.ownFile.value}</option>}
        {state.captures.map(({ file, title }) => (
          <option key={file} value={file}>
            {title}
          </option>
        ))}
      </select>
      <label class="button">
        Open a file of yours
        <input
          type="file"
          class="visually-hidden"
          accept=".pcap,.pcapng,.cap,.dmp"
          disabled={!ready}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void state.openOwn(file);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <p>or drop one here. It is read in this page and sent nowhere. Up to {CAPTURE_LIMITS.packets.toLocaleString('en-US')} packets.</p>
    </div>
  );
}

function Shipped({ state, onPacket }: Props & { readonly onPacket: (number: number) => void }): JSX.Element | null {
  const capture = state.shipped.value;
  if (!capture) return null;
  return (
    <div class="capture-what">
      <p class="outcome">{capture.what}</p>
      <p class="label">Look at</p>
      <ul>
        {capture.lookFor.map(({ packet, text }) => (
          <li key={packet}>
            <button type="button" class="button needs-script" onClick={() => onPacket(packet)}>
              Packet {packet}
            </button>
            <span class="without-script">Packet {packet}:</span> {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Errors({ state }: Props): JSX.Element {
  return (
    <>
      {state.others.value > 0 && (
        <p class="notice">One file is shown at a time: this is the first of the {state.others.value + 1} that were dropped.</p>
      )}
      {state.errors.value.map(({ code, offset }) => (
        <p class="notice" key={code}>
          {CAPTURE_ERRORS[code]} (At byte {offset.toLocaleString('en-US')} of the file.)
        </p>
      ))}
    </>
  );
}

type PacketsProps = Props & { readonly isWanted: RefObject<boolean>; readonly onPacket: (number: number) => void };

/** The list and what belongs to it; nothing of it where nothing could be read. */
function Packets({ state, isWanted, onPacket }: PacketsProps): JSX.Element {
  const followed = state.followed.value;
  const listed = state.listed.value;
  const follow = useRef<HTMLButtonElement>(null);
  const choose = useCallback((number: number) => void state.choose(number), [state]);
  const close = () => {
    state.unfollow();
    follow.current?.focus();
  };
  const isNoneLeft = listed.length === 0 && state.packets.value.length > 0;
  return (
    <>
      {isNoneLeft ? (
        <p class="packets-none">No packet fits. Take something out of the filter, or press “Show all”.</p>
      ) : (
        <PacketList packets={listed} chosen={state.chosenNumber.value} onChoose={choose} />
      )}
      {followed && <FollowView stream={followed} onPacket={onPacket} onClose={close} />}
      <PacketDrawing packets={listed} onPacket={choose} />
      <PacketDetailView state={state} isWanted={isWanted} follow={follow} />
      <PacketTable packets={listed} />
    </>
  );
}

function Opened({ state, ask, packets, ready }: AskProps): JSX.Element {
  const task = useRef<HTMLParagraphElement>(null);
  const verdict = useRef<HTMLParagraphElement>(null);
  const isWanted = useRef(false);
  const show = (number: number) => {
    isWanted.current = true;
    void state.choose(number);
  };
  // The button that led here is gone.
  useLayoutEffect(() => (verdict.current ?? task.current)?.focus(), []);
  const hasFailed = state.phase.value === 'failed';
  const status = useInSight<HTMLParagraphElement>(hasFailed && state.status);
  return (
    <>
      <p class="task" tabIndex={-1} ref={task}>
        Choose a packet: you see its layers, its fields and its bytes.
      </p>
      <Chooser state={state} ready={ready} />
      <Verdict state={state} ask={ask} packets={packets} words={verdict} />
      <Shipped state={state} onPacket={show} />
      {!hasFailed && <Errors state={state} />}
      {!hasFailed && <FilterBar state={state} />}
      <p
        class={hasFailed ? 'capture-status is-failed' : 'capture-status'}
        ref={status}
        role="status"
        aria-busy={state.phase.value === 'reading' && state.expected.value > 0}
      >
        {state.status}
      </p>
      {!hasFailed && <Packets state={state} isWanted={isWanted} onPacket={show} />}
    </>
  );
}

export type CaptureViewerProps = {
  readonly captures: readonly ShippedCapture[];
  readonly ask: CaptureAsk;
  /** The lines of the first capture: what is there before a script runs, and without one. */
  readonly first: readonly PacketSummary[];
  readonly sources: CaptureSources;
};

export function CaptureViewer({ captures, ask, first, sources }: CaptureViewerProps): JSX.Element {
  const id = useId();
  const state = useMemo(() => new CaptureState(captures, first, sources), [captures, first, sources]);
  const ready = useSignal(false);
  const isOver = useSignal(false);
  useEffect(() => {
    ready.value = true;
    return () => state.dispose();
  }, [state, ready]);
  return (
    <section
      class={`lab capture${isOver.value ? ' is-over' : ''}`}
      aria-labelledby={id}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        const [file, ...others] = event.dataTransfer?.files ?? [];
        if (file) void state.openOwn(file, others.length);
      }}
    >
      <header class="lab-head">
        <h3 id={id}>Capture viewer</h3>
        <Badge kind="recorded" />
      </header>
      {state.phase.value === 'asking' ? (
        <>
          <p class="task">{captures[0]?.what}</p>
          <Ask state={state} ask={ask} ready={ready.value} />
          <details class="recorded-run">
            <summary>See the packets first (it gives the answer away)</summary>
            <PacketTable packets={first} />
          </details>
          <Chooser state={state} ready={ready.value} />
        </>
      ) : (
        <Opened state={state} ask={ask} packets={first.length} ready={ready.value} />
      )}
      <p class="lab-foot">
        <strong>recorded</strong> means that these packets were really sent, and were written down at one place on their way. The names of
        fields and marks are Wireshark’s. What the network card adds and removes, and what was dropped before that place, is not in a
        capture.
      </p>
    </section>
  );
}
