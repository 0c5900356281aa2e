/** After each step: what happened and why; and, as soon as the table tells, the guess beside the truth. */
import type { JSX } from 'preact';
import { GuessBesideTruth } from '../lab/guess-beside-truth.tsx';
import type { SocketTableState } from './socket-table-state.ts';

export function Outcome({ table }: { table: SocketTableState }): JSX.Element {
  const answer = table.answer.value;
  const { because } = table.script.predict;
  const isOpening = table.ask.phase.value === 'opening';
  return (
    <div class={answer ? 'verdict' : 'verdict is-open'}>
      {answer && <GuessBesideTruth said={answer.said} happened={answer.happened} isRight={answer.right} label="What the table says" />}
      <div class="why">
        <p>
          {isOpening && 'Asking the server for sockets…'}
          {!isOpening && table.ask.phase.value === 'recorded' && 'A recorded run. '}
          {!isOpening && table.outcome.value}
        </p>
        {answer && <p class="because">{because}</p>}
      </div>
    </div>
  );
}
