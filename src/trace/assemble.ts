/** From the two logs of a lab to a trace. Pure: the same logs give the same trace, and longer logs only add to it. */
import { readMessages } from './messages.ts';
import { readNotes } from './notes.ts';
import type { Logs } from './records.ts';
import { timelineOf } from './timeline.ts';
import type { Ms, Trace, TraceEvent } from './trace.ts';

const beginning = (event: TraceEvent): Ms => (event.kind === 'message' ? event.sentAt : event.kind === 'note' ? event.at : event.from);

/** What lasts into the run is drawn, even if it began before. */
const isSeen = (event: TraceEvent): boolean => (event.kind === 'span' ? (event.to ?? Number.POSITIVE_INFINITY) > 0 : beginning(event) >= 0);

/**
 * The trace of a lab's logs, from `logs.since` on. Messages, notes and spans in order of time; what happened before
 * sets the scene (who is in which room) and is left out.
 */
export function assemble(logs: Logs): Trace {
  const timeline = timelineOf(logs);
  const { notes, spans } = readNotes(timeline);
  const events: TraceEvent[] = [...readMessages(timeline), ...notes, ...spans].filter(isSeen);
  return {
    version: 1,
    lanes: logs.lanes,
    // A stable sort: what happened in the same moment keeps the order of the logs.
    events: events.toSorted((a, b) => beginning(a) - beginning(b)),
    endsAt: logs.until - logs.since,
  };
}
