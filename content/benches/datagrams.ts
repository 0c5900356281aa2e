import { laneOf } from '#lab/people.ts';
import type { BenchAct, BenchScript } from '#lab/sockets/script.ts';

type Person = 'ada' | 'bo' | 'cy';

const nameOf = (who: Person): string => laneOf(who).name;
const portOf = (end: { readonly port: number } | undefined): string => (end ? String(end.port) : '…');

const open = (who: Person): BenchAct => ({
  id: `open-${who}`,
  label: `Open a socket for ${nameOf(who)}`,
  group: 'Open',
  step: { do: 'bind', socket: who },
  says: ({ row }) =>
    `${nameOf(who)} has a datagram socket at port ${portOf(row(who)?.local)}. It listens for no connection and accepts none: what is sent to that port, from wherever, is for this socket.`,
});

const send = (who: Person): BenchAct => ({
  id: `send-${who}`,
  label: `Send from ${nameOf(who)} to Cy`,
  group: 'Send',
  step: { do: 'send', socket: who, to: 'cy', text: `hello from ${nameOf(who)}` },
  says: ({ row }) =>
    `The datagram carries both ends: from port ${portOf(row(who)?.local)}, to port ${portOf(row('cy')?.local)}. Cy’s one socket got it, and was told who wrote. No connection was made for it.`,
});

const close = (who: Person): BenchAct => ({
  id: `close-${who}`,
  label: `Close ${nameOf(who)}’s socket`,
  group: 'Close',
  step: { do: 'close', socket: who },
  says: () => `${nameOf(who)}’s socket is gone, and nobody else is told: there was no connection that could end.`,
});

/** One socket receives from two others, and there is no connection: UDP. */
export const datagrams: BenchScript = {
  id: 'datagrams',
  title: 'Two senders, one socket',
  task: 'Open three datagram sockets, and let Ada and Bo both send to Cy.',
  lanes: ['ada', 'cy', 'bo'],
  hub: 'cy',
  predict: {
    ask: 'Ada and Bo will both send to Cy, with UDP. How many sockets does Cy need for that?',
    choices: [
      { id: '1', label: 'One, for whoever writes' },
      { id: '2', label: 'Two: one for each sender' },
      { id: '3', label: 'Three: one to wait at, and one for each sender' },
    ],
    read(rows, records) {
      const senders = records.flatMap((record) => (record.kind === 'read' && record.socket === 'cy' ? [record.from] : []));
      return new Set(senders).size > 1 ? String(rows.filter(({ lane }) => lane === 'cy').length) : undefined;
    },
    because: 'With UDP there is nothing to accept. One socket takes what comes to its port, and each datagram brings its sender’s address.',
  },
  acts: [
    open('cy'),
    open('ada'),
    open('bo'),
    send('ada'),
    send('bo'),
    {
      id: 'answer',
      label: 'Send from Cy back to Ada',
      group: 'Send',
      step: { do: 'send', socket: 'cy', to: 'ada', text: 'hello Ada' },
      says: ({ row }) =>
        `Cy answered to the end from which Ada’s datagram had come, port ${portOf(row('ada')?.local)}. The same socket sends and receives, with anybody.`,
    },
    close('cy'),
    close('ada'),
    close('bo'),
  ],
  path: ['open-cy', 'open-ada', 'open-bo', 'send-ada', 'send-bo', 'answer', 'close-cy'],
};
