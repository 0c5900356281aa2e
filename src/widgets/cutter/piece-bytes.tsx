/** The bytes of one piece as they crossed the link; and those of the datagram, if all its pieces came. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { dissect } from '#wire/dissect.ts';
import '../bytes/bytes.css';
import { SourcesState } from '../bytes/sources-state.ts';
import { SourcesView } from '../bytes/sources-view.tsx';
import type { Row, Run } from './run.ts';

const bytesOfHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function stateOf(frame: string, datagram: Uint8Array | undefined): SourcesState {
  const bytes = bytesOfHex(frame);
  const state = new SourcesState();
  const whole = datagram && { title: 'All pieces, put together', bytes: datagram, layers: dissect(datagram, 'ipv4').layers };
  state.show([{ title: 'This piece in its frame', bytes, layers: dissect(bytes).layers }, ...(whole ? [whole] : [])]);
  // Of a piece, the IP header is what tells.
  state.view.choose('1');
  state.view.setOpen('1', true);
  return state;
}

type Props = { readonly run: Run; readonly row: Row; readonly frame: string };

export function PieceBytes({ run, row, frame }: Props): JSX.Element {
  const { datagram } = run.shelves;
  const isCut = run.hops.some((rows) => rows.length > 1);
  const state = useMemo(() => stateOf(frame, isCut ? datagram : undefined), [frame, isCut, datagram]);
  return (
    <div class="piece-bytes">
      <SourcesView state={state} label={isCut ? `Layers and fields of piece ${row.name}` : 'Layers and fields of the packet'} />
    </div>
  );
}
