/** The right answer of a question, in words. */
import type { Question, QuestionOf } from '#review/question.ts';

/** `frame: the link layer`. */
function pairInWords({ data }: QuestionOf<'match'>, pair: string): string {
  const [left, right] = pair.split('=');
  return `${data.left.find(({ id }) => id === left)?.text}: ${data.right.find(({ id }) => id === right)?.text}`;
}

const stretchInWords = ({ name, from, to }: { name: string; from: number; to: number }): string =>
  `${name}, ${from === to ? `byte ${from}` : `bytes ${from} to ${to}`}`;

export function answerInWords(question: Question): string {
  switch (question.kind) {
    case 'single':
      return question.data.options.find(({ id }) => id === question.answer)?.text ?? '';
    case 'multi':
      return question.data.options
        .filter(({ id }) => question.answer.includes(id))
        .map(({ text }) => text)
        .join('; ');
    case 'order':
      return question.answer
        .map((id, index) => `${index + 1}. ${question.data.lines.find((line) => line.id === id)?.text ?? ''}`)
        .join(' ');
    case 'recipients':
      return question.answer.length === 0 ? 'nobody' : question.answer.map((id) => id[0]?.toUpperCase() + id.slice(1)).join(', ');
    case 'numeric':
      return `${question.answer.toLocaleString('en-US')} ${question.data.unit}`;
    case 'match':
      return question.answer.map((pair) => pairInWords(question, pair)).join('; ');
    case 'byte':
      return question.data.fields
        .filter(({ id }) => id === question.answer)
        .map(stretchInWords)
        .join('; ');
  }
}
