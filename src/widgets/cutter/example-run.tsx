/** A run that stands in the page before any script: the second of three pieces is lost. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { PieceTable } from './piece-table.tsx';
import { keyOf, planOf } from './plan.ts';
import { type Run, runOf } from './run.ts';
import { FIRST_TEXT } from './samples.ts';
import { resultText } from './sentences.ts';
import { ShelfView } from './shelf-view.tsx';
import { StageView } from './stage-view.tsx';

const MTU = 68;
const SECOND_PIECE = keyOf(1, 48);

/** Throws if the text cannot be cut: that is a mistake of the program. */
function exampleRun(): Run {
  const result = planOf(FIRST_TEXT, [MTU]);
  if (!result.ok) throw new TypeError(result.code);
  return runOf(FIRST_TEXT, result.plan, { lossPercent: 0, overtakePercent: 0, copyPercent: 0, seed: 1, lose: new Set([SECOND_PIECE]) });
}

export function ExampleRun(): JSX.Element {
  const run = exampleRun();
  const bytes = new TextEncoder().encode(FIRST_TEXT);
  const shownUs = signal(run.endsUs);
  const isOver = signal(true);
  return (
    <>
      <p class="outcome">{resultText(run)}</p>
      <StageView run={run} shownUs={shownUs} isOver={isOver} bytes={bytes} />
      <ShelfView run={run} shownUs={shownUs} isOver={isOver} bytes={bytes} />
      <PieceTable run={run} name="an example" />
    </>
  );
}
