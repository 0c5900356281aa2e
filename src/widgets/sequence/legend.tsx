/** The strokes that this drawing uses, each with its word. */
import type { JSX } from 'preact';
import type { Drawing } from '#trace/layout/drawing.ts';
import type { FateKind } from '#trace/trace.ts';
import { FATE_LOOK } from '../marks/marks.tsx';

const STROKES: Record<FateKind, JSX.Element> = {
  delivered: (
    <>
      <path class="shaft" d="M0 6H26" />
      <path class="head" d="M34 6l-9-4v8z" />
    </>
  ),
  'in-flight': (
    <>
      <path class="shaft" d="M0 6H30" />
      <path class="open-head" d="M26 2l7 4-7 4" />
    </>
  ),
  buffered: (
    <>
      <path class="shaft" d="M0 6H26" />
      <path class="bracket" d="M24 0h6v12h-6" />
    </>
  ),
  lost: (
    <>
      <path class="shaft" d="M0 6H24" />
      <path class="death" d="M24 1l9 10M33 1l-9 10" />
    </>
  ),
  'never-sent': (
    <>
      <path class="shaft" d="M0 6H20" />
      <circle class="ring" cx="27" cy="6" r="5.5" />
      <path class="ring" d="M23 10l8-8" />
    </>
  ),
};
const ORDER: readonly FateKind[] = ['delivered', 'in-flight', 'buffered', 'lost', 'never-sent'];

const count = (many: number, one: string, more: string): string => `${many} ${many === 1 ? one : more}`;

export function Legend({ drawing }: { drawing: Drawing }): JSX.Element {
  const used = new Set(drawing.arrows.filter(({ thin }) => !thin).map(({ message }) => message.fate.kind));
  const hasCopies = drawing.arrows.some(({ copies }) => copies.length > 0);
  const hasThin = drawing.arrows.some(({ thin }) => thin);
  return (
    <ul class="legend">
      {ORDER.filter((fate) => used.has(fate)).map((fate) => (
        <li key={fate}>
          <svg class="seq" width="34" height="12" viewBox="0 0 34 12" aria-hidden="true">
            <g class={FATE_LOOK[fate].className}>{STROKES[fate]}</g>
          </svg>
          {FATE_LOOK[fate].word}
        </li>
      ))}
      {hasCopies && (
        <li>
          <svg class="seq" width="34" height="12" viewBox="0 0 34 12" aria-hidden="true">
            <g class="copy">
              <path class="shaft" d="M0 6H24" />
              <path class="between" d="M0 6H24" />
              <path class="head" d="M34 6l-9-4v8zM25 6l-9-4v8z" />
            </g>
          </svg>
          duplicated
        </li>
      )}
      {hasThin && (
        <li>
          <svg class="seq" width="34" height="12" viewBox="0 0 34 12" aria-hidden="true">
            <g class="beat">
              <path class="shaft" d="M0 6H28" />
              <path class="head" d="M34 6l-8-3v6z" />
            </g>
          </svg>
          connect, ping
        </li>
      )}
      <li>
        Choose an arrow to open it.
        {drawing.hiddenBeats > 0 && ` Not drawn: ${count(drawing.hiddenBeats, 'ping or pong', 'pings and pongs')} that went well.`}
        {drawing.hiddenArrows > 0 &&
          ` The oldest ${count(drawing.hiddenArrows, 'arrow is', 'arrows are')} not drawn; the table has them all.`}
      </li>
    </ul>
  );
}
