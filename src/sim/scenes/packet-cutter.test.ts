import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagesOf } from '#trace/fates.ts';
import { type Cut, type CutterSettings, cutText } from './packet-cutter.ts';

const TEXT = 'A message does not travel as one thing: it is cut, and every piece finds its own way. Some may never arrive.';

function cut(over: Partial<CutterSettings> = {}): Cut {
  const result = cutText({ text: TEXT, mtus: [68], ...over });
  if (!result.ok) throw new Error(result.code);
  return result.cut;
}
const carried = ({ pieces }: Cut, hop: 1 | 2) => pieces.filter((piece) => piece.hop === hop).map(({ carries }) => carries);
const fates = ({ pieces }: Cut) => pieces.map(({ hop, nth, fate }) => `${hop}.${nth} ${fate.kind}`);

describe('the packet cutter', () => {
  it('cuts a text into pieces that carry a multiple of eight bytes, the last one what is left', () => {
    const one = cut();
    expect([one.textBytes, one.datagramBytes]).toEqual([108, 136]);
    expect(one.pieces.map(({ data, length, moreFollow }) => [data, length, moreFollow])).toEqual([
      [[0, 48], 68, true],
      [[48, 96], 68, true],
      [[96, 116], 40, false],
    ]);
    expect(carried(one, 1)).toEqual([
      [0, 40],
      [40, 88],
      [88, 108],
    ]);
    expect(one.rebuilt).toMatchObject({ kind: 'whole', text: TEXT });
  });

  it('cuts nothing that fits', () => {
    const one = cut({ mtus: [1500] });
    expect(messagesOf(one.trace).map(({ label }) => label)).toEqual(['in one piece']);
  });

  it('lets a router cut pieces again, and only Bo put them together', () => {
    const two = cut({ mtus: [100, 68] });
    expect(carried(two, 1)).toEqual([
      [0, 72],
      [72, 108],
    ]);
    expect(carried(two, 2)).toEqual([
      [0, 40],
      [40, 72],
      [72, 108],
    ]);
    expect(two.rebuilt.kind).toBe('whole');
    expect(two.trace.lanes.map(({ name, role }) => [name, role])).toEqual([
      ['Ada', 'host'],
      ['Router', 'router'],
      ['Bo', 'host'],
    ]);
  });

  it('loses the piece that it is told to lose, and with it the text; and says which bytes are missing', () => {
    const one = cut({ lose: [{ hop: 1, nth: 2 }] });
    expect(fates(one)).toEqual(['1.1 delivered', '1.2 lost', '1.3 delivered']);
    const firstUs = one.arrivals[0]?.atUs ?? Number.NaN;
    expect(one.rebuilt).toEqual({ kind: 'missing', ranges: [[40, 88]], dropsAtUs: firstUs + 30_000_000 });
    expect(one.trace.endsAt).toBeLessThan(100);
  });

  it('loses behind the router what it is told to lose there', () => {
    const two = cut({ mtus: [100, 68], lose: [{ hop: 2, nth: 2 }] });
    expect(two.rebuilt).toMatchObject({ kind: 'missing', ranges: [[40, 72]] });
  });

  it('finds a piece of eight bytes missing, the shortest that there is', () => {
    const two = cut({ mtus: [76, 68], lose: [{ hop: 2, nth: 2 }] });
    expect([two.pieces.find(({ hop, nth }) => hop === 2 && nth === 2)?.data, two.rebuilt]).toMatchObject([
      [48, 56],
      { ranges: [[40, 48]] },
    ]);
  });

  it('says of a text of which nothing came that Bo knows of nothing', () => {
    expect(cut({ lossRatio: 1 }).rebuilt).toEqual({ kind: 'nothing' });
  });

  it('names the pieces in the order in which they came, copies again', () => {
    const one = cut({ duplicateRatio: 1 });
    expect(one.arrivals.map(({ nth }) => nth).toSorted()).toEqual([1, 1, 2, 2, 3, 3]);
    expect(one.pieces.map(({ copiesUs }) => copiesUs.length)).toEqual([1, 1, 1]);
    const late = cut({ reorderRatio: 0.4, seed: 4 });
    expect(late.arrivals.map(({ nth }) => nth)).not.toEqual([1, 2, 3]);
    expect(late.rebuilt).toMatchObject({ kind: 'whole', text: TEXT });
  });

  it.each([68, 320, 1500])('lets pieces overtake each other on a link of %i bytes', (mtu) => {
    const { arrivals } = cut({ text: 'x'.repeat(10 * mtu), mtus: [mtu], reorderRatio: 0.5 });
    expect(arrivals.map(({ nth }) => nth)).not.toEqual(arrivals.map(({ nth }) => nth).toSorted((a, b) => a - b));
  });

  it('tells of each piece the arrow that shows it', () => {
    const { pieces, trace } = cut({ mtus: [100, 68], lossRatio: 0.3, seed: 2 });
    const byId = new Map(messagesOf(trace).map((message) => [message.id, message]));
    expect(pieces.map(({ id }) => byId.get(id)?.label)).toEqual(pieces.map(({ nth }) => `piece ${nth}`));
    expect(pieces.map(({ id }) => byId.get(id)?.fate.kind)).toEqual(pieces.map(({ fate }) => fate.kind));
  });

  it('refuses what no datagram or link can be', () => {
    expect(cutText({ text: 'x'.repeat(65_508), mtus: [1500] })).toEqual({ ok: false, code: 'text-too-long' });
    expect(cutText({ text: 'x'.repeat(65_507), mtus: [1500] }).ok).toBe(true);
    for (const mtu of [67, 68.5, 65_536, Number.NaN])
      expect(cutText({ text: 'x', mtus: [1500, mtu] })).toEqual({ ok: false, code: 'bad-mtu' });
  });
});

const ratio = fc.double({ min: 0, max: 0.6, noNaN: true });
const mtu = fc.integer({ min: 68, max: 400 });
const settings: fc.Arbitrary<CutterSettings> = fc.record({
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300, size: 'max' }),
  mtus: fc.oneof(fc.tuple(mtu), fc.tuple(mtu, mtu)),
  lossRatio: ratio,
  reorderRatio: ratio,
  duplicateRatio: ratio,
  seed: fc.nat(),
});

it('what Bo has and what is missing make up the whole text, for any settings', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(settings, (given) => {
      const result = cutText(given);
      if (!result.ok) throw new Error(result.code);
      const { rebuilt, pieces, arrivals, textBytes } = result.cut;
      const last = pieces.filter(({ hop }) => hop === given.mtus.length);
      seen.add(rebuilt.kind);
      expect(arrivals.length).toBe(
        last.reduce((sum, { fate, copiesUs }) => sum + (fate.kind === 'delivered' ? 1 : 0) + copiesUs.length, 0),
      );
      if (rebuilt.kind === 'whole') expect(rebuilt.text).toBe(given.text.toWellFormed());
      if (rebuilt.kind !== 'missing') return;
      const has = new Uint8Array(textBytes);
      for (const { carries, fate } of last) if (fate.kind === 'delivered') has.fill(1, ...carries);
      for (const [from, to] of rebuilt.ranges) has.fill(2, from, to);
      expect(has.includes(0)).toBe(false);
    }),
    { numRuns: 200 },
  );
  expect([...seen].sort()).toEqual(['missing', 'nothing', 'whole']);
});
