/**
 * A trace is made anew from its logs each time they grow. What has not changed keeps its identity, so that whoever draws it
 * can tell by a glance. Pure.
 */
import type { Fate, Message, Note, Span, Trace, TraceEvent } from './trace.ts';

/** The clocks' difference is known better with each pair of records, and moves the server's times by less than this, ms. */
const CLOCK_JITTER_MS = 0.1;

const isSameTime = (a: number | undefined, b: number | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && Math.abs(a - b) < CLOCK_JITTER_MS);

function isSameFate(a: Fate, b: Fate): boolean {
  if (a.kind === 'delivered') return b.kind === 'delivered' && a.replayed === b.replayed && isSameTime(a.at, b.at);
  if (a.kind === 'lost') return b.kind === 'lost' && a.place === b.place && a.cause === b.cause && isSameTime(a.knownAt, b.knownAt);
  if (a.kind === 'never-sent') return b.kind === 'never-sent' && a.reason === b.reason;
  return a.kind === b.kind;
}

/** Of a message with one id, only these can change while the logs grow. */
const isSameMessage = (a: Message, b: Message): boolean =>
  isSameFate(a.fate, b.fate) &&
  isSameTime(a.sentAt, b.sentAt) &&
  isSameTime(a.leftAt, b.leftAt) &&
  a.text === b.text &&
  a.label === b.label &&
  a.surplus === b.surplus &&
  a.emission === b.emission &&
  a.attachments.length === b.attachments.length &&
  a.duplicates.length === b.duplicates.length;

const isSameNote = (a: Note, b: Note): boolean => a.text === b.text && isSameTime(a.at, b.at);

const isSameSpan = (a: Span, b: Span): boolean => a.text === b.text && isSameTime(a.from, b.from) && isSameTime(a.to, b.to);

function isSame(a: TraceEvent, b: TraceEvent): boolean {
  if (a.kind === 'message') return b.kind === 'message' && isSameMessage(a, b);
  if (a.kind === 'note') return b.kind === 'note' && isSameNote(a, b);
  return b.kind === 'span' && isSameSpan(a, b);
}

/** `after`, with each event that is the same as in `before` taken from there; times may differ by a tenth of a millisecond. */
export function keepUnchanged(before: Trace | undefined, after: Trace): Trace {
  if (!before) return after;
  const known = new Map(before.events.map((event) => [event.id, event]));
  const events = after.events.map((event) => {
    const old = known.get(event.id);
    return old && isSame(old, event) ? old : event;
  });
  return { ...after, events };
}
