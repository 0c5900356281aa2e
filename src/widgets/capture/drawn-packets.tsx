/** Packets of a capture as a sequence diagram; an arrow that is chosen opens its packet. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { captureTrace } from '#trace/capture-trace.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';
import { SequenceDrawing } from '../sequence/sequence.tsx';
import { SequenceState } from '../sequence/sequence-state.ts';
import { TraceTable } from '../sequence/trace-table.tsx';

export type DrawnProps = { readonly packets: readonly PacketSummary[]; readonly onPacket: (number: number) => void };

/** The number in a message's id, `packet:56`. */
const numberIn = (id: string): number => Number(id.slice(id.indexOf(':') + 1));

export function DrawnPackets({ packets, onPacket }: DrawnProps): JSX.Element {
  const trace = useMemo(() => captureTrace(packets), [packets]);
  const source = useSignal(trace);
  const state = useMemo(() => new SequenceState(source), [source]);
  const picked = state.picked.value?.id;
  useEffect(() => {
    source.value = trace;
  }, [source, trace]);
  useEffect(() => {
    if (picked !== undefined) onPacket(numberIn(picked));
  }, [picked, onPacket]);
  return (
    <div class="sequence">
      <p class="drawn-words">
        Each arrow is a packet at the moment when it passed the place of the capture. Choose one: it is opened below.
      </p>
      <SequenceDrawing state={state} withHeads />
      <TraceTable trace={state.trace.value} name="packets of the capture" />
    </div>
  );
}
