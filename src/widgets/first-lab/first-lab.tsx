/** "Try it now": the front page's own lab. Three buttons, two cables, one sentence. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Logs } from '#trace/records.ts';
import { Badge } from '../lab/badge.tsx';
import { PersonMark } from '../marks/marks.tsx';
import { Sequence } from '../sequence/sequence.tsx';
import { type FirstLabSources, FirstLabState, hellosForBo, type Step } from './first-lab-state.ts';
import { WireDrawing } from './wire-drawing.tsx';
import { wireView } from './wire-view.ts';

const HINTS = [
  'Ada sends it. The server passes it on.',
  'No goodbye is said. The connection ends.',
  'Before it leaves: will Bo get it?',
] as const;

const OUTCOME: Record<Step, string> = {
  0: 'Ada and Bo will be two real clients in this page, connected to a real server.',
  1: 'Bo got it. It went up one connection and down another.',
  2: 'The cable is cut. Both sides have noticed.',
  3: 'The second hello reached the server and went no further. The server knows that Bo is gone, so it never sent it, and it keeps it for nobody.',
};

function Buttons({ state, ready }: { state: FirstLabState; ready: boolean }): JSX.Element {
  const step = state.step.value;
  const labels = [
    <span key="hello">
      Say hello to <PersonMark who="bo" /> Bo
    </span>,
    <span key="cut">Cut Bo’s cable</span>,
    <span key="again">Say hello again</span>,
  ];
  return (
    <ol class="steps needs-script">
      {labels.map((label, index) => {
        const now = index === step;
        return (
          <li key={HINTS[index]} class={now ? 'step is-now' : 'step'}>
            <span class="n" aria-hidden="true">
              {index < step ? '✓' : index + 1}
            </span>
            <button
              type="button"
              class={now ? 'button is-next' : 'button'}
              disabled={!now || !ready}
              aria-busy={now && state.busy.value}
              onClick={() => void state.advance()}
            >
              {label}
            </button>
            <p>{HINTS[index]}</p>
          </li>
        );
      })}
    </ol>
  );
}

function outcomeOf(state: FirstLabState): string {
  if (state.busy.value)
    return state.step.value === 0 && hellosForBo(state.trace.value).length === 0 ? 'Connecting, then sending…' : 'Watch…';
  return OUTCOME[state.step.value];
}

type Props = { readonly recording: Logs; readonly sources: FirstLabSources };

export function FirstLab({ recording, sources }: Props): JSX.Element {
  const state = useMemo(() => new FirstLabState(recording, sources), [recording, sources]);
  const ready = useSignal(false);
  useEffect(() => {
    ready.value = true;
    return () => void state.dispose();
  }, [state, ready]);
  const step = state.step.value;
  const outcome = outcomeOf(state);
  const cut = step >= 2 || (step === 1 && state.busy.value);
  const view = wireView(state.trace.value, { connected: step > 0 || state.busy.value, cut });
  return (
    <section class="lab first" aria-labelledby="try-it-now">
      <header class="lab-head">
        <h2 id="try-it-now">Try it now</h2>
        <Badge kind={state.badge.value} />
      </header>
      {state.notice.value && (
        <div class="notice">
          <p>{state.notice.value}</p>
        </div>
      )}
      <p class="task">Say hello. Then cut Bo’s cable and say it again.</p>
      <WireDrawing view={view} label={`Ada and Bo, each joined to a server by a cable. ${outcome}`} />
      <p class="outcome" role="status">
        {outcome}
      </p>
      <Buttons state={state} ready={ready.value} />
      {step === 3 && !state.busy.value && (
        <p class="once-more">
          <button type="button" class="button" onClick={() => void state.again()}>
            Once more
          </button>
        </p>
      )}
      {step === 3 && !state.busy.value && (
        <details class="every-step">
          <summary>See every step</summary>
          <Sequence trace={state.trace.value} name="Try it now" />
        </details>
      )}
    </section>
  );
}
