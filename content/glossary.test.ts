/** The entries of the glossary and the lessons, as they are written today. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LessonFacts, type TermFacts, termFaults } from '../src/course/term-rules.ts';

const filesIn = (folder: string): readonly string[] => readdirSync(join(import.meta.dirname, folder)).map((name) => join(folder, name));
const textOf = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

function termOf(file: string): TermFacts {
  const { lesson } = JSON.parse(textOf(file));
  return { id: basename(file, '.json'), lesson: String(lesson) };
}

/** `terms: [a, b]`, or one below the other with a dash before each. */
const TERMS = /^terms:(?<ids>\s*\[[^\]]*\]|(?:\s*\n\s*-[^\n]*)+)/m;

function lessonOf(file: string): LessonFacts {
  const ids = TERMS.exec(textOf(file))?.groups?.['ids'] ?? '';
  return { slug: basename(file, '.mdx'), terms: ids.match(/\w[\w-]*/g) ?? [] };
}

describe('the glossary', () => {
  const lessons = filesIn('lessons').map(lessonOf);

  it('has every term that a lesson introduces, and names the lesson where it is introduced', () => {
    expect(termFaults(filesIn('glossary').map(termOf), lessons)).toEqual([]);
  });
  it('is read from lessons that each introduce a term', () => {
    expect(lessons.filter(({ terms }) => terms.length === 0)).toEqual([]);
  });
});
