import type { Lane, LaneId } from '#trace/trace.ts';

/** The clients of every lab, in the order in which they join. Name and mark never change, wherever they stand. */
export const PEOPLE = [
  { id: 'ada', name: 'Ada', mark: 'circle' },
  { id: 'bo', name: 'Bo', mark: 'triangle' },
  { id: 'cy', name: 'Cy', mark: 'square' },
  { id: 'dee', name: 'Dee', mark: 'diamond' },
  { id: 'eli', name: 'Eli', mark: 'cross' },
  { id: 'fay', name: 'Fay', mark: 'pentagon' },
] as const satisfies readonly { id: LaneId; name: string; mark: string }[];

export type PersonId = (typeof PEOPLE)[number]['id'];
export type Mark = (typeof PEOPLE)[number]['mark'];

export const SERVER_LANE: Lane = { id: 'server', name: 'Server', role: 'server' };

export function laneOf(id: LaneId): Lane {
  if (id === SERVER_LANE.id) return SERVER_LANE;
  return { id, name: PEOPLE.find((person) => person.id === id)?.name ?? id, role: 'client' };
}
