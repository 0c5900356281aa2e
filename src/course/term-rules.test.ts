import { describe, expect, it } from 'vitest';
import { termFaults } from './term-rules.ts';

describe('glossary and lessons', () => {
  it('agree when a lesson introduces the terms that say it teaches them', () => {
    expect(termFaults([{ id: 'room', lesson: 'broadcast' }], [{ slug: 'broadcast', terms: ['room'] }])).toEqual([]);
  });
  it('agree while the lesson of a term is only planned, and when a second lesson introduces the term too', () => {
    expect(termFaults([{ id: 'packet', lesson: 'packets' }], [{ slug: 'emit', terms: ['packet'] }])).toEqual([]);
  });
  it('disagree when a lesson introduces a term that has no entry', () => {
    expect(termFaults([], [{ slug: 'broadcast', terms: ['rom'] }])).toEqual([
      'content/lessons/broadcast.mdx introduces "rom", but the glossary has no such entry. Write content/glossary/rom.json, or correct the id in terms.',
    ]);
  });
  it('disagree when a term names a lesson that does not introduce it', () => {
    expect(termFaults([{ id: 'room', lesson: 'emit' }], [{ slug: 'emit', terms: [] }])).toEqual([
      'content/glossary/room.json says that "emit" teaches it, but that lesson does not introduce it. Add room to terms in content/lessons/emit.mdx, or name another lesson in the entry.',
    ]);
  });
});
