/** The questions that the ruler asks: each compares one run with another in which one thing is different. */
import { countText, percentText, timeText } from './amounts.ts';
import { longestUs, longestWaitUs, type Packet, type Played } from './played.ts';
import type { RulerSettings } from './settings.ts';

export type PresetId = 'continent' | 'file' | 'overflow' | 'bunches';

export type Preset = {
  readonly id: PresetId;
  readonly label: string;
  readonly plan: string;
  readonly ask: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  /** The choice that comes true. */
  readonly answer: string;
  readonly before: RulerSettings;
  readonly now: RulerSettings;
  /** What the first run is called beside its bar. */
  readonly beforeName: string;
  /** What happened and why, in the figures of the runs. */
  because(before: Played, now: Played): string;
};

const ONE: RulerSettings = {
  packetBytes: 500,
  rateBitsPerSecond: 10e6,
  distanceKm: 6_000,
  inFront: 0,
  queuePackets: undefined,
  count: 1,
  perSecond: 100,
  pattern: 'even',
  seed: 1,
};
const FILE: RulerSettings = { ...ONE, packetBytes: 1_500, rateBitsPerSecond: 1e6, distanceKm: 20, inFront: 99 };
const STREAM: RulerSettings = { ...FILE, inFront: 0, queuePackets: 10, count: 200 };
const BUNCHES: RulerSettings = { ...STREAM, rateBitsPerSecond: 10e6, queuePackets: undefined, perSecond: 600 };

const longestOf = ({ packets, longest }: Played): Packet['parts'] => packets[longest]?.parts;
const sending = (played: Played): string => timeText(longestOf(played)?.transmission ?? 0);
const travelling = (played: Played): string => timeText(longestOf(played)?.propagation ?? 0);
const longest = (played: Played): string => timeText(longestUs(played));
const waited = (played: Played): number => played.packets.filter(({ parts }) => parts && parts.queueing > 0).length;

export const PRESETS: readonly [Preset, ...Preset[]] = [
  {
    id: 'continent',
    label: 'A click to another continent',
    plan: 'A click is one packet of 500 bytes, and the server is 6,000 km away. The line carries 10 Mbit/s. You buy one with 100.',
    ask: 'The line is ten times as fast. What becomes of the packet’s delay?',
    choices: [
      { id: 'tenth', label: 'A tenth of what it was' },
      { id: 'half', label: 'About half' },
      { id: 'same', label: 'About the same' },
    ],
    answer: 'same',
    before: ONE,
    now: { ...ONE, rateBitsPerSecond: 100e6 },
    beforeName: '10 Mbit/s',
    because: (before, now) =>
      `The packet needs ${longest(now)} in place of ${longest(before)}. Putting it on the line takes a tenth of the time, ${sending(now)} in place of ${sending(before)}. The other ${travelling(now)} are the way, and a signal does not travel faster on a line that carries more.`,
  },
  {
    id: 'file',
    label: 'A large file on a slow line',
    plan: 'A file of 100 packets, 1,500 bytes each, goes across the city at 1 Mbit/s. Again you buy a line with ten times the rate.',
    ask: 'The line is ten times as fast. When is the last packet there?',
    choices: [
      { id: 'tenth', label: 'After about a tenth of the time' },
      { id: 'half', label: 'After about half of the time' },
      { id: 'same', label: 'After about the same time' },
    ],
    answer: 'tenth',
    before: FILE,
    now: { ...FILE, rateBitsPerSecond: 10e6 },
    beforeName: '1 Mbit/s',
    because: (before, now) =>
      `The last packet is there after ${longest(now)} in place of ${longest(before)}. Nearly all of it is sending: its own ${sending(now)}, and those of the 99 in front, for which it waits. The way across the city, ${travelling(now)}, hardly counts. Here the rate is what matters.`,
  },
  {
    id: 'overflow',
    label: 'A full queue',
    plan: 'For two seconds 100 packets a second come to a line that can send 83. Ten may wait; whoever comes then is dropped. You take the limit away.',
    ask: 'Any number may wait now. What do you get?',
    choices: [
      { id: 'cure', label: 'No losses, and delays as before' },
      { id: 'grows', label: 'No losses, and delays that grow and grow' },
      { id: 'losses', label: 'As many losses as before' },
    ],
    answer: 'grows',
    before: STREAM,
    now: { ...STREAM, queuePackets: undefined },
    beforeName: '10 places',
    because: (before, now) =>
      `With ten places, ${before.dropped} of ${before.packets.length} packets were dropped, and no wait was longer than ${timeText(longestWaitUs(before))}. Without a limit none is dropped, and the last one waits ${timeText(longestWaitUs(now))}: each waits a little longer than the one before, for as long as more comes than can leave. The cable damages nothing in either run.`,
  },
  {
    id: 'bunches',
    label: 'Packets in bunches',
    plan: 'The line could send 833 packets a second, and 600 come. While they come evenly, one every 1.67 ms, nobody waits. Now they come at random moments, as many on average.',
    ask: 'The line still has room to spare. How many of the 200 have to wait?',
    choices: [
      { id: 'none', label: 'None' },
      { id: 'few', label: 'A few, fewer than 20' },
      { id: 'many', label: 'More than half' },
    ],
    answer: 'many',
    before: BUNCHES,
    now: { ...BUNCHES, pattern: 'random' },
    beforeName: 'evenly',
    because: (_before, now) =>
      `${countText(waited(now), 'packet')} of ${now.packets.length} wait, the longest ${timeText(longestWaitUs(now))}. The line is used to ${percentText(0.72)} on average, but packets that come together cannot leave together. That is what queues are for, and why the delay differs from packet to packet.`,
  },
];
