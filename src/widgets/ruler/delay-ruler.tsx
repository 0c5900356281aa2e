/** The delay ruler: ask, compare two runs to scale, change what you like, and measure a round trip of your own. */
import { computed, useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useMemo } from 'preact/hooks';
import { Badge } from '../lab/badge.tsx';
import { AskView, VerdictView } from './ask-view.tsx';
import { BarsView } from './bars-view.tsx';
import { Patterns } from './marks.tsx';
import { PacketTable } from './packet-table.tsx';
import type { Play } from './played.ts';
import { QueueView } from './queue-view.tsx';
import { type Sources as RoundTripSources, RoundTripState } from './round-trip-state.ts';
import { RoundTripView } from './round-trip-view.tsx';
import { RulerState } from './ruler-state.ts';
import { SettingsView } from './settings-view.tsx';
import { TripBar } from './trip-bar.tsx';

export type RulerSources = RoundTripSources & {
  scene(): Promise<Play>;
  hostName(): string;
};

/** The simulator and the connection are loaded when they are needed first. */
const SOURCES: RulerSources = {
  scene: async () => (await import('#sim/scenes/delay.ts')).playDelay,
  meter: async () => (await import('./control-meter.ts')).controlMeter(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  hostName: () => location.hostname,
};

type RanProps = { readonly id: string; readonly state: RulerState; readonly trip: RoundTripState };

/** Left what is drawn, right what can be changed; on a narrow screen what can be changed comes first, folded. */
function Ran({ id, state, trip }: RanProps): JSX.Element {
  const { value: played } = state.played;
  const { value: summary } = trip.summary;
  return (
    <>
      {state.verdict.value && <VerdictView verdict={state.verdict.value} isAsAsked={state.news.value === ''} />}
      <div class="ruler-bench">
        <SettingsView id={id} state={state} />
        <div class="ruler-drawn">
          <BarsView id={id} state={state} besides={summary && <TripBar summary={summary} span={state.span.value} />} />
          {played && <QueueView played={played} compared={state.compared.value} />}
          <div class="ruler-actions needs-script">
            <button type="button" class="button is-next" onClick={() => state.again()}>
              Another case
            </button>
          </div>
        </div>
      </div>
      {played && <PacketTable played={played} />}
    </>
  );
}

type Props = { readonly sources?: RulerSources; readonly children?: ComponentChildren };

/** `children`: cases that were played when the page was built, for whoever has no JavaScript or wants to look first. */
export function DelayRuler({ sources = SOURCES, children }: Props): JSX.Element {
  const id = useId();
  const trip = useMemo(() => new RoundTripState(sources), [sources]);
  const state = useMemo(
    () =>
      new RulerState(
        sources.scene,
        computed(() => trip.summary.value?.medianUs ?? 0),
      ),
    [sources, trip],
  );
  const host = useSignal('');
  const ready = useSignal(false);
  useEffect(() => {
    host.value = sources.hostName();
    ready.value = true;
    return () => trip.leave();
  }, [sources, trip, host, ready]);
  const hasRun = state.phase.value === 'ran';
  return (
    <section class="lab ruler" aria-labelledby={`${id}-name`}>
      <Patterns id={id} />
      <header class="lab-head">
        <h3 id={`${id}-name`}>Delay ruler</h3>
        <Badge kind="simulated" />
      </header>
      {!hasRun && (
        <>
          <p class="task">A packet goes from Ada to Bo over one cable. Say what becomes of its delay, then see it drawn to scale.</p>
          <AskView state={state} ready={ready.value} />
          {children && (
            <details class="recorded-run">
              <summary>See two of the cases first (they give answers away)</summary>
              {children}
            </details>
          )}
        </>
      )}
      {hasRun && <Ran id={id} state={state} trip={trip} />}
      <RoundTripView trip={trip} host={host.value} ready={ready.value} isDrawn={hasRun} />
      <p class="lab-foot">
        <strong>simulated</strong> means that the bars and the queue are worked out here, packet by packet: size ÷ rate, and 5 µs for each
        kilometre, which is about what light in a fibre and signals in copper need. Left out: the time in which computers and routers handle
        a packet, and the bytes that an Ethernet adds to it. <strong>live</strong> means that the round trip is a real one, between this
        page and the server that it came from.
      </p>
    </section>
  );
}
