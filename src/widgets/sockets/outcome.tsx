/** After each step: what happened and why; and, as soon as the table tells, the guess beside the truth. */
import type { JSX } from 'preact';
import { FateGlyph } from '../marks/marks.tsx';
import type { Answer } from './reading.ts';
import type { SocketTableState } from './socket-table-state.ts';

function Said({ answer }: { answer: Answer }): JSX.Element {
  const { right, said, happened } = answer;
  return (
    <div class="guess">
      {said !== undefined && !right && (
        <div class="wrong">
          <span class="label">You said</span>
          <b class="in-words">{said}</b>
        </div>
      )}
      <div>
        <span class="label">
          {right && (
            <span class="fate delivered">
              <FateGlyph fate="delivered" />{' '}
            </span>
          )}
          {right ? 'As you said' : 'What the table says'}
        </span>
        <b class="in-words">{happened}</b>
      </div>
    </div>
  );
}

export function Outcome({ table }: { table: SocketTableState }): JSX.Element {
  const answer = table.answer.value;
  const { because } = table.script.predict;
  const isOpening = table.ask.phase.value === 'opening';
  return (
    <div class={answer ? 'verdict' : 'verdict is-open'}>
      {answer && <Said answer={answer} />}
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
