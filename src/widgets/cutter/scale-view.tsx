/** The datagram and the packet that the link carries, drawn to one scale. */
import type { JSX } from 'preact';
import { IP_HEAD_BYTES, type Plan, type PlannedPiece, UDP_HEAD_BYTES } from './plan.ts';
import { grouped } from './sentences.ts';

type Part = { readonly what: 'ip' | 'udp' | 'text'; readonly from: number; readonly bytes: number; readonly label?: string };

/** A label stands in a part that is at least so large a share of the line. */
const LEAST_LABELLED = 0.11;

const percent = (bytes: number, total: number): string => `${(bytes * 100) / total}%`;

/** Parts of a packet on a line that is `total` bytes long. */
function Bar({ parts, total }: { readonly parts: readonly Part[]; readonly total: number }): JSX.Element {
  return (
    <svg class="cutter-bar" aria-hidden="true">
      {parts.map(({ what, from, bytes, label }) => (
        <g key={what}>
          <rect class={`part-${what}`} x={percent(from, total)} y="0" width={percent(bytes, total)} height="100%" />
          {label && bytes / total >= LEAST_LABELLED && (
            <text class={`label-${what}`} x={percent(from + bytes / 2, total)} y="50%" dy="4">
              {label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

/** A piece where its data stands in the datagram, its own header in front of it. */
export function PieceBar({ piece, plan }: { readonly piece: PlannedPiece; readonly plan: Plan }): JSX.Element {
  const [from, to] = piece.data;
  const udp = Math.max(0, UDP_HEAD_BYTES - from);
  const parts: readonly Part[] = [
    { what: 'ip', from, bytes: IP_HEAD_BYTES },
    { what: 'udp', from: from + IP_HEAD_BYTES, bytes: udp },
    { what: 'text', from: from + IP_HEAD_BYTES + udp, bytes: to - from - udp },
  ];
  return <Bar parts={parts} total={plan.datagramBytes} />;
}

export function Legend(): JSX.Element {
  return (
    <ul class="cutter-legend">
      {(
        [
          ['ip', 'IP header, 20 bytes'],
          ['udp', 'UDP header, 8 bytes'],
          ['text', 'your text'],
        ] as const
      ).map(([what, words]) => (
        <li key={what}>
          <svg class="cutter-swatch" aria-hidden="true">
            <rect class={`part-${what}`} width="100%" height="100%" />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}

/** Before the cut is shown: what is to be carried, and what one packet can take. */
export function ScaleView({ plan }: { readonly plan: Plan }): JSX.Element {
  const { textBytes, datagramBytes, mtus } = plan;
  const [mtu] = mtus;
  const total = Math.max(datagramBytes, mtu);
  const room = mtu - IP_HEAD_BYTES;
  const ip = { what: 'ip', from: 0, bytes: IP_HEAD_BYTES, label: 'IP 20' } as const;
  const udp = { what: 'udp', from: IP_HEAD_BYTES, bytes: UDP_HEAD_BYTES, label: 'UDP 8' } as const;
  const text = { what: 'text', from: IP_HEAD_BYTES + UDP_HEAD_BYTES, bytes: textBytes, label: grouped(textBytes) } as const;
  return (
    <div class="cutter-scale">
      <p>
        The whole as one datagram: <b>{grouped(datagramBytes)} bytes</b>
      </p>
      <Bar parts={[ip, udp, text]} total={total} />
      <p>
        What one packet of this link can be: <b>{grouped(mtu)} bytes</b>, an IP header among them
      </p>
      <Bar parts={[ip, { what: 'text', from: IP_HEAD_BYTES, bytes: room, label: grouped(room) }]} total={total} />
      <Legend />
    </div>
  );
}
