/** Step, play and scrub through what has happened. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { momentText } from '#trace/layout/time-words.ts';
import type { SequenceState } from './sequence-state.ts';

const reducesMotion = (): boolean => globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
/** With reduced motion, playing shows one step after another, this long each, ms. */
const STEP_MS = 900;

/** Moves time while the state plays: smoothly, or by steps. */
function usePlayback(state: SequenceState): void {
  const playing = state.isPlaying.value;
  useEffect(() => {
    if (!playing) return undefined;
    if (reducesMotion()) {
      const timer = setInterval(() => {
        state.step();
        state.isPlaying.value = state.until.value !== undefined;
      }, STEP_MS);
      return () => clearInterval(timer);
    }
    let last = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      state.tick(now - last);
      last = now;
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [state, playing]);
}

export function ReplayControls({ state }: { state: SequenceState }): JSX.Element {
  usePlayback(state);
  const { endsAt, slowed = 1 } = state.trace.value;
  const shown = state.shown.value;
  return (
    <div class="replay needs-script">
      <div class="row">
        <button type="button" class="button" disabled={shown <= 0} onClick={() => state.stepBack()}>
          Step back
        </button>
        <button type="button" class="button" onClick={() => (state.isPlaying.value ? state.pause() : state.play())}>
          {state.isPlaying.value ? 'Pause' : 'Play'}
        </button>
        <button type="button" class="button" disabled={state.until.value === undefined} onClick={() => state.step()}>
          Step
        </button>
      </div>
      <label class="scrub">
        <span class="num">{momentText(shown, slowed)}</span>
        <input
          type="range"
          min={0}
          max={slowed === 1 ? Math.max(1, Math.ceil(endsAt)) : endsAt}
          step={slowed === 1 ? 10 : 'any'}
          value={shown}
          aria-valuetext={momentText(shown, slowed)}
          onInput={(event) => state.scrub(event.currentTarget.valueAsNumber)}
        />
        <span class="visually-hidden">Time shown</span>
      </label>
    </div>
  );
}
