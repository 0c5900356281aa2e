import { describe, expect, it } from 'vitest';
import { markFirstUses } from './term-links.ts';

const link = (id: string, text: string): string =>
  `<a class="term-link" data-term="${id}" href="/glossary/#${id}" aria-describedby="term-${id}-means">${text}</a>`;

describe('the uses of terms in a text', () => {
  it('makes the first use of each term its dfn, and no later one', () => {
    const html = `<p>A ${link('room', 'room')}, a ${link('packet', '<code>packet</code>')}, another ${link('room', 'rooms')}.</p>`;
    expect(markFirstUses(html)).toEqual({
      html: `<p>A <dfn>${link('room', 'room')}</dfn>, a <dfn>${link('packet', '<code>packet</code>')}</dfn>, another ${link('room', 'rooms')}.</p>`,
      used: ['room', 'packet'],
    });
  });
  it('reads a link that is broken over lines, and ends at its own end', () => {
    const html = `${link('black-hole', 'black\nhole')} and <a href="/lessons/emit/">Emit</a>`;
    expect(markFirstUses(html).html).toBe(`<dfn>${link('black-hole', 'black\nhole')}</dfn> and <a href="/lessons/emit/">Emit</a>`);
  });
  it('leaves other links alone', () => {
    const html = '<a href="/glossary/#room">room</a>';
    expect(markFirstUses(html)).toEqual({ html, used: [] });
  });
});
