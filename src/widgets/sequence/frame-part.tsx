/** Brings what takes a frame apart, once somebody opens one: it is larger than all the rest of the diagram. */
import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Props = { readonly frame: string; readonly label: string };
type View = FunctionComponent<Props>;

export function FramePart({ frame, label }: Props): JSX.Element {
  const [view, setView] = useState<{ readonly View: View } | 'coming' | 'failed'>('coming');
  useEffect(() => {
    let isHere = true;
    import('./frame-detail.tsx').then(
      ({ FrameDetail }) => isHere && setView({ View: FrameDetail }),
      () => isHere && setView('failed'),
    );
    return () => {
      isHere = false;
    };
  }, []);
  if (view === 'coming') return <p class="below">Taking its {frame.length / 2} bytes apart …</p>;
  if (view === 'failed')
    return <p class="below">The part of this page that takes a frame apart could not be loaded. Load the page again to open it.</p>;
  return <view.View frame={frame} label={label} />;
}
