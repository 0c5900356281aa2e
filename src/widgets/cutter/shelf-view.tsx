/** Bo’s shelf: which bytes are there, which are missing, and what his program has been given. */
import type { ReadonlySignal } from '@preact/signals';
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ByteRange } from '#sim/scenes/packet-cutter.ts';
import { Person } from '../marks/marks.tsx';
import { UDP_HEAD_BYTES } from './plan.ts';
import { lastRows, type Run } from './run.ts';
import { counted, grouped } from './sentences.ts';
import { gapsIn, type Shelf, shelfAt } from './shelf.ts';
import { snippetOf, textIn } from './snippet.ts';

/** Longer texts are not written out on the shelf. */
const MOST_WRITTEN = 400;

type Part = { readonly range: ByteRange; readonly isHere: boolean };

/** Held ranges that touch are one; between them are gaps. */
function partsOf(shelf: Shelf, dataBytes: number): readonly Part[] {
  const isWhole = shelf.held.length === 0 && shelf.handed > 0;
  const held: readonly ByteRange[] = isWhole ? [[0, dataBytes]] : shelf.held;
  const here = held.map((range): Part => ({ range, isHere: true }));
  const missing = gapsIn(held, dataBytes).map((range): Part => ({ range, isHere: false }));
  return [...here, ...missing].sort((a, b) => a.range[0] - b.range[0]);
}

const WHOLE: ReadonlyMap<number, string> = new Map([[0, 'whole']]);

const percent = (bytes: number, total: number): string => `${(bytes * 100) / total}%`;

/** Narrower parts have no room for a name. */
const LEAST_NAMED = 0.05;

type PictureProps = { readonly parts: readonly Part[]; readonly total: number; readonly names: ReadonlyMap<number, string> };

/** `names`: by the byte with which a piece begins. */
function Picture({ parts, total, names }: PictureProps): JSX.Element {
  return (
    <svg class="shelf-bar" aria-hidden="true">
      {parts.map(({ range: [from, to], isHere }) => (
        <g key={`${from}-${to}`}>
          <rect
            class={isHere ? 'shelf-here' : 'shelf-gap'}
            x={percent(from, total)}
            y="0"
            width={percent(to - from, total)}
            height="100%"
          />
          {isHere && (to - from) / total >= LEAST_NAMED && (
            <text x={percent((from + to) / 2, total)} y="50%" dy="4">
              {names.get(from)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

const inText = ([from, to]: ByteRange): ByteRange => [Math.max(0, from - UDP_HEAD_BYTES), Math.max(0, to - UDP_HEAD_BYTES)];

/** The text as far as it is there, a gap for what is not. */
function Written({ parts, bytes }: { readonly parts: readonly Part[]; readonly bytes: Uint8Array }): JSX.Element {
  return (
    <p class="shelf-text">
      {parts.map(({ range, isHere }) => {
        const [from, to] = inText(range);
        if (from === to) return null;
        return isHere ? (
          <span key={from}>{textIn(bytes, [from, to])}</span>
        ) : (
          <span key={from} class="shelf-missing">
            {counted(to - from, 'byte')} missing
          </span>
        );
      })}
    </p>
  );
}

function readText(handed: number, bytes: Uint8Array): string {
  if (handed === 0) return 'nothing';
  const times = handed === 1 ? '' : handed === 2 ? ', twice' : `, ${handed} times`;
  return `“${snippetOf(bytes, [0, bytes.length])}”${times}`;
}

/** What stands there, in a sentence. */
function stateText({ held, handed }: Shelf, run: Run, isOver: boolean): string {
  if (held.length === 0) return handed > 0 ? 'The whole has been given to Bo’s program; the shelf is free again.' : 'Nothing has come yet.';
  const here = held.reduce((sum, [from, to]) => sum + to - from, 0);
  const dataBytes = run.plan.textBytes + UDP_HEAD_BYTES;
  const waits = `${counted(held.length, 'piece')} on the shelf, ${grouped(here)} of ${counted(dataBytes, 'byte')}.`;
  return isOver ? `${waits} After 30 s they are thrown away.` : `${waits} The rest is waited for.`;
}

type Props = {
  readonly run: Run;
  readonly shownUs: ReadonlySignal<number>;
  readonly isOver: ReadonlySignal<boolean>;
  readonly bytes: Uint8Array;
};

export function ShelfView({ run, shownUs, isOver, bytes }: Props): JSX.Element {
  const shelf = useComputed(() => shelfAt(run.shelves, shownUs.value)).value;
  const dataBytes = run.plan.textBytes + UDP_HEAD_BYTES;
  const parts = partsOf(shelf, dataBytes);
  const names = useMemo(() => new Map(lastRows(run).map(({ data: [from], name }) => [from, name])), [run]);
  const isWhole = shelf.held.length === 0 && shelf.handed > 0;
  return (
    <section class="shelf">
      <h5 class="link-title">
        <Person who="bo" />
        ’s shelf, where pieces wait for each other
      </h5>
      <Picture parts={parts} total={dataBytes} names={isWhole ? WHOLE : names} />
      <p class="shelf-state">{stateText(shelf, run, isOver.value)}</p>
      {run.plan.textBytes <= MOST_WRITTEN && shelf.held.length > 0 && <Written parts={parts} bytes={bytes} />}
      <p class="shelf-read">
        Bo’s program has read: <b>{readText(shelf.handed, bytes)}</b>
      </p>
    </section>
  );
}
