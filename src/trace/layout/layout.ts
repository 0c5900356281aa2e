/**
 * From a trace to a drawing. Pure: the same trace gives the same drawing, and a longer one moves nothing that has stood for
 * a tenth of a second. One thing is drawn late: a heartbeat shows itself when it is known to be lost, and may open a fold.
 */
import { messagesOf } from '../fates.ts';
import type { LaneId, Message, Ms, Note, Span, Trace, TraceEvent } from '../trace.ts';
import { type ArrowSpace, arrowOf } from './arrows.ts';
import type { Arrow, Drawing, Stretch } from './drawing.ts';
import { isTold, type NoteSpace, noteMarks } from './note-marks.ts';
import { spread } from './spread.ts';
import { evenScale, QUIET_MS, type TimeScale, timeScale, UNITS_PER_SECOND } from './time-scale.ts';
import { durationText, unitOf } from './time-words.ts';

export type LayoutOptions = {
  readonly geometry: 'wide' | 'narrow';
  /** Until when the trace is shown; left out, all of it. Ms. */
  readonly until?: Ms;
  /** How much larger than usual time is drawn, for runs shorter than a second. */
  readonly zoom?: number;
};

/**
 * Sizes of the two geometries, in units. The narrow one is drawn 1:1 on a phone, never the wide one scaled down; many lanes
 * stand closer before the wide one grows, since what grows is drawn smaller.
 */
const WIDE = { lane: 140, gutter: 44, least: 840, top: 24 };
const NARROW = { width: 332, gutter: 30, top: 26, tickChars: 3 };
/** Below the last moment. */
const FOOT = 30;
/** Above this many arrows only the newest are drawn. */
const MAX_ARROWS = 300;
/** Above this many arrows labels go, but for those that tell of a loss. */
const MAX_LABELS = 60;
const USUAL_MS = 250;
const TICK_MS = 500;
/** From so much slower than it happened on, ticks are closer than half a second. */
const CLOSE_UP = 20;
/** Least distance of two ticks then, in units. */
const TICK_UNITS = 40;

/** How much larger than usual time is drawn. */
const paceOf = ({ slowed = 1 }: Trace, zoom: number): number => slowed * zoom;

/** When it arrived, or would have, where that is known. */
function arrival({ sentAt, fate, what }: Message): Ms {
  if (fate.kind === 'delivered') return fate.at;
  return fate.kind === 'lost' && what === 'packet' ? fate.knownAt : sentAt;
}

/** Heartbeats that were answered as they should be say nothing; those that were not are the reason of what follows. */
const isQuietBeat = ({ what, fate }: Message): boolean => what === 'heartbeat' && fate.kind !== 'lost';

const median = (values: readonly number[]): number | undefined => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Of so many arrivals the usual trip is taken. */
const RECENT = 9;
const SHORTEST_MS = 60;

const tellsTrips = ({ what }: Message): boolean => what === 'event' || what === 'packet';

/**
 * How long a message usually took, by the last that had arrived before a moment, so that what comes later changes nothing.
 * No longer than the first part of a quiet stretch: what lies within it never comes to lie in a fold.
 */
function usualTrips(messages: readonly Message[], pace: number): (before: Ms) => Ms {
  const trips = messages
    .filter(tellsTrips)
    .flatMap(({ fate, sentAt, leftAt }) => (fate.kind === 'delivered' ? [{ at: fate.at, ms: fate.at - (leftAt ?? sentAt) }] : []))
    .toSorted((a, b) => a.at - b.at);
  return (before) => {
    const end = trips.findLastIndex(({ at }) => at <= before) + 1;
    const recent = trips.slice(Math.max(0, end - RECENT), end).map(({ ms }) => ms);
    return Math.min(Math.max(SHORTEST_MS / pace, median(recent) ?? USUAL_MS / pace), QUIET_MS / 2 / pace);
  };
}

/** The trace as it was at `until`: what had not arrived by then was under way. */
function cutAt(trace: Trace, until: Ms): Trace {
  const asOf = (message: Message): Message => {
    const { leftAt, ...still } = message;
    const { fate } = message;
    if (leftAt !== undefined && leftAt > until) return { ...still, fate: { kind: 'buffered' } };
    const isLater = (fate.kind === 'delivered' && fate.at > until) || (fate.kind === 'lost' && fate.knownAt > until);
    if (isLater)
      return { ...message, fate: { kind: 'in-flight', ...(message.what === 'packet' && { due: arrival(message) }) }, duplicates: [] };
    const duplicates = message.duplicates.filter((at) => at <= until);
    return duplicates.length < message.duplicates.length ? { ...message, duplicates } : message;
  };
  const events = trace.events.flatMap((event): readonly TraceEvent[] => {
    if (event.kind === 'message') return event.sentAt <= until ? [asOf(event)] : [];
    if (event.kind === 'note') return event.at <= until ? [event] : [];
    return event.from <= until ? [event.to !== undefined && event.to > until ? withoutEnd(event) : event] : [];
  });
  return { ...trace, events, endsAt: until };
}

function withoutEnd({ to: _to, ...span }: Span): Span {
  return span;
}

/** Every moment at which something visible happens. */
function momentsOf(messages: readonly Message[], notes: readonly Note[], spans: readonly Span[]): readonly Ms[] {
  return [
    ...messages.flatMap((message) => [message.sentAt, message.leftAt ?? message.sentAt, arrival(message), ...message.duplicates]),
    ...notes.map(({ at }) => at),
    ...spans.flatMap(({ from, to }) => [from, to ?? from]),
  ];
}

/**
 * Where there is no room for it, the unit stands at the first tick alone; numbers of a slowed run are too long for it everywhere.
 * Where there is still less, `ms` stands for 0, and long numbers are left out.
 */
function tickLabel(t: Ms, { slowed, narrow }: { slowed: number | undefined; narrow: boolean }): string {
  const { unit, ms } = unitOf(slowed);
  if (narrow && slowed !== undefined) {
    const text = t === 0 && unit !== 's' ? unit : `${Number((t / ms).toPrecision(6))}`;
    return text.length <= NARROW.tickChars ? text : '';
  }
  return `${Number((t / ms).toPrecision(6))}${(narrow || slowed !== undefined) && t > 0 ? '' : ` ${unit}`}`;
}

/** From one tick to the next: half a second, and in a slowed run 1, 2 or 5 of whatever unit leaves room between them. */
function tickMs(pace: number): Ms {
  if (pace < CLOSE_UP) return TICK_MS;
  const least = (TICK_UNITS / UNITS_PER_SECOND / pace) * 1000;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((step) => step * power >= least) ?? 10) * power;
}

/** A label each second; in a close-up at each tick, and as many in a slowed run. No tick where time was left out. */
function ticksOf(scale: TimeScale, { endsAt, slowed }: Trace, { pace, narrow }: { pace: number; narrow: boolean }): Drawing['ticks'] {
  const ticks: { y: number; label: string | undefined }[] = [];
  const step = tickMs(pace);
  let lastY = Number.NEGATIVE_INFINITY;
  for (let nth = 0; nth * step <= endsAt + step; nth += 1) {
    const t = nth * step;
    const fold = scale.folds.find(({ from, to }) => t > from && t < to);
    if (fold) nth = Math.max(nth, Math.ceil(fold.to / step) - 1);
    const y = scale.y(t);
    if (fold || y - lastY < 20) continue;
    ticks.push({ y, label: pace >= 2 || t % 1000 === 0 ? tickLabel(t, { slowed, narrow }) : undefined });
    lastY = y;
  }
  return ticks;
}

/** A label at each packet: when it was, in seconds or milliseconds, whichever needs fewer digits. */
function evenTicks(scale: TimeScale, messages: readonly Message[], { endsAt, narrow }: { endsAt: Ms; narrow: boolean }): Drawing['ticks'] {
  const [unit, ms] = endsAt >= 1000 ? ['s', 1000] : ['ms', 1];
  return messages.map(({ sentAt }) => {
    const text = (sentAt / ms).toFixed(narrow ? 1 : 3);
    return { y: scale.y(sentAt), label: sentAt === 0 ? `0 ${unit}` : text.slice(0, narrow ? NARROW.tickChars + 1 : undefined) };
  });
}

type Space = ArrowSpace & { readonly width: number; readonly gutter: number; readonly columns: Drawing['columns'] };

function spaceOf(trace: Trace, scale: TimeScale, { narrow, pace }: { narrow: boolean; pace: number }): Space {
  const count = trace.lanes.length;
  const gutter = narrow ? NARROW.gutter : WIDE.gutter;
  const width = narrow ? NARROW.width : Math.max(WIDE.least, WIDE.gutter + count * WIDE.lane);
  const step = (width - gutter) / Math.max(1, count);
  const columns = trace.lanes.map((lane, index) => ({ lane, x: gutter + step * (index + 0.5) }));
  const positions = new Map(columns.map(({ lane, x }) => [lane.id, x]));
  return {
    scale,
    narrow,
    width,
    gutter,
    columns,
    xs: columns.map(({ x }) => x),
    xOf: (lane) => positions.get(lane) ?? gutter,
    nameOf: (lane) => trace.lanes.find(({ id }) => id === lane)?.name ?? lane,
    usualMs: usualTrips(messagesOf(trace), pace),
    now: trace.endsAt,
  };
}

/** Where arrows touch lanes, and come near them. Where a message was said counts as well as where it left: both stay. */
function touchesOf(arrows: readonly Arrow[], scale: TimeScale): Pick<NoteSpace, 'touches' | 'approaches'> {
  const begins = arrows.flatMap(({ message, start }) => [
    { message, y: scale.y(message.sentAt) },
    { message, y: start.y },
  ]);
  const starts = begins.map(({ message, y }) => ({ lane: message.from, y }));
  const tips = arrows.flatMap(({ message, end, tip }) => (tip === 'head' ? [{ lane: message.to, y: end.y }] : []));
  return { touches: [...starts, ...tips], approaches: begins.map(({ message, y }) => ({ lane: message.to, y })) };
}

/** Draws a trace. */
export function layout(whole: Trace, { geometry, until, zoom = 1 }: LayoutOptions): Drawing {
  const trace = until === undefined || until >= whole.endsAt ? whole : cutAt(whole, until);
  const narrow = geometry === 'narrow';
  const pace = paceOf(trace, zoom);
  const all = messagesOf(trace);
  const loud = all.filter((message) => !isQuietBeat(message));
  const messages = loud.slice(-MAX_ARROWS);
  const notes = trace.events.filter((event) => event.kind === 'note').filter((note) => isTold(note, trace));
  const spans = trace.events.filter((event) => event.kind === 'span');
  // The moments of arrows that are drawn no more keep their room, or all others would move up.
  const moments = momentsOf(loud, notes, spans);
  const top = narrow ? NARROW.top : WIDE.top;
  const isEven = trace.spacing === 'even';
  const scale = isEven ? evenScale(moments, top, narrow) : timeScale(moments, top, pace);
  const space = spaceOf(trace, scale, { narrow, pace });
  const arrows = spread(
    messages.map((message) => arrowOf(message, space)),
    narrow,
  );
  const marks = noteMarks(notes, { ...space, ...touchesOf(arrows, scale) });
  const end = Math.max(
    scale.y(trace.endsAt),
    ...arrows.flatMap(({ end: tip, reason, copies }) => [reason ? reason.at.y : tip.y, ...copies.map((copy) => copy.end.y)]),
    ...marks.map(({ at, lines }) => at.y + (narrow ? 0 : lines.length * 16)),
  );
  const height = end + FOOT;
  const stretch = (lane: LaneId, { id, from, to, text }: Span): Stretch => ({
    id,
    lane,
    text,
    x: space.xOf(lane),
    y1: scale.y(Math.max(0, from)),
    y2: to === undefined ? end + FOOT / 2 : scale.y(to),
  });
  return {
    geometry,
    width: space.width,
    height,
    gutter: space.gutter,
    top: scale.top,
    columns: space.columns,
    ticks: isEven
      ? evenTicks(scale, messages, { endsAt: trace.endsAt, narrow })
      : ticksOf(scale, trace, { pace, narrow }).filter(({ y }) => y <= height - FOOT / 2),
    folds: scale.folds.map(({ from, to, y }) => ({ y, seconds: durationText(to - from, trace.slowed) })),
    arrows: messages.length > MAX_LABELS ? arrows.map((arrow) => (arrow.tip === 'head' ? { ...arrow, label: undefined } : arrow)) : arrows,
    offline: spans.filter(({ what }) => what !== 'belief').map((span) => stretch(span.lane, span)),
    beliefs: spans.filter(({ what }) => what === 'belief').map((span) => stretch(span.lane, span)),
    notes: marks,
    hiddenBeats: all.length - loud.length,
    hiddenArrows: loud.length - messages.length,
  };
}

/** The moments at which something begins or arrives, in order: the steps of a replay. Ms. */
export function stepsOf(trace: Trace): readonly Ms[] {
  const messages = messagesOf(trace).filter((message) => !isQuietBeat(message));
  const notes = trace.events.filter((event) => event.kind === 'note');
  const moments = momentsOf(messages, notes, []).filter((t) => t >= 0 && t <= trace.endsAt);
  // Moments closer than the eye can tell are one step.
  const grain = 20 / paceOf(trace, 1);
  return [...new Set(moments.map((t) => Math.ceil(t / grain) * grain))].sort((a, b) => a - b);
}
