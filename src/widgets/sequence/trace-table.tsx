/** The text twin: the same facts as the drawing, in a table, for screen readers, print and whoever prefers words. */
import { Component, type JSX } from 'preact';
import type { Trace, TraceEvent } from '#trace/trace.ts';
import { FATE_LOOK } from '../marks/marks.tsx';
import { nameIn, outcomeOf } from './words.ts';

const time = (ms: number): string => (ms / 1000).toFixed(2);

type RowProps = { readonly event: TraceEvent; readonly trace: Trace };

/** Drawn again only when its event has changed. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return next.event !== this.props.event;
  }

  override render({ event, trace }: RowProps): JSX.Element {
    return <Cells event={event} trace={trace} />;
  }
}

function Cells({ event, trace }: RowProps): JSX.Element {
  if (event.kind === 'message') {
    const look = FATE_LOOK[event.fate.kind];
    return (
      <tr>
        <td>{time(event.sentAt)}</td>
        <td>{nameIn(trace, event.from)}</td>
        <td>{nameIn(trace, event.to)}</td>
        <td>
          <code>{event.label}</code>
        </td>
        <td>
          <span class={`fate ${look.className}`}>{look.word}</span>
          {event.surplus && ' (a second copy)'}
        </td>
        <td>
          {event.leftAt !== undefined && `left the buffer ${time(event.leftAt)} s, `}
          {outcomeOf(event.fate)}
        </td>
      </tr>
    );
  }
  const [at, text] =
    event.kind === 'note' ? [event.at, event.by === 'shown' ? `shows: ${event.text}` : event.text] : [event.from, event.text];
  return (
    <tr>
      <td>{time(Math.max(0, at))}</td>
      <td>{event.kind === 'note' && event.by === 'act' ? 'you' : nameIn(trace, event.lane)}</td>
      <td />
      <td />
      <td>note</td>
      <td>
        {text}
        {event.kind === 'span' && event.to !== undefined && `, until ${time(event.to)} s`}
      </td>
    </tr>
  );
}

const keyOf = (event: TraceEvent): string => event.id;

/** `name`: which run, so that several tables of one page can be told apart. */
export function TraceTable({ trace, name }: { trace: Trace; name: string }): JSX.Element {
  return (
    <details class="twin">
      <summary>The same run as a table, {trace.events.length} rows</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`The run as a table: ${name}`}>
        <table>
          <caption class="visually-hidden">Everything that happened in this run, in order</caption>
          <thead>
            <tr>
              {['Time (s)', 'From', 'To', 'What', 'Fate', 'When, or why'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {trace.events.map((event) => (
              <Row key={keyOf(event)} event={event} trace={trace} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
