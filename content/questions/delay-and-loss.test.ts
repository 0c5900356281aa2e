/** Every figure of the lesson and of its questions, worked out anew. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { numberIn } from '#review/grade.ts';
import { parseQuestions, type Question } from '#review/question.ts';
import { type DelayRun, type DelaySettings, playDelay, US_PER_KM } from '#sim/scenes/delay.ts';

const textOf = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
const QUESTIONS = parseQuestions(JSON.parse(textOf('delay-and-loss.json')), 'delay-and-loss.json');
const LESSON = textOf('../lessons/delay-and-loss.mdx');

function question(id: string): Question {
  const found = QUESTIONS.find((one) => one.id === `delay-and-loss-${id}`);
  if (!found) throw new Error(`There is no question ${id}`);
  return found;
}

function numeric(id: string): { readonly answer: number; readonly wrong: readonly number[] } {
  const found = question(id);
  if (found.kind !== 'numeric') throw new Error(`${id} asks for no number`);
  return { answer: found.answer, wrong: found.wrong.map(({ value }) => numberIn(value)) };
}

function play(settings: DelaySettings): DelayRun {
  const result = playDelay(settings);
  if (!result.ok) throw new Error(result.code);
  return result.run;
}
const lastOf = ({ packets }: DelayRun) => packets.at(-1)?.delays;
const LINE: DelaySettings = { packetBytes: 1_500, rateBitsPerSecond: 10_000_000, distanceKm: 20 };
const MS = 1_000;

describe('the numbers that are asked for', () => {
  it('1: how long 1,500 bytes are sent at 10 Mbit/s, and what comes of mixing up units', () => {
    const ms = play(LINE).exact.transmissionUs / MS;
    expect(numeric('1')).toEqual({ answer: ms, wrong: [ms / 8, (ms * 10) / 8, ms * 10, ms * MS, ms / MS] });
  });

  it('2: the least round trip over 6,000 km, one way, and in vacuum', () => {
    const oneWay = (6_000 * US_PER_KM) / MS;
    const vacuum = 6_000 / 300;
    expect(numeric('2')).toEqual({ answer: 2 * oneWay, wrong: [oneWay, 2 * vacuum, vacuum, 0, 2 * oneWay * MS] });
  });

  it('3: the wait behind twenty packets, with its own sending, behind one, in bytes for bits, behind nineteen', () => {
    const { queueingUs = 0, transmissionUs = 0 } = lastOf(play({ ...LINE, inFront: 20 })) ?? {};
    const [wait, one] = [queueingUs / MS, transmissionUs / MS];
    expect(numeric('3')).toEqual({ answer: wait, wrong: [wait + one, one, wait / 8, expect.closeTo(wait - one), 0] });
  });

  it('4: three round trips of 40 ms for TCP, TLS 1.3 and the request; QUIC, TLS 1.2, an open connection, one-way times', () => {
    const rtt = 40;
    const steps = { tcp: 1, tls13: 1, tls12: 2, quic: 1, request: 1 };
    expect(numeric('4')).toEqual({
      answer: (steps.tcp + steps.tls13 + steps.request) * rtt,
      wrong: [
        (steps.quic + steps.request) * rtt,
        (steps.tcp + steps.tls12 + steps.request) * rtt,
        rtt,
        ((steps.tcp + steps.tls13 + steps.request) * rtt) / 2,
        rtt / 2,
      ],
    });
  });
});

describe('what the other questions say', () => {
  it('warm-up: 1,000 km are 5 ms at either rate', () => {
    for (const rateBitsPerSecond of [10_000_000, 1_000_000_000])
      expect(play({ ...LINE, rateBitsPerSecond, distanceKm: 1_000 }).exact.propagationUs).toBe(5 * MS);
  });

  it('3: in 24 ms a bit travels 4,800 km', () => expect((24 * MS) / US_PER_KM).toBe(4_800));

  it('5: five round trips over 8,000 km are 400 ms, and a small request is sent in microseconds', () => {
    const { exact } = play({ packetBytes: 500, rateBitsPerSecond: 50_000_000, distanceKm: 8_000 });
    expect([5 * 2 * exact.propagationUs, 2 * exact.propagationUs, exact.transmissionUs]).toEqual([400 * MS, 80 * MS, 80]);
  });

  it('7: the rows are those of a run', () => {
    const arrivals = { count: 7, perSecond: 200, pattern: 'even' } as const;
    const { packets } = play({ ...LINE, rateBitsPerSecond: 1_000_000, queuePackets: 2, arrivals });
    const ms = (us: number): string => `${us / MS} ms`;
    const rows = packets.map(({ offeredUs, delays }, nth) => [
      `${nth + 1}`,
      ms(offeredUs),
      delays ? ms(delays.queueingUs) : '–',
      delays ? ms(delays.totalUs) : '–',
    ]);
    expect(question('7').seen?.rows).toEqual(rows);
  });
});

describe('what the lesson says', () => {
  it.each([
    [
      '1.2 ms, at 1 Gbit/s 12 µs',
      () => [LINE.rateBitsPerSecond, 1e9].map((rateBitsPerSecond) => play({ ...LINE, rateBitsPerSecond }).exact.transmissionUs),
      [1_200, 12],
    ],
    ['6,000 km are 30 ms', () => 6_000 * US_PER_KM, 30 * MS],
    ['20,000 km away: in fibre, a bit travels 100 ms', () => 20_000 * US_PER_KM, 100 * MS],
    [
      'from 30.4 ms to 30.04 ms',
      () => [10e6, 100e6].map((rateBitsPerSecond) => lastOf(play({ packetBytes: 500, rateBitsPerSecond, distanceKm: 6_000 }))?.totalUs),
      [30_400, 30_040],
    ],
  ])('“%s”', (words, worked, figure) => {
    expect(LESSON).toContain(words);
    expect(worked()).toEqual(figure);
  });

  it('the table counts round trips of 60 ms', () => {
    const rows = [...LESSON.matchAll(/^\| HTTPS? .*?\| (?<trips>\d): .*\| (?<ms>\d+) ms/gm)].map(({ groups }) => [
      Number(groups?.['trips']),
      Number(groups?.['ms']),
    ]);
    expect(rows).toEqual([2, 3, 2].map((trips) => [trips, trips * 60]));
  });
});

const STREAM: DelaySettings = { ...LINE, rateBitsPerSecond: 1_000_000, arrivals: { count: 200, perSecond: 100, pattern: 'even' } };
const lostFrom = ({ packets }: DelayRun, nth: number): number => packets.slice(nth).filter(({ delays }) => !delays).length;
const longestWait = ({ packets }: DelayRun): number => Math.max(...packets.map(({ delays }) => delays?.queueingUs ?? 0));

describe('the experiments', () => {
  it('no rate and no size gets below 100 ms over 20,000 km', () => {
    for (const rateBitsPerSecond of [64_000, 1_000_000, 10_000_000_000])
      for (const packetBytes of [28, 1_500])
        expect(lastOf(play({ packetBytes, rateBitsPerSecond, distanceKm: 20_000 }))?.totalUs).toBeGreaterThanOrEqual(100 * MS);
  });

  it('a longer queue loses less and waits longer while it fills; once it is full, its length saves nobody', () => {
    const runs = [1, 10].map((queuePackets) => play({ ...STREAM, queuePackets }));
    expect(runs.map(({ dropped }) => dropped)).toEqual([33, 24]);
    expect(runs.map((run) => longestWait(run) / MS)).toEqual([10, 118]);
    expect(runs.map((run) => lostFrom(run, 100))).toEqual([17, 17]);
  });

  it('80 packets a second that come evenly do not wait; at random moments they do', () => {
    const come = (pattern: 'even' | 'random') => longestWait(play({ ...STREAM, arrivals: { count: 200, perSecond: 80, pattern } }));
    expect(come('even')).toBe(0);
    expect(come('random')).toBeGreaterThan(12 * MS);
  });

  it('a full queue of ten places loses 24 of 200, and one without an end has the last wait 0.4 s', () => {
    expect(LESSON).toContain('24 of 200 packets are lost');
    expect(play({ ...STREAM, queuePackets: 10 }).dropped).toBe(24);
    expect(LESSON).toContain('waits 0.4 s');
    expect(longestWait(play(STREAM)) / 1e6).toBeCloseTo(0.4, 2);
  });
});
