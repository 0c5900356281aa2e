import { laneOf } from '#lab/people.ts';
import type { BenchAct, BenchScript, Seen } from '#lab/sockets/script.ts';
import { isOpen, type SocketRow } from '#trace/sockets/table.ts';

type Client = 'ada' | 'bo' | 'cy';

const nameOf = (who: Client): string => laneOf(who).name;
const portOf = (end: { readonly port: number } | undefined): string => (end ? String(end.port) : '…');
const held = (row: SocketRow | undefined): string => (row?.fd === undefined ? '' : `, descriptor ${row.fd}`);
const inWords = (count: number): string => ['no', 'one', 'two', 'three'][count] ?? String(count);
const isRead = ({ records }: Seen): boolean => records.some(({ kind }) => kind === 'read');

function bytesIn({ records }: Seen): string {
  const count = records.find((record) => record.kind === 'wrote')?.bytes ?? 0;
  return count === 1 ? '1 byte' : `${count} bytes`;
}

const UNREAD = 'The bytes have left the program that wrote them. Nobody has read them.';

const connect = (who: Client): BenchAct => ({
  id: `connect-${who}`,
  label: `Connect ${nameOf(who)}`,
  group: 'Connect',
  step: { do: 'connect', socket: who, to: 'server' },
  says({ row, rows }) {
    const [end, accepted] = [row(who), row(`server/${who}`)];
    if (!accepted) return `${nameOf(who)}’s socket has asked for a connection.`;
    const others = rows.filter(({ lane, state }) => lane === 'server' && state === 'connected').length - 1;
    const again =
      others === 0
        ? 'the port at which it waits'
        : others === 1
          ? 'the port of its other connection'
          : `the port of its ${inWords(others)} others`;
    return `${nameOf(who)} got port ${portOf(end?.local)} and asked. The server accepted and got a new socket for this connection${held(accepted)}. Its port there is ${portOf(accepted.local)}, ${again}.`;
  },
});

const close = (who: Client): BenchAct => ({
  id: `close-${who}`,
  label: `Close ${nameOf(who)}’s socket`,
  group: 'Close',
  step: { do: 'close', socket: who },
  says: ({ row }) =>
    row(`server/${who}`)?.state === 'told-end'
      ? `${nameOf(who)}’s end is gone. The server’s end is not: it was told that no more will come, and stays until the server’s program closes it, too. Two ends, two sockets.`
      : `${nameOf(who)}’s end is gone.`,
});

const closeServersEnd = (who: Client): BenchAct => ({
  id: `close-server-${who}`,
  label: `Close the server’s end for ${nameOf(who)}`,
  group: 'Close',
  step: { do: 'close', socket: `server/${who}` },
  says: ({ row }) =>
    row(who)?.state === 'told-end'
      ? `The server has closed its end, and ${nameOf(who)} was told that no more will come. Ada, Bo and Cy each have a connection of their own: the others notice nothing.`
      : 'Both ends are closed: this connection is over. The listening socket and the other connections notice nothing.',
});

/** One server, three clients, and a fourth who asks at the wrong port: TCP. */
export const threeConnections: BenchScript = {
  id: 'three-connections',
  title: 'Three connections, one port',
  task: 'Open a socket that waits, connect three clients to it, and read in the table what each end says of itself.',
  lanes: ['ada', 'server', 'bo', 'cy', 'dee'],
  hub: 'server',
  predict: {
    ask: 'Ada, Bo and Cy will be connected to the server at the same time. How many ports does the server use for its sockets?',
    choices: [
      { id: '1', label: 'One, for all of them' },
      { id: '3', label: 'Three: one for each client' },
      { id: '4', label: 'Four: one to wait at, and one for each client' },
    ],
    read(rows) {
      const sockets = rows.filter(({ lane, name }) => lane === 'server' && name !== 'server' && !name.endsWith('dee'));
      if (sockets.length < 3) return undefined;
      return String(new Set(rows.filter(({ lane }) => lane === 'server').map(({ local }) => local?.port)).size);
    },
    because:
      'Four sockets of the server, and one port. What tells the connections apart is the whole pair of ends: at the other end there is a different port each time.',
  },
  acts: [
    {
      id: 'listen',
      label: 'Open a listening socket',
      group: 'Server',
      step: { do: 'listen', socket: 'server' },
      says: ({ row }) =>
        `The server’s program asked the system for a socket${held(row('server'))}. The system chose port ${portOf(row('server')?.local)}. The socket waits there: it has no other end.`,
    },
    connect('ada'),
    connect('bo'),
    connect('cy'),
    {
      id: 'connect-to-nobody',
      label: 'Connect Dee to a port where nobody waits',
      group: 'Connect',
      step: { do: 'connect', socket: 'dee', to: 'nobody' },
      says: ({ row }) =>
        `Dee got port ${portOf(row('dee')?.local)} and asked at port ${portOf(row('dee')?.remote)}. No socket waits there, so the system itself said no, at once: connection refused. The server’s program heard nothing of it.`,
    },
    {
      id: 'connect-to-ada',
      label: 'Connect Dee to Ada’s port',
      group: 'Connect',
      step: { do: 'connect', socket: 'dee', to: 'ada' },
      says: ({ row }) =>
        `Refused. Port ${portOf(row('ada')?.local)} is in use, but by a socket that is one end of a connection. It does not wait for others, so nobody can connect to it.`,
    },
    {
      id: 'send-ada',
      label: 'Send as Ada',
      group: 'Send',
      step: { do: 'send', socket: 'ada', text: 'hello' },
      input: { maxLength: 40 },
      says: (seen) =>
        isRead(seen)
          ? `${bytesIn(seen)} went from port ${portOf(seen.row('ada')?.local)} to port ${portOf(seen.row('ada')?.remote)}. Several sockets of the server have that port. The system looked at both ends, and gave them to the one whose other end is Ada’s.`
          : UNREAD,
    },
    {
      id: 'send-server-bo',
      label: 'Send from the server to Bo',
      group: 'Send',
      step: { do: 'send', socket: 'server/bo', text: 'hi Bo' },
      says: (seen) =>
        isRead(seen)
          ? `The same connection, the other way. The server wrote to its socket for Bo, and nothing came to Ada or Cy. Bo’s end is port ${portOf(seen.row('bo')?.local)}.`
          : UNREAD,
    },
    close('ada'),
    closeServersEnd('ada'),
    {
      id: 'close-listening',
      label: 'Close the listening socket',
      group: 'Close',
      step: { do: 'close', socket: 'server' },
      says({ rows }) {
        const living = rows.filter((row) => row.lane === 'server' && row.name !== 'server' && isOpen(row)).length;
        return living > 0
          ? `The server waits for nobody any more. ${living === 1 ? 'The connection that it had accepted lives on' : `The ${inWords(living)} connections that it had accepted live on`}: each has a socket of its own.`
          : 'The server waits for nobody any more.';
      },
    },
    close('bo'),
    closeServersEnd('bo'),
  ],
  path: [
    'listen',
    'connect-ada',
    'connect-bo',
    'connect-cy',
    'connect-to-nobody',
    'send-ada',
    'send-server-bo',
    'close-ada',
    'close-server-ada',
    'close-listening',
  ],
};
