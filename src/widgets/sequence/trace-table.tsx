/** The text twin: the same facts as the drawing, in a table, for screen readers, print and whoever prefers words. */
import { Component, type JSX } from 'preact';
import { momentText, unitOf } from '#trace/layout/time-words.ts';
import type { Trace, TraceEvent } from '#trace/trace.ts';
import { FATE_LOOK } from '../marks/marks.tsx';
import { Twin } from '../twin/twin.tsx';
import { nameIn, outcomeOf } from './words.ts';

const timeIn =
  ({ slowed }: Trace) =>
  (t: number): string =>
    (t / unitOf(slowed).ms).toFixed(2);

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
  const time = timeIn(trace);
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
          {event.leftAt !== undefined &&
            `left the ${event.what === 'packet' ? 'queue' : 'buffer'} ${momentText(event.leftAt, trace.slowed)}, `}
          {outcomeOf(event.fate, trace.slowed)}
          {event.duplicates.map((at) => `, and again ${momentText(at, trace.slowed)}`)}
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
        {event.kind === 'span' && event.to !== undefined && `, until ${momentText(event.to, trace.slowed)}`}
      </td>
    </tr>
  );
}

const keyOf = (event: TraceEvent): string => event.id;

/** `name`: which run, so that several tables of one page can be told apart. */
export function TraceTable({ trace, name }: { trace: Trace; name: string }): JSX.Element {
  return (
    <Twin
      summary={`The same run as a table, ${trace.events.length} rows`}
      label={`The run as a table: ${name}`}
      caption="Everything that happened in this run, in order"
      heads={[`Time (${unitOf(trace.slowed).unit})`, 'From', 'To', 'What', 'Fate', 'When, or why']}
    >
      {trace.events.map((event) => (
        <Row key={keyOf(event)} event={event} trace={trace} />
      ))}
    </Twin>
  );
}
