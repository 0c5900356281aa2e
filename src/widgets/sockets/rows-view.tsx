/** The table of sockets: a line for each, with what it says of itself. */
import type { JSX } from 'preact';
import { laneOf } from '#lab/people.ts';
import type { BenchScript } from '#lab/sockets/script.ts';
import type { Endpoint } from '#trace/sockets/records.ts';
import type { SocketRow, SocketState } from '#trace/sockets/table.ts';
import { Person } from '../marks/marks.tsx';
import type { SocketTableState } from './socket-table-state.ts';

type Look = { readonly className: string; readonly sign: JSX.Element; readonly word: string };

const DISC = <circle cx="5" cy="5" r="4.500" />;
const HOLLOW = <circle cx="5" cy="5" r="3.800" />;
const HALF = <path d="M5 .5a4.500 4.500 0 0 0 0 9z" />;
const CROSS = <path d="m1.500 1.500 7 7M8.500 1.500l-7 7" />;

/** Each state has one sign and one word. */
export const STATE_LOOKS: Record<SocketState, Look> = {
  listening: { className: 'waits', sign: HOLLOW, word: 'listening' },
  bound: { className: 'waits', sign: HOLLOW, word: 'open' },
  connecting: { className: 'waits', sign: HOLLOW, word: 'asking' },
  connected: { className: 'up', sign: DISC, word: 'connected' },
  'told-end': { className: 'half', sign: HALF, word: 'other end closed' },
  ended: { className: 'half', sign: HALF, word: 'has ended' },
  refused: { className: 'down', sign: CROSS, word: 'refused' },
  closed: { className: 'gone', sign: CROSS, word: 'closed' },
};

/** A dash for the eye, a word for the ear. */
const None = (): JSX.Element => (
  <>
    <span aria-hidden="true">–</span>
    <span class="visually-hidden">none</span>
  </>
);

/** Address and port, which may stand on two lines where there is little room. */
function End({ end, none }: { end: Endpoint | undefined; none: string }): JSX.Element {
  if (!end) return <span class="no-end">{none}</span>;
  return (
    <code>
      {end.address}
      <wbr />
      <span>
        :<b>{end.port}</b>
      </span>
    </code>
  );
}

/** What a socket is for, beside whose it is. */
function roleOf({ name, state, protocol }: SocketRow): string {
  const peer = name.split('/')[1];
  if (peer) return `for ${laneOf(peer).name}`;
  return state === 'listening' && protocol === 'tcp' ? 'waits' : '';
}

function remoteWord({ protocol, state }: SocketRow): string {
  if (protocol === 'udp') return 'anybody';
  return state === 'listening' ? 'nobody' : 'none';
}

function Row({ row, isTouched }: { row: SocketRow; isTouched: boolean }): JSX.Element {
  const { name, lane, protocol, state, fd, local, remote, failed } = row;
  const look = STATE_LOOKS[state];
  const role = roleOf(row);
  return (
    <tr class={`${isTouched ? 'is-touched ' : ''}${look.className}`} data-socket={name}>
      <th scope="row">
        <Person who={lane} />
        {role && <small>{role}</small>}
      </th>
      <td class="fd">{fd ?? <None />}</td>
      <td class="protocol">{protocol.toUpperCase()}</td>
      <td>
        <End end={local} none="none" />
      </td>
      <td>
        <End end={remote} none={remoteWord(row)} />
      </td>
      <td>
        <span class={`socket-state ${look.className}`}>
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            {look.sign}
          </svg>
          {look.word}
          {failed && state === 'closed' && <small>{failed}</small>}
        </span>
      </td>
    </tr>
  );
}

/** The hub's own first, then everybody's, in the order of the lanes. */
function inOrder(rows: readonly SocketRow[], { lanes, hub }: BenchScript): readonly SocketRow[] {
  const order: readonly string[] = [hub, ...lanes];
  return rows.toSorted((a, b) => order.indexOf(a.lane) - order.indexOf(b.lane));
}

/** `short`: where there is little room. */
const HEADS: readonly { readonly name: string; readonly short?: string }[] = [
  { name: 'Socket of' },
  { name: 'Descriptor', short: 'fd' },
  { name: 'Protocol' },
  { name: 'Its own end' },
  { name: 'The other end' },
  { name: 'State' },
];

function Head({ name, short }: (typeof HEADS)[number]): JSX.Element {
  if (!short) return <th scope="col">{name}</th>;
  return (
    <th scope="col">
      <span class="long">{name}</span>
      <span class="short">{short}</span>
    </th>
  );
}

export function RowsView({ table }: { table: SocketTableState }): JSX.Element {
  const rows = inOrder(table.rows.value, table.script);
  const touched = table.touched.value;
  return (
    <table class="sockets">
      <caption class="visually-hidden">The sockets, as each end sees itself: {table.script.title}</caption>
      <thead>
        <tr>
          {HEADS.map((head) => (
            <Head key={head.name} {...head} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr class="is-empty">
            <td colSpan={HEADS.length}>No socket yet. The first step opens one.</td>
          </tr>
        )}
        {rows.map((row) => (
          <Row key={row.name} row={row} isTouched={touched.has(row.name)} />
        ))}
      </tbody>
    </table>
  );
}
