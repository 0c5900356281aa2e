/** What can be done next, and what else can be done with the sockets that are there. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { BenchAct } from '#lab/sockets/script.ts';
import type { SocketTableState } from './socket-table-state.ts';

type ActProps = { readonly act: BenchAct; readonly table: SocketTableState };

function SendForm({ act, table }: ActProps): JSX.Element {
  const id = useId();
  const initial = act.step.do === 'send' ? act.step.text : '';
  const [text, setText] = useState(initial);
  const send = (event: Event) => {
    event.preventDefault();
    void table.act(act, text.trim() === '' ? initial : text);
  };
  return (
    <form onSubmit={send} class="say">
      <label class="visually-hidden" for={id}>
        {act.label}
      </label>
      <input
        id={id}
        value={text}
        maxLength={act.input?.maxLength}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {act.label}
      </button>
    </form>
  );
}

function Act({ act, table }: ActProps): JSX.Element {
  if (act.input) return <SendForm act={act} table={table} />;
  return (
    <button type="button" class="button" onClick={() => void table.act(act)}>
      {act.label}
    </button>
  );
}

/** Only what makes sense now is offered: what cannot be done is absent. */
function Others({ table }: { table: SocketTableState }): JSX.Element {
  const possible = table.script.acts.filter((act) => table.isPossible(act));
  const groups = [...Map.groupBy(possible, ({ group }) => group)];
  return (
    <>
      {groups.map(([group, acts]) => (
        <fieldset key={group} class="group">
          <legend>{group}</legend>
          <div class="row">
            {acts.map((act) => (
              <Act key={act.id} act={act} table={table} />
            ))}
          </div>
        </fieldset>
      ))}
    </>
  );
}

function Next({ table }: { table: SocketTableState }): JSX.Element | null {
  const act = table.next.value;
  if (!act) return null;
  return (
    <fieldset class="group">
      <legend>Next</legend>
      <div class="row">
        <button type="button" class="button is-next" onClick={() => void table.act(act)}>
          {act.label}
        </button>
      </div>
    </fieldset>
  );
}

function Again({ table }: { table: SocketTableState }): JSX.Element {
  const phase = table.ask.phase.value;
  const isNext = phase === 'over' || (phase === 'recorded' && table.isComplete.value);
  return (
    <fieldset class="group">
      <legend>Again</legend>
      <div class="row">
        {phase === 'recorded' && (
          <button type="button" class={isNext ? 'button is-next' : 'button'} onClick={() => void table.begin()}>
            Try again live
          </button>
        )}
        <button type="button" class={phase === 'over' ? 'button is-next' : 'button'} onClick={() => table.startOver()}>
          {phase === 'live' ? 'Close all and start over' : 'Start over'}
        </button>
      </div>
    </fieldset>
  );
}

export function Controls({ table }: { table: SocketTableState }): JSX.Element {
  return (
    <div class="controls">
      <Next table={table} />
      {table.ask.phase.value === 'live' && <Others table={table} />}
      <Again table={table} />
    </div>
  );
}
