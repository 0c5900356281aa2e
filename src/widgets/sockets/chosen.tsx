/** The chosen arrow: which two ends it joins, and what crosses for it. */
import type { JSX } from 'preact';
import type { Endpoint } from '#trace/sockets/records.ts';
import type { Message, Trace } from '#trace/trace.ts';
import { FATE_LOOK, FateGlyph, PersonMark } from '../marks/marks.tsx';
import { nameIn, outcomeOf } from '../sequence/words.ts';
import { recordNumber } from './reading.ts';
import type { SocketTableState } from './socket-table-state.ts';

const utf8 = new TextEncoder();

/** What a step of a stream socket makes the two systems send, of which no program sees anything. Source: RFC 9293 §3.5, §3.6. */
const BELOW: Record<string, string> = {
  connect: 'The two systems exchange three segments for it: SYN, SYN-ACK, ACK. No program sees them.',
  end: 'A segment with FIN crosses. The other program reads the end of the stream.',
  reset: 'A segment with RST crosses. It says: forget this connection.',
};
const REFUSED = 'A SYN came to the port. No socket waits there, so the system itself answered with RST.';

function Bytes({ text }: { text: string }): JSX.Element {
  const bytes = [...utf8.encode(text)].map((byte) => byte.toString(16).padStart(2, '0'));
  return (
    <>
      <p class="label">
        {bytes.length} {bytes.length === 1 ? 'byte' : 'bytes'}, as the program wrote them
      </p>
      <p class="socket-bytes">{bytes.join(' ')}</p>
    </>
  );
}

function endsOf(message: Message, table: SocketTableState): { readonly from?: Endpoint | undefined; readonly to?: Endpoint | undefined } {
  const record = table.records.value[recordNumber(message.id)];
  const row = table.rows.value.find(({ name }) => name === record?.socket);
  return { from: row?.local, to: record && 'remote' in record ? record.remote : row?.remote };
}

const inWords = (end: Endpoint | undefined): string => (end ? `${end.address}:${end.port}` : 'a port that was given back');

function belowOf({ label, text, fate }: Message): string | undefined {
  if (text !== '') return undefined;
  return label === 'connect' && fate.kind === 'lost' ? REFUSED : BELOW[label];
}

export function Chosen({ message, trace, table }: { message: Message | undefined; trace: Trace; table: SocketTableState }): JSX.Element {
  if (!message) {
    return (
      <div class="layers">
        <p class="layers-head">Open an arrow</p>
        <p class="below">Choose an arrow in the drawing: here you see its two ends, and its bytes.</p>
      </div>
    );
  }
  const { from, to, label, text, fate } = message;
  const look = FATE_LOOK[fate.kind];
  const ends = endsOf(message, table);
  const below = belowOf(message);
  return (
    <div class="layers">
      <p class={`layers-head picked-line ${look.className}`}>
        Chosen: <code>{label}</code>, <PersonMark who={from} /> {nameIn(trace, from)} to <PersonMark who={to} /> {nameIn(trace, to)},{' '}
        <span class={`fate ${look.className}`}>
          <FateGlyph fate={fate.kind} /> {look.word}
        </span>
      </p>
      <p class="below">
        From <code>{inWords(ends.from)}</code> to <code>{inWords(ends.to)}</code>, {outcomeOf(fate)}.
      </p>
      {text !== '' && <Bytes text={text} />}
      {below && <p class="below">{below}</p>}
    </div>
  );
}
