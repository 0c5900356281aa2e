/** The words of the drawing: what a screen reader hears, and what the table says. Pure. */
import { momentText } from '#trace/layout/time-words.ts';
import type { Fate, LaneId, LaneRole, LossCause, Message, Trace } from '#trace/trace.ts';

export const nameIn = (trace: Trace, lane: LaneId): string =>
  lane === 'server' ? 'server' : (trace.lanes.find(({ id }) => id === lane)?.name ?? lane);

export const roleIn = (trace: Trace, lane: LaneId): LaneRole | undefined => trace.lanes.find(({ id }) => id === lane)?.role;

export const CAUSES: Record<LossCause, string> = {
  'black-hole': 'black hole',
  cut: 'the cable was cut',
  'network-change': 'the device had changed network',
  crash: 'the server crashed',
  closed: 'the connection ended',
  refused: 'no socket waits at that port',
  loss: 'the link lost it',
  'queue-full': 'the queue was full',
  ttl: 'its time to live was used up',
  'too-big': 'too big for the next link, and not to be cut',
  'link-down': 'the link was down',
};

/** When it arrived, or why it did not. `slowed`: how much slower its trace is shown than it happened. */
export function outcomeOf(fate: Fate, slowed?: number): string {
  switch (fate.kind) {
    case 'delivered':
      return `received ${momentText(fate.at, slowed)}${fate.replayed ? ', kept by recovery' : ''}`;
    case 'lost':
      if (fate.place === 'device') return `dropped before it left: ${CAUSES[fate.cause]}`;
      if (fate.place === 'port') return `turned away: ${CAUSES[fate.cause]}`;
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

/** `sent 2.55 s, lost on the wire: black hole`. */
export function lifeOf({ sentAt, leftAt, fate, what, duplicates }: Message, { slowed }: Trace): string {
  const waited = leftAt === undefined ? '' : `, left the ${what === 'packet' ? 'queue' : 'buffer'} ${momentText(leftAt, slowed)}`;
  const again = duplicates.map((at) => `, and again ${momentText(at, slowed)}`).join('');
  return `sent ${momentText(sentAt, slowed)}${waited}, ${outcomeOf(fate, slowed)}${again}`;
}

/** `chat "two", server to Bo, sent 2.55 s, lost on the wire: black hole`. */
export function describe(message: Message, trace: Trace): string {
  const { label, from, to, surplus } = message;
  return `${label}, ${nameIn(trace, from)} to ${nameIn(trace, to)}${surplus ? ', a second copy' : ''}, ${lifeOf(message, trace)}`;
}
