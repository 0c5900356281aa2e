/** Keeps apart what leaves one point at one moment. Pure arithmetic. */
import type { Message, Ms } from '../trace.ts';
import { isStub, LINE, round, shaft } from './arrows.ts';
import type { Arrow, ArrowLabel } from './drawing.ts';

/** From one stub to the next below it: room for two lines of text, or for a ring. */
const STUB_STEP = { wide: 34, narrow: 18 };

const movedDown = (label: ArrowLabel | undefined, by: number): ArrowLabel | undefined =>
  label && { ...label, at: { x: label.at.x, y: label.at.y + by } };

/** A stub further down: its line still begins where the message was said. */
function lowered(stub: Arrow, by: number): Arrow {
  const { start, label, reason } = stub;
  const end = { x: stub.end.x, y: stub.end.y + by };
  return { ...stub, end, path: shaft(start, end, [], 0), label: movedDown(label, by), reason: movedDown(reason, by) };
}

/** How far a stub and its text reach from their lane, units. */
const STUB_REACH = { wide: 135, narrow: 28 };
/** Between an arrow and what stands below it; more where the arrow's own label does. */
const CLEAR = { bare: 8, labelled: 24 };

/** How far below its start an arrow still is in the way of a stub that leaves there, too. */
function depthOf({ start, end, label }: Arrow, reach: number): number {
  const share = Math.min(1, reach / Math.max(1, Math.abs(end.x - start.x)));
  return (end.y - start.y) * share + (label?.below ? CLEAR.labelled : CLEAR.bare);
}

const sideOf = ({ start, end }: Arrow): string => `${round(start.x)} ${Math.round(start.y / 6)} ${Math.sign(end.x - start.x)}`;

/** All but the farthest of those that leave one point get their label below. */
function spreadLabels(arrows: readonly Arrow[]): readonly Arrow[] {
  const reach = ({ start, end }: Arrow): number => Math.abs(end.x - start.x);
  const farthest = new Map<string, Arrow>();
  for (const arrow of arrows) {
    const best = farthest.get(sideOf(arrow));
    if (!isStub(arrow) && (!best || reach(arrow) > reach(best))) farthest.set(sideOf(arrow), arrow);
  }
  return arrows.map((arrow) =>
    isStub(arrow) || farthest.get(sideOf(arrow)) === arrow
      ? arrow
      : { ...arrow, label: arrow.label && { ...arrow.label, below: true }, reason: movedDown(arrow.reason, LINE) },
  );
}

const leftAt = ({ sentAt, leftAt: left = sentAt }: Message): Ms => left;

/** Until when a message is on its way. */
function underWayUntil({ fate }: Message): Ms {
  if (fate.kind === 'delivered') return fate.at;
  return fate.kind === 'lost' ? fate.knownAt : Number.POSITIVE_INFINITY;
}

/** Of so many that came before, the other way, one may still be on its way. */
const LOOK_BACK = 6;

/** Two that pass each other cross in the middle, where both labels stand: whoever set out later gets its label below. */
function spreadCrossings(arrows: readonly Arrow[]): readonly Arrow[] {
  const before = new Map<string, readonly Message[]>();
  return arrows.map((arrow) => {
    const { message, label } = arrow;
    const { from, to } = message;
    const own = `${from} ${to}`;
    before.set(own, [...(before.get(own) ?? []), message].slice(-LOOK_BACK));
    const meets = (other: Message) => leftAt(other) <= leftAt(message) && leftAt(message) < underWayUntil(other);
    const isCrossing = label && !label.below && !isStub(arrow) && (before.get(`${to} ${from}`) ?? []).some(meets);
    return isCrossing ? { ...arrow, label: { ...label, below: true }, reason: movedDown(arrow.reason, LINE) } : arrow;
  });
}

/** Stubs stand below the arrows that leave with them, and below each other. */
function spreadStubs(arrows: readonly Arrow[], size: 'wide' | 'narrow'): readonly Arrow[] {
  const depths = new Map<string, number>();
  for (const arrow of arrows) {
    if (!isStub(arrow)) depths.set(sideOf(arrow), Math.max(depths.get(sideOf(arrow)) ?? 0, depthOf(arrow, STUB_REACH[size])));
  }
  const before = new Map<string, number>();
  return arrows.map((arrow) => {
    if (!isStub(arrow)) return arrow;
    const side = sideOf(arrow);
    const stubs = before.get(side) ?? 0;
    before.set(side, stubs + 1);
    const below = Math.max(0, (depths.get(side) ?? 0) - (arrow.end.y - arrow.start.y));
    return stubs === 0 && below === 0 ? arrow : lowered(arrow, below + stubs * STUB_STEP[size]);
  });
}

/** Arrows that leave one point towards one side would cover each other. */
export const spread = (arrows: readonly Arrow[], narrow: boolean): readonly Arrow[] =>
  spreadStubs(spreadCrossings(spreadLabels(arrows)), narrow ? 'narrow' : 'wide');
