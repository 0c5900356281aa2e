import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grade, numberIn } from './grade.ts';
import type { QuestionOf } from './question.ts';

const common = {
  id: 'q-1',
  lesson: 'q',
  use: 'review' as const,
  d: 1,
  stem: 'What is right here?',
  explain: 'This is why.',
  source: [{ label: 'RFC 1', url: 'https://www.rfc-editor.org/rfc/rfc1' }],
};

const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `option ${id}` }));
const why = (value: string, m?: string): { value: string; why: string; m?: string | undefined } => ({
  value,
  why: `why ${value}`,
  ...(m && { m }),
});

const single: QuestionOf<'single'> = {
  ...common,
  kind: 'single',
  data: { options },
  answer: 'a',
  wrong: [why('b', 'M1'), why('c'), why('d')],
};
const multi: QuestionOf<'multi'> = {
  ...common,
  kind: 'multi',
  data: { options },
  answer: ['a', 'b'],
  wrong: [why('a', 'M1'), why('b'), why('c', 'M2'), why('d', 'M2')],
};
const order: QuestionOf<'order'> = {
  ...common,
  kind: 'order',
  data: { lines: options },
  answer: ['a', 'b', 'c', 'd'],
  wrong: [why('b', 'M1'), why('d')],
};
const recipients: QuestionOf<'recipients'> = {
  ...common,
  kind: 'recipients',
  data: {
    call: 'io.emit()',
    setting: 'Four clients are connected.',
    clients: (['ada', 'bo', 'cy', 'dee'] as const).map((id) => ({ id, note: `note on ${id}` })),
  },
  answer: ['ada', 'bo'],
  wrong: [why('bo', 'M3'), why('nobody', 'M4')],
};

const numeric: QuestionOf<'numeric'> = {
  ...common,
  kind: 'numeric',
  data: { unit: 'bytes', hint: 'Begin with the header: 20 bytes.', tolerance: 0.5 },
  answer: 1480,
  wrong: [why('1500', 'M1')],
};
const match: QuestionOf<'match'> = {
  ...common,
  kind: 'match',
  data: { left: options.slice(0, 2), right: options.slice(2) },
  answer: ['a=c', 'b=d'],
  wrong: [why('a=d', 'M1')],
};
const byte: QuestionOf<'byte'> = {
  ...common,
  kind: 'byte',
  data: {
    hex: '4500',
    fields: [
      { id: 'version', name: 'Version and length', from: 0, to: 0, why: 'Every header begins so.', m: 'M1' },
      { id: 'service', name: 'Differentiated Services', from: 1, to: 1, why: 'It asks for a service.' },
    ],
  },
  answer: 'service',
};

describe('a number', () => {
  it.each(['1480', ' 1,480 ', '1 480', '1480.4'])('%j is right', (written) => {
    expect(grade(numeric, written)).toMatchObject({ right: true, because: ['This is why.'] });
  });
  it('that people come to has its reason and its belief', () => {
    expect(grade(numeric, '1500')).toMatchObject({ right: false, because: ['why 1500'], misconceptions: ['M1'] });
  });
  it('that nobody thought of gets the first step of the way', () => {
    expect(grade(numeric, '7')).toMatchObject({ right: false, because: ['Begin with the header: 20 bytes.'] });
  });
  it.each(['', 'many', '1.2.3', '0x10', '12abc'])('is not %j', (written) => {
    expect(numberIn(written)).toBeNaN();
  });
});

describe('pairs', () => {
  it('are right when each of the left has its counterpart, in any order', () => {
    expect(grade(match, ['b=d', 'a=c'])).toMatchObject({ right: true });
  });
  it('wrong: how many are right, and the belief that a pair shows', () => {
    expect(grade(match, ['a=d', 'b=d'])).toMatchObject({
      right: false,
      because: ['why a=d', '1 of 2 are right.'],
      misconceptions: ['M1'],
      options: new Map([
        ['a=d', 'wrong'],
        ['b=d', 'right'],
      ]),
    });
  });
});

describe('a byte of a dump', () => {
  it('is right anywhere in its field', () => {
    expect(grade(byte, '1')).toMatchObject({ right: true });
  });
  it('wrong: is named, with what it is there for', () => {
    expect(grade(byte, '0')).toMatchObject({
      right: false,
      because: ['Byte 0 is Version and length. Every header begins so.'],
      misconceptions: ['M1'],
    });
  });
});

describe('one of several options', () => {
  it('right: the reason, and no belief', () => {
    expect(grade(single, 'a')).toEqual({ right: true, options: new Map([['a', 'right']]), because: ['This is why.'], misconceptions: [] });
  });
  it('wrong: the reason of that option alone, and its belief; the right one is not given away', () => {
    const { right, because, misconceptions, options: marks } = grade(single, 'b');
    expect([right, because, misconceptions, [...marks]]).toEqual([false, ['why b'], ['M1'], [['b', 'wrong']]]);
  });
});

describe('several of several options', () => {
  it('tells what was picked wrongly and what was left out', () => {
    const { right, because, misconceptions, options: marks } = grade(multi, ['a', 'c']);
    expect(right).toBe(false);
    expect(because).toEqual(['why b', 'why c']);
    expect(misconceptions).toEqual(['M2']);
    expect(Object.fromEntries(marks)).toEqual({ a: 'right', b: 'left-out', c: 'wrong' });
  });
});

describe('lines in order', () => {
  it('tells the first line that stands wrong, and nothing of what follows', () => {
    const { right, because, options: marks, misconceptions } = grade(order, ['a', 'c', 'b', 'd']);
    expect(right).toBe(false);
    expect(because).toEqual(['The first line stands right; line 2 is wrong: “option c” does not come here.', 'why b']);
    expect(misconceptions).toEqual(['M1']);
    expect(Object.fromEntries(marks)).toEqual({ a: 'right', c: 'wrong' });
  });
  it.each([
    [['d', 'a', 'b', 'c'], 'The first line is wrong: “option d” does not come here.'],
    [['a', 'b', 'd', 'c'], 'The first 2 lines stand right; line 3 is wrong: “option d” does not come here.'],
  ])('counts the lines that stand right: %s', (answer, told) => {
    expect(grade(order, answer).because[0]).toBe(told);
  });
});

describe('who receives it', () => {
  it('names who was missing, who was too many, and the belief behind this very set', () => {
    const { because, misconceptions } = grade(recipients, ['bo']);
    expect(because).toEqual(['why bo', 'Ada gets it: note on ada']);
    expect(misconceptions).toEqual(['M3']);
    expect(grade(recipients, ['ada', 'bo', 'cy']).because).toEqual(['Cy does not get it: note on cy']);
  });
  it('takes nobody for an answer', () => {
    expect(grade(recipients, []).because[0]).toBe('why nobody');
  });
});

const subsets = fc.subarray(['a', 'b', 'c', 'd']);
const sets = fc.subarray(['ada', 'bo', 'cy', 'dee']);
const sameSet = (a: readonly string[], b: readonly string[]): boolean => a.toSorted().join() === b.toSorted().join();

describe('for any answer', () => {
  it('only the right set is right, in whatever order it was ticked', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd']), (chosen) => grade(multi, chosen).right === sameSet(chosen, multi.answer)),
    );
    fc.assert(fc.property(sets, (chosen) => grade(recipients, chosen).right === sameSet(chosen, recipients.answer)));
  });
  it('only the right order is right', () => {
    const orders = fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 });
    fc.assert(fc.property(orders, (chosen) => grade(order, chosen).right === (chosen.join() === 'a,b,c,d')));
  });
  it('a wrong one always gets a reason', () => {
    fc.assert(fc.property(subsets, (chosen) => grade(multi, chosen).because.length > 0));
    fc.assert(fc.property(sets, (chosen) => grade(recipients, chosen).because.length > 0));
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (chosen) => grade(order, chosen).because.length > 0),
    );
  });
});
