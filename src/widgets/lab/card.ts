/**
 * What the lab widget shows of a scenario before anything runs: plain data, so that it can be rendered at
 * build time and handed to the island. The scenario itself, with its functions, is loaded when it is needed.
 */
import type { PersonId } from '#lab/people.ts';
import type { Prediction, Run, Scenario, WayToLose } from '#lab/scenario.ts';

/** A prediction without the functions that grade it. */
export type AskCard =
  | { readonly kind: 'count'; readonly ask: string; readonly to: PersonId | 'server'; readonly choices: readonly number[] }
  | { readonly kind: 'recipients'; readonly ask: string; readonly among: readonly PersonId[] }
  | { readonly kind: 'choice'; readonly ask: string; readonly choices: readonly { readonly id: string; readonly label: string }[] };

export type RunCard = Pick<Run, 'id' | 'label' | 'plan' | 'because'> & {
  readonly predict: AskCard;
  readonly tally?: NonNullable<Run['tally']>;
};

export type ActionCard = {
  readonly id: string;
  readonly by: PersonId;
  readonly label: string;
  readonly input?: { readonly initial: string; readonly maxLength: number };
};

export type LabCard = {
  readonly scenario: string;
  readonly title: string;
  readonly task: string;
  readonly clients: readonly PersonId[];
  readonly actions: readonly ActionCard[];
  readonly serverActs: readonly { readonly id: string; readonly label: string }[];
  readonly runs: readonly RunCard[];
  readonly zoom: number;
  readonly lose?: { readonly who: PersonId; readonly ways: readonly WayToLose[] };
};

function askOf(prediction: Prediction): AskCard {
  switch (prediction.kind) {
    case 'count':
      return { kind: 'count', ask: prediction.ask, to: prediction.to, choices: prediction.choices };
    case 'recipients':
      return { kind: 'recipients', ask: prediction.ask, among: prediction.among };
    case 'choice':
      return { kind: 'choice', ask: prediction.ask, choices: prediction.choices };
  }
}

const runCard = ({ id, label, plan, because, predict, tally }: Run): RunCard => ({
  id,
  label,
  plan,
  because,
  predict: askOf(predict),
  ...(tally && { tally }),
});

/** The card of a scenario. */
export function cardOf(scenario: Scenario): LabCard {
  return {
    scenario: scenario.id,
    title: scenario.title,
    task: scenario.task,
    clients: scenario.clients,
    actions: scenario.actions.map(({ id, by, label, input }) => ({ id, by, label, ...(input && { input }) })),
    serverActs: (scenario.serverActs ?? []).map(({ id, label }) => ({ id, label })),
    runs: scenario.runs.map(runCard),
    zoom: scenario.zoom ?? 1,
    ...(scenario.lose && { lose: scenario.lose }),
  };
}
