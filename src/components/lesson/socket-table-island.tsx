/** A table of sockets, bound to where its parts come from: each is loaded when it is first used. */
import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import type { BenchRecording, BenchScript } from '#lab/sockets/script.ts';
import type { TableSources } from '#widgets/sockets/bench-parts.ts';
import { SocketTable, type SocketTableProps } from '#widgets/sockets/socket-table.tsx';
import { rememberLab } from '../../course/memory.ts';

const RECORDINGS = import.meta.glob<BenchRecording>('/content/recordings/benches/*.json', { import: 'default' });

async function scriptNamed(id: string): Promise<BenchScript> {
  const { benchOf } = await import('#content/benches/index.ts');
  const script = benchOf(id);
  if (!script) throw new Error(`There is no bench ${id}`);
  return script;
}

async function recordingOf(id: string): Promise<BenchRecording> {
  const recording = await RECORDINGS[`/content/recordings/benches/${id}.json`]?.();
  if (!recording) throw new Error(`There is no recording of ${id}`);
  return recording;
}

const sourcesOf = (id: string): TableSources => ({
  script: () => scriptNamed(id),
  recording: () => recordingOf(id),
  host: async () => (await import('#lab/sockets/companion.ts')).companionBenches(),
});

type Props = Pick<SocketTableProps, 'card' | 'rows' | 'children'> & { readonly lesson: string };

export function SocketTableIsland({ lesson, card, ...parts }: Props): JSX.Element {
  const sources = useMemo(() => sourcesOf(card.id), [card]);
  const onDone = useCallback(() => rememberLab(lesson, card.id, 'path'), [lesson, card]);
  return <SocketTable card={card} sources={sources} onDone={onDone} {...parts} />;
}
