/** Two of the cases as they are played when the page is built: bars, queue and reason, without any script. */
import type { JSX } from 'preact';
import { BarsView } from './bars-view.tsx';
import { Patterns } from './marks.tsx';
import type { PresetId } from './presets.ts';
import { QueueView } from './queue-view.tsx';
import { RulerState } from './ruler-state.ts';

async function playedCase(id: PresetId): Promise<RulerState> {
  const state = new RulerState(async () => (await import('#sim/scenes/delay.ts')).playDelay);
  state.choose(id);
  await state.run();
  return state;
}

/** The states of both cases; made before the view, since a run resolves later. */
export const exampleCases = (): Promise<readonly RulerState[]> => Promise.all((['continent', 'overflow'] as const).map(playedCase));

export function RulerExample({ states }: { readonly states: readonly RulerState[] }): JSX.Element {
  return (
    <div class="ruler-examples">
      <Patterns id="example" />
      {states.map((state) => {
        const { id, label, ask } = state.preset.value;
        const played = state.played.value;
        return (
          <section key={id} class="ruler-example">
            <h4>{label}</h4>
            <p>{ask}</p>
            <p>
              <b>{state.verdict.value?.happened}.</b> {state.verdict.value?.because}
            </p>
            <BarsView id="example" state={state} isStill />
            {played && <QueueView played={played} compared={state.compared.value} />}
          </section>
        );
      })}
    </div>
  );
}
