import { describe, expect, it } from 'vitest';
import { playDelay } from '#sim/scenes/delay.ts';
import { playedOf } from './played.ts';
import { PRESETS } from './presets.ts';
import { saidOf } from './sentences.ts';
import type { RulerSettings } from './settings.ts';

const said = (change: Partial<RulerSettings>): string => saidOf(playedOf(playDelay, { ...PRESETS[0].before, ...change }));
const STREAM = { packetBytes: 1_500, rateBitsPerSecond: 1e6, distanceKm: 20, count: 200, perSecond: 100 };

describe('what is said of a run', () => {
  it('names what a faster line could save, where the way decides', () => {
    expect(said({})).toBe(
      'Nobody waits. A packet needs 30.4 ms: 400 µs to be sent and 30 ms to travel. A faster line would save 400 µs at most; only a shorter way saves more.',
    );
  });
  it('says that the rate decides, or that both count', () => {
    expect(said({ distanceKm: 1 })).toContain('The rate decides');
    expect(said({ distanceKm: 100 })).toContain('Rate and distance both count.');
  });
  it('names those in front', () => {
    expect(said({ inFront: 3 })).toBe(
      'Nothing is dropped. The longest delay is 31.6 ms, and 1.2 ms of it is waiting. It waits for 3 packets in front of it.',
    );
  });
  it('says of too much that the queue grows, and of bunches that there is room', () => {
    expect(said(STREAM)).toContain('More comes than can leave (120 % of what the line can carry)');
    expect(said({ ...STREAM, perSecond: 80, pattern: 'random' })).toContain('There is room on the line, but not for two at once.');
  });
  it('says of drops that the queue was full and the cable is in order', () => {
    expect(said({ ...STREAM, queuePackets: 10 })).toBe(
      '24 of 200 packets are dropped: they came when all 10 places were taken. The cable is in order. Those that get through wait 118 ms at most.',
    );
    expect(said({ ...STREAM, queuePackets: 1 })).toContain('they came when the only place was taken');
    expect(said({ ...STREAM, queuePackets: 0 })).toContain('while another was being sent, and there is no place to wait');
  });
});
