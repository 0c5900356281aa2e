import { describe, expect, it } from 'vitest';
import { proseOf, scheduleOf } from './minutes.ts';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const experimentsIn = (scenario: string): number => (scenario === 'small' ? 1 : 4);
const NONE = { warmUp: 0, review: 0, experimentsIn };

describe('the time a lesson takes', () => {
  it('is a minute for 200 words', () => {
    expect(scheduleOf(words(400), NONE)).toMatchObject({ words: 400, minutes: 2 });
  });
  it('is three minutes for a lab, half of that for one with a single experiment, and half a minute for a question', () => {
    expect(scheduleOf('<Lab scenario="emit" />', NONE).minutes).toBe(3);
    expect(scheduleOf('<Lab scenario="small" />\n\n<Lab scenario="small" />', NONE).minutes).toBe(3);
    expect(scheduleOf('<WarmUp />\n\n<Review />', { ...NONE, warmUp: 2, review: 6 }).minutes).toBe(4);
  });
  it('counts the other widgets by their names', () => {
    expect(scheduleOf('<LayerMaps />\n\n<LayerSorter />\n\n<Term id="layer">layer</Term>', NONE).minutes).toBe(5);
  });
  it('tells at which minute each section begins', () => {
    const mdx = `${words(200)}\n\n## First\n\n${words(300)}\n\n<Lab scenario="x" />\n\n## Second\n\n${words(100)}\n\n<Review />\n`;
    const { stations, reviewAtMinute, minutes } = scheduleOf(mdx, { ...NONE, review: 4 });
    expect(stations).toEqual([
      { heading: 'First', atMinute: 1 },
      { heading: 'Second', atMinute: 5 },
    ]);
    expect([reviewAtMinute, minutes]).toEqual([6, 9]);
  });
  it('counts prose alone: no code, no tags, no addresses', () => {
    expect(proseOf('One [two](https://x.example/three) <Term id="four">five</Term>\n```ts\nsix\n```\nseven').match(/\w+/g)).toEqual([
      'One',
      'two',
      'five',
      'seven',
    ]);
  });
});
