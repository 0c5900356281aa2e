/** A piece at one moment of its run: its fate so far, and what moves on its track. Pure. */
import type { Piece } from '#sim/scenes/packet-cutter.ts';
import type { FateKind } from '#trace/trace.ts';
import type { Row } from './run.ts';

/** A piece at one moment: not cut yet, waiting at its sender, under way, or what became of it. */
export function fateAt({ sent, arrivalsUs: [firstUs], madeUs, neverUs }: Row, us: number): FateKind | 'coming' {
  if (firstUs !== undefined && firstUs <= us) return 'delivered';
  if (neverUs !== undefined) return us >= neverUs ? 'never-sent' : 'coming';
  if (madeUs !== undefined && us < madeUs) return 'coming';
  if (sent.every(({ sentUs }) => sentUs > us)) return 'buffered';
  return sent.every(({ fate }) => fate.kind === 'lost' && fate.atUs <= us) ? 'lost' : 'in-flight';
}

/** The moment up to which this piece must be drawn: it stands still while nothing of the piece changes. */
export function momentOf({ sent, madeUs = Number.POSITIVE_INFINITY, neverUs = Number.POSITIVE_INFINITY }: Row, us: number): number {
  const beginsUs = Math.min(...sent.map(({ sentUs }) => sentUs));
  const endsUs = Math.max(...sent.flatMap(({ fate, copiesUs }) => [fate.atUs, ...copiesUs]));
  if (us >= beginsUs) return Math.min(us, endsUs);
  if (us >= neverUs) return neverUs;
  return us >= madeUs ? madeUs : -1;
}

/** Something that travels on a track. */
export type Traveller = {
  readonly id: string;
  /** 0 at the sender, 1 at the other end. */
  readonly progress: number;
  readonly kind: 'moving' | 'arrived' | 'lost';
  readonly isCopy: boolean;
};

/** So far a lost piece gets. Where it was lost, nobody knows. */
const DIES_AT = 0.55;

function travellersOf(piece: Piece, us: number, isAgain: boolean): readonly Traveller[] {
  const { id, sentUs, fate, copiesUs } = piece;
  const tripUs = fate.atUs - sentUs;
  const travel = (fromUs: number, isCopy: boolean, nth: number): readonly Traveller[] => {
    if (us < fromUs) return [];
    const progress = Math.min(1, (us - fromUs) / tripUs);
    const isDead = fate.kind === 'lost' && progress >= DIES_AT;
    return [
      { id: `${id}/${nth}`, progress: isDead ? DIES_AT : progress, kind: isDead ? 'lost' : progress === 1 ? 'arrived' : 'moving', isCopy },
    ];
  };
  return [...travel(sentUs, isAgain, 0), ...copiesUs.flatMap((atUs, nth) => travel(atUs - tripUs, true, nth + 1))];
}

/** All that a piece and its copies are doing on their track. */
export const travellersAt = ({ sent }: Row, us: number): readonly Traveller[] =>
  sent.flatMap((piece, index) => travellersOf(piece, us, index > 0));
