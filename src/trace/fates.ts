/** Counting what became of messages. Pure. */
import type { FateKind, LaneId, Message, Trace } from './trace.ts';

export const messagesOf = (trace: Trace): readonly Message[] => trace.events.filter((event) => event.kind === 'message');

/** Copies of the event `event` that were meant for `to`, in the order in which they were said. */
export const meantFor = (trace: Trace, { event, to }: { event: string; to: LaneId }): readonly Message[] =>
  messagesOf(trace).filter((message) => message.what === 'event' && message.event?.name === event && message.to === to && !message.surplus);

export type Tally = {
  readonly to: LaneId;
  /** How many were meant for this lane: always the sum of `counts`. */
  readonly meant: number;
  readonly counts: Readonly<Record<FateKind, number>>;
  readonly messages: readonly Message[];
};

const FATES: readonly FateKind[] = ['delivered', 'in-flight', 'buffered', 'lost', 'never-sent'];

/** What became of all copies of an event that were meant for one lane. */
export function tally(trace: Trace, of: { readonly event: string; readonly to: LaneId }): Tally {
  const messages = meantFor(trace, of);
  const count = (kind: FateKind): number => messages.filter(({ fate }) => fate.kind === kind).length;
  return {
    to: of.to,
    meant: messages.length,
    counts: {
      delivered: count('delivered'),
      'in-flight': count('in-flight'),
      buffered: count('buffered'),
      lost: count('lost'),
      'never-sent': count('never-sent'),
    },
    messages,
  };
}

/** The kinds of fate, in the order in which a tally names them. */
export const fateKinds = (): readonly FateKind[] => FATES;

/** The lanes at which an event arrived. */
export function recipientsOf(trace: Trace, event: string): ReadonlySet<LaneId> {
  const arrived = messagesOf(trace).filter(
    (message) => message.event?.name === event && message.what === 'event' && message.fate.kind === 'delivered',
  );
  return new Set(arrived.map(({ to }) => to));
}
