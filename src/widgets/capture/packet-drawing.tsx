/** The packets that are listed, drawn: fetched and drawn when they are asked for. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { later } from '../later/later.tsx';
import type { DrawnProps } from './drawn-packets.tsx';

/** Arrows at most: what a person can still read. */
const MOST_ARROWS = 100;

const DrawnPackets = later(() => import('./drawn-packets.tsx').then((module) => module.DrawnPackets), 'Drawing…');

export function PacketDrawing({ packets, onPacket }: DrawnProps): JSX.Element | null {
  const isOpen = useSignal(false);
  const drawn = useMemo(() => packets.slice(0, MOST_ARROWS), [packets]);
  if (packets.length === 0) return null;
  return (
    <details class="packet-drawing needs-script" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>
        Draw {drawn.length < packets.length ? `the first ${drawn.length} of the listed packets` : 'the listed packets'} as a sequence
        diagram
      </summary>
      {isOpen.value && <DrawnPackets packets={drawn} onPacket={onPacket} />}
    </details>
  );
}
