/** Parts that are brought once somebody opens them: what takes frames apart, and the diagram. */
import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SequenceState } from '../sequence/sequence-state.ts';
import type { Row, Run } from './run.ts';

type Loading<Props> = { readonly View: FunctionComponent<Props> } | 'coming' | 'failed';

/** What `load` brings; it is asked once, when the part is first there. */
function useLater<Props>(load: () => Promise<FunctionComponent<Props>>): Loading<Props> {
  const [loading, setLoading] = useState<Loading<Props>>('coming');
  useEffect(() => {
    let isHere = true;
    load().then(
      (View) => isHere && setLoading({ View }),
      () => isHere && setLoading('failed'),
    );
    return () => {
      isHere = false;
    };
  }, [load]);
  return loading;
}

const Failed = (): JSX.Element => (
  <p class="later">This part of the page could not be loaded. Load the page again to open it; your text has to be written again then.</p>
);

type PieceProps = { readonly run: Run; readonly row: Row; readonly frame: string };
const loadPiece = () => import('./piece-bytes.tsx').then(({ PieceBytes }) => PieceBytes);

export function PiecePart(props: PieceProps): JSX.Element {
  const later = useLater(loadPiece);
  if (later === 'coming') return <p class="later">Taking its {props.frame.length / 2} bytes apart …</p>;
  return later === 'failed' ? <Failed /> : <later.View {...props} />;
}

type DiagramProps = { readonly clock: SequenceState };
const loadDiagram = () => import('./run-diagram.tsx').then(({ RunDiagram }) => RunDiagram);

export function DiagramPart(props: DiagramProps): JSX.Element {
  const later = useLater(loadDiagram);
  if (later === 'coming') return <p class="later">Drawing …</p>;
  return later === 'failed' ? <Failed /> : <later.View {...props} />;
}
