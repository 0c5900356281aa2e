/** How the parts of a delay look: each has a fill, a stroke and a word. */
import type { JSX } from 'preact';
import { PARTS, type Part } from './played.ts';

export const PART_WORDS: Readonly<Record<Part, { readonly noun: string; readonly verb: string }>> = {
  queueing: { noun: 'queueing', verb: 'waiting' },
  transmission: { noun: 'transmission', verb: 'being sent' },
  propagation: { noun: 'propagation', verb: 'travelling' },
};

/** All bars lie at the same height in their rows, so that the patterns meet them where they should. */
export const BAR_HEIGHT = 20;
export const ROW_HEIGHT = 32;
export const BAR_TOP = (ROW_HEIGHT - BAR_HEIGHT) / 2;

/** The two patterns of the bars; what is sent is solid. `id` begins their names, since ids are the page's. */
export function Patterns({ id }: { readonly id: string }): JSX.Element {
  return (
    <svg class="ruler-patterns" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id={`${id}-queueing`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="ruler-paper is-queueing" width="6" height="6" />
          <rect class="ruler-ink is-queueing" width="2.5" height="6" />
        </pattern>
        <pattern id={`${id}-propagation`} y={BAR_TOP} width="14" height={BAR_HEIGHT} patternUnits="userSpaceOnUse">
          <rect class="ruler-paper is-propagation" width="14" height={BAR_HEIGHT} />
          <path class="ruler-chevron" d="M4.500 6 8.500 10 4.500 14" />
        </pattern>
      </defs>
    </svg>
  );
}

type PartRectProps = { readonly id: string; readonly part: Part; readonly x: string; readonly width: string };

export function PartRect({ id, part, ...box }: PartRectProps): JSX.Element {
  const pattern = part === 'transmission' ? {} : { fill: `url(#${id}-${part})` };
  return <rect class={`ruler-part is-${part}`} {...pattern} {...box} y={BAR_TOP} height={BAR_HEIGHT} />;
}

export function Legend({ id }: { readonly id: string }): JSX.Element {
  return (
    <ul class="ruler-legend">
      {PARTS.map((part) => (
        <li key={part}>
          <svg width="30" height={ROW_HEIGHT} aria-hidden="true">
            <PartRect id={id} part={part} x="1" width="28" />
          </svg>
          {PART_WORDS[part].noun}: {PART_WORDS[part].verb}
        </li>
      ))}
    </ul>
  );
}
