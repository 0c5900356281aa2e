import type { JSX } from 'preact';

export type BadgeKind = 'live' | 'recorded' | 'simulated';

const SIGNS: Record<BadgeKind, JSX.Element> = {
  live: <circle cx="5" cy="5" r="5" />,
  recorded: <rect x="0.5" y="0.5" width="9" height="9" />,
  simulated: <circle class="hollow" cx="5" cy="5" r="3.800" />,
};

/** Says on each widget whether what it shows is happening now, was recorded, or is simulated. */
export function Badge({ kind }: { kind: BadgeKind }): JSX.Element {
  return (
    <span class={`badge is-${kind}`}>
      <svg width="9" height="9" viewBox="0 0 10 10" aria-hidden="true">
        {SIGNS[kind]}
      </svg>
      {kind}
    </span>
  );
}
