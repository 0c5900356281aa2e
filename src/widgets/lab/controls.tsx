/** After a run: what the learner can do next, in a live lab. Few, named by verbs; the next useful one is filled. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { laneOf, type PersonId } from '#lab/people.ts';
import type { WayToLose } from '#lab/scenario.ts';
import type { Panes } from '#trace/panes.ts';
import { PersonMark } from '../marks/marks.tsx';
import type { ActionCard } from './card.ts';
import type { LabState } from './lab-state.ts';

type Way = { readonly verb: (name: string) => string; readonly hint: string };

/** Each way to lose a connection, in words. The hint says who learns of it. */
export const WAYS: Record<WayToLose, Way> = {
  polite: { verb: (name) => `Disconnect ${name} politely`, hint: 'both sides know' },
  cut: { verb: (name) => `Cut ${name}’s cable`, hint: 'both sides notice' },
  'black-hole': { verb: (name) => `Black-hole ${name}’s cable`, hint: 'nobody is told' },
  'change-network': { verb: (name) => `Change ${name}’s network`, hint: 'only the page knows' },
  'throw-out': { verb: (name) => `Throw ${name} out`, hint: 'the server ends it' },
  crash: { verb: () => 'Crash the server', hint: 'its memory is lost' },
};

function SayForm({ action, lab, live }: { action: ActionCard; lab: LabState; live: boolean }): JSX.Element {
  const id = useId();
  const initial = action.input?.initial ?? '';
  const [text, setText] = useState(initial);
  const send = (event: Event) => {
    event.preventDefault();
    lab.act(action.id, text.trim() === '' ? initial : text);
  };
  return (
    <form class="group" onSubmit={send}>
      <label class="label" for={id}>
        {action.label} as <PersonMark who={action.by} /> {laneOf(action.by).name}
      </label>
      <div class="say">
        <input
          id={id}
          value={text}
          maxLength={action.input?.maxLength}
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={!live}>
          Send
        </button>
      </div>
    </form>
  );
}

function Actions({ lab, live }: { lab: LabState; live: boolean }): JSX.Element {
  const plain = lab.ask.card.actions.filter(({ input }) => !input);
  const says = lab.ask.card.actions.filter(({ input }) => input);
  return (
    <>
      {says.map((action) => (
        <SayForm key={action.id} action={action} lab={lab} live={live} />
      ))}
      {plain.length + lab.ask.card.serverActs.length > 0 && (
        <fieldset class="group">
          <legend>Do something</legend>
          <div class="row">
            {plain.map((action) => (
              <button key={action.id} type="button" class="button" disabled={!live} onClick={() => lab.act(action.id)}>
                <span>
                  <PersonMark who={action.by} /> {laneOf(action.by).name}: {action.label}
                </span>
              </button>
            ))}
            {lab.ask.card.serverActs.map(({ id, label }) => (
              <button key={id} type="button" class="button" disabled={!live} onClick={() => void lab.serverAct(id)}>
                <span>
                  <PersonMark who="server" /> Server: {label}
                </span>
              </button>
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

type LoseProps = { readonly lab: LabState; readonly who: PersonId; readonly ways: readonly WayToLose[]; readonly panes: Panes };

/** A client counts as away for the learner from the click on, whatever the two programs believe. */
export const isAway = (panes: Panes, who: PersonId): boolean => {
  const pane = panes.clients.find(({ lane }) => lane === who);
  return pane?.state !== 'connected' || pane.link !== 'up';
};

function Lose({ lab, who, ways, panes }: LoseProps): JSX.Element {
  const { name } = laneOf(who);
  const away = isAway(panes, who);
  return (
    <fieldset class="group">
      <legend>
        Lose {name}
        {away && panes.server.running ? ` (bring ${name} back to try another way)` : ''}
      </legend>
      <div class="row ways">
        {ways.map((way) => (
          <button
            key={way}
            type="button"
            class="button"
            disabled={way === 'crash' ? !panes.server.running : away || !panes.server.running}
            onClick={() => void lab.lose(who, way)}
          >
            <span class="stack">
              {WAYS[way].verb(name)}
              <small>{WAYS[way].hint}</small>
            </span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** The one filled button: repair first, then the next experiment. */
function Next({ lab, panes }: { lab: LabState; panes: Panes }): JSX.Element | null {
  const { lose, runs, clients } = lab.ask.card;
  const lost = (lose ? [lose.who] : clients).find((who) => lab.lab.value?.mine.includes(who) && isAway(panes, who));
  if (!panes.server.running) {
    return <NextButton label="Start the server again" hint="it has forgotten everything" onClick={() => void lab.restart()} />;
  }
  if (lost) {
    return (
      <NextButton
        label={`Bring ${laneOf(lost).name} back`}
        hint="what was missed, and what still comes?"
        onClick={() => lab.bringBack(lost)}
      />
    );
  }
  const next = runs.find(({ id }) => !lab.ask.done.value.has(id));
  return next ? <NextButton label={`Try: ${next.label}`} hint="a new question" onClick={() => lab.startOver(next.id)} /> : null;
}

function NextButton({ label, hint, onClick }: { label: string; hint: string; onClick: () => void }): JSX.Element {
  return (
    <div class="group">
      <span class="label">Next</span>
      <div class="row">
        <button type="button" class="button is-next" onClick={onClick}>
          <span class="stack">
            {label}
            <small>{hint}</small>
          </span>
        </button>
      </div>
    </div>
  );
}

/** The controls of a lab that has been run. Controls that cannot act are absent in a recording, not disabled. */
export function Controls({ lab, panes }: { lab: LabState; panes: Panes }): JSX.Element {
  const phase = lab.ask.phase.value;
  const { lose, runs } = lab.ask.card;
  const live = phase === 'free';
  const unseen = runs.find(({ id }) => !lab.ask.done.value.has(id));
  return (
    <div class="controls">
      {phase === 'free' && <Next lab={lab} panes={panes} />}
      {phase === 'free' && <Actions lab={lab} live={live} />}
      {phase === 'free' && lose && lab.lab.value?.mine.includes(lose.who) && <Lose lab={lab} {...lose} panes={panes} />}
      {(phase === 'recorded' || phase === 'over') && (
        <NextButton
          label={phase === 'over' ? 'Open a new lab' : 'Try again live'}
          hint="the same experiment"
          onClick={() => void lab.run()}
        />
      )}
      <div class="group">
        <span class="label">Again</span>
        <div class="row">
          <button type="button" class="button" onClick={() => lab.startOver()}>
            {runs.length > 1 ? 'Choose another experiment' : 'Start over'}
          </button>
          {phase === 'recorded' && unseen && (
            <button type="button" class="button" onClick={() => lab.startOver(unseen.id)}>
              Try: {unseen.label}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
