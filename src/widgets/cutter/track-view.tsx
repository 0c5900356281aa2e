/** The way of one piece over one link, and who travels on it. Positions are in percent, so that no width need be known. */
import type { JSX } from 'preact';
import type { Traveller } from './row-at.ts';

const at = (progress: number): string => `${progress * 100}%`;

/** Half a token, in pixels: it stays inside the track at both ends. */
const HALF = { width: 15, height: 10 };

function Token({ traveller, name }: { readonly traveller: Traveller; readonly name: string }): JSX.Element {
  const { progress, kind } = traveller;
  return (
    <svg x={at(progress)} y="50%" class="token" overflow="visible" aria-hidden="true">
      {kind === 'lost' ? (
        <path class="token-death" d="m-6-6 12 12M6-6-6 6" />
      ) : (
        <>
          <rect x={-HALF.width} y={-HALF.height} width={HALF.width * 2} height={HALF.height * 2} rx="2" />
          <text y="4">{name}</text>
        </>
      )}
    </svg>
  );
}

const lookOf = ({ kind, isCopy }: Traveller): string => {
  if (kind === 'lost') return 'is-lost';
  if (isCopy) return 'is-copy';
  return kind === 'arrived' ? 'is-delivered' : 'is-moving';
};

export function TrackView({ travellers, name }: { readonly travellers: readonly Traveller[]; readonly name: string }): JSX.Element {
  return (
    <div class="track">
      <svg class="track-line" aria-hidden="true">
        <line class="track-base" x1="0%" x2="100%" y1="50%" y2="50%" />
        {travellers.map((traveller) => (
          <g key={traveller.id} class={lookOf(traveller)}>
            <line class="track-done" x1="0%" x2={at(traveller.progress)} y1="50%" y2="50%" />
            {traveller.isCopy && <line class="track-between" x1="0%" x2={at(traveller.progress)} y1="50%" y2="50%" />}
          </g>
        ))}
        {travellers.map((traveller) => (
          <g key={traveller.id} class={lookOf(traveller)}>
            <Token traveller={traveller} name={name} />
          </g>
        ))}
      </svg>
    </div>
  );
}
