/** Everything that happens in a simulated network, written down as it happens. */
import type { Hop } from './link/hop.ts';

export type SimNote = { readonly lane: string; readonly atUs: number; readonly text: string };

export class SimLog {
  /** In the order in which they were offered. */
  readonly hops: Hop[] = [];
  readonly notes: SimNote[] = [];

  add(hop: Hop): void {
    this.hops.push(hop);
  }

  note(lane: string, atUs: number, text: string): void {
    this.notes.push({ lane, atUs, text });
  }
}
