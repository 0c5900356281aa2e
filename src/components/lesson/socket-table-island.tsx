/** A table of sockets, bound to where its parts come from: the connection to the server is loaded at the first step. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { benchOf } from '#content/benches/index.ts';
import type { BenchRecording } from '#lab/sockets/script.ts';
import { SocketTable } from '#widgets/sockets/socket-table.tsx';
import type { BenchSources } from '#widgets/sockets/socket-table-state.ts';
import { rememberLab } from '../../course/memory.ts';

const SOURCES: BenchSources = {
  host: async () => (await import('#lab/sockets/companion.ts')).companionBenches(),
};

type Props = { readonly lesson: string; readonly bench: string; readonly recording: BenchRecording };

export function SocketTableIsland({ lesson, bench, recording }: Props): JSX.Element | null {
  const script = benchOf(bench);
  const onDone = useCallback(() => rememberLab(lesson, bench, 'path'), [lesson, bench]);
  return script ? <SocketTable script={script} recording={recording} sources={SOURCES} onDone={onDone} /> : null;
}
