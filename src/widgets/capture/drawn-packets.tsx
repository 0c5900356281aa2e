/** Packets of a capture as a sequence diagram. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { captureTrace } from '#trace/capture-trace.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';
import { Sequence } from '../sequence/sequence.tsx';

export function DrawnPackets({ packets }: { readonly packets: readonly PacketSummary[] }): JSX.Element {
  const trace = useMemo(() => captureTrace(packets), [packets]);
  return <Sequence trace={trace} name="packets of the capture" />;
}
