/** The pieces before they are sent: each to scale, at its place, with a button that loses it. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { FateGlyph, Person, PersonMark } from '../marks/marks.tsx';
import type { CutterState } from './cutter-state.ts';
import { folded } from './folded.ts';
import { IP_HEAD_BYTES, type Plan, type PlannedPiece } from './plan.ts';
import { Legend, PieceBar } from './scale-view.tsx';
import { counted, grouped, moreText, offsetText } from './sentences.ts';
import { snippetOf } from './snippet.ts';

/** Nothing was cut on any link. */
export const isOnly = ({ hops }: Pick<Plan, 'hops'>): boolean => hops.every((pieces) => pieces.length === 1);

type FactsProps = {
  readonly piece: PlannedPiece;
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
  readonly children?: ComponentChildren;
};

/** What stands in its header, and what it carries. `children`: what else is said of it. */
export function PieceFacts({ piece, bytes, isWhole, children }: FactsProps): JSX.Element {
  const { name, length, carries } = piece;
  return (
    <div class="piece-facts">
      <p>
        <b>{isWhole ? 'The packet' : `Piece ${name}`}</b>{' '}
        <span class="num">
          {grouped(length)} bytes = {IP_HEAD_BYTES} + {grouped(length - IP_HEAD_BYTES)}
        </span>
        {children}
      </p>
      <p class="piece-head">
        {offsetText(piece)} · {moreText(piece)}
      </p>
      <p class="piece-text">{snippetOf(bytes, carries) || 'no text, only the UDP header'}</p>
    </div>
  );
}

/** Names a piece in the label of a button: the same name may stand on both links. */
export function calledOf({ name, hop }: PlannedPiece, { hops }: Plan): string {
  const what = isOnly({ hops }) ? 'the packet' : `piece ${name}`;
  return hops.length === 1 ? what : `${what} on the ${hop === 1 ? 'first' : 'second'} link`;
}

type RowProps = { readonly state: CutterState; readonly plan: Plan; readonly piece: PlannedPiece };

function CutRow({ state, plan, piece }: RowProps): JSX.Element {
  const isLost = state.weather.value.lose.has(piece.key);
  return (
    <li class={isLost ? 'piece is-marked' : 'piece'}>
      <PieceFacts piece={piece} bytes={state.bytes.value} isWhole={isOnly(plan)}>
        {isLost && (
          <span class="fate lost">
            <FateGlyph fate="lost" /> will be lost
          </span>
        )}
      </PieceFacts>
      <PieceBar piece={piece} plan={plan} />
      <button
        type="button"
        class="button lose-button needs-script"
        aria-pressed={isLost}
        aria-label={`Lose it: ${calledOf(piece, plan)}`}
        onClick={() => state.toggleLost(piece.key)}
      >
        Lose it
      </button>
    </li>
  );
}

const Router = (): JSX.Element => (
  <span class="person">
    <PersonMark who="router" laneRole="router" /> the router
  </span>
);

function LinkTitle({ hop, plan, count }: { hop: number; plan: Plan; count: number }): JSX.Element {
  const isLast = hop === plan.hops.length;
  return (
    <h5 class="link-title">
      {plan.hops.length > 1 && `${hop === 1 ? 'First' : 'Second'} link, `}
      {hop === 1 ? <Person who="ada" /> : <Router />} to {isLast ? <Person who="bo" /> : <Router />}: {counted(count, 'packet')} of at most{' '}
      {grouped(plan.mtus[hop - 1] ?? 0)} bytes
    </h5>
  );
}

type ListProps<Piece> = {
  readonly plan: Plan;
  readonly hop: number;
  readonly pieces: readonly Piece[];
  /** What is shown even in a folded list. */
  keep(piece: Piece): boolean;
  /** What is said in place of the pieces that are folded away. */
  say(hidden: readonly Piece[]): ComponentChildren;
  row(piece: Piece): JSX.Element;
};

/** The pieces of one link; a long list is folded until it is opened. */
export function PieceList<Piece extends PlannedPiece>({ plan, hop, pieces, keep, say, row }: ListProps<Piece>): JSX.Element {
  const isOpen = useSignal(false);
  const entries = folded(pieces, isOpen.value ? () => true : keep);
  return (
    <section class="cutter-link">
      <LinkTitle hop={hop} plan={plan} count={pieces.length} />
      <ol class="pieces">
        {entries.map((entry) =>
          entry.kind === 'item' ? (
            row(entry.item)
          ) : (
            <li class="piece-fold" key={`fold-${entry.items[0]?.key}`}>
              <span>{say(entry.items)}</span>
              <button type="button" class="button is-small needs-script" onClick={() => (isOpen.value = true)}>
                Show all {pieces.length}
              </button>
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

export function CutView({ state, plan }: { readonly state: CutterState; readonly plan: Plan }): JSX.Element {
  return (
    <div class="cutter-cut">
      <Legend />
      {plan.hops.map((pieces, index) => (
        <PieceList
          key={index}
          plan={plan}
          hop={index + 1}
          pieces={pieces}
          keep={({ key }) => state.weather.value.lose.has(key)}
          say={(hidden) => `${counted(hidden.length, 'more piece')} like these`}
          row={(piece) => <CutRow key={piece.key} state={state} plan={plan} piece={piece} />}
        />
      ))}
    </div>
  );
}
