import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Seen } from '#lab/seen.fixture.ts';
import { ManualClock } from './clock.fixture.ts';
import { Lane, realClock } from './lane.ts';

function laneOn(clock: ManualClock) {
  const link = { isBlocked: false };
  const lane = new Lane(clock, () => link.isBlocked);
  const left: string[] = [];
  return { lane, link, left, push: (delayMs: number, name: string) => lane.push(delayMs, () => left.push(`${name} at ${clock.now()}`)) };
}

describe('a lane', () => {
  it('lets an item go after its delay', () => {
    const clock = new ManualClock();
    const { left, push } = laneOn(clock);
    push(50, 'a');
    clock.advance(49);
    expect(left).toEqual([]);
    clock.advance(1);
    expect(left).toEqual(['a at 50']);
  });
  it('lets an item without a delay go at once', () => {
    const { left, push } = laneOn(new ManualClock());
    push(0, 'a');
    expect(left).toEqual(['a at 0']);
  });
  it('keeps the order when the delay becomes shorter: nothing overtakes', () => {
    const clock = new ManualClock();
    const { left, push } = laneOn(clock);
    push(100, 'a');
    clock.advance(30);
    push(10, 'b');
    push(90, 'c');
    clock.advance(1_000);
    expect(left).toEqual(['a at 100', 'b at 100', 'c at 120']);
  });
  it('keeps the order whatever the delays are, and lets nothing go before its time', () => {
    const step = fc.record({ delayMs: fc.nat(100), thenMs: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        const clock = new ManualClock();
        const { lane } = laneOn(clock);
        const left: number[] = [];
        for (const [index, { delayMs, thenMs }] of steps.entries()) {
          const earliest = clock.now() + delayMs;
          lane.push(delayMs, () => {
            expect(clock.now()).toBeGreaterThanOrEqual(earliest);
            left.push(index);
          });
          clock.advance(thenMs);
        }
        clock.advance(100);
        expect(left).toEqual(steps.map((_, index) => index));
        expect([lane.isEmpty, clock.timers]).toEqual([true, 0]);
      }),
    );
  });
  it('lets items that are due together go each in a task of its own, as a WebSocket fires its events', async () => {
    const lane = new Lane(realClock, () => false);
    const seen = new Seen<string>();
    for (const name of ['a', 'b', 'c']) {
      lane.push(1, () => {
        seen.add(name);
        // What a program puts off until the event’s own task is over, as Socket.IO does with every packet.
        process.nextTick(() => seen.add(`after ${name}`));
      });
    }
    await seen.has('after c');
    expect(seen.entries).toEqual(['a', 'after a', 'b', 'after b', 'c', 'after c']);
  });
});

describe('a blocked lane', () => {
  it('lets nothing go and loses nothing, and drains in order once it is free', () => {
    const clock = new ManualClock();
    const { lane, link, left, push } = laneOn(clock);
    push(50, 'a');
    link.isBlocked = true;
    push(0, 'b');
    clock.advance(1_000);
    expect(left).toEqual([]);
    link.isBlocked = false;
    push(0, 'c');
    lane.pump();
    clock.advance(0);
    expect(left).toEqual(['a at 1000', 'b at 1000', 'c at 1000']);
  });
  it('keeps the time of what is not due yet', () => {
    const clock = new ManualClock();
    const { lane, link, left, push } = laneOn(clock);
    link.isBlocked = true;
    push(50, 'a');
    clock.advance(20);
    link.isBlocked = false;
    lane.pump();
    clock.advance(1_000);
    expect(left).toEqual(['a at 50']);
  });
  it('stops again in the middle when an item blocks it', () => {
    const clock = new ManualClock();
    const { lane, link, left, push } = laneOn(clock);
    push(50, 'a');
    lane.push(50, () => {
      link.isBlocked = true;
    });
    push(50, 'b');
    clock.advance(1_000);
    expect(left).toEqual(['a at 50']);
    expect(lane.isEmpty).toBe(false);
  });
});

describe('a lane that is cleared', () => {
  it('has lost all that was in it, and no timer is left', () => {
    const clock = new ManualClock();
    const { lane, left, push } = laneOn(clock);
    push(50, 'a');
    push(60, 'b');
    lane.clear();
    expect([lane.isEmpty, clock.timers]).toEqual([true, 0]);
    clock.advance(1_000);
    expect(left).toEqual([]);
  });
  it('takes new items, which do not wait for the lost ones', () => {
    const clock = new ManualClock();
    const { lane, left, push } = laneOn(clock);
    push(50, 'a');
    lane.clear();
    push(10, 'b');
    clock.advance(1_000);
    expect(left).toEqual(['b at 10']);
  });
  it('by one of its own items lets nothing more go', () => {
    const clock = new ManualClock();
    const { lane, left, push } = laneOn(clock);
    lane.push(50, () => lane.clear());
    push(50, 'a');
    clock.advance(1_000);
    expect([left, clock.timers]).toEqual([[], 0]);
  });
});
