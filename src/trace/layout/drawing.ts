/** What a layout gives to whoever draws: positions in the units of the drawing, and nothing about colours. */
import type { Lane, LaneId, Message, Note } from '../trace.ts';

export type Point = { readonly x: number; readonly y: number };

export type LaneColumn = { readonly lane: Lane; readonly x: number };

/** Text beside an arrow: level, or along its shaft and then above or `below` it. */
export type ArrowLabel = {
  readonly at: Point;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly along: boolean;
  readonly below: boolean;
};

/** A later arrival of a message that had arrived. */
export type Copy = { readonly end: Point; readonly path: string; readonly angle: number };

/** How an arrow is drawn. `beat`: a ping, a pong, or a control packet, thin. */
export type Arrow = {
  readonly id: string;
  readonly message: Message;
  readonly thin: boolean;
  readonly start: Point;
  readonly end: Point;
  /** Path of the shaft, with a hop over each lane that it crosses without stopping. */
  readonly path: string;
  /**
   * How it ends: a head, a cross where it died (`stopped`: before it left its lane), a ring where it was never sent, a bracket
   * where it waits, or still open.
   */
  readonly tip: 'head' | 'death' | 'stopped' | 'ring' | 'bracket' | 'open';
  /** Degrees of the last part of the shaft, for its head and its label. */
  readonly angle: number;
  readonly label: ArrowLabel | undefined;
  /** Where it ended and why, in few words; only for what did not arrive, and only where there is room. */
  readonly reason: ArrowLabel | undefined;
  /** Where the same message arrived once more. */
  readonly copies: readonly Copy[];
  /** Where it waited in its sender's buffer, before it left. */
  readonly wait: { readonly from: Point; readonly to: Point } | undefined;
};

export type NoteMark = {
  readonly note: Note;
  readonly lane: LaneId;
  /** Where it happened. */
  readonly dot: Point;
  /** Beside the lane in the wide drawing; in the narrow one a numbered disc, and the text goes into a list. */
  readonly at: Point;
  readonly anchor: 'start' | 'end';
  readonly lines: readonly string[];
  readonly number: number;
};

export type Stretch = {
  readonly lane: LaneId;
  readonly x: number;
  readonly y1: number;
  readonly y2: number;
  readonly text: string;
  readonly id: string;
};

export type Drawing = {
  readonly geometry: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly top: number;
  readonly columns: readonly LaneColumn[];
  readonly ticks: readonly { readonly y: number; readonly label: string | undefined }[];
  readonly folds: readonly { readonly y: number; readonly seconds: string }[];
  readonly arrows: readonly Arrow[];
  readonly offline: readonly Stretch[];
  readonly beliefs: readonly Stretch[];
  readonly notes: readonly NoteMark[];
  /** How many answered heartbeats are not drawn. */
  readonly hiddenBeats: number;
  /** How many older arrows are not drawn, because only the newest fit. */
  readonly hiddenArrows: number;
};
