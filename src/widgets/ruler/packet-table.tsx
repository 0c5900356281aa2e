/** The text twin of the bars: every packet of the run, in figures. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { countText, timeText } from './amounts.ts';
import { PARTS, type Packet, type Played } from './played.ts';

function Row({ packet }: { readonly packet: Packet }): JSX.Element {
  const { parts } = packet;
  return (
    <tr>
      <th scope="row">{packet.name}</th>
      <td>{timeText(packet.offeredUs)}</td>
      {parts ? (
        <>
          {PARTS.map((part) => (
            <td key={part}>{timeText(parts[part])}</td>
          ))}
          <td>{timeText(packet.totalUs)}</td>
        </>
      ) : (
        <td colSpan={4}>
          <span class="fate lost">lost</span>: the queue was full
        </td>
      )}
    </tr>
  );
}

function Rows({ played }: { readonly played: Played }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="ruler-table" tabIndex={0} aria-label="Every packet of the run">
      <table>
        <thead>
          <tr>
            <th scope="col">packet</th>
            <th scope="col">handed over at</th>
            {PARTS.map((part) => (
              <th key={part} scope="col">
                {part}
              </th>
            ))}
            <th scope="col">in all</th>
          </tr>
        </thead>
        <tbody>
          {played.packets.map((packet, nth) => (
            <Row key={nth} packet={packet} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Its rows are made when it is opened: there may be hundreds, and every move of a slider would make them anew. */
export function PacketTable({ played }: { readonly played: Played }): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <details class="recorded-run" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>The same as a table, {countText(played.packets.length, 'packet')}</summary>
      {isOpen.value && <Rows played={played} />}
    </details>
  );
}
