/** "Try it now", bound to where its parts come from; the server and the scenario are reached at the first click. */
import type { JSX } from 'preact';
import type { Logs } from '#trace/records.ts';
import { FirstLab } from '#widgets/first-lab/first-lab.tsx';

const SOURCES = {
  scenario: async () => (await import('#content/scenarios/hello.ts')).hello,
  host: async () => (await import('#lab/companion.ts')).companionHost(),
};

export const FirstLabIsland = ({ recording }: { recording: Logs }): JSX.Element => <FirstLab recording={recording} sources={SOURCES} />;
