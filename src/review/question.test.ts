import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scenarioOf } from '#content/scenarios/index.ts';
import { assemble } from '#trace/assemble.ts';
import { recipientsOf } from '#trace/fates.ts';
import type { Logs } from '#trace/records.ts';
import { misconceptionsOf, parseQuestions, type Question } from './question.ts';

const SINGLE = {
  id: 'a-1',
  lesson: 'a',
  use: 'review',
  kind: 'single',
  d: 1,
  stem: 'Which of these is right?',
  data: { options: ['x', 'y', 'z'].map((id) => ({ id, text: id })) },
  answer: 'x',
  wrong: [
    { value: 'y', m: 'M42', why: 'because it is not y' },
    { value: 'z', why: 'because it is not z' },
  ],
  explain: 'Because it is x.',
  source: [{ label: 'RFC 1', url: 'https://www.rfc-editor.org/rfc/rfc1' }],
} as const;

const parsing = (change: object) => () => parseQuestions([{ ...SINGLE, ...change }], 'questions/a.json');

describe('a file of questions', () => {
  it('is read when every record is right', () => {
    expect(parseQuestions([SINGLE], 'questions/a.json')).toEqual([SINGLE]);
  });

  it.each([
    ['a wrong option without an explanation', { wrong: SINGLE.wrong.slice(1) }, 'option "y" has no explanation'],
    ['an explanation of no option', { wrong: [...SINGLE.wrong, { value: 'q', why: 'because of nothing' }] }, 'there is no option "q"'],
    ['an answer that is no option', { answer: 'q' }, 'answer: there is no option "q"'],
    ['two options of one name', { data: { options: [...SINGLE.data.options, { id: 'x', text: 'again' }] } }, 'the same id'],
    ['a field that nobody knows', { colour: 'red' }, 'question "a-1"'],
    ['a difficulty of 4', { d: 4 }, 'd:'],
    ['no source', { source: [] }, 'source'],
    ['a source that is no https address', { source: [{ label: 'here', url: 'http://x.example' }] }, 'url'],
    ['a kind that does not exist', { kind: 'guess' }, 'kind'],
    ['a misconception that is no id', { wrong: [{ ...SINGLE.wrong[0], m: '42' }, SINGLE.wrong[1]] }, 'wrong.0.m'],
  ])('is refused for %s, naming file, question and fault', (_what, change, told) => {
    expect(parsing(change)).toThrow(told);
    expect(parsing(change)).toThrow('questions/a.json, question "a-1"');
  });

  it('is refused when it is no list, or a record has no id', () => {
    expect(() => parseQuestions({}, 'f.json')).toThrow('f.json: a file of questions is a list');
    expect(() => parseQuestions([{}], 'f.json')).toThrow('f.json, question number 1');
  });

  it('must explain each option of a question with several right ones, the right ones too', () => {
    const multi = { kind: 'multi', answer: ['x'], wrong: SINGLE.wrong };
    expect(parsing(multi)).toThrow('option "x" has no explanation');
  });

  it('must name every line of an order once', () => {
    const lines = { data: { lines: SINGLE.data.options }, kind: 'order', wrong: [] };
    expect(parsing({ ...lines, answer: ['x', 'y'] })).toThrow('it names every line once');
    expect(parsing({ ...lines, answer: ['z', 'x', 'y'] })).not.toThrow();
  });

  it('must pair each of the left once', () => {
    const pairs = { kind: 'match', data: { left: SINGLE.data.options, right: SINGLE.data.options }, wrong: [] };
    expect(parsing({ ...pairs, answer: ['x=y', 'y=z', 'z=x'] })).not.toThrow();
    expect(parsing({ ...pairs, answer: ['x=y', 'y=z'] })).toThrow('it names each of the left once');
    expect(parsing({ ...pairs, answer: ['x=y', 'x=z', 'y=z', 'z=x'] })).toThrow('it names each of the left once');
    expect(parsing({ ...pairs, answer: ['x=q', 'y=z', 'z=x'] })).toThrow('there is no option "x=q"');
  });

  it('must say of every byte of a dump what it is', () => {
    const field = (id: string, from: number, to: number) => ({ id, name: id, from, to, why: 'because it is there' });
    const dump = (...fields: object[]) => ({ kind: 'byte', data: { hex: '450000', fields }, answer: 'x' });
    const { wrong: _, ...rest } = SINGLE;
    const without = (change: object) => () => parseQuestions([{ ...rest, ...change }], 'questions/a.json');
    expect(without(dump(field('x', 0, 1), field('y', 2, 2)))).not.toThrow();
    expect(without(dump(field('x', 0, 0), field('y', 2, 2)))).toThrow('they cover every byte once');
    expect(without(dump(field('x', 0, 2), field('y', 2, 2)))).toThrow('they cover every byte once');
    expect(without({ ...dump(field('x', 0, 1), field('y', 2, 2)), answer: 'q' })).toThrow('there is no option "q"');
  });

  it('must expect wrong numbers that are numbers, and not the right one', () => {
    const numeric = { kind: 'numeric', data: { unit: 'bytes', hint: 'Begin with 20.' }, answer: 1480 };
    expect(parsing({ ...numeric, wrong: [{ value: '1500', why: 'because of the header' }] })).not.toThrow();
    expect(parsing({ ...numeric, wrong: [{ value: '1480', why: 'because of the header' }] })).toThrow('each value is a number');
    expect(parsing({ ...numeric, wrong: [{ value: 'many', why: 'because of the header' }] })).toThrow('each value is a number');
  });
});

const FILES = readdirSync('content/questions').filter((name) => name.endsWith('.json'));
const read = (name: string): unknown => JSON.parse(readFileSync(name, 'utf8'));
const questionsOf = (file: string) => parseQuestions(read(`content/questions/${file}`), file);
const ALL: readonly Question[] = FILES.flatMap(questionsOf);
const misconceptions = Object.keys(read('content/misconceptions.json') as object);

describe('the questions of the course', () => {
  it.each(FILES)('%s has a warm-up, five for review, not all of one kind, one about a run', (file) => {
    const questions = questionsOf(file);
    const review = questions.filter(({ use }) => use === 'review');
    expect(questions.every(({ lesson }) => `${lesson}.json` === file)).toBe(true);
    expect(questions.length - review.length).toBeGreaterThanOrEqual(1);
    expect(review.length).toBeGreaterThanOrEqual(5);
    expect(review.some(({ kind }) => kind !== 'single')).toBe(true);
    expect(review.some(({ show, seen }) => show ?? seen)).toBe(true);
  });

  it('have ids of their own', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
  });

  it('name the listed misconceptions, all of them', () => {
    const named = new Set(ALL.flatMap(misconceptionsOf));
    expect([...named].sort()).toEqual(misconceptions.toSorted());
  });

  it.each(ALL.flatMap(({ id, show }) => (show ? [{ id, ...show }] : [])))(
    '$id shows a run that exists: $scenario.$run',
    ({ scenario, run }) => {
      expect(scenarioOf(scenario)?.runs.map(({ id }) => id)).toContain(run);
    },
  );

  it.each(ALL.flatMap((question) => (question.kind === 'recipients' && question.show ? [{ ...question, show: question.show }] : [])))(
    '$id is answered as its run was recorded',
    ({ show, answer }) => {
      const logs = read(`content/recordings/${show.scenario}.${show.run}.json`) as Logs;
      const run = scenarioOf(show.scenario)?.runs.find(({ id }) => id === show.run);
      const event = run?.predict.kind === 'recipients' ? run.predict.event : '';
      expect([...recipientsOf(assemble(logs), event)].toSorted()).toEqual(answer.toSorted());
    },
  );
});
