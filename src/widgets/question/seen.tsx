/** The rows of a trace that a question is about. */
import type { JSX } from 'preact';
import type { Question } from '#review/question.ts';

export function Seen({ seen }: { seen: NonNullable<Question['seen']> }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section class="seen" tabIndex={0} aria-label={seen.caption}>
      <table>
        <caption>{seen.caption}</caption>
        <thead>
          <tr>
            {seen.head.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {seen.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
