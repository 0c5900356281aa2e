/** What a learner writes, joins or points at: the answers that are no list of options. */
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Question } from '#review/question.ts';
import { FateGlyph } from '../marks/marks.tsx';
import { type QuestionState, shuffled } from './question-state.ts';
import { RichText } from './rich-text.tsx';

const verdictClass = (base: string, verdict: string | undefined): string => (verdict ? `${base} is-${verdict}` : base);

export function Numeric({ state, unit }: { state: QuestionState; unit: string }): JSX.Element {
  const id = useId();
  const graded = state.graded.value;
  return (
    <p class={verdictClass('numeric', graded && (graded.right ? 'right' : 'wrong'))}>
      <label for={id}>Your answer</label>
      <input
        id={id}
        inputMode="decimal"
        autocomplete="off"
        value={state.chosen.value[0] ?? ''}
        disabled={graded !== undefined}
        onInput={(event) => state.choose(event.currentTarget.value)}
      />
      <span>{unit}</span>
    </p>
  );
}

type MatchQuestion = Question & { kind: 'match' };

export function Match({ state, question }: { state: QuestionState; question: MatchQuestion }): JSX.Element {
  const graded = state.graded.value;
  const targets = shuffled(question.data.right, question.id);
  return (
    <ul class="options matches">
      {question.data.left.map(({ id, text }) => {
        const pair = state.chosen.value.find((one) => one.startsWith(`${id}=`));
        const verdict = pair === undefined ? undefined : graded?.options.get(pair);
        return (
          <li key={id} class={verdictClass('option', verdict)}>
            <label>
              <span>
                <RichText text={text} />
              </span>
              <select
                value={pair?.slice(id.length + 1) ?? ''}
                disabled={graded !== undefined}
                onChange={(event) => state.join(id, event.currentTarget.value)}
              >
                <option value="">choose…</option>
                {targets.map((target) => (
                  <option key={target.id} value={target.id}>
                    {target.text.replaceAll('`', '')}
                  </option>
                ))}
              </select>
            </label>
            {verdict && (
              <span class={`yours is-${verdict}`}>
                <FateGlyph fate={verdict === 'right' ? 'delivered' : 'lost'} /> {verdict === 'right' ? 'right' : 'not this'}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

type ByteQuestion = Question & { kind: 'byte' };
const UNIT = 8;
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: UNIT, ArrowUp: -UNIT };

/** A dump whose bytes can be pointed at: by mouse, by touch, and with the arrow keys. */
export function Bytes({ state, question }: { state: QuestionState; question: ByteQuestion }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const bytes = question.data.hex.match(/../g) ?? [];
  const graded = state.graded.value;
  const chosen = state.chosen.value[0];
  const stop = Number(chosen ?? 0);
  const units = Array.from({ length: Math.ceil(bytes.length / UNIT) }, (_, unit) => unit * UNIT);
  const onKeyDown = (event: KeyboardEvent) => {
    const here = event.target instanceof HTMLElement ? Number(event.target.dataset['byte']) : Number.NaN;
    const next = here + (STEPS[event.key] ?? Number.NaN);
    const button = Number.isNaN(next) ? undefined : box.current?.querySelector<HTMLElement>(`[data-byte="${next}"]`);
    if (!button) return;
    event.preventDefault();
    button.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: bytes are buttons in a group, not fields of a form
    <div class="dump" role="group" aria-label={`${bytes.length} bytes; arrow keys move among them`} ref={box} onKeyDown={onKeyDown}>
      {units.map((from) => (
        <div class="dump-unit" key={from}>
          <span class="dump-offset" aria-hidden="true">
            {from}
          </span>
          {bytes.slice(from, from + UNIT).map((hex, place) => {
            const index = from + place;
            const isChosen = chosen === String(index);
            const verdict = isChosen ? graded?.options.get(String(index)) : undefined;
            return (
              <button
                key={index}
                type="button"
                class={verdictClass('dump-byte', verdict)}
                tabIndex={index === stop ? 0 : -1}
                data-byte={index}
                aria-pressed={isChosen}
                aria-label={`byte ${index}: ${hex}`}
                disabled={graded !== undefined}
                onClick={() => state.choose(String(index))}
              >
                {hex}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}
