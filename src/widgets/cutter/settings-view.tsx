/** The text, and how long a packet each link carries. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CutterState } from './cutter-state.ts';
import { MTUS } from './plan.ts';
import { SAMPLES } from './samples.ts';
import { counted, refusalText } from './sentences.ts';

type Props = { readonly state: CutterState };

/** The slider ends at what Ethernet carries; the number beside it may be any. */
const SLIDER_MOST = 1500;

function TextBox({ state }: Props): JSX.Element {
  const id = useId();
  return (
    <div class="cutter-text">
      <label class="label" for={id}>
        Your text
      </label>
      <textarea
        id={id}
        rows={3}
        value={state.text.value}
        spellcheck={false}
        aria-describedby={`${id}-bytes`}
        onInput={(event) => state.write(event.currentTarget.value)}
      />
      <p class="cutter-bytes" id={`${id}-bytes`}>
        {counted(state.bytes.value.length, 'byte')} as UTF-8. Or take:
      </p>
      <p class="row">
        {SAMPLES.map(({ id: sample, label, text }) => (
          <button
            type="button"
            class="button is-small"
            key={sample}
            aria-pressed={state.text.value === text}
            onClick={() => state.write(text)}
          >
            {label}
          </button>
        ))}
      </p>
    </div>
  );
}

type MtuProps = { readonly label: string; readonly value: number; readonly describedBy: string | undefined; onChange(mtu: number): void };

/** One value in two fields: a slider for the hand, a number for what is exact. */
function Mtu({ label, value, describedBy, onChange }: MtuProps): JSX.Element {
  const id = useId();
  return (
    <div class="cutter-mtu">
      <label for={id}>{label}</label>
      <div class="cutter-pair">
        <input
          id={id}
          type="range"
          min={MTUS.least}
          max={SLIDER_MOST}
          step={1}
          value={Math.min(SLIDER_MOST, value || 0)}
          aria-valuetext={`${value} bytes`}
          onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
        <input
          type="number"
          min={MTUS.least}
          max={MTUS.most}
          step={1}
          inputMode="numeric"
          value={value}
          aria-label={`${label}, as a number`}
          aria-invalid={describedBy !== undefined}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
        <span>bytes</span>
      </div>
    </div>
  );
}

function Path({ state }: Props): JSX.Element {
  const name = useId();
  return (
    <fieldset class="cutter-path">
      <legend class="label">The way to Bo</legend>
      <div class="choices">
        {[false, true].map((hasRouter) => (
          <label class="choice" key={String(hasRouter)}>
            <input type="radio" name={name} checked={state.hasRouter.value === hasRouter} onChange={() => state.setRouter(hasRouter)} />
            <span>{hasRouter ? 'Two links and a router' : 'One link'}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** `withPath`: whether a router can be put in, which is offered once the first cut has been seen. */
export function SettingsView({ state, withPath }: Props & { readonly withPath: boolean }): JSX.Element {
  const id = useId();
  const result = state.result.value;
  const refusal = result.ok ? undefined : id;
  const badMtu = !result.ok && result.code === 'bad-mtu' ? id : undefined;
  const hasRouter = state.hasRouter.value;
  return (
    <div class="cutter-settings">
      <TextBox state={state} />
      <div class="cutter-links">
        {withPath && <Path state={state} />}
        <Mtu
          label={hasRouter ? 'Longest packet of the first link (its MTU)' : 'Longest packet of the link (its MTU)'}
          value={state.mtu.value}
          describedBy={badMtu}
          onChange={(mtu) => state.setMtu(1, mtu)}
        />
        {hasRouter && (
          <Mtu
            label="Longest packet of the second link"
            value={state.secondMtu.value}
            describedBy={badMtu}
            onChange={(mtu) => state.setMtu(2, mtu)}
          />
        )}
      </div>
      {!result.ok && (
        <p class="notice cutter-refusal" id={refusal} role="alert">
          {refusalText(result)}
        </p>
      )}
    </div>
  );
}
