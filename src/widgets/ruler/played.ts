/** One run of the simulator, as the ruler draws it. Pure. */
import type { DelayResult, DelayRun, DelaySettings } from '#sim/scenes/delay.ts';
import { type RulerSettings, toScene } from './settings.ts';

export type Part = 'queueing' | 'transmission' | 'propagation';

/** In the order in which a packet goes through them. */
export const PARTS: readonly Part[] = ['queueing', 'transmission', 'propagation'];

export type Packet = {
  /** `packet 5`: those that were in front are counted, too. */
  readonly name: string;
  readonly offeredUs: number;
  /** µs; missing if the queue was full. */
  readonly parts?: Readonly<Record<Part, number>>;
  /** 0 if the queue was full. */
  readonly totalUs: number;
};

export type Played = {
  readonly settings: RulerSettings;
  readonly packets: readonly Packet[];
  readonly dropped: number;
  readonly waiting: DelayRun['waiting'];
  /** Index of the packet that took longest. */
  readonly longest: number;
};

export type Play = (settings: DelaySettings) => DelayResult;

const sum = (parts: Readonly<Record<Part, number>>): number => PARTS.reduce((total, part) => total + parts[part], 0);

/** Sending and travelling are told by the formula, since a run counts whole microseconds; waiting is as it was in the run. */
function packetOf({ offeredUs, delays }: DelayRun['packets'][number], nth: number, { exact }: DelayRun): Packet {
  const name = `packet ${nth + 1}`;
  if (!delays) return { name, offeredUs, totalUs: 0 };
  const parts = { queueing: delays.queueingUs, transmission: exact.transmissionUs, propagation: exact.propagationUs };
  return { name, offeredUs, parts, totalUs: sum(parts) };
}

/** Throws if the settings are refused: all that can be set on the ruler is within the scene's bounds. */
export function playedOf(play: Play, settings: RulerSettings): Played {
  const result = play(toScene(settings));
  if (!result.ok) throw new RangeError(`The ruler has set what the scene refuses: ${result.code}`);
  const { run } = result;
  const packets = run.packets.map((packet, nth) => packetOf(packet, nth, run));
  const longest = packets.reduce((best, { totalUs }, nth) => (totalUs > (packets[best]?.totalUs ?? 0) ? nth : best), 0);
  return { settings, packets, dropped: run.dropped, waiting: run.waiting, longest };
}

/** Of the packet that took longest, µs. */
export const longestUs = ({ packets, longest }: Played): number => packets[longest]?.totalUs ?? 0;
/** How long it waited, µs. */
export const longestWaitUs = ({ packets, longest }: Played): number => packets[longest]?.parts?.queueing ?? 0;
/** How many waited at most. */
export const mostWaiting = ({ waiting }: Played): number => waiting.reduce((most, { packets }) => Math.max(most, packets), 0);
