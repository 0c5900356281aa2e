/**
 * The bands between the two maps: each ties a part of a layer on the left to a part of one on the right. Pure geometry,
 * in a box that is stretched to whatever room there is.
 *
 *   7 |■■■■■■■■\
 *   6 |■■■■■■■■ \____| Application
 *   5 |. . . . . . . |
 *   4 |■■■■■■■■■■■■■■| Transport
 */
import { COVERS, type Cover, OSI, type Role, TCP_IP, type Tie } from './models.ts';

/** A stretch of an edge, from top to bottom. */
export type Span = { readonly from: number; readonly to: number };
export type Band = {
  readonly id: string;
  readonly role: Role;
  readonly tie: Tie;
  readonly left: Span;
  readonly right: Span;
  /** The whole shape, to be filled. */
  readonly path: string;
  /** Its upper and lower edge, to be drawn. */
  readonly edges: string;
};

/** Divisible by seven and by four, so that both maps have whole rows. */
export const BOX = { width: 100, height: 28 } as const;
const LEFT_ROW = BOX.height / OSI.length;
const RIGHT_ROW = BOX.height / TCP_IP.length;

/** Which share of a layer each cover has: they stand one under the other, in the order of the list. */
function shareOf(cover: Cover, side: 'osi' | 'by', row: number, top: number): Span {
  const sharers = COVERS.filter((other) => other[side] === cover[side]);
  /* On the right a part counts half, so that what an RFC gives whole is seen to be more. */
  const weightOf = ({ tie }: Cover) => (side === 'by' && tie === 'part' ? 0.5 : 1);
  const sum = (covers: readonly Cover[]) => covers.reduce((total, one) => total + weightOf(one), 0);
  const unit = row / sum(sharers);
  const from = top + sum(sharers.slice(0, sharers.indexOf(cover))) * unit;
  return { from, to: from + weightOf(cover) * unit };
}

const MIDDLE = BOX.width / 2;
const rightward = (from: number, to: number): string => `C${MIDDLE} ${from} ${MIDDLE} ${to} ${BOX.width} ${to}`;
const leftward = (from: number, to: number): string => `C${MIDDLE} ${from} ${MIDDLE} ${to} 0 ${to}`;

const pathOf = (left: Span, right: Span): string =>
  `M0 ${left.from}${rightward(left.from, right.from)}V${right.to}${leftward(right.to, left.to)}Z`;
const edgesOf = (left: Span, right: Span): string =>
  `M0 ${left.from}${rightward(left.from, right.from)}M0 ${left.to}${rightward(left.to, right.to)}`;

/** Every band, from the top down. */
export const BANDS: readonly Band[] = COVERS.map((cover) => {
  const osiRow = OSI.findIndex(({ id }) => id === cover.osi);
  const row = TCP_IP.findIndex(({ id }) => id === cover.by);
  const left = shareOf(cover, 'osi', LEFT_ROW, osiRow * LEFT_ROW);
  const right = shareOf(cover, 'by', RIGHT_ROW, row * RIGHT_ROW);
  const role = TCP_IP[row]?.role ?? 'link';
  return { id: `${cover.osi} ${cover.by}`, role, tie: cover.tie, left, right, path: pathOf(left, right), edges: edgesOf(left, right) };
});
