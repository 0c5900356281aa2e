/** A lab, bound to where its parts come from: each is loaded when it is first used. */
import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import type { Scenario } from '#lab/scenario.ts';
import type { Logs } from '#trace/records.ts';
import type { LabSources } from '#widgets/lab/lab-state.ts';
import { LabWidget, type LabWidgetProps } from '#widgets/lab/lab-widget.tsx';
import { rememberLab } from '../../course/memory.ts';

const RECORDINGS = import.meta.glob<Logs>('/content/recordings/*.json', { import: 'default' });

async function scenarioNamed(id: string): Promise<Scenario> {
  const { scenarioOf } = await import('#content/scenarios/index.ts');
  const scenario = scenarioOf(id);
  if (!scenario) throw new Error(`There is no scenario ${id}`);
  return scenario;
}

const sourcesOf = (id: string): LabSources => ({
  scenario: () => scenarioNamed(id),
  host: async () => (await import('#lab/companion.ts')).companionHost(),
  recording: async (run) => RECORDINGS[`/content/recordings/${id}.${run}.json`]?.(),
});

type Props = Pick<LabWidgetProps, 'card' | 'code' | 'stage' | 'children'> & { readonly lesson: string };

export function LabIsland({ lesson, card, ...parts }: Props): JSX.Element {
  const sources = useMemo(() => sourcesOf(card.scenario), [card]);
  const onDone = useCallback((run: string) => rememberLab(lesson, card.scenario, run), [lesson, card]);
  return <LabWidget card={card} sources={sources} onDone={onDone} {...parts} />;
}
