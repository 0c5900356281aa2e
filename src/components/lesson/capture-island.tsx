/** The capture viewer, bound to where its captures come from and to its worker. */
import type { JSX } from 'preact';
import { startWorker } from '#widgets/capture/capture-reader.ts';
import type { CaptureAsk, CaptureSources, ShippedCapture } from '#widgets/capture/capture-state.ts';
import { CaptureViewer } from '#widgets/capture/capture-viewer.tsx';
import type { PacketSummary } from '#wire/capture/reading.ts';

const URLS = import.meta.glob<string>('/content/captures/*.pcap', { query: '?url', import: 'default', eager: true });

const sources: CaptureSources = {
  start: startWorker,
  fetchShipped: async (file) => {
    const url = URLS[`/content/captures/${file}`];
    const answer = url === undefined ? undefined : await fetch(url);
    if (!answer?.ok) throw new Error(`There is no capture ${file}`);
    return new Uint8Array(await answer.arrayBuffer());
  },
};

const ASK: CaptureAsk = {
  question: 'How many packets does that take?',
  choices: [2, 4, 14, 50],
  answer:
    'Two ask for the router’s hardware address, three open the connection, one is the request, two are the answer, three are nothing but acknowledgments, and three close.',
};

type Props = { readonly captures: readonly ShippedCapture[]; readonly first: readonly PacketSummary[] };

export function CaptureIsland({ captures, first }: Props): JSX.Element {
  return <CaptureViewer captures={captures} ask={ASK} first={first} sources={sources} />;
}
