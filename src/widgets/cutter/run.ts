/** One run: the scene is played, and each planned piece is told what became of it. Pure. */
import { type Cut, type CutterSettings, cutText, type Piece } from '#sim/scenes/packet-cutter.ts';
import { slowedToShow } from '#sim/to-trace.ts';
import { messagesOf } from '#trace/fates.ts';
import type { Trace } from '#trace/trace.ts';
import { keyOf, lastOf, type Plan, type PlannedPiece } from './plan.ts';
import { type Shelves, shelvesOf } from './shelf.ts';

/** What the weather on each link is, in percent of the pieces, and which pieces are to be lost whatever it is. */
export type Weather = {
  readonly lossPercent: number;
  readonly overtakePercent: number;
  readonly copyPercent: number;
  /** Keys of planned pieces. */
  readonly lose: ReadonlySet<string>;
  readonly seed: number;
};

export type Row = PlannedPiece & {
  /** Each time that a link carried it: not at all, if the router never got it; twice, if the router got a copy. */
  readonly sent: readonly Piece[];
  /** When it arrived, and when it arrived again. */
  readonly arrivalsUs: readonly number[];
  /** When it was there to be sent: from the beginning, or when the router had what it was cut from. Missing if that never came. */
  readonly madeUs?: number;
  /** When what it was to be cut from was lost. */
  readonly neverUs?: number;
  /** The first frame that carried it, as hex. */
  readonly frame?: string;
};

export type Run = {
  readonly plan: Plan;
  readonly weather: Weather;
  readonly cut: Cut;
  /** The pieces of each link. */
  readonly hops: readonly (readonly Row[])[];
  readonly shelves: Shelves;
  /** The scene’s trace, its arrows named as the pieces are named here. */
  readonly trace: Trace;
  readonly endsUs: number;
};

function sceneOf(text: string, mtus: CutterSettings['mtus'], weather: Weather, lose: CutterSettings['lose'] = []): Cut {
  const { lossPercent, overtakePercent, copyPercent, seed } = weather;
  const chances = { lossRatio: lossPercent / 100, reorderRatio: overtakePercent / 100, duplicateRatio: copyPercent / 100 };
  const result = cutText({ text, mtus, ...chances, lose, seed });
  if (!result.ok) throw new TypeError(`A plan was made for what the scene refuses: ${result.code}`);
  return result.cut;
}

const keyOfPiece = ({ hop, data: [from] }: Piece): string => keyOf(hop, from);

/**
 * The scene loses the n-th piece of a link, and which one that is on the second link depends on what became of the first.
 * So the first link is played first; what is lost behind it changes nothing before it.
 */
function play(text: string, { mtus }: Plan, weather: Weather): Cut {
  const chosen = (cut: Cut, hop: 1 | 2) => cut.pieces.filter((piece) => piece.hop === hop && weather.lose.has(keyOfPiece(piece)));
  const untouched = sceneOf(text, mtus, weather);
  const first = chosen(untouched, 1);
  const played = first.length === 0 ? untouched : sceneOf(text, mtus, weather, first);
  const second = chosen(played, 2);
  return second.length === 0 ? played : sceneOf(text, mtus, weather, [...first, ...second]);
}

const arrivalsOf = ({ fate, copiesUs }: Piece): readonly number[] => (fate.kind === 'delivered' ? [fate.atUs, ...copiesUs] : []);

/** When a piece was there to be sent, or that it never was. */
function makingOf({ parent }: PlannedPiece, before: readonly Row[]): Pick<Row, 'madeUs' | 'neverUs'> {
  const source = before.find(({ name }) => name === parent);
  if (!source) return { madeUs: 0 };
  const [madeUs] = source.arrivalsUs;
  return madeUs === undefined ? { neverUs: Math.max(...source.sent.map(({ fate }) => fate.atUs)) } : { madeUs };
}

type Played = { readonly cut: Cut; readonly frames: ReadonlyMap<string, string | undefined> };

function rowOf(planned: PlannedPiece, { cut, frames }: Played, before: readonly Row[]): Row {
  const sent = cut.pieces.filter((piece) => keyOfPiece(piece) === planned.key);
  const frame = frames.get(sent[0]?.id ?? '');
  const arrivalsUs = sent.flatMap(arrivalsOf).toSorted((a, b) => a - b);
  return { ...planned, sent, arrivalsUs, ...makingOf(planned, before), ...(frame && { frame }) };
}

/** A short run is played as slowly as if it had so many parts, each to be followed by eye: five seconds. */
const SHOWN_PARTS = 20;
/** Slower, and times would be told in microseconds. */
const MOST_SLOWED = 2_000;

/** The names that the plan gives, and slow enough to be followed by eye. */
function shownTrace({ trace }: Cut, hops: Run['hops']): Trace {
  const isWhole = hops.every((rows) => rows.length === 1);
  const names = new Map(hops.flat().flatMap(({ sent, name }) => sent.map(({ id }) => [id, isWhole ? 'in one piece' : `piece ${name}`])));
  const slowed = Math.min(MOST_SLOWED, slowedToShow(wholeUs(trace.endsAt) / SHOWN_PARTS));
  return {
    ...trace,
    slowed: Math.max(trace.slowed ?? 1, slowed),
    events: trace.events.map((event) => (event.kind === 'message' ? { ...event, label: names.get(event.id) ?? event.label } : event)),
  };
}

/** The scene counts whole µs, its trace tells them in ms: what was rounded there must not come a little too early here. */
export const wholeUs = (ms: number): number => Math.round(ms * 1000);

/** Sends the text of a plan. Throws if the scene refuses it, which its plan rules out. */
export function runOf(text: string, plan: Plan, weather: Weather): Run {
  const cut = play(text, plan, weather);
  const frames = new Map(messagesOf(cut.trace).map(({ id, frame }) => [id, frame]));
  const hops: Row[][] = [];
  for (const pieces of plan.hops) hops.push(pieces.map((planned) => rowOf(planned, { cut, frames }, hops.at(-1) ?? [])));
  const trace = shownTrace(cut, hops);
  return { plan, weather, cut, hops, shelves: shelvesOf(cut, plan.hops.length), trace, endsUs: wholeUs(trace.endsAt) };
}

/** The pieces that were to arrive at Bo’s. */
export const lastRows = ({ hops }: Run): readonly Row[] => hops.at(-1) ?? [];

/** How often the program reads the text. */
export const timesRead = ({ shelves }: Run): number => shelves.moments.at(-1)?.handed ?? 0;

/** What Bo needs and does not get. */
export const missingIn = (run: Run): readonly Row[] => lastRows(run).filter(isGone);

/** Whether it never came. */
export const isGone = ({ arrivalsUs }: Row): boolean => arrivalsUs.length === 0;

/** The chance that every piece gets through, 0 to 1, if each is lost by chance alone and none is doubled. */
export const chanceOfAll = (plan: Plan, lossPercent: number): number => (1 - lossPercent / 100) ** plan.hops.flat().length;

/** How many pieces Bo needs. */
export const neededBy = ({ plan }: Run): number => lastOf(plan).length;
