import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf } from './plan.ts';
import { snippetOf, textIn } from './snippet.ts';

const cut = (text: string, from: number, to: number): string => textIn(bytesOf(text), [from, to]);

describe('a stretch of a text', () => {
  it('is the text between two bytes', () => {
    expect(cut('it is cut', 3, 6)).toBe('is ');
    expect(cut('one\ntwo', 0, 7)).toBe('one⏎two');
  });

  it('shows the bytes of a character that a cut has divided', () => {
    expect([cut('é', 0, 1), cut('é', 1, 2)]).toEqual(['[c3]', '[a9]']);
    expect([cut('a€b', 0, 3), cut('a€b', 3, 5)]).toEqual(['a[e2][82]', '[ac]b']);
    expect([cut('🙂', 0, 1), cut('🙂', 1, 3), cut('🙂', 3, 4)]).toEqual(['[f0]', '[9f][99]', '[82]']);
  });

  it('is shortened in the middle when it is long', () => {
    expect(snippetOf(bytesOf('x'.repeat(48)), [0, 48])).toBe('x'.repeat(48));
    expect(snippetOf(bytesOf(`begin${'x'.repeat(90)}end`), [0, 98])).toMatch(/^beginx+ … x+end$/);
  });
});

it('is the whole text, wherever it is cut between characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      const bytes = bytesOf(one + other);
      const at = bytesOf(one).length;
      const whole = (one + other).replaceAll('\n', '⏎');
      expect(textIn(bytes, [0, at]) + textIn(bytes, [at, bytes.length])).toBe(whole);
    }),
  );
});
