import { describe, expect, it } from 'vitest';
import { keyOf, planOf } from './plan.ts';
import { type RunSettings, runWith } from './run.fixture.ts';
import { newsAt, refusalText, resultText } from './sentences.ts';

const result = (settings: RunSettings = {}): string => resultText(runWith(settings));
const PAGES = 'x'.repeat(3992);

describe('the result', () => {
  it('of a whole text says who put it together, and when', () => {
    expect(result()).toBe('All 3 pieces came. Bo’s computer put them together, and his program reads the whole text at 2.41 ms.');
    expect(result({ mtus: [1500] })).toBe(
      'It fits, so nothing was cut: one packet carries it, and Bo’s program reads the text at 2.09 ms.',
    );
  });

  it('of a lost piece says which, and what becomes of the others', () => {
    expect(result({ lose: [keyOf(1, 48)] })).toBe(
      'Piece 2 of 3 was lost: the other two are thrown away after 30 s, and none of the text arrives. IP does not send again.',
    );
    expect(result({ lose: [keyOf(1, 0), keyOf(1, 48)] })).toBe(
      'Pieces 1 and 2 of 3 were lost: the other one is thrown away after 30 s, and none of the text arrives. IP does not send again.',
    );
    expect(result({ mtus: [100, 68], lose: [keyOf(1, 0)] })).toMatch(/^Piece 1 was lost before the router: the other one is/);
    expect(result({ mtus: [100, 68], lose: [keyOf(2, 48)] })).toMatch(/^Piece 1\.2 was lost behind the router: the other two are/);
  });

  it('of nothing says that nobody waits', () => {
    expect(result({ lossPercent: 100 })).toBe(
      'Not one piece came. Bo’s computer knows of nothing, so it waits for nothing. IP does not send again.',
    );
    expect(result({ mtus: [1500], lossPercent: 100 })).toMatch(/^The one packet was lost\./);
  });

  it('of many losses counts them', () => {
    expect(result({ text: PAGES, lossPercent: 30 })).toMatch(/^\d+ pieces were lost: the other \d+ are/);
  });

  it('says in which order they came', () => {
    expect(result({ overtakePercent: 50 })).toContain('They came in the order 2, 1, 3: the offsets say where each belongs.');
  });

  it('says what the router did, and did not', () => {
    expect(result({ mtus: [100, 68] })).toContain('The router cut what did not fit, and put nothing together');
    expect(result({ mtus: [68, 1500] })).toContain('The second link could have carried all of it in one packet.');
    expect(result({ mtus: [68, 68] })).not.toContain('router');
  });

  it('says what copies did', () => {
    expect(result({ copyPercent: 100 })).toContain('the program reads the text twice');
    expect(result({ text: PAGES, mtus: [1500], copyPercent: 100 })).toContain('2 copies were thrown away: those bytes were there already.');
    expect(result({ text: PAGES, mtus: [1500], copyPercent: 100 })).toContain('1 copy came after the text was whole.');
  });
});

it('the news are what happened last', () => {
  const run = runWith({ lose: [keyOf(1, 48)] });
  expect(newsAt(run, 0)).toBe('0.00 ms: Piece 1 leaves Ada’s computer.');
  expect(newsAt(run, 1_600)).toBe('1.54 ms: Piece 1 has come to Bo’s computer.');
  expect(newsAt(run, 2_100)).toBe('2.09 ms: Piece 2 is lost on the way.');
});

it('a refusal says what to do', () => {
  const refused = (text: string, mtu: number): string => {
    const planned = planOf(text, [mtu]);
    return planned.ok ? '' : refusalText(planned);
  };
  expect(refused('x'.repeat(70_000), 1500)).toContain(
    'Your text has 70,000 bytes, and one UDP datagram carries at most 65,507. Shorten it',
  );
  expect(refused('x', 50)).toContain('packets of 68 bytes (RFC 791)');
  expect(refused('x'.repeat(65_507), 68)).toContain('That makes 1,365 pieces, and this page follows at most 300.');
});
