/** The rows of a trace that a question is about. The caption stands outside of what scrolls, so that it is never cut. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Question } from '#review/question.ts';

export function Seen({ seen }: { seen: NonNullable<Question['seen']> }): JSX.Element {
  const id = useId();
  return (
    <div class="seen">
      <p id={id}>{seen.caption}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section tabIndex={0} aria-labelledby={id}>
        <table aria-labelledby={id}>
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
    </div>
  );
}
