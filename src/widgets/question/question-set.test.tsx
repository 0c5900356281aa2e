import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { Question } from '#review/question.ts';
import { QuestionSet } from './question-set.tsx';
import { firstOrder, QuestionState, shuffled } from './question-state.ts';

const common = {
  lesson: 'emit',
  use: 'review' as const,
  d: 1,
  explain: 'It waits in `sendBuffer`.',
  source: [{ label: 'Socket.IO docs', url: 'https://socket.io/docs/v4/' }],
};
const single: Question = {
  ...common,
  id: 'single-1',
  kind: 'single',
  stem: 'What does `emit` do?',
  data: {
    options: [
      { id: 'waits', text: 'It waits' },
      { id: 'opens', text: 'It opens a connection' },
      { id: 'throws', text: 'It throws' },
    ],
  },
  answer: 'waits',
  wrong: [
    { value: 'opens', m: 'M35', why: 'It opens nothing.' },
    { value: 'throws', why: 'Being offline is no error.' },
  ],
  show: { scenario: 'emit-early', run: 'before-connection' },
};
const order: Question = {
  ...common,
  id: 'order-1',
  kind: 'order',
  stem: 'Put them in order.',
  data: { lines: ['a', 'b', 'c'].map((id) => ({ id, text: `line ${id}` })) },
  answer: ['a', 'b', 'c'],
  wrong: [],
};
const numeric: Question = {
  ...common,
  id: 'numeric-1',
  kind: 'numeric',
  stem: 'How many bytes?',
  data: { unit: 'bytes', hint: 'Begin with the header.' },
  answer: 1480,
  wrong: [],
};
const match: Question = {
  ...common,
  id: 'match-1',
  kind: 'match',
  stem: 'Which unit belongs where?',
  data: {
    left: [
      { id: 'frame', text: 'frame' },
      { id: 'segment', text: 'segment' },
    ],
    right: [
      { id: 'link', text: 'link layer' },
      { id: 'transport', text: 'transport layer' },
    ],
  },
  answer: ['frame=link', 'segment=transport'],
  wrong: [],
};
const byte: Question = {
  ...common,
  id: 'byte-1',
  kind: 'byte',
  stem: 'Which byte is it?',
  data: {
    hex: '4500',
    fields: [
      { id: 'version', name: 'Version', from: 0, to: 0, why: 'It is always there.' },
      { id: 'service', name: 'Service', from: 1, to: 1, why: 'It is a wish.' },
    ],
  },
  answer: 'service',
};
const recipients: Question = {
  ...common,
  id: 'recipients-1',
  kind: 'recipients',
  stem: 'Who gets it?',
  data: {
    call: "io.emit('x')",
    setting: 'Two are connected.',
    clients: [
      { id: 'ada', note: 'she is there.' },
      { id: 'bo', note: 'he is there.' },
    ],
  },
  answer: [],
  wrong: [],
};
const BELIEFS = { M35: 'emit opens the connection.' };

afterEach(cleanup);

function show(...questions: readonly Question[]): { readonly answers: [string, boolean][] } {
  const answers: [string, boolean][] = [];
  render(<QuestionSet questions={questions} beliefs={BELIEFS} onAnswer={({ id }, right) => answers.push([id, right])} />);
  return { answers };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('a question', () => {
  it('is checked only once something is chosen', () => {
    show(single);
    expect(screen.getByRole('button', { name: 'Check' })).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByLabelText('It waits'));
    expect(screen.getByRole('button', { name: 'Check' })).toHaveProperty('disabled', false);
  });

  it('answers a wrong choice with its own reason and the belief behind it, and gives nothing away', () => {
    const { answers } = show(single);
    fireEvent.click(screen.getByLabelText('It opens a connection'));
    press('Check');
    const feedback = screen.getByRole('status');
    expect(feedback.textContent).toContain('Not quite. The belief behind it: “emit opens the connection.”');
    expect(feedback.textContent).toContain('It opens nothing.');
    expect(feedback.textContent).not.toContain('sendBuffer');
    expect(answers).toEqual([['single-1', false]]);
    press('Show the answer');
    expect(feedback.textContent).toContain('The answer: It waits. It waits in sendBuffer.');
  });

  it('is tried again, and told why when it is right; the others are explained on request', () => {
    const { answers } = show(single);
    fireEvent.click(screen.getByLabelText('It throws'));
    press('Check');
    press('Try again');
    fireEvent.click(screen.getByLabelText('It waits'));
    press('Check');
    expect(screen.getByRole('status').textContent).toContain('Right.');
    expect(screen.getByText('Why not the others?').parentElement?.textContent).toContain('It opens nothing.');
    expect(answers).toEqual([
      ['single-1', false],
      ['single-1', true],
    ]);
  });

  it('leads to the lab that shows it, and to its source', () => {
    show(single);
    fireEvent.click(screen.getByLabelText('It waits'));
    press('Check');
    expect(screen.getByRole('link', { name: 'See it in the lab' }).getAttribute('href')).toBe('#lab-emit-early');
    expect(screen.getByRole('link', { name: 'Socket.IO docs' })).toBeTruthy();
  });

  it('of lines is put in order by buttons, which end at the edges', () => {
    const { answers } = show(order);
    const lines = () =>
      within(screen.getByRole('group', { name: 'Put them in order.' }))
        .getAllByRole('listitem')
        .map((item) => item.textContent?.match(/line ./)?.[0]);
    for (const id of ['c', 'b', 'a']) {
      while (lines()[0] !== `line ${id}`) press(`Move up: line ${id}`);
    }
    expect(lines()).toEqual(['line a', 'line b', 'line c']);
    const edge = screen.getByRole('button', { name: 'Move up: line a' });
    expect([edge.getAttribute('aria-disabled'), edge.hasAttribute('disabled')]).toEqual(['true', false]);
    fireEvent.click(edge);
    expect(lines()).toEqual(['line a', 'line b', 'line c']);
    press('Check');
    expect(answers).toEqual([['order-1', true]]);
  });

  it('of lines stays as it was when it is tried again, and can be mended', () => {
    const { answers } = show(order);
    press('Check');
    press('Try again');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Check' })).toHaveProperty('disabled', false);
    expect(answers).toHaveLength(1);
  });

  it('keeps the focus where the pressed button was: on what can be done next, and back on the answer', () => {
    show(single);
    fireEvent.click(screen.getByLabelText('It throws'));
    press('Check');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try again' }));
    press('Show the answer');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try again' }));
    press('Try again');
    expect(screen.getAllByRole('radio')).toContain(document.activeElement);
    fireEvent.click(screen.getByLabelText('It waits'));
    press('Check');
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'See it in the lab' }));
  });

  it('takes no focus before anything is pressed', () => {
    show(numeric, byte);
    expect(document.activeElement).toBe(document.body);
  });

  it('asks for a number, and takes it as people write it', () => {
    const { answers } = show(numeric);
    expect(screen.getByRole('button', { name: 'Check' })).toHaveProperty('disabled', true);
    fireEvent.input(screen.getByLabelText('Your answer'), { target: { value: '1,480' } });
    press('Check');
    expect(answers).toEqual([['numeric-1', true]]);
  });

  it('asks for pairs, and can be checked when each has its counterpart', () => {
    const { answers } = show(match);
    const pick = (name: string, value: string) => fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } });
    pick('frame', 'link');
    expect(screen.getByRole('button', { name: 'Check' })).toHaveProperty('disabled', true);
    pick('segment', 'link');
    pick('segment', 'transport');
    press('Check');
    expect(answers).toEqual([['match-1', true]]);
  });

  it('asks for a byte, and names the one that was chosen', () => {
    const { answers } = show(byte);
    fireEvent.click(screen.getByRole('button', { name: 'byte 0: 45' }));
    press('Check');
    expect(screen.getByText('Byte 0 is Version. It is always there.')).toBeTruthy();
    expect(answers).toEqual([['byte-1', false]]);
  });

  it('about a trace shows its rows', () => {
    show({ ...single, seen: { caption: 'What was seen', head: ['no.', 'what'], rows: [['1', 'SYN']] } });
    const table = screen.getByRole('table', { name: 'What was seen' });
    expect(within(table).getByRole('cell', { name: 'SYN' })).toBeTruthy();
  });

  it('takes “Nobody” for an answer', () => {
    const { answers } = show(recipients);
    fireEvent.click(screen.getByLabelText('Ada'));
    fireEvent.click(screen.getByLabelText('Nobody'));
    expect(screen.getByLabelText('Ada')).toHaveProperty('checked', false);
    press('Check');
    expect(answers).toEqual([['recipients-1', true]]);
  });
});

describe('what is shown first', () => {
  it('is shuffled the same way each time, and differently for each question', () => {
    const things = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id }));
    expect(shuffled(things, 'one')).toEqual(shuffled(things.toReversed(), 'one'));
    expect(
      new Set(
        ['one', 'two', 'three', 'four'].map((salt) =>
          shuffled(things, salt)
            .map(({ id }) => id)
            .join(''),
        ),
      ).size,
    ).toBeGreaterThan(1);
  });
  it('is never the right order', () => {
    for (let number = 0; number < 50; number++) {
      const question = { ...order, id: `order-${number}` } as Question & { kind: 'order' };
      expect(firstOrder(question)).not.toEqual(question.answer);
    }
  });
});

it('a checked answer stands until it is tried again', () => {
  const state = new QuestionState(single, () => undefined);
  state.choose('opens');
  state.check();
  state.choose('waits');
  state.check();
  expect([state.chosen.value, state.tries.value]).toEqual([['opens'], 1]);
});
