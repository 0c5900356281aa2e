import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';
import { Kernel } from './kernel.ts';

describe('the queue of events', () => {
  it('gives out what is earliest, and what was added first of one moment', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const queue = new EventQueue();
        const taken: (readonly [number, number])[] = [];
        for (const [index, time] of times.entries()) queue.add(time, () => taken.push([time, index]));
        while (queue.size > 0) queue.take()?.();
        const sorted = times.map((time, index) => [time, index] as const).sort(([a, i], [b, j]) => a - b || i - j);
        expect(taken).toEqual(sorted);
      }),
    );
  });

  it('keeps its order whatever is cancelled, and when', () => {
    const steps = fc.array(fc.record({ time: fc.nat(50), cancel: fc.option(fc.nat(), { nil: undefined }), take: fc.boolean() }), {
      maxLength: 400,
    });
    fc.assert(
      fc.property(steps, (script) => {
        const queue = new EventQueue();
        const handles: ReturnType<EventQueue['add']>[] = [];
        const waiting = new Map<number, number>();
        const takenWrongly: number[] = [];
        for (const { time, cancel, take } of script) {
          const index = handles.length;
          handles.push(queue.add(time, () => takenWrongly.push(...(waiting.delete(index) ? [] : [index]))));
          waiting.set(index, time);
          const victim = cancel === undefined ? undefined : handles[cancel % handles.length];
          if (victim && cancel !== undefined) {
            queue.cancel(victim);
            waiting.delete(cancel % handles.length);
          }
          if (take && queue.nextUs !== undefined) {
            expect(queue.nextUs).toBe(Math.min(...waiting.values()));
            queue.take()?.();
          }
          expect(queue.size).toBe(waiting.size);
        }
        expect(takenWrongly).toEqual([]);
      }),
    );
  });

  it('sweeps out what was cancelled, and keeps the rest', () => {
    const queue = new EventQueue();
    const seen: number[] = [];
    const handles = Array.from({ length: 1000 }, (_, time) => queue.add(1000 - time, () => seen.push(1000 - time)));
    for (const handle of handles) if (handle.timeUs % 10 !== 0) queue.cancel(handle);
    while (queue.size > 0) queue.take()?.();
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => 10 * (index + 1)));
  });

  it('does not mind that something is cancelled twice, or after it happened', () => {
    const queue = new EventQueue();
    const first = queue.add(1, () => undefined);
    const second = queue.add(2, () => undefined);
    queue.take();
    queue.cancel(first);
    queue.cancel(second);
    queue.cancel(second);
    expect([queue.size, queue.nextUs]).toEqual([0, undefined]);
  });
});

describe('the kernel', () => {
  it('lets time jump from one event to the next', () => {
    const kernel = new Kernel();
    const seen: number[] = [];
    kernel.at(5, () => kernel.after(7, () => seen.push(kernel.nowUs)));
    kernel.at(3, () => seen.push(kernel.nowUs));
    expect([kernel.run(), seen, kernel.nowUs, kernel.events]).toEqual(['idle', [3, 12], 12, 3]);
  });

  it('stops at a time, and goes on from there', () => {
    const kernel = new Kernel();
    const seen: number[] = [];
    for (const time of [10, 20, 21]) kernel.at(time, () => seen.push(time));
    expect([kernel.run({ untilUs: 20 }), seen, kernel.nowUs]).toEqual(['until', [10, 20], 20]);
    expect([kernel.run(), seen]).toEqual(['idle', [10, 20, 21]]);
  });

  it('ends though something causes itself at once, for ever', () => {
    const kernel = new Kernel();
    const again = (): void => {
      kernel.after(0, again);
    };
    again();
    expect([kernel.run({ maxEvents: 1000 }), kernel.events]).toEqual(['event-limit', 1000]);
  });

  it('refuses a moment that is over, or is none', () => {
    const kernel = new Kernel();
    kernel.at(10, () => undefined);
    kernel.run();
    for (const time of [9, 10.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => kernel.at(time, () => undefined)).toThrow(RangeError);
  });
});
