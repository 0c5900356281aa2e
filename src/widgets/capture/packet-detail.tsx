/** The packet that is chosen: what the analysis says of it, its layers, fields and bytes. */
import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { TCP_MARKS } from '#wire/analysis/tcp-marks.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';
import { SourcesView } from '../bytes/sources-view.tsx';
import type { CaptureState } from './capture-state.ts';

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

type DetailProps = {
  readonly state: CaptureState;
  /** Set where the packet is asked for far from here: then it is brought into sight, and takes the focus. */
  readonly isWanted: RefObject<boolean>;
  /** What takes the focus back when the stream is closed. */
  readonly follow: RefObject<HTMLButtonElement>;
};

export function PacketDetailView({ state, isWanted, follow }: DetailProps): JSX.Element | null {
  const box = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const packet = state.chosen.value;
  const detail = state.detail.value;
  useLayoutEffect(() => {
    if (!isWanted.current || !detail) return;
    isWanted.current = false;
    heading.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [detail, isWanted]);
  if (!packet || !detail) return null;
  const { stream } = packet;
  return (
    <section class="packet-detail" ref={box} aria-label={`Packet ${packet.number}`}>
      <header>
        <h4 tabIndex={-1} ref={heading}>
          Packet {packet.number}: {packet.info}
        </h4>
        {stream !== undefined && (
          <button type="button" class="button" ref={follow} onClick={() => state.follow(stream)}>
            Follow stream {stream}
          </button>
        )}
      </header>
      <Meaning packet={packet} />
      <SourcesView state={state.view} label={`Layers and fields of packet ${packet.number}`} />
    </section>
  );
}
