/** Where each message's arrow goes. Pure arithmetic. */
import type { Fate, LaneId, LossCause, Message, Ms } from '../trace.ts';
import type { Arrow, ArrowLabel, Copy, Point } from './drawing.ts';
import type { TimeScale } from './time-scale.ts';

export type ArrowSpace = {
  readonly scale: TimeScale;
  xOf(lane: LaneId): number;
  /** Positions of all lanes, from left to right. */
  readonly xs: readonly number[];
  readonly narrow: boolean;
  nameOf(lane: LaneId): string;
  /** How long a message usually took before a moment: the slope of what left then and never arrives, ms. */
  usualMs(before: Ms): Ms;
  readonly now: Ms;
};

/** How far from a lane's middle an arrow begins and ends. */
const GAP = 1.5;
/** How far the arrow of a lost message gets on the last part of its way. */
const DEATH_AT = 0.58;
const STUB = { wide: 26, narrow: 20 };
const HOP = { wide: 7, narrow: 5 };
/** From one line of text to the next. */
export const LINE = 15;
/** Width of a character of a label, units. */
const CHAR = 7.9;
const FEWEST_CHARS = 8;

const isThin = ({ what }: Message): boolean => what === 'heartbeat' || what === 'control';

/** Lanes strictly between two positions, in the direction of travel. */
function between(xs: readonly number[], from: number, to: number): readonly number[] {
  const inside = xs.filter((x) => x > Math.min(from, to) + 1 && x < Math.max(from, to) - 1);
  return from < to ? inside : inside.toReversed();
}

export const round = (value: number): number => Math.round(value * 10) / 10;

/** A line that hops over each lane in `crossed`. */
export function shaft(start: Point, end: Point, crossed: readonly number[], radius: number): string {
  const slope = (end.y - start.y) / (end.x - start.x || 1);
  const direction = Math.sign(end.x - start.x);
  const yAt = (x: number): number => start.y + (x - start.x) * slope;
  const hops = crossed
    .filter((x) => (end.x - x) * direction > radius)
    .map((x) => {
      const [before, after] = [x - direction * radius, x + direction * radius];
      return `L${round(before)} ${round(yAt(before))}A${radius} ${radius} 0 0 ${direction > 0 ? 1 : 0} ${round(after)} ${round(yAt(after))}`;
    });
  return `M${round(start.x)} ${round(start.y)}${hops.join('')}L${round(end.x)} ${round(end.y)}`;
}

/** The text on the arrow: all of it where there is room, the payload alone where there is not. */
export function arrowText({ label, event, what }: Message, narrow: boolean): string {
  if (!narrow || what !== 'event') return label;
  const [first] = event?.args ?? [];
  return typeof first === 'string' ? first : (event?.name ?? label);
}

/** As much of a text as there is room for, cut behind a word where one fits: what is seen is then a part of what is said. */
function fitted(text: string, room: number): string {
  const most = Math.max(FEWEST_CHARS, Math.floor(room / CHAR));
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = text.charAt(most - 1) === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${space >= FEWEST_CHARS ? cut.slice(0, space) : cut}…`;
}

const LOST_TO: Record<LossCause, string> = {
  'black-hole': 'black hole',
  cut: 'cable cut',
  'network-change': 'old network',
  crash: 'server crashed',
  closed: 'connection ended',
  refused: 'nobody waits there',
  loss: 'on the wire',
  'queue-full': 'queue full',
  ttl: 'TTL used up',
  'too-big': 'too big',
  'link-down': 'link down',
};
const NEVER_SENT: Record<Extract<Fate, { kind: 'never-sent' }>['reason'], (name: string) => string> = {
  away: (name) => `never sent: ${name} away`,
  volatile: (name) => `never sent to ${name}`,
  expired: () => 'never sent: timed out',
};

function reasonText({ fate, to }: Message, nameOf: (lane: LaneId) => string): string | undefined {
  if (fate.kind === 'lost' && fate.place === 'device') return `dropped: ${LOST_TO[fate.cause]}`;
  if (fate.kind === 'lost' && fate.place === 'port') return LOST_TO[fate.cause];
  if (fate.kind === 'lost') return fate.place === 'wire' ? `lost: ${LOST_TO[fate.cause]}` : 'died unwritten';
  return fate.kind === 'never-sent' ? NEVER_SENT[fate.reason](nameOf(to)) : undefined;
}

type Geometry = { readonly start: Point; readonly target: Point; readonly crossed: readonly number[] };

function geometryOf(message: Message, space: ArrowSpace, until: Ms): Geometry {
  const { scale, xOf, xs } = space;
  const [x1, x2] = [xOf(message.from), xOf(message.to)];
  const direction = Math.sign(x2 - x1) || 1;
  const left = message.leftAt ?? message.sentAt;
  // A message that takes longer than a folded stretch still points down.
  return {
    start: { x: x1 + direction * GAP, y: scale.y(left) },
    target: { x: x2 - direction * GAP, y: Math.max(scale.y(left), scale.y(until)) },
    crossed: between(xs, x1, x2),
  };
}

const along = ({ start, target }: Geometry, fraction: number): Point => ({
  x: start.x + (target.x - start.x) * fraction,
  y: start.y + (target.y - start.y) * fraction,
});

/** The part of the way at which a lost message dies: in the gap before its recipient. */
function deathFraction({ start, target, crossed }: Geometry): number {
  const last = crossed.at(-1) ?? start.x;
  return (last + (target.x - last) * DEATH_AT - start.x) / (target.x - start.x || 1);
}

/** A short stub at the sender, for what did not leave. */
function stub(message: Message, space: ArrowSpace): { start: Point; end: Point } {
  const x = space.xOf(message.from);
  const direction = Math.sign(space.xOf(message.to) - x) || 1;
  const y = space.scale.y(message.sentAt);
  const length = space.narrow ? STUB.narrow : STUB.wide;
  return { start: { x: x + direction * GAP, y }, end: { x: x + direction * length, y: y + length * 0.45 } };
}

type Shape = { readonly tip: Arrow['tip']; readonly start: Point; readonly end: Point; readonly crossed: readonly number[] };

function shapeOf(message: Message, space: ArrowSpace): Shape {
  const left = message.leftAt ?? message.sentAt;
  const usualMs = space.usualMs(left);
  const { fate } = message;
  switch (fate.kind) {
    case 'delivered': {
      const geometry = geometryOf(message, space, fate.at);
      return { tip: 'head', start: geometry.start, end: geometry.target, crossed: geometry.crossed };
    }
    case 'lost': {
      if (fate.place === 'device') return { tip: 'stopped', ...stub(message, space), crossed: [] };
      // When a packet of a simulated network would have arrived is known.
      const geometry = geometryOf(message, space, message.what === 'packet' ? fate.knownAt : left + usualMs);
      return { tip: 'death', start: geometry.start, end: along(geometry, deathFraction(geometry)), crossed: geometry.crossed };
    }
    case 'in-flight': {
      const { due = left + usualMs } = fate;
      const geometry = geometryOf(message, space, due);
      const fraction = Math.min(0.9, Math.max(0.08, (space.now - left) / Math.max(Number.EPSILON, due - left)));
      return { tip: 'open', start: geometry.start, end: along(geometry, fraction), crossed: geometry.crossed };
    }
    case 'buffered':
      return { tip: 'bracket', ...stub(message, space), crossed: [] };
    case 'never-sent':
      return { tip: 'ring', ...stub(message, space), crossed: [] };
  }
}

/** What did not leave is a short stub at its sender. */
export const isStub = ({ tip }: { tip: Arrow['tip'] }): boolean => tip === 'ring' || tip === 'bracket' || tip === 'stopped';

/** The label stands on the last part of the way, where only this arrow goes; beside a stub there is no line to stand on. */
function labelOf(message: Message, shape: Shape, space: ArrowSpace): ArrowLabel | undefined {
  const { start, end, crossed, tip } = shape;
  const direction = Math.sign(end.x - start.x) || 1;
  if (isStub(shape)) {
    if (space.narrow) return undefined;
    const anchor = direction > 0 ? 'start' : 'end';
    return { at: { x: end.x + direction * 12, y: end.y + 4 }, text: arrowText(message, false), anchor, along: false, below: false };
  }
  const from = crossed.filter((x) => (end.x - x) * direction > 0).at(-1) ?? start.x;
  const x = (from + end.x) / 2;
  const y = start.y + ((end.y - start.y) * (x - start.x)) / (end.x - start.x || 1);
  const room = Math.abs((tip === 'head' ? end.x : space.xOf(message.to)) - from) - 4;
  return { at: { x, y }, text: fitted(arrowText(message, space.narrow), room), anchor: 'middle', along: true, below: false };
}

/** Below the end of a lost arrow; beside a stub, below its label. */
function reasonOf(message: Message, shape: Shape, label: ArrowLabel | undefined, space: ArrowSpace): ArrowLabel | undefined {
  const text = reasonText(message, space.nameOf);
  if (text === undefined || !label || space.narrow || isThin(message)) return undefined;
  if (isStub(shape)) return { ...label, at: { x: label.at.x, y: label.at.y + LINE }, text };
  return { at: { x: label.at.x, y: shape.end.y + LINE + 5 }, text, anchor: 'middle', along: false, below: false };
}

const angleOf = (start: Point, end: Point): number => (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;

/** An arrow of its own for each later arrival, from where the first one began. */
function copiesOf(message: Message, space: ArrowSpace): readonly Copy[] {
  return message.duplicates.map((at) => {
    const { start, target, crossed } = geometryOf(message, space, at);
    return { end: target, path: shaft(start, target, crossed, space.narrow ? HOP.narrow : HOP.wide), angle: angleOf(start, target) };
  });
}

/** The arrow of one message. */
export function arrowOf(message: Message, space: ArrowSpace): Arrow {
  const shape = shapeOf(message, space);
  const { start, end, crossed, tip } = shape;
  const x = space.xOf(message.from) + (Math.sign(end.x - start.x) || 1) * 6;
  const label = labelOf(message, shape, space);
  return {
    id: message.id,
    message,
    thin: isThin(message),
    start,
    end,
    tip,
    path: shaft(start, end, crossed, space.narrow ? HOP.narrow : HOP.wide),
    angle: angleOf(start, end),
    label,
    reason: reasonOf(message, shape, label, space),
    copies: copiesOf(message, space),
    wait:
      message.leftAt === undefined
        ? undefined
        : { from: { x, y: space.scale.y(message.sentAt) }, to: { x, y: space.scale.y(message.leftAt) } },
  };
}
