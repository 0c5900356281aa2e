/** Where notes stand: beside their lane, pushed down where they would overlap. Pure arithmetic. */
import type { LaneId, Message, Note, Trace } from '../trace.ts';
import type { NoteMark } from './drawing.ts';
import type { TimeScale } from './time-scale.ts';

const LINE = 16;
const CHARS = { wide: 27, narrow: 60 };
const BESIDE = 14;
/** Further out, beyond the dimension line of a belief that ends here. */
const BESIDE_ABOVE = 36;

/** Breaks a text into lines of at most `chars` characters, between words. */
export function wrap(text: string, chars: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= chars) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const says = ({ event }: Message, text: string): boolean =>
  (event?.args ?? []).some((arg) => typeof arg === 'string' && (text === arg || text.endsWith(`: ${arg}`)));

/** A page that shows what has just arrived tells nothing that its arrow does not. */
export function isTold(note: Note, trace: Trace): boolean {
  if (note.by !== 'shown') return true;
  return !trace.events.some(
    (event) =>
      event.kind === 'message' &&
      event.to === note.lane &&
      event.fate.kind === 'delivered' &&
      Math.abs(event.fate.at - note.at) < 30 &&
      says(event, note.text),
  );
}

type Touch = { readonly lane: LaneId; readonly y: number };

export type NoteSpace = {
  readonly scale: TimeScale;
  xOf(lane: LaneId): number;
  /** Positions of all lanes, from left to right. */
  readonly xs: readonly number[];
  readonly width: number;
  readonly narrow: boolean;
  /** Where arrows touch a lane, y of each end. */
  readonly touches: readonly Touch[];
  /** From where on an arrow is on its way to a lane: where it will end may not be known yet. */
  readonly approaches: readonly Touch[];
};

/** The server's notes stand at its left, where nobody's cable is; a client's at its right, unless it is the last lane. */
function sideOf(x: number, lane: LaneId, width: number): 'start' | 'end' {
  if (lane === 'server') return x > width / 4 ? 'end' : 'start';
  return x > width * 0.75 ? 'end' : 'start';
}

/**
 * Whether a note of several lines has room above its moment: then it ends there instead of beginning there, and leaves the
 * room below to what comes next. Looks back only, so that what comes later moves nothing.
 */
function hasRoomAbove(lane: LaneId, y: number, needed: number, { touches, approaches }: NoteSpace): boolean {
  return [...touches, ...approaches].every((touch) => touch.lane !== lane || touch.y > y || touch.y < y - needed);
}

/** Whether an arrow leaves or reaches the lane where a note stands: the note then stands over it. */
const meetsArrow = (lane: LaneId, y: number, { touches }: NoteSpace): boolean =>
  touches.some((touch) => touch.lane === lane && Math.abs(touch.y - y) < LINE / 2);

/** What shares a place: in the wide drawing a gap between two lanes, which the notes of both write into; else one side of a lane. */
function placeOf(x: number, anchor: 'start' | 'end', { xs, narrow }: NoteSpace): string {
  return narrow ? `${x} ${anchor}` : `gap ${xs.indexOf(x) + (anchor === 'start' ? 1 : 0)}`;
}

/** Marks for notes in order of time. A note never moves because a later one came. */
export function noteMarks(notes: readonly Note[], space: NoteSpace): readonly NoteMark[] {
  const { scale, xOf, width, narrow } = space;
  const floor = new Map<string, number>();
  return notes.map((note, index) => {
    const x = xOf(note.lane);
    const anchor = sideOf(x, note.lane, width);
    const dot = { x, y: scale.y(note.at) };
    const lines = wrap(note.by === 'shown' ? `shows: ${note.text}` : note.text, narrow ? CHARS.narrow : CHARS.wide);
    const place = placeOf(x, anchor, space);
    const free = floor.get(place) ?? 0;
    const raise = narrow ? 0 : (lines.length - 1) * LINE;
    const isAbove = raise > 0 && dot.y - raise >= free && hasRoomAbove(note.lane, dot.y, raise + 2 * LINE, space);
    const wanted = !narrow && meetsArrow(note.lane, dot.y, space) ? dot.y - LINE / 2 : dot.y + 4;
    const y = isAbove ? dot.y + 4 - raise : Math.max(wanted, free);
    floor.set(place, y + (narrow ? 18 : lines.length * LINE + 4));
    const beside = isAbove ? BESIDE_ABOVE : BESIDE;
    return { note, lane: note.lane, dot, at: { x: x + (anchor === 'start' ? beside : -beside), y }, anchor, lines, number: index + 1 };
  });
}
