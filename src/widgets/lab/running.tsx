/** While a run is under way: what it is doing. */
import type { JSX } from 'preact';
import type { AskState } from './ask-state.ts';

export function Running({ ask }: { ask: AskState }): JSX.Element {
  return (
    <div class="verdict">
      <div class="why">
        <p>{ask.phase.value === 'connecting' ? 'Connecting the clients to the server…' : 'Running… Watch the arrows grow.'}</p>
        <p class="because">{ask.runCard.value?.plan}</p>
      </div>
    </div>
  );
}
