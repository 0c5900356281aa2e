/** The words of the drawing: what a screen reader hears, and what the table says. Pure. */
import type { Fate, LaneId, LossCause, Message, Ms, Trace } from '#trace/trace.ts';

export const seconds = (ms: Ms): string => `${(ms / 1000).toFixed(2)} s`;

export const nameIn = (trace: Trace, lane: LaneId): string =>
  lane === 'server' ? 'server' : (trace.lanes.find(({ id }) => id === lane)?.name ?? lane);

export const CAUSES: Record<LossCause, string> = {
  'black-hole': 'black hole',
  cut: 'the cable was cut',
  'network-change': 'the device had changed network',
  crash: 'the server crashed',
  closed: 'the connection ended',
};

/** When it arrived, or why it did not. */
export function outcomeOf(fate: Fate): string {
  switch (fate.kind) {
    case 'delivered':
      return fate.replayed ? `received ${seconds(fate.at)}, kept by recovery` : `received ${seconds(fate.at)}`;
    case 'lost':
      return fate.place === 'wire' ? `lost on the wire: ${CAUSES[fate.cause]}` : `died unwritten in a buffer: ${CAUSES[fate.cause]}`;
    case 'never-sent':
      return {
        away: 'never sent: away',
        volatile: 'never sent: volatile, and not writable',
        expired: 'never sent: the timeout ran out first',
      }[fate.reason];
    case 'buffered':
      return 'waits in the buffer';
    case 'in-flight':
      return 'still under way';
  }
}

/** `chat "two", server to Bo, sent 2.55 s, lost on the wire: black hole`. */
export function describe(message: Message, trace: Trace): string {
  const { label, from, to, sentAt, leftAt, fate, surplus } = message;
  const waited = leftAt === undefined ? '' : `, left the buffer ${seconds(leftAt)}`;
  const copy = surplus ? ', a second copy' : '';
  return `${label}, ${nameIn(trace, from)} to ${nameIn(trace, to)}${copy}, sent ${seconds(sentAt)}${waited}, ${outcomeOf(fate)}`;
}
