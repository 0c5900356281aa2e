/** What a run that somebody has set up shows, and why, in one or two sentences. Pure. */
import { countText, numberText, percentText, timeText } from './amounts.ts';
import { longestUs, longestWaitUs, type Played } from './played.ts';
import { loadOf } from './settings.ts';

/** From this ratio on, one part of a delay decides alone. */
const DECIDES = 10;

function oneAlone({ packets, longest }: Played): string {
  const { transmission = 0, propagation = 0 } = packets[longest]?.parts ?? {};
  const both = `Nobody waits. A packet needs ${timeText(transmission + propagation)}: ${timeText(transmission)} to be sent and ${timeText(propagation)} to travel.`;
  if (propagation > DECIDES * transmission)
    return `${both} A faster line would save ${timeText(transmission)} at most; only a shorter way saves more.`;
  if (transmission > DECIDES * propagation) return `${both} The rate decides: a line twice as fast would nearly halve it.`;
  return `${both} Rate and distance both count.`;
}

function whyWaiting({ settings }: Played): string {
  const load = loadOf(settings);
  if (load === undefined) return `It waits for ${countText(settings.inFront, 'packet')} in front of it.`;
  if (load > 1)
    return `More comes than can leave (${percentText(load)} of what the line can carry), so the queue grows for as long as this goes on.`;
  return 'There is room on the line, but not for two at once.';
}

function queued(played: Played): string {
  return `Nothing is dropped. The longest delay is ${timeText(longestUs(played))}, and ${timeText(longestWaitUs(played))} of it is waiting. ${whyWaiting(played)}`;
}

function overflowed(played: Played): string {
  const { dropped, packets, settings } = played;
  const places = settings.queuePackets ?? 0;
  const full =
    places === 0 ? 'while another was being sent, and there is no place to wait' : `when all ${numberText(places)} places were taken`;
  const which = places === 1 ? 'when the only place was taken' : full;
  return `${numberText(dropped)} of ${countText(packets.length, 'packet')} are dropped: they came ${which}. The cable is in order. Those that get through wait ${timeText(longestWaitUs(played))} at most.`;
}

export function saidOf(played: Played): string {
  if (played.dropped > 0) return overflowed(played);
  return longestWaitUs(played) > 0 ? queued(played) : oneAlone(played);
}
