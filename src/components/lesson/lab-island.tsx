/** A lab, bound to where its parts come from: each is loaded when it is first used. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Scenario } from '#lab/scenario.ts';
import type { Logs } from '#trace/records.ts';
import type { LabCard } from '#widgets/lab/card.ts';
import type { CodePart } from '#widgets/lab/code-panel.tsx';
import type { LabSources } from '#widgets/lab/lab-state.ts';
import { LabWidget } from '#widgets/lab/lab-widget.tsx';
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

type Props = {
  readonly lesson: string;
  readonly card: LabCard;
  readonly code: readonly CodePart[];
  readonly recording: Logs;
};

export function LabIsland({ lesson, card, code, recording }: Props): JSX.Element {
  const sources = useMemo(() => sourcesOf(card.scenario), [card]);
  return (
    <LabWidget card={card} code={code} recording={recording} sources={sources} onDone={(run) => rememberLab(lesson, card.scenario, run)} />
  );
}
