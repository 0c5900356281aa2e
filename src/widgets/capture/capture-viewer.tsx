/** The capture viewer: choose a capture or drop one in, look for something, open packets. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useCallback, useEffect, useId, useMemo } from 'preact/hooks';
import { TCP_MARKS } from '#wire/analysis/tcp-marks.ts';
import { CAPTURE_ERRORS } from '#wire/capture/capture-error.ts';
import { CAPTURE_LIMITS } from '#wire/capture/packet.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';
import { SourcesView } from '../bytes/sources-view.tsx';
import { Badge } from '../lab/badge.tsx';
import { Ask, type AskProps, Verdict } from './capture-ask.tsx';
import { type CaptureAsk, type CaptureSources, CaptureState, type ShippedCapture } from './capture-state.ts';
import { FilterBar } from './filter-bar.tsx';
import { FollowView } from './follow-view.tsx';
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

function Shipped({ state }: Props): JSX.Element | null {
  const capture = state.shipped.value;
  if (!capture) return null;
  return (
    <div class="capture-what">
      <p class="outcome">{capture.what}</p>
      <p class="label">Look at</p>
      <ul>
        {capture.lookFor.map(({ packet, text }) => (
          <li key={packet}>
            <button type="button" class="button needs-script" onClick={() => void state.choose(packet)}>
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
      {state.errors.value.map(({ code, offset }) => (
        <p class="notice" key={code}>
          {CAPTURE_ERRORS[code]} (At byte {offset.toLocaleString('en-US')} of the file.)
        </p>
      ))}
    </>
  );
}

function Meaning({ packet }: { packet: PacketSummary }): JSX.Element | null {
  if (packet.marks.length === 0) return null;
  return (
    <ul class="packet-marks">
      {packet.marks.map((mark) => (
        <li key={mark}>
          <strong>{TCP_MARKS[mark].title}</strong>: {TCP_MARKS[mark].meaning} <code>{TCP_MARKS[mark].wireshark}</code>
        </li>
      ))}
    </ul>
  );
}

function Chosen({ state }: Props): JSX.Element | null {
  const packet = state.chosen.value;
  const detail = state.detail.value;
  if (!packet || !detail) return null;
  const { stream } = packet;
  return (
    <section class="packet-detail" aria-label={`Packet ${packet.number}`}>
      <header>
        <h4>
          Packet {packet.number}: {packet.info}
        </h4>
        {stream !== undefined && (
          <button type="button" class="button" onClick={() => state.follow(stream)}>
            Follow stream {stream}
          </button>
        )}
      </header>
      <Meaning packet={packet} />
      <SourcesView state={state.view} label={`Layers and fields of packet ${packet.number}`} />
    </section>
  );
}

function Opened({ state, ask, ready }: AskProps): JSX.Element {
  const followed = state.followed.value;
  const choose = useCallback((number: number) => void state.choose(number), [state]);
  return (
    <>
      <p class="task">Choose a packet: you see its layers, its fields and its bytes.</p>
      <Chooser state={state} ready={ready} />
      <Verdict state={state} ask={ask} />
      <Shipped state={state} />
      {state.phase.value !== 'failed' && <Errors state={state} />}
      <FilterBar state={state} />
      <p class={state.phase.value === 'failed' ? 'capture-status is-failed' : 'capture-status'} role="status">
        {state.status}
      </p>
      <PacketList packets={state.listed.value} chosen={state.chosenNumber.value} onChoose={choose} />
      {followed && <FollowView stream={followed} onPacket={choose} onClose={() => state.unfollow()} />}
      <PacketDrawing packets={state.listed.value} onPacket={choose} />
      <Chosen state={state} />
      <PacketTable packets={state.listed.value} />
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
        const file = event.dataTransfer?.files[0];
        if (file) void state.openOwn(file);
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
        <Opened state={state} ask={ask} ready={ready.value} />
      )}
      <p class="lab-foot">
        <strong>recorded</strong> means that these packets crossed a real wire and were written down at one place on it. The names of fields
        and marks are Wireshark’s. What the network card adds and removes, and what was dropped before that place, is not in a capture.
      </p>
    </section>
  );
}
