/** The sliders, each with its number: what is changed is played at once. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { distanceText, percentText, timeText } from './amounts.ts';
import { BarView } from './bar-view.tsx';
import { LIGHT_US_PER_KM } from './round-trip-state.ts';
import type { RulerState } from './ruler-state.ts';
import { boundsOf, loadOf, type RulerSettings, SCALES, type Scale, type ScaleKey, stopOf } from './settings.ts';

type Props = { readonly state: RulerState };

type FieldProps = Props & { readonly scale: Scale; readonly value: number };

function NumberInput({ state, scale, value, labelId }: FieldProps & { readonly labelId: string }): JSX.Element {
  const { least, most } = boundsOf(scale);
  return (
    <span class="ruler-number">
      <input
        type="number"
        inputMode="decimal"
        aria-labelledby={`${labelId} ${labelId}-unit`}
        min={least / scale.unitSize}
        max={most / scale.unitSize}
        step="any"
        value={value / scale.unitSize}
        onChange={({ currentTarget }) => {
          state.setScale(scale, currentTarget.valueAsNumber * scale.unitSize);
          // What was typed may have been brought back into its bounds.
          currentTarget.value = String((state.settings.value[scale.key] ?? value) / scale.unitSize);
        }}
      />
      <span id={`${labelId}-unit`}>{scale.unit}</span>
    </span>
  );
}

function Field({ state, scale, value }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="ruler-field">
      <label id={`${id}-label`} for={id}>
        {scale.label}
      </label>
      <output class="ruler-text" for={id}>
        {scale.text(value)}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={scale.stops.length - 1}
        step={1}
        value={stopOf(scale, value)}
        aria-valuetext={scale.text(value)}
        onInput={({ currentTarget }) => state.setScale(scale, scale.stops[currentTarget.valueAsNumber] ?? value)}
      />
      <NumberInput state={state} scale={scale} value={value} labelId={`${id}-label`} />
    </div>
  );
}

const TOGETHER: readonly ScaleKey[] = ['packetBytes', 'rateBitsPerSecond', 'distanceKm', 'inFront'];
/** Places that a queue gets when its limit is set again. */
const PLACES = 10;

function QueueField({ state }: Props): JSX.Element {
  const { queuePackets } = state.settings.value;
  return (
    <div class="ruler-group">
      {queuePackets !== undefined && <Field state={state} scale={SCALES.queuePackets} value={queuePackets} />}
      <label class="choice">
        <input
          type="checkbox"
          checked={queuePackets === undefined}
          onChange={({ currentTarget }) => state.set({ queuePackets: currentTarget.checked ? undefined : PLACES })}
        />
        <span>Any number may wait</span>
      </label>
    </div>
  );
}

const PATTERNS: readonly { readonly pattern: RulerSettings['pattern']; readonly label: string }[] = [
  { pattern: 'even', label: 'evenly' },
  { pattern: 'random', label: 'at random moments' },
];

function ArrivalFields({ state }: Props): JSX.Element {
  const name = useId();
  const { count, perSecond, pattern, seed } = state.settings.value;
  return (
    <>
      <Field state={state} scale={SCALES.count} value={count} />
      {count > 1 && <Field state={state} scale={SCALES.perSecond} value={perSecond} />}
      {count > 1 && (
        <fieldset class="ruler-group">
          <legend>They arrive</legend>
          <div class="row">
            {PATTERNS.map((one) => (
              <label key={one.pattern} class="choice">
                <input type="radio" name={name} checked={pattern === one.pattern} onChange={() => state.set({ pattern: one.pattern })} />
                <span>{one.label}</span>
              </label>
            ))}
            {pattern === 'random' && (
              <button type="button" class="button" onClick={() => state.set({ seed: seed + 1 })}>
                Other moments
              </button>
            )}
          </div>
        </fieldset>
      )}
    </>
  );
}

/** What follows from the settings without any run. */
function Derived({ state }: Props): JSX.Element {
  const settings = state.settings.value;
  const load = loadOf(settings);
  const sendUs = (settings.packetBytes * 8e6) / settings.rateBitsPerSecond;
  const lengthKm = sendUs / LIGHT_US_PER_KM;
  return (
    <p class="ruler-derived">
      Sending one packet takes {timeText(sendUs)}. When its last bit leaves,{' '}
      {lengthKm < settings.distanceKm ? `its first is ${distanceText(lengthKm)} away.` : 'its first has arrived already.'}
      {load !== undefined && ` What arrives is ${percentText(load)} of what the line can send.`}
    </p>
  );
}

/** The longest delay as it is now, for a screen on which the bars are out of sight while a slider is moved. */
function Follow({ id, state }: Props & { readonly id: string }): JSX.Element | null {
  const played = state.played.value;
  const packet = played?.packets[played.longest];
  if (!packet?.parts) return null;
  return (
    <p class="ruler-follow" aria-hidden="true">
      <span class="ruler-name">
        longest delay <b>{timeText(packet.totalUs)}</b>
      </span>
      <BarView id={id} packet={packet} span={state.span.value} />
    </p>
  );
}

/** `id` begins the names of the bars’ patterns. */
export function SettingsView({ id, state }: Props & { readonly id: string }): JSX.Element {
  const isOpen = useSignal(false);
  const settings = state.settings.value;
  return (
    <section class="ruler-settings needs-script" aria-label="Settings">
      <button
        type="button"
        class="button ruler-unfold"
        aria-expanded={isOpen.value}
        aria-controls={`${id}-settings`}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        Change the settings
      </button>
      <div id={`${id}-settings`} class={isOpen.value ? 'ruler-panel' : 'ruler-panel is-folded'}>
        <p>Change what you like: the bars and the queue follow.</p>
        <Follow id={id} state={state} />
        <div class="ruler-fields">
          {TOGETHER.map((key) => (
            <Field key={key} state={state} scale={SCALES[key]} value={settings[key] ?? 0} />
          ))}
          <QueueField state={state} />
          <ArrivalFields state={state} />
        </div>
        <Derived state={state} />
        <div class="row">
          <button type="button" class="button" onClick={() => state.keep()}>
            Keep this run to compare with
          </button>
          <button type="button" class="button" disabled={!state.compared.value} onClick={() => state.forget()}>
            Compare with nothing
          </button>
        </div>
        <p class="ruler-news" role="status">
          {state.news.value}
        </p>
      </div>
    </section>
  );
}
