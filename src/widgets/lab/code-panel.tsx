/** The code of the scenario beside the drawing, as it runs: the lines of the handler that ran last are marked. */
import type { JSX } from 'preact';
import { handlerLines } from './handler-lines.ts';

/** One line of a region, tokenised at build time. `kind` is the class of the token's colour. */
export type CodeLine = { readonly number: number; readonly tokens: readonly (readonly [kind: string, text: string])[] };
export type CodePart = { readonly title: string; readonly side: 'server' | 'client'; readonly lines: readonly CodeLine[] };

/** The handler that ran last on the server, how often so far, and when (ms since the run began). */
export type RanHandler = { readonly handler: string; readonly times: number; readonly at: number };

const textOf = (line: CodeLine): string => line.tokens.map(([, text]) => text).join('');

function RanNote({ ran, first }: { ran: RanHandler; first: number }): JSX.Element {
  const times = ran.times === 1 ? 'once' : `${ran.times} times`;
  return (
    <p class="note">
      The handler <code>{ran.handler}</code> (line {first}) ran {times}, last at {(ran.at / 1000).toFixed(2)} s.
    </p>
  );
}

type Props = { readonly part: CodePart; readonly lab: string; readonly ran: RanHandler | undefined };

export function CodePanel({ part, lab, ran }: Props): JSX.Element {
  const marked = ran ? handlerLines(part.lines.map(textOf), ran.handler) : undefined;
  return (
    <div class="code">
      <h4>{part.title}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section class="listing" tabIndex={0} aria-label={`${part.title}, lab: ${lab}`}>
        <ol>
          {part.lines.map((line, index) => {
            const isMarked = marked !== undefined && index >= marked.first && index <= marked.last;
            return (
              <li key={line.number} class={isMarked ? 'ran' : undefined}>
                {isMarked && <span class="visually-hidden">this line ran: </span>}
                {line.tokens.map(([kind, text]) => (kind ? <span class={`tk-${kind}`}>{text}</span> : text))}
                {line.tokens.length === 0 && '\n'}
              </li>
            );
          })}
        </ol>
      </section>
      {ran && marked && <RanNote ran={ran} first={marked.first + 1} />}
    </div>
  );
}
