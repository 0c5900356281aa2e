/**
 * The packets of a capture, one line each. Only the lines in sight, and some around them, are in the document: a hundred
 * thousand scroll as quickly as a hundred.
 */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { TCP_MARKS } from '#wire/analysis/tcp-marks.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';

/** Height of a line, CSS pixels: the style sheet says the same. */
export const LINE_PX = { wide: 28, narrow: 60 };
/** Lines above and below what is in sight. */
const SPARE = 12;
/** Before a script has measured anything: what the page shows as it is delivered. */
const FIRST_LINES = 40;

export type ListWindow = { readonly from: number; readonly to: number };

/** Which lines are drawn, `to` excluded. */
export function windowOf({ top, height, linePx, count }: { top: number; height: number; linePx: number; count: number }): ListWindow {
  const from = Math.max(0, Math.min(Math.floor(top / linePx) - SPARE, count - 1));
  const to = Math.min(count, Math.ceil((top + height) / linePx) + SPARE);
  return { from: Math.max(0, from), to };
}

const seconds = (us: number): string => (us / 1e6).toFixed(6);

/** What the analysis says of it, first. */
const marksOf = ({ marks }: PacketSummary): string => marks.map((mark) => TCP_MARKS[mark].title).join(', ');

function Line({
  packet,
  isChosen,
  place,
  onChoose,
}: {
  packet: PacketSummary;
  isChosen: boolean;
  place: number;
  onChoose: () => void;
}): JSX.Element {
  const marks = marksOf(packet);
  const classes = [
    'packet',
    `layer-${packet.level}`,
    isChosen ? 'is-chosen' : '',
    marks === '' ? '' : 'is-marked',
    packet.errors > 0 ? 'is-wrong' : '',
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles keys
    <div
      role="option"
      id={`packet-${packet.number}`}
      class={classes.filter(Boolean).join(' ')}
      aria-selected={isChosen}
      aria-posinset={place + 1}
      tabIndex={-1}
      onClick={onChoose}
    >
      <span class="packet-no">{packet.number}</span>
      <span class="packet-time">{seconds(packet.us)}</span>
      <span class="packet-ends">
        {packet.source} → {packet.destination}
      </span>
      <span class="packet-name">{packet.name}</span>
      <span class="packet-length">{packet.length}</span>
      <span class="packet-info">
        {marks !== '' && <strong>[{marks}] </strong>}
        {packet.info}
      </span>
    </div>
  );
}

const PAGE = 10;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

type ListProps = {
  readonly packets: readonly PacketSummary[];
  readonly chosen: number | undefined;
  readonly onChoose: (number: number) => void;
};

export function PacketList({ packets, chosen, onChoose }: ListProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const seen = useSignal({ top: 0, height: FIRST_LINES * LINE_PX.wide, linePx: LINE_PX.wide });
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const measure = () => {
      const linePx = current.clientWidth < 640 ? LINE_PX.narrow : LINE_PX.wide;
      seen.value = { top: current.scrollTop, height: current.clientHeight, linePx };
    };
    const observer = 'ResizeObserver' in globalThis ? new ResizeObserver(measure) : undefined;
    observer?.observe(current);
    current.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer?.disconnect();
      current.removeEventListener('scroll', measure);
    };
  }, [seen]);
  const { linePx } = seen.value;
  const { from, to } = windowOf({ ...seen.value, count: packets.length });
  const place = packets.findIndex(({ number }) => number === chosen);
  useEffect(() => {
    const { current } = box;
    if (!current || place < 0) return;
    const top = place * linePx;
    if (top < current.scrollTop) current.scrollTop = top;
    else if (top + linePx > current.scrollTop + current.clientHeight) current.scrollTop = top + linePx - current.clientHeight;
  }, [place, linePx]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || packets.length === 0) return;
    event.preventDefault();
    const packet = packets[Math.max(0, Math.min(packets.length - 1, place + step))];
    if (packet) onChoose(packet.number);
  };
  return (
    <div
      class="packets"
      role="listbox"
      tabIndex={0}
      aria-label="Packets of the capture"
      aria-activedescendant={place >= from && place < to ? `packet-${chosen}` : undefined}
      ref={box}
      onKeyDown={onKeyDown}
    >
      <svg class="packets-room" width="1" height={from * linePx} aria-hidden="true" />
      {packets.slice(from, to).map((packet, index) => (
        <Line
          key={packet.number}
          packet={packet}
          place={from + index}
          isChosen={packet.number === chosen}
          onChoose={() => onChoose(packet.number)}
        />
      ))}
      <svg class="packets-room" width="1" height={(packets.length - to) * linePx} aria-hidden="true" />
    </div>
  );
}
