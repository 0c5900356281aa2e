/** The packet cutter: write, guess, cut, choose what goes wrong, guess, send, look. */
import { useSignal } from '@preact/signals';
import type { JSX, Ref } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Badge } from '../lab/badge.tsx';
import { later } from '../later/later.tsx';
import { ReplayControls } from '../sequence/replay.tsx';
import { CutView } from './cut-view.tsx';
import { CutterState } from './cutter-state.ts';
import { ExampleRun } from './example-run.tsx';
import { GuessForm } from './guess-form.tsx';
import { PieceTable } from './piece-table.tsx';
import { IP_HEAD_BYTES, type Plan } from './plan.ts';
import { RollsView } from './rolls-view.tsx';
import type { Run } from './run.ts';
import { ScaleView } from './scale-view.tsx';
import { counted, grouped, newsAt, resultText } from './sentences.ts';
import { SettingsView } from './settings-view.tsx';
import { ShelfView } from './shelf-view.tsx';
import { StageView } from './stage-view.tsx';
import { WeatherView } from './weather-view.tsx';

const RunDiagram = later(() => import('./run-diagram.tsx').then((module) => module.RunDiagram), 'Drawing…');

type Props = { readonly state: CutterState };
type Ready = Props & { readonly ready: boolean };

function Cutting({ state, ready }: Ready): JSX.Element {
  const plan = state.plan.value;
  return (
    <>
      <p class="task">Write a text, choose how long a packet may be, and guess how many it takes.</p>
      <SettingsView state={state} withPath={false} />
      {plan && <ScaleView plan={plan} />}
      <GuessForm
        question="How many packets does Ada’s computer send?"
        choices={state.choices.value.map((value) => ({ value, label: grouped(value) }))}
        chosen={state.countGuess.value}
        act="Cut it"
        skip="Skip the guess"
        disabled={!ready || !plan}
        onChoose={(count) => (state.countGuess.value = count)}
        onAct={() => state.cut()}
        onSkip={() => state.cut('skip')}
      />
      <details class="recorded-run">
        <summary>See a text cut and sent first (it gives the answer away)</summary>
        <ExampleRun />
      </details>
    </>
  );
}

/** What was guessed of the cut, and what it is. */
function CountVerdict({ guess, plan }: { readonly guess: number | undefined; readonly plan: Plan }): JSX.Element {
  const [first = []] = plan.hops;
  const said = guess === undefined ? '' : guess === first.length ? 'As you said: ' : `You said ${grouped(guess)}. `;
  const [piece] = first;
  return (
    <p class="outcome" role="status">
      {said}
      <b>{counted(first.length, 'packet')}</b>
      {piece?.moreFollow
        ? `. Each has an IP header of its own, so that ${grouped(piece.length - IP_HEAD_BYTES)} bytes are left for what it carries.`
        : ': the whole datagram fits.'}
    </p>
  );
}

type WithFocus = { readonly heading: Ref<HTMLHeadingElement> };

function ReadyToSend({ state, ready, heading }: Ready & WithFocus): JSX.Element {
  const plan = state.plan.value;
  const question = state.question.value;
  return (
    <>
      <p class="task">Lose a piece yourself, or let chance decide. Then say what will come of it, and send.</p>
      <SettingsView state={state} withPath={true} />
      {plan && (
        <>
          <h4 class="cutter-step" tabIndex={-1} ref={heading}>
            How it is cut
          </h4>
          <CountVerdict guess={state.countGuess.value} plan={plan} />
          <CutView state={state} plan={plan} />
        </>
      )}
      <WeatherView state={state} />
      {question && (
        <GuessForm
          question={question.text}
          choices={question.choices.map(({ id, label }) => ({ value: id, label }))}
          chosen={state.guess.value}
          act="Send it"
          skip="Skip the guess and send"
          disabled={!ready}
          onChoose={(id) => (state.guess.value = id)}
          onAct={() => state.send()}
          onSkip={() => state.send('skip')}
        />
      )}
    </>
  );
}

/** While it plays, what happened last; at the end, what happened and why. */
function Outcome({ state, run }: Props & { readonly run: Run }): JSX.Element {
  const isOver = state.isOver.value;
  const { verdict } = state;
  const said = verdict ? (verdict.isRight ? 'As you said. ' : `You said “${verdict.said}”. `) : '';
  return (
    // Not every piece is announced while they play by themselves.
    <p class="outcome" role="status" aria-live={state.clock.isPlaying.value ? 'off' : 'polite'}>
      {isOver ? (
        <>
          {said}
          {resultText(run)}
        </>
      ) : (
        newsAt(run, state.shownUs.value) || 'Nothing has left yet.'
      )}
    </p>
  );
}

function Actions({ state }: Props): JSX.Element {
  const { lossPercent, overtakePercent, copyPercent, seed } = state.weather.value;
  const hasChance = lossPercent > 0 || overtakePercent > 0 || copyPercent > 0;
  return (
    <div class="cutter-actions needs-script">
      <button type="button" class={state.isOver.value ? 'button is-next' : 'button'} onClick={() => state.change()}>
        Change something
      </button>
      {hasChance && (
        <button type="button" class="button" onClick={() => state.roll()}>
          Another roll of the dice (this was roll {seed})
        </button>
      )}
    </div>
  );
}

function Diagram({ state }: Props): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <details class="cutter-diagram" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>The same run as a sequence diagram</summary>
      {isOpen.value && <RunDiagram clock={state.clock} />}
    </details>
  );
}

function Sent({ state, run, heading }: Props & WithFocus & { readonly run: Run }): JSX.Element {
  const bytes = state.bytes.value;
  return (
    <>
      <h4 class="cutter-step" tabIndex={-1} ref={heading}>
        {counted(run.plan.textBytes, 'byte')} of text on their way to Bo
      </h4>
      <Outcome state={state} run={run} />
      <div class="cutter-replay needs-script">
        <ReplayControls state={state.clock} />
        {!state.isOver.value && (
          <button type="button" class="button" onClick={() => state.clock.follow()}>
            Skip to the end
          </button>
        )}
      </div>
      <StageView
        run={run}
        shownUs={state.shownUs}
        isOver={state.isOver}
        bytes={bytes}
        open={{ openKey: state.openKey, onOpen: (key) => state.open(key) }}
      />
      <ShelfView run={run} shownUs={state.shownUs} isOver={state.isOver} bytes={bytes} />
      <Actions state={state} />
      {run.weather.lossPercent > 0 && <RollsView state={state} />}
      <Diagram state={state} />
      <PieceTable run={run} name="your text" />
    </>
  );
}

/** The heading of the new step gets the focus: the button that led there is gone. */
function useFocusOnStep(phase: string): Ref<HTMLHeadingElement> {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(phase);
  useLayoutEffect(() => {
    if (before.current !== phase) heading.current?.focus();
    before.current = phase;
  }, [phase]);
  return heading;
}

export function PacketCutter(): JSX.Element {
  const id = useId();
  const state = useMemo(() => new CutterState(), []);
  const ready = useSignal(false);
  const heading = useFocusOnStep(state.phase.value);
  useEffect(() => {
    ready.value = true;
  }, [ready]);
  const phase = state.phase.value;
  const run = state.run.value;
  return (
    <section class="lab cutter" aria-labelledby={id}>
      <header class="lab-head">
        <h3 id={id}>Packet cutter</h3>
        <Badge kind="simulated" />
      </header>
      {phase === 'cutting' && <Cutting state={state} ready={ready.value} />}
      {phase === 'ready' && <ReadyToSend state={state} ready={ready.value} heading={heading} />}
      {phase === 'sent' && run && <Sent state={state} run={run} heading={heading} />}
      <p class="lab-foot">
        <strong>simulated</strong> means that no cable is involved. The text is one UDP datagram over IPv4, without options; bytes, cuts and
        reassembly follow the RFCs, and the code that puts pieces together waits 30 s for missing ones, as Linux does. Links here carry 1
        Mbit/s and take 1 ms. Not shown: the short message (ICMP “time exceeded”) that Bo’s computer may send back when it gives up.
      </p>
    </section>
  );
}
