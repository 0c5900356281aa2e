/** The signs that mean the same everywhere: who (a mark and a name), and what became of a message (a glyph and a word). */
import type { JSX } from 'preact';
import type { Mark } from '#lab/people.ts';
import { laneOf, PEOPLE } from '#lab/people.ts';
import type { FateKind, LaneId, LaneRole } from '#trace/trace.ts';

/** Outlines in a box of 16 × 16. */
const OUTLINES: Record<Mark, string> = {
  circle: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z',
  triangle: 'M8 1 15.5 15H.5Z',
  square: 'M1.5 1.5h13v13h-13z',
  diamond: 'M8 .5 15.5 8 8 15.5.5 8Z',
  cross: 'M5.5 1h5v4.500H15v5h-4.500V15h-5v-4.500H1v-5h4.500z',
  pentagon: 'M8 .8 15.600 6.300 12.700 15.200H3.300L.4 6.300Z',
};
/** Who has no mark of its own: a server is two shelves, a host a screen, a router two arrows that pass each other. */
const ROLE_OUTLINES: Record<LaneRole, string> = {
  client: 'M1 1.500h14v9.500H1zM6.500 11h3v2h2.500v1.500H4V13h2.500z',
  host: 'M1 1.500h14v9.500H1zM6.500 11h3v2h2.500v1.500H4V13h2.500z',
  server: 'M1 2h14v5H1zM1 9h14v5H1z',
  router: 'M0 3h9.500V0L16 4.700 9.500 9.400V6.400H0zM16 13H6.500v3L0 11.300 6.500 6.600v3H16z',
};

/** The outline of a lane's mark, for drawings that place it themselves. */
export function outlineOf(lane: LaneId, role: LaneRole = 'server'): string {
  const person = PEOPLE.find(({ id }) => id === lane);
  return person ? OUTLINES[person.mark] : ROLE_OUTLINES[role];
}

/** A lane's mark, without its name: always put the name beside it. `laneRole` may be left out for a person and for the server. */
export function PersonMark({ who, laneRole }: { who: LaneId; laneRole?: LaneRole | undefined }): JSX.Element {
  return (
    <svg class={`mark ${who}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={outlineOf(who, laneRole)} />
    </svg>
  );
}

/** Mark and name together: "▲ Bo". */
export function Person({ who }: { who: LaneId }): JSX.Element {
  return (
    <span class="person">
      <PersonMark who={who} /> {laneOf(who).name}
    </span>
  );
}

/** Each fate has one colour role (its class), one glyph and one word. */
export const FATE_LOOK: Record<FateKind, { readonly className: string; readonly word: string; readonly glyph: string }> = {
  'in-flight': { className: 'in-flight', word: 'in flight', glyph: 'M1 8h11M8.500 4 13 8l-4.500 4' },
  delivered: { className: 'delivered', word: 'delivered', glyph: 'M2 8.500 6.500 13 14 3.500' },
  buffered: { className: 'buffered', word: 'buffered', glyph: 'M5.500 2H2v12h3.500M10.500 2H14v12h-3.500' },
  lost: { className: 'lost', word: 'lost', glyph: 'm3 3 10 10M13 3 3 13' },
  'never-sent': { className: 'unsent', word: 'never sent', glyph: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM4 12 12 4' },
};

export function FateGlyph({ fate }: { fate: FateKind }): JSX.Element {
  return (
    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
      <path d={FATE_LOOK[fate].glyph} />
    </svg>
  );
}
