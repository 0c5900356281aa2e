import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText } from '#sim/scenes/packet-cutter.ts';
import { keyOf, LONGEST_TEXT, lastOf, type Plan, type PlannedPiece, planOf } from './plan.ts';

function planned(text: string, ...mtus: readonly [number] | readonly [number, number]): Plan {
  const result = planOf(text, mtus);
  if (!result.ok) throw new Error(result.code);
  return result.plan;
}
const headsOf = (pieces: readonly PlannedPiece[]) =>
  pieces.map(({ name, length, data: [from], moreFollow }) => [name, length, from / 8, moreFollow ? 1 : 0]);
const bytes = (count: number): string => 'x'.repeat(count);

describe('a plan', () => {
  it('cuts a datagram of 4,020 bytes for an Ethernet into 1500, 1500 and 1060, at offsets 0, 185 and 370 (RFC 791 §3.2)', () => {
    const plan = planned(bytes(3992), 1500);
    expect(plan.datagramBytes).toBe(4020);
    expect(headsOf(lastOf(plan))).toEqual([
      ['1', 1500, 0, 1],
      ['2', 1500, 185, 1],
      ['3', 1060, 370, 0],
    ]);
  });

  it('cuts the pieces again behind the router, and names each part after what it was cut from', () => {
    const [, second = []] = planned(bytes(3992), 1500, 576).hops;
    expect(headsOf(second)).toEqual([
      ['1.1', 572, 0, 1],
      ['1.2', 572, 69, 1],
      ['1.3', 396, 138, 1],
      ['2.1', 572, 185, 1],
      ['2.2', 572, 254, 1],
      ['2.3', 396, 323, 1],
      ['3.1', 572, 370, 1],
      ['3.2', 508, 439, 0],
    ]);
    expect(second.map(({ parent }) => parent)).toEqual(['1', '1', '1', '2', '2', '2', '3', '3']);
  });

  it('puts nothing together for a second link that would carry it in one', () => {
    const [first = [], second = []] = planned(bytes(108), 68, 1500).hops;
    expect(headsOf(second)).toEqual(headsOf(first));
    expect(second.map(({ key }) => key)).toEqual([keyOf(2, 0), keyOf(2, 48), keyOf(2, 96)]);
  });

  it('numbers the parts of a datagram that the router is the first to cut', () => {
    const [first = [], second = []] = planned(bytes(108), 1500, 68).hops;
    expect([first.map(({ name }) => name), second.map(({ name }) => name)]).toEqual([['1'], ['1', '2', '3']]);
  });

  it('leaves the UDP header out of what a piece carries of the text', () => {
    expect(lastOf(planned(bytes(108), 68)).map(({ carries }) => carries)).toEqual([
      [0, 40],
      [40, 88],
      [88, 108],
    ]);
    expect(lastOf(planned('', 68)).map(({ carries, length }) => [carries, length])).toEqual([[[0, 0], 28]]);
  });

  it('makes 45 pieces of the longest text for an Ethernet, the last one of 415 bytes', () => {
    const pieces = lastOf(planned(bytes(LONGEST_TEXT), 1500));
    expect([pieces.length, pieces.at(-1)?.length]).toEqual([45, 415]);
  });

  it('refuses what the scene refuses, by the same name', () => {
    for (const [text, mtu] of [
      [bytes(LONGEST_TEXT + 1), 1500],
      ['x', 67],
      ['x', 68.5],
      ['x', 65_536],
      ['x', Number.NaN],
    ] as const)
      expect(planOf(text, [mtu])).toMatchObject(cutText({ text, mtus: [mtu] }));
  });

  it('counts bytes, not letters', () => {
    expect(planOf('é'.repeat(40_000), [1500])).toMatchObject({ ok: false, code: 'text-too-long', textBytes: 80_000 });
  });

  it('refuses more pieces than can be followed, and says how many they would be', () => {
    expect(planOf(bytes(LONGEST_TEXT), [68])).toMatchObject({ ok: false, code: 'too-many-pieces', pieces: 1365 });
  });
});

const mtu = fc.integer({ min: 68, max: 400 });

it('is what the scene then sends, if nothing is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }), fc.oneof(fc.tuple(mtu), fc.tuple(mtu, mtu)), (text, mtus) => {
      const result = cutText({ text, mtus });
      const plan = planOf(text, mtus);
      if (!result.ok || !plan.ok) throw new Error('refused');
      const told = plan.plan.hops.flat().map(({ hop, length, data, carries, moreFollow }) => ({ hop, length, data, carries, moreFollow }));
      const { pieces } = result.cut;
      const sent = pieces.toSorted((a, b) => a.hop - b.hop || a.data[0] - b.data[0]);
      expect(sent.map(({ hop, length, data, carries, moreFollow }) => ({ hop, length, data, carries, moreFollow }))).toEqual(told);
    }),
    { numRuns: 100 },
  );
});
