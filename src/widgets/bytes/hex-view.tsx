/** The bytes of a packet in units of eight, each with its character and the edge of its layer. One byte takes the focus; arrow keys move it. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { BytesState } from './bytes-state.ts';
import { holdsByte, type Row } from './field-rows.ts';

/** Most bytes that are drawn: a page stays quick, and nobody reads more. */
export const MAX_BYTES_DRAWN = 4096;
const UNIT = 8;

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');
const charOf = (byte: number): string => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');

type CellProps = {
  readonly state: BytesState;
  readonly index: number;
  readonly byte: number;
  readonly owner: Row | undefined;
  readonly isStop: boolean;
};

function Byte({ state, index, byte, owner, isStop }: CellProps): JSX.Element {
  const { value: chosen } = state.chosen;
  const { value: pointed } = state.pointed;
  const marks = [
    'byte',
    owner ? `layer-${owner.level}` : '',
    owner?.depth === 0 ? 'is-data' : '',
    chosen && holdsByte(chosen, index) ? 'is-chosen' : '',
    pointed && holdsByte(pointed, index) ? 'is-pointed' : '',
    owner?.problem && owner.field ? 'is-wrong' : '',
    state.chosenByte.value === index ? 'is-here' : '',
  ];
  return (
    <button
      type="button"
      class={marks.filter(Boolean).join(' ')}
      tabIndex={isStop ? 0 : -1}
      data-byte={index}
      aria-label={`byte ${index}, ${hexOf(byte)}: ${owner ? `${owner.name} ${owner.text}` : 'no field'}`}
      aria-pressed={chosen ? holdsByte(chosen, index) : false}
      onClick={() => state.chooseByte(index)}
      onPointerEnter={() => (state.pointedKey.value = owner?.key)}
    >
      <b>{hexOf(byte)}</b>
      <i data-char={charOf(byte)} />
    </button>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: UNIT,
  ArrowUp: -UNIT,
  PageDown: 4 * UNIT,
  PageUp: -4 * UNIT,
};

type HexProps = {
  readonly state: BytesState;
  /** Told the new value of a byte that has been typed over. Missing where bytes cannot be changed. */
  readonly onByte?: (index: number, value: number) => void;
};

export function HexView({ state, onByte }: HexProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const typed = useRef<{ readonly index: number; readonly digit: string } | undefined>(undefined);
  const bytes = state.bytes.value.subarray(0, MAX_BYTES_DRAWN);
  const owners = state.owners.value;
  const stop = state.chosenByte.value ?? Math.floor((state.chosen.value?.at ?? 0) / 8);
  const focus = (index: number) => {
    const to = Math.min(bytes.length - 1, Math.max(0, index));
    state.chooseByte(to);
    box.current?.querySelector<HTMLElement>(`[data-byte="${to}"]`)?.focus();
  };
  const typeDigit = (index: number, digit: string) => {
    const before = typed.current;
    typed.current = before?.index === index ? undefined : { index, digit };
    if (before?.index === index) {
      onByte?.(index, Number.parseInt(before.digit + digit, 16));
      focus(index + 1);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = event.target instanceof HTMLElement ? Number(event.target.dataset['byte']) : Number.NaN;
    if (Number.isNaN(index) || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) focus(index + step);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(bytes.length - 1);
    else if (onByte && /^[0-9a-f]$/i.test(event.key)) typeDigit(index, event.key);
    else return;
    event.preventDefault();
  };
  const units = Array.from({ length: Math.ceil(bytes.length / UNIT) }, (_, unit) => unit * UNIT);
  return (
    // biome-ignore lint/a11y/useSemanticElements: bytes are buttons in a group, not fields of a form
    <div
      class="hex"
      role="group"
      aria-label={`${bytes.length} bytes. Arrow keys move from byte to byte${onByte ? '; two hex digits overwrite one' : ''}.`}
      ref={box}
      onKeyDown={onKeyDown}
      onPointerLeave={() => (state.pointedKey.value = undefined)}
    >
      {units.map((from) => (
        <div class="unit" key={from}>
          <span class="offset" aria-hidden="true">
            {from}
          </span>
          {Array.from(bytes.subarray(from, from + UNIT), (byte, index) => (
            <Byte key={index} state={state} index={from + index} byte={byte} owner={owners[from + index]} isStop={from + index === stop} />
          ))}
        </div>
      ))}
      {state.bytes.value.length > bytes.length && (
        <p class="hex-more">{state.bytes.value.length - bytes.length} bytes more are not drawn.</p>
      )}
    </div>
  );
}
