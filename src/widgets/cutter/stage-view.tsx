/** The run: each piece on its way, link by link, with its fate and its time; its bytes are opened where it stands. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FateKind } from '#trace/trace.ts';
import { later } from '../later/later.tsx';
import { FATE_LOOK, FateGlyph } from '../marks/marks.tsx';
import { calledOf, isOnly, PieceFacts, PieceList } from './cut-view.tsx';
import { fateAt, momentOf, travellersAt } from './row-at.ts';
import { isGone, type Row, type Run } from './run.ts';
import { counted, msText } from './sentences.ts';
import { TrackView } from './track-view.tsx';

const PieceBytes = later(() => import('./piece-bytes.tsx').then((module) => module.PieceBytes), 'Taking its bytes apart…');

/** When it was decided what became of it. */
function whenText(row: Row, fate: FateKind, us: number): string {
  const { sent, arrivalsUs, neverUs } = row;
  const came = arrivalsUs.filter((atUs) => atUs <= us);
  if (fate === 'delivered') return `at ${came.map(msText).join(', again at ')}`;
  if (fate === 'lost') return `would have come at ${msText(Math.min(...sent.map(({ fate: { atUs } }) => atUs)))}`;
  if (fate === 'never-sent') return `what it was part of was lost at ${msText(neverUs ?? 0)}`;
  return fate === 'in-flight' ? `left at ${msText(Math.min(...sent.map(({ sentUs }) => sentUs)))}` : 'waits for its turn';
}

function Fate({ row, us }: { readonly row: Row; readonly us: number }): JSX.Element {
  const fate = fateAt(row, us);
  if (fate === 'coming') return <p class="piece-fate">not cut yet</p>;
  const copies = row.arrivalsUs.filter((atUs) => atUs <= us).length - 1;
  const hasLostCopy = fate === 'delivered' && row.sent.some(({ fate: own }) => own.kind === 'lost' && own.atUs <= us);
  return (
    <p class="piece-fate">
      <span class={`fate ${FATE_LOOK[fate].className}`}>
        <FateGlyph fate={fate} /> {FATE_LOOK[fate].word}
      </span>
      {copies > 0 && <span class="fate is-duplicated">duplicated</span>}
      {hasLostCopy && <span class="fate lost">a copy lost</span>}
      <span class="num">{whenText(row, fate, us)}</span>
    </p>
  );
}

type Open = { readonly openKey: ReadonlySignal<string | undefined>; onOpen(key: string): void };

type RowProps = {
  readonly run: Run;
  readonly row: Row;
  readonly shownUs: ReadonlySignal<number>;
  readonly bytes: Uint8Array;
  readonly open: Open | undefined;
};

/** A row is drawn again only while something of it moves. */
function StageRow({ run, row, shownUs, bytes, open }: RowProps): JSX.Element {
  const own = useMemo(() => computed(() => momentOf(row, shownUs.value)), [row, shownUs]);
  const us = own.value;
  const fate = fateAt(row, us);
  const isOpen = open?.openKey.value === row.key;
  return (
    <li class={`piece is-sent fate-${fate}`}>
      <PieceFacts piece={row} bytes={bytes} isWhole={isOnly(run.plan)} />
      <TrackView travellers={travellersAt(row, us)} name={row.name} />
      <Fate row={row} us={us} />
      {open && row.frame !== undefined && (
        <button
          type="button"
          class="button is-small needs-script"
          aria-expanded={isOpen}
          aria-label={`Bytes of ${calledOf(row, run.plan)}`}
          onClick={() => open.onOpen(row.key)}
        >
          Bytes <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
        </button>
      )}
      {isOpen && row.frame !== undefined && <PieceBytes run={run} row={row} frame={row.frame} />}
    </li>
  );
}

const FATES = ['delivered', 'lost', 'never-sent', 'in-flight', 'buffered', 'coming'] as const;

/** What became of the pieces that are folded away. */
function Hidden({ rows, shownUs }: { readonly rows: readonly Row[]; readonly shownUs: ReadonlySignal<number> }): JSX.Element {
  const fates = rows.map((row) => fateAt(row, shownUs.value));
  const parts = FATES.flatMap((fate) => {
    const count = fates.filter((one) => one === fate).length;
    return count === 0 ? [] : [`${count} ${fate === 'coming' ? 'not cut yet' : FATE_LOOK[fate].word}`];
  });
  return (
    <>
      {counted(rows.length, 'more piece')}: {parts.join(', ')}
    </>
  );
}

type StageProps = {
  readonly run: Run;
  readonly shownUs: ReadonlySignal<number>;
  readonly isOver: ReadonlySignal<boolean>;
  readonly bytes: Uint8Array;
  /** Missing where bytes cannot be opened. */
  readonly open?: Open;
};

export function StageView({ run, shownUs, isOver, bytes, open }: StageProps): JSX.Element {
  return (
    <div class="cutter-stage">
      {run.hops.map((rows, index) => (
        <PieceList
          key={index}
          plan={run.plan}
          hop={index + 1}
          pieces={rows}
          keep={(row) => isOver.value && isGone(row)}
          say={(hidden) => <Hidden rows={hidden} shownUs={shownUs} />}
          row={(row) => <StageRow key={row.key} run={run} row={row} shownUs={shownUs} bytes={bytes} open={open} />}
        />
      ))}
    </div>
  );
}
