/** The ruler itself: one bar for each packet on a common axis, and the chosen one measured. */
import type { ComponentChildren, JSX } from 'preact';
import { timeText } from './amounts.ts';
import { Axis, BarView } from './bar-view.tsx';
import { Legend, PART_WORDS } from './marks.tsx';
import { MeasuredView } from './measured-view.tsx';
import { PARTS, type Packet } from './played.ts';
import { type Chosen, type RulerState, SHOWN } from './ruler-state.ts';

const spoken = ({ parts }: Packet): string =>
  parts
    ? PARTS.filter((part) => parts[part] > 0)
        .map((part) => `${PART_WORDS[part].noun} ${timeText(parts[part])}`)
        .join(', ')
    : 'lost, the queue was full';

type RowProps = {
  readonly id: string;
  readonly state: RulerState;
  readonly isStill: boolean;
  readonly chosen: Chosen;
  readonly packet: Packet;
  readonly name: string;
};

function Row({ id, state, isStill, chosen, packet, name }: RowProps): JSX.Element {
  const look = `ruler-row${chosen === 'before' ? ' is-before' : ''}`;
  const content = (
    <>
      <span class="ruler-name">
        {name} {packet.parts && <b>{timeText(packet.totalUs)}</b>}
        <span class="visually-hidden">: {spoken(packet)}</span>
      </span>
      <BarView id={id} packet={packet} span={state.span.value} />
    </>
  );
  if (isStill) return <li class={look}>{content}</li>;
  return (
    <li>
      <button type="button" class={look} aria-pressed={state.chosen.value === chosen} onClick={() => state.pick(chosen)}>
        {content}
      </button>
    </li>
  );
}

/** Which packets are shown, of many. */
function Pages({ state }: { readonly state: RulerState }): JSX.Element | null {
  const count = state.played.value?.packets.length ?? 0;
  if (count <= SHOWN) return null;
  const first = state.firstShown.value;
  return (
    <div class="ruler-pages needs-script">
      <p>
        Packets {first + 1} to {first + SHOWN} of {count}
      </p>
      <div class="row">
        <button type="button" class="button" disabled={first === 0} onClick={() => state.turn(-1)}>
          Earlier
        </button>
        <button type="button" class="button" disabled={first + SHOWN >= count} onClick={() => state.turn(1)}>
          Later
        </button>
        {state.landmarks.value.map(({ name, packet }) => (
          <button key={name} type="button" class="button" onClick={() => state.pick(packet)}>
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

type Props = {
  readonly id: string;
  readonly state: RulerState;
  /** Whether it is only to be looked at: then nothing in it can be pressed. */
  readonly isStill?: boolean;
  /** A row that does not come from the run. */
  readonly besides?: ComponentChildren;
};

/** `id` begins the names of the patterns that the bars are filled with. */
export function BarsView({ id, state, isStill = false, besides }: Props): JSX.Element | null {
  const played = state.played.value;
  if (!played) return null;
  const compared = state.compared.value;
  const before = compared?.played.packets[compared.played.longest];
  const first = state.firstShown.value;
  const row = { id, state, isStill };
  const label = 'The delay of each packet, to scale';
  return (
    <section class="ruler-bars" aria-label={isStill ? `${label}: ${state.preset.value.label}` : label}>
      <Legend id={id} />
      <div class="ruler-head">
        <p class="label">time since it was handed over</p>
        <Axis span={state.span.value} />
      </div>
      <ol class="ruler-rows">
        {compared && before && <Row {...row} chosen="before" packet={before} name={`before, ${compared.name}: ${before.name}`} />}
        {played.packets.slice(first, first + SHOWN).map((packet, nth) => (
          <Row {...row} key={first + nth} chosen={first + nth} packet={packet} name={packet.name} />
        ))}
        {besides && <li class="ruler-row">{besides}</li>}
      </ol>
      <MeasuredView state={state} isStill={isStill} />
      {!isStill && <Pages state={state} />}
    </section>
  );
}
