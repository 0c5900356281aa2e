/** A trace in lines that can be compared: who said what to whom, and what became of it. */
import { meantFor, messagesOf } from '#trace/fates.ts';
import type { ClientRecord, Logs, ServerRecord } from '#trace/records.ts';
import type { Fate, LaneId, Message, Trace } from '#trace/trace.ts';

function fateInWords(fate: Fate): string {
  switch (fate.kind) {
    case 'lost':
      return `lost, ${fate.place}, ${fate.cause}`;
    case 'never-sent':
      return `never sent, ${fate.reason}`;
    case 'delivered':
      return fate.replayed ? 'delivered, replayed' : 'delivered';
    default:
      return fate.kind;
  }
}

/** `ada to bo: chat "one": delivered`. What waited at its sender says so. */
const lineOf = ({ from, to, label, fate, leftAt, surplus }: Message): string =>
  `${from} to ${to}: ${label}: ${fateInWords(fate)}${leftAt === undefined ? '' : ', waited'}${surplus ? ', surplus' : ''}`;

/** Events and acknowledgements, in an order that does not depend on who was quicker. */
export const conversation = (trace: Trace): readonly string[] =>
  messagesOf(trace)
    .filter(({ what }) => what === 'event' || what === 'ack')
    .map(lineOf)
    .sort();

/** What became of each copy of `event` that was meant for `to`, in the order in which they were said. */
export const fatesOf = (trace: Trace, event: string, to: LaneId): readonly string[] =>
  meantFor(trace, { event, to }).map(({ event: said, fate }) => `${String(said?.args[0])}: ${fateInWords(fate)}`);

/** All that became of the copies of `event` that were meant for `to`: each fate once, in alphabetical order. */
export const kindsOfFate = (trace: Trace, event: string, to: LaneId): readonly string[] => {
  const waited = ({ leftAt, fate }: Message) => leftAt !== undefined && !(fate.kind === 'delivered' && fate.replayed);
  const words = meantFor(trace, { event, to }).map((message) => `${fateInWords(message.fate)}${waited(message) ? ', waited' : ''}`);
  return [...new Set(words)].sort();
};

/** The lines that the page of `who` has shown, in order. */
export const shownBy = (logs: Logs, who: LaneId): readonly string[] =>
  (logs.clients[who] ?? []).flatMap((record) => (record[0] === 'shown' ? [record[2]] : []));

/** The texts that crossed the wire for events and acknowledgements, without repetition. */
export const textsOf = (trace: Trace): readonly string[] => [
  ...new Set(messagesOf(trace).flatMap(({ what, text }) => (what === 'event' || what === 'ack' ? [text] : []))),
];

const lanesBySession = (logs: Logs): ReadonlyMap<string, LaneId> =>
  new Map(
    Object.entries(logs.clients).flatMap(([lane, records]) =>
      records.flatMap((record) => (record[0] === 'opened' ? [[record[2], lane]] : [])),
    ),
  );

/** With which reasons a client was disconnected since the run began, as its page and as the server saw it. */
export function reasonsOf(logs: Logs, who: LaneId): { readonly client: readonly string[]; readonly server: readonly string[] } {
  const lanes = lanesBySession(logs);
  return {
    client: (logs.clients[who] ?? []).flatMap((record) => (record[0] === 'disconnected' ? [record[3]] : [])),
    server: logs.server.flatMap((record) => (record[0] === 'disconnected' && lanes.get(record[2]) === who ? [record[5]] : [])),
  };
}

/** Whether, since its connection was lost, the page of a client has tried to come back by itself. */
export const hasRetried = (logs: Logs, who: LaneId): boolean => (logs.clients[who] ?? []).some(([kind]) => kind === 'retrying');

type Packets = { readonly created: readonly string[]; readonly arrived: readonly string[] };

function packetsOf(records: readonly (ClientRecord | ServerRecord)[], session: string): Packets {
  const textsOfKind = (kind: 'created' | 'arrived') =>
    records.flatMap((record) => (record[0] === kind && record[2] === session ? [String(record[3])] : []));
  return { created: textsOfKind('created'), arrived: textsOfKind('arrived') };
}
const isPrefix = (part: readonly string[], whole: readonly string[]): boolean => part.every((text, index) => text === whole[index]);

/** A page writes a ping down at once; the server's batch of records that tells of it may come after the look at the logs. */
function withoutNews(arrived: readonly string[], { length }: readonly string[]): readonly string[] {
  return arrived.slice(length).every((text) => text === '2') ? arrived.slice(0, length) : arrived;
}

/** What the two logs say of each other that cannot be: in each session and direction, what arrived is the beginning of what was made. */
export function contradictionsIn(logs: Logs): readonly string[] {
  return [...lanesBySession(logs)].flatMap(([session, lane]) => {
    const client = packetsOf(logs.clients[lane] ?? [], session);
    const server = packetsOf(logs.server, session);
    return [
      ...(isPrefix(server.arrived, client.created) ? [] : [`${lane} to the server: ${server.arrived} of ${client.created}`]),
      ...(isPrefix(withoutNews(client.arrived, server.created), server.created)
        ? []
        : [`the server to ${lane}: ${client.arrived} of ${server.created}`]),
    ];
  });
}
