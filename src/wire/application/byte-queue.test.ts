import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

it('a byte queue gives back what was put in, in order, whatever is dropped between', () => {
  const acts = fc.array(fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.nat(120)));
  fc.assert(
    fc.property(acts, (list) => {
      const queue = new ByteQueue();
      let expected: number[] = [];
      for (const act of list) {
        if (typeof act === 'number') queue.drop(act);
        else queue.append(act);
        expected = typeof act === 'number' ? expected.slice(act) : [...expected, ...act];
        expect([...queue.bytes]).toEqual(expected);
        expect(queue.length).toBe(expected.length);
      }
    }),
  );
});
